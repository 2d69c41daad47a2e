"""After closing: what is still taken, from whom, until when, and that it says it was late."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine

from assessments import actions
from assessments.cells import Fate, preview_cells, save_cells
from assessments.class_page import class_page
from assessments.errors import ExtensionRefused, PeriodClosed, ReasonMissing, StepNotAllowed
from assessments.forms.subject_grid import SubjectGrid
from assessments.grids import classes_at, period_sheet
from assessments.merge import Edit, RowEdit
from assessments.models import ClassPeriod, Extension, ExtensionRequest, SubjectResult
from assessments.permissions import offered_grades
from assessments.reading import class_period_of
from assessments.workflow import Status
from audit.models import AuditEvent
from rulesets import Period
from schools.models import PeriodWindow, StaffMember
from tests import factories
from tests.assessments import states
from tests.assessments.filling import record_row, subject_row
from tests.assessments.grid_cells import saving, subject_grid, typed
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1
LAST_DAY = datetime.date(2027, 1, 17)
LATE_DAY = datetime.date(2027, 1, 20)
DAY = datetime.timedelta(days=1)


def evening_of(day: datetime.date) -> time_machine.travel:
    """23:30 in Vietnam."""
    at = datetime.datetime.combine(day, datetime.time(16, 30), datetime.UTC)
    return time_machine.travel(at, tick=False)


@pytest.fixture
def late(cast: Cast) -> Iterator[Cast]:
    """Three days after the end of term was closed."""
    with evening_of(LATE_DAY):
        yield cast


def enter_english(cast: Cast, by: StaffMember | None = None, **where: object) -> object:
    return actions.save_subject_results(
        **{
            "school_class": cast.school_class,
            "period": END_TERM_1,
            "subject_code": "ngoai_ngu_1",
            "rows": [subject_row(cast.anh.pk, level="T", score=9)],
            "by": by or cast.binh,
            **where,
        }
    )


def enter_maths(cast: Cast) -> object:
    return enter_english(cast, cast.ngoc, subject_code="toan")


def enter_traits(cast: Cast) -> object:
    rows = [RowEdit(cast.anh.pk, {"nhan_ai": Edit("", "T")})]
    return actions.save_trait_results(
        school_class=cast.school_class, period=END_TERM_1, rows=rows, by=cast.ngoc
    )


def enter_record(cast: Cast) -> object:
    return actions.save_period_records(
        school_class=cast.school_class,
        period=END_TERM_1,
        rows=[record_row(cast.anh.pk)],
        by=cast.ngoc,
    )


def note(cast: Cast) -> object:
    rows = [RowEdit(cast.anh.pk, {"text": Edit("", "Em mạnh dạn.")})]
    return actions.save_trait_notes(
        school_class=cast.school_class, period=END_TERM_1, rows=rows, by=cast.binh
    )


ENTRIES = [enter_english, enter_maths, enter_traits, enter_record, note]
every_entry = pytest.mark.parametrize("enter", ENTRIES, ids=lambda enter: enter.__name__)


def ask(cast: Cast, by: StaffMember | None = None) -> ExtensionRequest:
    return actions.request_extension(
        school_class=cast.school_class,
        period=END_TERM_1,
        reason="Tôi ốm cả tuần",
        by=by or cast.ngoc,
    )


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


# More time


@every_entry
def test_more_time_for_the_class_lets_all_its_teachers(late: Cast, enter) -> None:
    states.extended(late, LATE_DAY)
    assert enter(late)


def test_more_time_ends_after_its_last_day(late: Cast) -> None:
    states.extended(late, LATE_DAY)
    with evening_of(LATE_DAY + DAY), pytest.raises(PeriodClosed):
        enter_english(late)


def test_more_time_for_one_teacher_is_hers_alone(late: Cast) -> None:
    states.extended(late, LATE_DAY, staff_member=late.binh)
    assert enter_english(late)
    with pytest.raises(PeriodClosed):
        enter_maths(late)


def with_a_second_class(cast: Cast):
    second = factories.make_class(cast.school_year, "4B", (4,))
    factories.assign_teacher(second, "ngoai_ngu_1", cast.binh)
    pupil = factories.enroll(factories.make_student("Phan Gia Bảo"), second)
    return {"school_class": second, "rows": [subject_row(pupil.pk, level="T", score=9)]}


def test_more_time_in_one_class_is_none_in_another(late: Cast) -> None:
    states.extended(late, LATE_DAY, staff_member=late.binh)
    with pytest.raises(PeriodClosed):
        enter_english(late, **with_a_second_class(late))


def test_more_time_in_all_classes_is_one_in_each(late: Cast) -> None:
    states.extended(late, LATE_DAY, staff_member=late.binh, in_all_classes=True)
    assert enter_english(late, **with_a_second_class(late))


def test_more_time_for_another_period_is_none_here(late: Cast) -> None:
    states.extended(late, LATE_DAY, period=Period.MID_TERM_1)
    with pytest.raises(PeriodClosed):
        enter_english(late)


def test_more_time_is_taken_back(late: Cast) -> None:
    extension = states.extended(late, LATE_DAY)
    actions.revoke_extension(extension=extension, by=late.phuc)
    with pytest.raises(PeriodClosed):
        enter_english(late)


def test_it_is_taken_back_once(late: Cast) -> None:
    extension = states.extended(late, LATE_DAY)
    actions.revoke_extension(extension=extension, by=late.phuc)
    with pytest.raises(StepNotAllowed):
        actions.revoke_extension(extension=extension, by=late.hanh)


def test_more_time_again_takes_the_place_of_the_former(late: Cast) -> None:
    first = states.extended(late, LATE_DAY)
    states.extended(late, LATE_DAY + 5 * DAY)
    first.refresh_from_db()
    assert first.revoked_by == late.hanh.user
    assert Extension.objects.standing_on(LATE_DAY).count() == 1


@pytest.mark.parametrize(
    "ends_on",
    [LAST_DAY, LATE_DAY - DAY, datetime.date(2027, 9, 1), datetime.date(2072, 1, 25)],
)
def test_an_end_that_gives_no_time_or_too_much_is_refused(
    late: Cast, ends_on: datetime.date
) -> None:
    with pytest.raises(ExtensionRefused) as refusal:
        states.extended(late, ends_on)
    assert str(refusal.value.message) == "Ngày gia hạn phải từ 20/01/2027 đến 31/08/2027."


def test_more_time_has_a_reason(late: Cast) -> None:
    with pytest.raises(ReasonMissing):
        states.extended(late, LATE_DAY, reason="  ")


def test_all_classes_are_a_teachers(late: Cast) -> None:
    with pytest.raises(ExtensionRefused):
        states.extended(late, LATE_DAY, in_all_classes=True)


def test_a_class_handed_in_needs_no_time(cast: Cast) -> None:
    states.submitted(cast)
    with evening_of(LATE_DAY), pytest.raises(ExtensionRefused) as refusal:
        states.extended(cast, LATE_DAY)
    assert "đã gửi hiệu trưởng" in str(refusal.value.message)


def test_a_returned_class_needs_no_time(cast: Cast) -> None:
    states.returned(cast)
    with evening_of(LATE_DAY), pytest.raises(ExtensionRefused) as refusal:
        ask(cast)
    assert "vẫn nhập được" in str(refusal.value.message)


def test_giving_and_taking_back_are_audited(late: Cast) -> None:
    extension = states.extended(late, LATE_DAY, staff_member=late.binh)
    actions.revoke_extension(extension=extension, by=late.phuc)
    granted, revoked = AuditEvent.objects.filter(event__startswith="extension.").order_by("pk")
    assert (granted.actor, granted.reason) == (late.hanh.user, "Lớp nghỉ học vì bão")
    assert granted.school_class_id == late.school_class.pk
    assert granted.changes == {
        "period": [None, "end_term_1"],
        "teacher": [None, "Y Bình Êban"],
        "ends_on": [None, "2027-01-20"],
    }
    assert (revoked.actor, revoked.changes["ends_on"]) == (late.phuc.user, ["2027-01-20", None])


# Asking


def test_asking_is_audited_with_its_reason(late: Cast) -> None:
    ask(late)
    event = AuditEvent.objects.get(event="extension_request.asked")
    assert (event.actor, event.reason) == (late.ngoc.user, "Tôi ốm cả tuần")


def test_one_request_of_hers_waits_at_a_time(late: Cast) -> None:
    ask(late)
    with pytest.raises(StepNotAllowed):
        ask(late)
    assert ask(late, late.binh)


def test_asking_needs_a_reason(late: Cast) -> None:
    with pytest.raises(ReasonMissing):
        actions.request_extension(
            school_class=late.school_class, period=END_TERM_1, reason=" ", by=late.ngoc
        )


def test_more_time_for_the_class_answers_all_who_asked(late: Cast) -> None:
    asked = [ask(late), ask(late, late.binh)]
    states.extended(late, LATE_DAY)
    for request in asked:
        request.refresh_from_db()
    assert [request.is_granted for request in asked] == [True, True]
    assert AuditEvent.objects.filter(event="extension_request.granted").count() == 2


def test_more_time_for_one_teacher_leaves_the_others_waiting(late: Cast) -> None:
    hers, his = ask(late), ask(late, late.binh)
    states.extended(late, LATE_DAY, staff_member=late.binh)
    hers.refresh_from_db()
    his.refresh_from_db()
    assert (hers.is_granted, his.is_granted) == (None, True)


def test_a_refusal_leaves_the_class_closed_and_lets_her_ask_again(late: Cast) -> None:
    actions.refuse_extension_request(request=ask(late), by=late.hanh)
    with pytest.raises(PeriodClosed):
        enter_maths(late)
    assert ask(late)


def test_a_request_is_answered_once(late: Cast) -> None:
    request = ask(late)
    actions.refuse_extension_request(request=request, by=late.hanh)
    with pytest.raises(StepNotAllowed):
        actions.refuse_extension_request(request=request, by=late.phuc)


def test_a_period_that_has_not_opened_is_not_extended(cast: Cast) -> None:
    with pytest.raises(Exception, match="mở nhập từ"):
        states.extended(cast, datetime.date(2027, 4, 1), period=Period.MID_TERM_2)
    assert not ClassPeriod.objects.exists()


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
