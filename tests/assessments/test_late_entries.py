"""After closing: what is still taken, from whom, and that it says it was late."""

import pytest

from assessments.cells import Fate, preview_cells, save_cells
from assessments.class_page import class_page
from assessments.errors import PeriodClosed
from assessments.forms.subject_grid import SubjectGrid
from assessments.grids import classes_at, period_sheet
from assessments.merge import Edit, RowEdit
from assessments.models import SubjectResult
from assessments.permissions import offered_grades
from assessments.reading import class_period_of
from assessments.workflow import Status
from audit.models import AuditEvent
from rulesets import Period
from schools.models import PeriodWindow
from tests.assessments import states
from tests.assessments.grid_cells import saving, subject_grid, typed
from tests.assessments.late_entries import (
    DAY,
    END_TERM_1,
    LAST_DAY,
    LATE_DAY,
    enter_english,
    evening_of,
    every_entry,
)
from tests.cast import Cast

# What closing does


@every_entry
def test_the_last_day_is_open_until_midnight(cast: Cast, enter) -> None:
    with evening_of(LAST_DAY):
        assert enter(cast)


@every_entry
def test_after_closing_nothing_is_taken_for_a_class_never_handed_in(late: Cast, enter) -> None:
    with pytest.raises(PeriodClosed) as refusal:
        enter(late)
    assert str(refusal.value.message) == (
        "Thời điểm này nhập được đến hết 17/01/2027; hãy đề nghị hiệu trưởng gia hạn."
    )
    assert not AuditEvent.objects.filter(event__endswith=".saved").exists()


@every_entry
def test_a_returned_class_stays_editable(cast: Cast, enter) -> None:
    states.returned(cast)
    with evening_of(LATE_DAY):
        assert enter(cast) is not None


def test_a_reopened_class_stays_editable(cast: Cast) -> None:
    states.reopened(cast)
    with evening_of(LATE_DAY):
        states.correct(cast, "toan", level=("T", "H"))
    assert SubjectResult.objects.get(record__enrollment=cast.anh, subject_code="toan").level == "H"


def test_a_pupil_reopened_alone_stays_editable(cast: Cast) -> None:
    states.with_anh_reopened(cast)
    with evening_of(LATE_DAY):
        states.correct(cast, "toan", level=("T", "H"))
    assert SubjectResult.objects.get(record__enrollment=cast.anh, subject_code="toan").level == "H"


def test_a_later_closing_day_opens_the_class_again(late: Cast) -> None:
    PeriodWindow.objects.filter(school_year=late.school_year, period=END_TERM_1).update(
        closes_on=LATE_DAY
    )
    assert enter_english(late)


def test_a_complete_class_is_handed_in_late_and_the_event_says_so(cast: Cast) -> None:
    states.filled(cast)
    with evening_of(LATE_DAY):
        assert states.submit(cast).status == Status.SUBMITTED
    event = AuditEvent.objects.get(event="class_period.submitted")
    assert event.changes["days_late"] == [None, 3]


def test_a_class_in_time_is_not_called_late(cast: Cast) -> None:
    states.submitted(cast)
    assert "days_late" not in AuditEvent.objects.get(event="class_period.submitted").changes


def test_a_class_handed_in_again_after_its_return_is_not_called_late(cast: Cast) -> None:
    states.returned(cast)
    with evening_of(LATE_DAY):
        states.submit(cast)
    events = AuditEvent.objects.filter(event="class_period.submitted")
    assert not any("days_late" in event.changes for event in events)


# What the principal reads before she signs


def late_sentences(cast: Cast) -> list[str]:
    return class_page(class_period_of(cast.school_class, END_TERM_1)).late.sentences


def test_values_entered_late_are_counted_by_cell(late: Cast) -> None:
    states.extended(late, LATE_DAY)
    enter_english(late)
    enter_english(late, rows=[RowEdit(late.anh.pk, {"level": Edit("T", "H")})])
    assert late_sentences(late) == [
        "2 ô được nhập sau ngày đóng 17/01/2027, lần cuối lúc 23:30 20/01/2027."
    ]


def test_values_of_another_period_are_not_counted(late: Cast) -> None:
    states.extended(late, LATE_DAY, period=Period.MID_TERM_1)
    enter_english(
        late, period=Period.MID_TERM_1, rows=[RowEdit(late.anh.pk, {"level": Edit("", "T")})]
    )
    assert late_sentences(late) == []


def test_a_class_filled_in_time_and_handed_in_late_says_only_that(cast: Cast) -> None:
    states.filled(cast)
    with evening_of(LATE_DAY):
        states.submit(cast)
        assert late_sentences(cast) == ["Lớp được gửi muộn 3 ngày."]


def test_corrections_of_a_returned_class_are_not_called_late(cast: Cast) -> None:
    states.returned(cast)
    with evening_of(LATE_DAY):
        states.correct(cast, "toan", level=("T", "H"))
        assert late_sentences(cast) == []


def test_a_class_in_time_has_nothing_to_say(cast: Cast) -> None:
    states.submitted(cast)
    assert late_sentences(cast) == []


# The same rule for single cells


def test_a_closed_cell_is_refused_with_the_same_sentence(late: Cast) -> None:
    grid = subject_grid(late)
    cell = typed(late.anh, "level", "T")
    [previewed] = preview_cells(grid, [cell])
    [saved] = save_cells(grid, [cell], saving(late, grid))
    assert (previewed.fate, saved.fate) == (Fate.REFUSED, Fate.REFUSED)
    assert saved.sentence == (
        "Thời điểm này nhập được đến hết 17/01/2027; hãy đề nghị hiệu trưởng gia hạn."
    )
    assert not SubjectResult.objects.exists()


@pytest.mark.parametrize(("days", "fate"), [(0, Fate.SAVED), (1, Fate.REFUSED)])
def test_a_cell_follows_an_extension_to_its_last_day(late: Cast, days: int, fate: Fate) -> None:
    states.extended(late, LATE_DAY, staff_member=late.ngoc)
    with evening_of(LATE_DAY + days * DAY):
        classes = classes_at(late.school, END_TERM_1, late.ngoc)
        sheet = period_sheet(classes.get(pk=late.school_class.pk), END_TERM_1)
        grades = offered_grades(late.ngoc, sheet.school_class, "toan")
        grid = SubjectGrid(sheet, {}, "toan", grades)
        [saved] = save_cells(grid, [typed(late.anh, "level", "T")], saving(late, grid))
    assert saved.fate == fate
