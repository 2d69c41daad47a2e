"""Codes in single cells: what the page's autosave, a pasted block and a sheet send."""

import pytest

from assessments.cells import preview_cells
from assessments.comment_bank import CommentBank
from assessments.forms.subject_grid import SubjectGrid
from assessments.grids import subject_cells
from assessments.permissions import offered_grades
from tests.assessments.banks import school_entry
from tests.assessments.grid_cells import fates, preview_one, save, save_one, sheet_of, typed
from tests.assessments.pages import result_of, save_cells


@pytest.fixture
def maths(cast):
    school_entry(cast)
    return lambda: _maths(cast)


def _maths(cast):
    sheet = sheet_of(cast)
    grades = offered_grades(cast.ngoc, sheet.school_class, "toan")
    bank = CommentBank(cast.ngoc, sheet.ruleset, ["toan"])
    return SubjectGrid(sheet, subject_cells(sheet.class_period, "toan"), "toan", grades, bank)


def test_the_answer_holds_the_text_and_the_text_is_stored(cast, maths):
    outcome = save_one(cast, maths(), typed(cast.hhen, "comment", "#T1"))
    assert (outcome.fate, outcome.value) == ("saved", "H'Hen tính nhanh và chính xác.")
    assert result_of(cast.hhen).comment == "H'Hen tính nhanh và chính xác."


def test_a_preview_shows_the_text_that_would_stand_there(cast, maths):
    outcome = preview_one(maths(), typed(cast.anh, "comment", "#t1"))
    assert (outcome.fate, outcome.value) == ("changes", "Anh tính nhanh và chính xác.")


def test_an_unknown_code_is_refused_alone(cast, maths):
    cells = [
        typed(cast.anh, "comment", "#T9"),
        typed(cast.anh, "level", "T"),
        typed(cast.duc, "comment", "#T1"),
    ]
    outcomes = save(cast, maths(), *cells)
    assert fates(outcomes) == ["refused", "saved", "saved"]
    assert "“T9”" in outcomes[0].sentence
    assert result_of(cast.anh).comment == ""


def test_a_code_for_what_stands_there_changes_nothing(cast, maths):
    save_cells(cast, cast.anh, comment=("", "Anh tính nhanh và chính xác."))
    outcome = preview_one(maths(), typed(cast.anh, "comment", "#T1", base=None))
    assert outcome.fate == "unchanged"


def test_a_code_against_a_colleagues_newer_text_is_asked_about(cast, maths):
    save_cells(cast, cast.anh, comment=("", "Từ cửa sổ khác."))
    outcome = save_one(cast, maths(), typed(cast.anh, "comment", "#T1", base=""))
    assert (outcome.fate, outcome.value) == ("conflict", "Từ cửa sổ khác.")
    assert result_of(cast.anh).comment == "Từ cửa sổ khác."


def test_a_pasted_column_of_codes_asks_for_the_bank_once(cast, maths, django_assert_num_queries):
    grid = maths()
    cells = [typed(pupil, "comment", "#T1") for pupil in (cast.anh, cast.hhen, cast.duc)]
    with django_assert_num_queries(1):
        assert fates(preview_cells(grid, cells)) == ["changes"] * 3
