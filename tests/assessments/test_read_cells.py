"""The body of a request for cells, read as a whole or not at all."""

import json

import pytest

from assessments.forms.cells_request import MOST_CELLS, UnreadableCells, read_cells
from assessments.forms.typed_rows import TypedCell

CELL = {"pupil": 7, "field": "level", "typed": "T", "base": "H"}


def read(**asked: object) -> list[TypedCell]:
    return read_cells(json.dumps(asked).encode()).cells


def test_a_cell_is_read_as_it_was_sent() -> None:
    assert read(cells=[CELL]) == [TypedCell(7, "level", "T", "H")]


def test_cells_keep_the_order_in_which_they_were_typed() -> None:
    cells = read(cells=[CELL | {"pupil": pupil} for pupil in (9, 3, 7)])

    assert [cell.enrollment_id for cell in cells] == [9, 3, 7]


def test_an_empty_base_is_not_a_missing_one() -> None:
    without = {name: value for name, value in CELL.items() if name != "base"}

    assert [cell.base for cell in read(cells=[CELL | {"base": ""}, without])] == ["", None]


def test_spaces_and_letters_are_left_for_the_cell_to_read() -> None:
    [cell] = read(cells=[CELL | {"typed": "  Chăm\nchỉ "}])

    assert cell.typed == "  Chăm\nchỉ "


def test_what_a_newer_page_says_besides_is_passed_over() -> None:
    assert read(cells=[CELL | {"column": 3}], page="grid") == [TypedCell(7, "level", "T", "H")]


@pytest.mark.parametrize("is_preview", [True, False])
def test_a_page_says_whether_it_only_looks(is_preview: bool) -> None:
    body = json.dumps({"preview": is_preview, "cells": []}).encode()

    assert read_cells(body).is_preview is is_preview


def test_a_page_that_does_not_say_so_saves() -> None:
    assert read_cells(b'{"cells": []}').is_preview is False


@pytest.mark.parametrize("preview", ["true", 0, None, []], ids=repr)
def test_a_preview_that_is_half_said_is_not_guessed(preview: object) -> None:
    with pytest.raises(UnreadableCells):
        read(cells=[], preview=preview)


def test_one_unreadable_cell_makes_the_whole_request_unreadable() -> None:
    with pytest.raises(UnreadableCells):
        read(cells=[CELL, CELL | {"typed": None}])


def test_as_many_cells_as_a_large_class_has_are_read() -> None:
    assert len(read(cells=[CELL] * MOST_CELLS)) == MOST_CELLS


def test_what_is_too_much_is_told_otherwise_than_what_is_unreadable() -> None:
    with pytest.raises(UnreadableCells) as refused:
        read(cells=[CELL] * (MOST_CELLS + 1))

    assert refused.value.message != UnreadableCells.message
