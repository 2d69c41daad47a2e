"""One pupil's row, posted: what becomes an edit, and from which base."""

from decimal import Decimal

import pytest

from assessments.forms.fields import CommentCell, CountCell, GridCell, MeasureCell, ScoreCell
from assessments.forms.rows import MINE, THEIRS, UNDECIDED, RowForm
from assessments.grids import PupilRow, StoredCell
from assessments.merge import Edit, merge
from assessments.workflow import Status
from rulesets import TT27
from students.models import Enrollment

PUPIL = PupilRow(1, Enrollment(pk=7), None, Status.OPEN)


def cells() -> dict[str, GridCell]:
    words = {"label": "Ô", "pupil_name": "Lê Minh Anh"}
    return {
        "score": ScoreCell(scale=TT27.score_scale, **words),
        "absences": CountCell(**words),
        "height": MeasureCell(least=10, most=300, refusal="Từ 10 đến 300.", **words),
        "comment": CommentCell(**words),
    }


def row(posted: dict[str, str] | None = None, **stored: object) -> RowForm:
    held = {name: StoredCell(value) for name, value in stored.items()}
    return RowForm(PUPIL, cells(), held, posted)


def edits(posted: dict[str, str], **stored: object) -> dict[str, Edit]:
    form = row(posted, **stored)
    assert form.is_valid(), form.errors
    return dict(form.row_edit().edits)


def test_a_row_that_was_not_posted_is_not_bound() -> None:
    assert not row(score=9).is_bound


def test_what_is_stored_is_shown_as_value_and_as_base() -> None:
    html = str(row(height=Decimal("132.5"))["height"])
    assert html.count('value="132,5"') == 2


def test_a_cell_that_was_not_touched_is_no_edit() -> None:
    assert edits({"e7-score": "9", "initial-e7-score": "9"}) == {}


def test_an_edit_goes_from_the_base_of_the_page_and_not_from_what_is_stored_now() -> None:
    assert edits({"e7-score": "9", "initial-e7-score": "7"}, score=8) == {"score": Edit(7, 9)}


def test_a_cleared_cell_is_an_edit_to_nothing() -> None:
    posted = {"e7-score": "", "initial-e7-score": "9"}
    assert edits(posted, score=9) == {"score": Edit(9, None)}


@pytest.mark.parametrize("typed", ["132.5", " 132,5 "])
def test_another_way_of_writing_the_same_is_no_edit(typed: str) -> None:
    assert edits({"e7-height": typed, "initial-e7-height": "132,5"}) == {}


def test_line_ends_of_the_browser_are_no_edit() -> None:
    posted = {
        "e7-comment": "Em chăm.\r\nEm ngoan.",
        "initial-e7-comment": "Em chăm.\r\nEm ngoan.",
    }
    assert edits(posted, comment="Em chăm.\nEm ngoan.") == {}


def test_other_pupils_cells_are_not_read() -> None:
    form = row({"e8-score": "9", "initial-e8-score": ""})
    assert form.data == {}


@pytest.mark.parametrize("base", ["chín", "9" * 5000])
@pytest.mark.parametrize("cell", ["score", "absences", "height"])
def test_a_base_that_no_page_has_shown_asks_about_what_is_stored(cell: str, base: str) -> None:
    typed = edits({f"e7-{cell}": "10", f"initial-e7-{cell}": base})
    assert set(merge({cell: 9}, typed).conflicts) == {cell}


def test_one_wrong_cell_leaves_the_others_as_they_were_typed() -> None:
    form = row({"e7-score": "11", "e7-comment": "Em chăm."})
    assert not form.is_valid()
    assert form["comment"].value() == "Em chăm."
    assert form["score"].value() == "11"


# Two people's values

CONTESTED = {"e7-score": "9", "initial-e7-score": "7", "e7-score-asked": "1"}


def test_without_a_choice_the_base_equals_no_stored_value() -> None:
    form = row(CONTESTED)
    assert form.undecided == ["score"]
    assert edits(CONTESTED) == {"score": Edit(UNDECIDED, 9)}


@pytest.mark.parametrize("stored", [None, 7, 8])
def test_without_a_choice_nothing_is_overwritten(stored: int | None) -> None:
    merged = merge({"score": stored}, edits(CONTESTED))
    assert merged.changes == {}


def test_keeping_mine_is_an_edit_of_the_value_that_was_shown() -> None:
    assert edits(CONTESTED | {"e7-score-keep": MINE}) == {"score": Edit(7, 9)}


def test_taking_theirs_is_no_edit() -> None:
    assert edits(CONTESTED | {"e7-score-keep": THEIRS}) == {}


def test_a_choice_that_was_not_offered_is_none() -> None:
    assert row(CONTESTED | {"e7-score-keep": "both"}).undecided == ["score"]


def test_what_is_shown_again_stands_upon_what_is_stored_now() -> None:
    form = row({"e7-height": "130", "initial-e7-height": "128"})
    again = form.typed_over({"height": StoredCell(Decimal("129.5"))})
    assert again["e7-height"] == "130"
    assert again["initial-e7-height"] == "129,5"


def test_saving_what_is_shown_again_is_knowing_of_the_other() -> None:
    stored = {"comment": StoredCell("Em ngoan.")}
    form = row({"e7-comment": "Em chăm.", "initial-e7-comment": ""})
    again = dict(form.typed_over(stored))
    assert edits(again)["comment"] == Edit("Em ngoan.", "Em chăm.")
