"""The rule that a spreadsheet program applies to each kind of cell."""

from decimal import Decimal

import pytest

from assessments.forms.fields import (
    CommentCell,
    CountCell,
    GridCell,
    LevelCell,
    MeasureCell,
    ScoreCell,
)
from exchange.class_sheets.validations import validation_of
from rulesets import TT27, Level

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


WORDS = {"label": "x", "pupil_name": "Anh"}
HEIGHT = MeasureCell(least=Decimal(10), most=Decimal(300), refusal="Từ 10 đến 300.", **WORDS)
CELLS = [
    LevelCell(levels=TT27.trait_levels, **WORDS),
    ScoreCell(scale=TT27.score_scale, **WORDS),
    CountCell(**WORDS),
    CommentCell(**WORDS),
    HEIGHT,
]


def levels(count):
    return LevelCell(levels=[Level(f"M{place:03}", "Mức") for place in range(count)], **WORDS)


@pytest.mark.parametrize("cell", CELLS)
def test_every_rule_stops_and_says_how_to_clear(cell):
    rule = validation_of(cell, "D5")
    assert (rule.errorStyle, rule.showErrorMessage) == ("stop", True)
    assert rule.error.endswith("ghi «xóa».")


@pytest.mark.parametrize("cell", CELLS)
def test_every_rule_lets_a_cell_be_empty(cell):
    assert validation_of(cell, "D5").allow_blank


@pytest.mark.parametrize("cell", [CELLS[1], CELLS[2], HEIGHT])
def test_numbers_are_tested_at_the_first_cell_of_the_column(cell):
    assert "ISNUMBER(AB12)" in validation_of(cell, "AB12").formula1


def test_absences_are_whole_numbers():
    assert "D5=INT(D5),D5>=0" in validation_of(CountCell(**WORDS), "D5").formula1


def test_a_measure_is_refused_in_its_own_words():
    assert validation_of(HEIGHT, "D5").error.startswith("Từ 10 đến 300.")


def test_a_shorter_text_has_a_shorter_rule():
    assert validation_of(CommentCell(longest=40, **WORDS), "D5").formula1 == "40"


def test_a_list_that_excel_just_takes_has_every_level():
    assert validation_of(levels(50), "D5").formula1.endswith(',M048,M049,xóa"')


def test_a_longer_list_has_none():
    assert validation_of(levels(51), "D5") is None


def test_a_cell_of_another_kind_has_none():
    assert validation_of(GridCell(**WORDS), "D5") is None
