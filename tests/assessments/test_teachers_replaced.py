"""A teacher is replaced in mid-year: the dates say who works, and what was done keeps its name."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine

from assessments import actions
from assessments.errors import PeriodClosed
from assessments.models import SignOff, SubjectResult
from assessments.permissions import is_homeroom_teacher, teaches_class
from assessments.teachers import subjects_taught_by, teachers_of
from audit.errors import NotPermitted
from rulesets import Period
from schools.actions import assign_homeroom_teacher, assign_subject_teacher
from schools.models import StaffMember
from tests.assessments import states
from tests.assessments.filling import record_row, subject_row
from tests.cast import NOW, Cast

END_TERM_1 = Period.END_TERM_1
FIRST_DAY = datetime.date(2027, 1, 11)


@contextmanager
def on(day: datetime.date) -> Iterator[None]:
    noon = datetime.datetime.combine(day, datetime.time(5), datetime.UTC)
    with time_machine.travel(noon, tick=False):
        yield


@pytest.fixture
def replaced(cast: Cast) -> Cast:
    """Ms Sương takes over 4A from Ms Ngọc, and English from Mr Bình, on 11 January."""
    assign_homeroom_teacher(
        school_class=cast.school_class,
        staff_member=cast.suong,
        started_on=FIRST_DAY,
        by=cast.tam.user,
    )
    assign_subject_teacher(
        school_class=cast.school_class,
        subject_codes=["ngoai_ngu_1"],
        staff_member=cast.suong,
        started_on=FIRST_DAY,
        by=cast.tam.user,
    )
    return cast


def save_record(cast: Cast, by: StaffMember) -> object:
    return actions.save_period_records(
        school_class=cast.school_class, period=END_TERM_1, rows=[record_row(cast.anh.pk)], by=by
    )


def save_english(cast: Cast, by: StaffMember, level: str = "T") -> object:
    return actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code="ngoai_ngu_1",
        rows=[subject_row(cast.anh.pk, level=level, score=9)],
        by=by,
    )


def test_the_former_homeroom_teacher_works_on_her_last_day(replaced: Cast) -> None:
    with on(FIRST_DAY - datetime.timedelta(days=1)):
        assert save_record(replaced, replaced.ngoc)


def test_the_former_homeroom_teacher_is_refused_from_the_next_day(replaced: Cast) -> None:
    with on(FIRST_DAY), pytest.raises(NotPermitted):
        save_record(replaced, replaced.ngoc)


def test_the_new_homeroom_teacher_waits_for_her_first_day(replaced: Cast) -> None:
    with on(FIRST_DAY - datetime.timedelta(days=1)), pytest.raises(NotPermitted):
        save_record(replaced, replaced.suong)


def test_the_new_homeroom_teacher_works_from_her_first_day(replaced: Cast) -> None:
    with on(FIRST_DAY):
        assert save_record(replaced, replaced.suong)


def test_the_former_subject_teacher_is_refused(replaced: Cast) -> None:
    with on(FIRST_DAY), pytest.raises(NotPermitted):
        save_english(replaced, replaced.binh)


def test_the_new_subject_teacher_enters(replaced: Cast) -> None:
    with on(FIRST_DAY):
        assert save_english(replaced, replaced.suong)


def test_the_new_subject_teacher_continues_earlier_periods_too(replaced: Cast) -> None:
    """Late entries of the mid-term belong to whoever teaches the subject now."""
    with on(FIRST_DAY):
        states.extended(replaced, FIRST_DAY, period=Period.MID_TERM_1)
        assert actions.save_subject_results(
            school_class=replaced.school_class,
            period=Period.MID_TERM_1,
            subject_code="ngoai_ngu_1",
            rows=[subject_row(replaced.anh.pk, level="T")],
            by=replaced.suong,
        )


def test_what_the_former_teacher_entered_keeps_her_name(replaced: Cast) -> None:
    save_english(replaced, replaced.binh)
    with on(FIRST_DAY):
        assert SubjectResult.objects.get().saved_by == replaced.binh.user


def test_the_new_homeroom_teacher_hands_in_what_the_former_one_filled(replaced: Cast) -> None:
    states.filled(replaced)
    with on(FIRST_DAY):
        assert actions.submit_class_period(
            school_class=replaced.school_class, period=END_TERM_1, by=replaced.suong
        )


def test_the_card_names_the_homeroom_teacher_of_the_day_it_is_signed(replaced: Cast) -> None:
    submitted = states.submitted(replaced)
    with on(FIRST_DAY):
        actions.sign_off_class_period(class_period=submitted, by=replaced.hanh)
    names = {row.payload["homeroom_teacher"] for row in SignOff.objects.all()}
    assert names == {"Lê Thị Sương"}


def test_a_card_signed_before_keeps_the_former_name(replaced: Cast) -> None:
    states.signed_off(replaced)
    with on(FIRST_DAY):
        names = {row.payload["homeroom_teacher"] for row in SignOff.objects.all()}
    assert names == {"Trần Thị Ngọc"}


def test_a_pupil_reopened_afterwards_is_handed_in_by_the_new_teacher(replaced: Cast) -> None:
    record = states.with_anh_reopened(replaced)
    with on(FIRST_DAY):
        with pytest.raises(NotPermitted):
            actions.submit_record(record=record, by=replaced.ngoc)
        assert actions.submit_record(record=record, by=replaced.suong)


def test_the_former_teacher_does_not_ask_to_reopen(replaced: Cast) -> None:
    signed = states.signed_off(replaced)
    with on(FIRST_DAY), pytest.raises(NotPermitted):
        actions.request_reopening(class_period=signed, reason="Sai điểm", by=replaced.binh)


def test_after_the_school_year_its_last_teacher_is_in_post(replaced: Cast) -> None:
    with on(datetime.date(2027, 7, 10)):
        assert is_homeroom_teacher(replaced.suong, replaced.school_class)
        assert not is_homeroom_teacher(replaced.ngoc, replaced.school_class)


def test_who_left_the_subject_but_teaches_another_still_teaches_the_class(replaced: Cast) -> None:
    with on(FIRST_DAY):
        assert teaches_class(replaced.ngoc, replaced.school_class)
        assert not teaches_class(replaced.binh, replaced.school_class)


@pytest.mark.parametrize(
    ("day", "homeroom", "english"),
    [
        (NOW.date(), "Trần Thị Ngọc", "Y Bình Êban"),
        (FIRST_DAY, "Lê Thị Sương", "Lê Thị Sương"),
    ],
)
def test_pages_name_the_teachers_of_the_day(
    replaced: Cast, day: datetime.date, homeroom: str, english: str
) -> None:
    with on(day):
        teachers = teachers_of([replaced.school_class], replaced.school_year.ends_on)
    assert teachers.homeroom_name(replaced.school_class) == homeroom
    assert teachers.names(replaced.school_class, "ngoai_ngu_1") == english


def test_nobody_is_named_for_a_subject_without_a_teacher(cast: Cast) -> None:
    teachers = teachers_of([cast.school_class], cast.school_year.ends_on)
    assert teachers.names(cast.school_class, "am_nhac") == ""


def test_a_class_without_a_homeroom_teacher_has_no_name_there(cast: Cast) -> None:
    assert teachers_of([cast.other_class], cast.school_year.ends_on).homeroom == {}


@pytest.mark.parametrize(
    ("role", "day", "subjects"),
    [
        ("binh", NOW.date(), {"ngoai_ngu_1"}),
        ("binh", FIRST_DAY, set()),
        ("suong", FIRST_DAY, {"ngoai_ngu_1"}),
        ("ngoc", FIRST_DAY, {"tieng_viet", "toan"}),
    ],
)
def test_a_teachers_subjects_are_those_of_the_day(
    replaced: Cast, role: str, day: datetime.date, subjects: set[str]
) -> None:
    with on(day):
        taught = subjects_taught_by(
            getattr(replaced, role), [replaced.school_class], replaced.school_year.ends_on
        )
    assert {code for _class_id, code in taught} == subjects


LATE_DAY = datetime.date(2027, 1, 20)


def test_more_time_for_the_class_is_the_new_teachers(replaced: Cast) -> None:
    with on(LATE_DAY):
        states.extended(replaced, LATE_DAY)
        assert save_english(replaced, replaced.suong)


def test_more_time_for_the_class_is_not_the_former_teachers(replaced: Cast) -> None:
    with on(LATE_DAY):
        states.extended(replaced, LATE_DAY)
        with pytest.raises(NotPermitted):
            save_english(replaced, replaced.binh)


def test_more_time_for_a_teacher_gives_no_class_back_to_her(replaced: Cast) -> None:
    with on(LATE_DAY):
        states.extended(replaced, LATE_DAY, staff_member=replaced.binh, in_all_classes=True)
        with pytest.raises(NotPermitted):
            save_english(replaced, replaced.binh)


def test_more_time_for_the_former_teacher_is_not_the_new_ones(replaced: Cast) -> None:
    with on(LATE_DAY):
        states.extended(replaced, LATE_DAY, staff_member=replaced.binh)
        with pytest.raises(PeriodClosed):
            save_english(replaced, replaced.suong)
