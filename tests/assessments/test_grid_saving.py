"""A posted page between the forms and the action: what is saved, what is kept as it was typed."""

from collections.abc import Sequence

import pytest

from assessments import actions
from assessments.errors import RecordLocked
from assessments.forms.grid import Grid, save_posted
from assessments.forms.rows import UNDECIDED
from assessments.forms.shown_rows import ShownRow, shown_rows
from assessments.forms.subject_grid import SubjectGrid
from assessments.grids import PeriodSheet, classes_at, period_sheet, subject_cells
from assessments.merge import Edit, RowEdit, SaveReport
from assessments.permissions import offered_grades
from audit.errors import NotPermitted
from rulesets import Period
from students.models import Enrollment
from tests.assessments.pages import save_cells
from tests.cast import Cast


def sheet_of(cast: Cast, period: str = Period.END_TERM_1) -> PeriodSheet:
    return period_sheet(classes_at(cast.school, period).get(pk=cast.school_class.pk), period)


def grid_of(cast: Cast) -> SubjectGrid:
    sheet = sheet_of(cast)
    grades = offered_grades(cast.ngoc, sheet.school_class, "toan")
    return SubjectGrid(sheet, subject_cells(sheet.class_period, "toan"), "toan", grades)


@pytest.fixture
def grid(cast: Cast) -> SubjectGrid:
    return grid_of(cast)


class Saving:
    """The action, with a record of what it was given."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.rows: Sequence[RowEdit] = ()

    def __call__(self, *, rows: Sequence[RowEdit]) -> SaveReport:
        self.rows = rows
        return actions.save_subject_results(
            school_class=self.cast.school_class,
            period=Period.END_TERM_1,
            subject_code="toan",
            rows=rows,
            by=self.cast.ngoc,
        )


def posted(pupil: Enrollment, **cells: tuple[str, str]) -> dict[str, str]:
    """Each cell as (base, typed), as a browser posts a whole row."""
    row = {"level": ("", ""), "score": ("", ""), "comment": ("", "")} | cells
    return {
        f"{prefix}e{pupil.pk}-{name}": pair[position]
        for name, pair in row.items()
        for position, prefix in enumerate(("initial-", ""))
    }


def row_of(grid: Grid, pupil: Enrollment, outcome=None) -> ShownRow:
    return next(row for row in shown_rows(grid, outcome) if row.pupil.enrollment == pupil)


def test_only_changed_cells_reach_the_action(grid: SubjectGrid, cast: Cast):
    saving = Saving(cast)

    outcome = save_posted(grid, posted(cast.anh, level=("", "T")), saving)

    assert saving.rows == [RowEdit(cast.anh.pk, {"level": Edit("", "T")})]
    assert (outcome.saved, outcome.is_settled) == (1, True)


def test_without_changes_the_action_is_not_asked(grid: SubjectGrid, cast: Cast):
    saving = Saving(cast)

    outcome = save_posted(grid, posted(cast.anh), saving)

    assert (saving.rows, outcome.is_settled) == ((), True)


def test_a_row_with_an_error_is_left_out_with_all_its_cells(grid: SubjectGrid, cast: Cast):
    saving = Saving(cast)
    both = posted(cast.anh, level=("", "T"), score=("", "11")) | posted(cast.duc, level=("", "H"))

    outcome = save_posted(grid, both, saving)

    assert [row.enrollment_id for row in saving.rows] == [cast.duc.pk]
    assert list(outcome.wrong) == [cast.anh.pk]


def test_pupils_who_were_not_on_the_page_are_left_alone(grid: SubjectGrid, cast: Cast):
    assert [form.pupil.enrollment for form in grid.posted_forms(posted(cast.duc))] == [cast.duc]


def test_a_cell_without_its_choice_is_asked_about_again(grid: SubjectGrid, cast: Cast):
    cells = posted(cast.anh, comment=("Của bạn", "Của tôi"))

    [form] = grid.posted_forms(cells | {f"e{cast.anh.pk}-comment-asked": "1"})

    assert form.is_valid()
    assert form.undecided == ["comment"]
    assert form.row_edit().edits["comment"] == Edit(UNDECIDED, "Của tôi")


@pytest.mark.parametrize(
    ("keep", "edits"), [("mine", {"comment": Edit("Của bạn", "Của tôi")}), ("theirs", {})]
)
def test_a_choice_decides_a_cell(grid: SubjectGrid, cast: Cast, keep: str, edits: dict):
    cells = posted(cast.anh, comment=("Của bạn", "Của tôi"))
    choice = {f"e{cast.anh.pk}-comment-asked": "1", f"e{cast.anh.pk}-comment-keep": keep}

    [form] = grid.posted_forms(cells | choice)

    assert form.is_valid()
    assert form.undecided == []
    assert form.row_edit().edits == edits


def test_taking_the_others_value_does_not_need_ones_own_to_be_right(grid: SubjectGrid, cast: Cast):
    cells = posted(cast.anh, score=("8", "800"))
    choice = {f"e{cast.anh.pk}-score-asked": "1", f"e{cast.anh.pk}-score-keep": "theirs"}

    [form] = grid.posted_forms(cells | choice)

    assert form.is_valid()
    assert form.row_edit().edits == {}


def test_a_refused_save_keeps_everything_as_it_was_typed(grid: SubjectGrid, cast: Cast):
    def refuse(*, rows: Sequence[RowEdit]) -> SaveReport:
        raise RecordLocked("Lớp vừa được gửi.")

    outcome = save_posted(grid, posted(cast.anh, comment=("", "Em chăm.")), refuse)

    row = row_of(grid, cast.anh, outcome)
    assert (outcome.refusal, outcome.is_settled) == ("Lớp vừa được gửi.", False)
    assert (row.state, row.form["comment"].value()) == ("changed", "Em chăm.")


def test_a_missing_permission_is_not_a_sentence_on_the_page(grid: SubjectGrid, cast: Cast):
    def refuse(*, rows: Sequence[RowEdit]) -> SaveReport:
        raise NotPermitted("Không được phân công.")

    with pytest.raises(NotPermitted):
        save_posted(grid, posted(cast.anh, level=("", "T")), refuse)


def test_a_contested_row_stands_upon_what_is_stored_now(grid: SubjectGrid, cast: Cast):
    save_cells(cast, cast.anh, comment=("", "Của bạn"), level=("", "H"))

    outcome = save_posted(grid, posted(cast.anh, comment=("", "Của tôi")), Saving(cast))
    row = row_of(grid_of(cast), cast.anh, outcome)

    assert outcome.conflicts == {cast.anh.pk: ["comment"]}
    assert row.state == "conflict"
    assert row.form.data[f"initial-e{cast.anh.pk}-comment"] == "Của bạn"
    assert row.form.data[f"initial-e{cast.anh.pk}-level"] == "H"
    [choice] = row.choices
    assert (choice.mine, choice.theirs) == ("Của tôi", "Của bạn")
    assert choice.theirs_by == "Trần Thị Ngọc, 20:30 05/01/2027"


def test_an_emptied_cell_is_named_in_a_choice(grid: SubjectGrid, cast: Cast):
    save_cells(cast, cast.anh, comment=("", "Của bạn"))

    outcome = save_posted(grid, posted(cast.anh, comment=("Đã cũ", "")), Saving(cast))

    [choice] = row_of(grid_of(cast), cast.anh, outcome).choices
    assert (choice.mine, choice.theirs) == ("(trống)", "Của bạn")


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({}, "missing"),
        ({"level": ("", "T")}, "missing"),
        ({"level": ("", "T"), "score": (None, 9)}, "saved"),
        ({"level": ("", "M")}, "missing"),
        ({"level": ("", "M"), "exemption_reason": ("", "Em mổ tim")}, "saved"),
        ({"comment": ("", "Em chăm.")}, "missing"),
    ],
)
def test_the_state_of_a_row(cast: Cast, cells: dict, state: str):
    if cells:
        save_cells(cast, cast.anh, **cells)

    assert row_of(grid_of(cast), cast.anh).state == state


def test_a_sheet_knows_its_pupils_and_their_records(cast: Cast):
    save_cells(cast, cast.anh, level=("", "T"))

    sheet = sheet_of(cast)

    assert [(pupil.number, pupil.enrollment) for pupil in sheet.pupils] == [
        (1, cast.anh),
        (2, cast.duc),
        (3, cast.hhen),
    ]
    assert [pupil.record is not None for pupil in sheet.pupils] == [True, False, False]
    assert {pupil.status for pupil in sheet.pupils} == {"open"}


def test_a_sheet_of_another_period_holds_nothing_of_this_one(cast: Cast):
    save_cells(cast, cast.anh, level=("", "T"))

    sheet = sheet_of(cast, Period.MID_TERM_1)

    assert sheet.class_period is None
    assert all(pupil.record is None for pupil in sheet.pupils)


def test_no_other_schools_class_is_found(cast: Cast):
    assert cast.other_class not in classes_at(cast.school, Period.END_TERM_1)
