"""What starts and what ends for one pupil, by class, grade, status and day."""

import datetime

import pytest
import time_machine

from exchange.placement import Misplaced, classes_by_name, place
from exchange.student_entries import End, StudentEntry
from students.ministry_codes import STUDENT_STATUSES
from tests import factories

YEAR_START, YEAR_END = factories.YEAR_START, factories.YEAR_END
STUDYING = {code: status for code, status in STUDENT_STATUSES.items() if status.is_studying}
LEAVING = {code: status for code, status in STUDENT_STATUSES.items() if not status.is_studying}
NOVEMBER = datetime.date(2026, 11, 20)


def entry_of(enrollment=None, past=(), status=None, **said):
    entry = StudentEntry(enrollment and enrollment.student, enrollment, past)
    entry.status = STUDENT_STATUSES[status] if status else None
    for name, value in {"class_name": "4A", **said}.items():
        setattr(entry, name, value)
    return entry


def placed(cast, entry, school_year=None):
    year = school_year or cast.school_year
    place(entry, year, classes_by_name(year))
    return entry


def refusal(cast, entry, school_year=None):
    with pytest.raises(Misplaced) as refused:
        placed(cast, entry, school_year)
    return str(refused.value)


def next_year(cast, class_name="5A", grades=(5,)):
    year = factories.make_school_year(cast.school, 2027)
    factories.make_class(year, class_name, grades)
    return year


@pytest.mark.parametrize("name", ["4A", "4a", "Lớp 4A", "LỚP 4 A"])
def test_a_class_is_found_however_it_is_written(cast, name):
    assert placed(cast, entry_of(class_name=name)).start.school_class == cast.school_class


def test_a_class_of_another_school_is_not_found(cast):
    factories.make_class(cast.other_class.school_year, "4B")
    assert "không có lớp «4B»" in refusal(cast, entry_of(class_name="4B"))


def test_a_row_without_a_class_is_refused(cast):
    assert refusal(cast, entry_of(class_name="")) == "Hãy ghi lớp của học sinh."


def test_a_class_of_one_grade_says_the_grade(cast):
    assert placed(cast, entry_of()).start.grade_level == 4


def test_a_grade_that_the_class_does_not_have_is_refused(cast):
    assert "không có khối 5" in refusal(cast, entry_of(grade_level=5))


@pytest.mark.parametrize("grade", [4, 5])
def test_a_multigrade_class_takes_each_of_its_grades(cast, grade):
    factories.make_class(cast.school_year, "4-5E", (4, 5))
    entry = placed(cast, entry_of(class_name="4-5E", grade_level=grade))
    assert entry.start.grade_level == grade


def test_who_is_in_the_class_already_does_not_move(cast):
    assert not placed(cast, entry_of(cast.anh)).moves


def test_who_is_in_the_class_already_does_not_move_by_a_day_of_entry(cast):
    assert not placed(cast, entry_of(cast.anh, status="02", status_on=NOVEMBER)).moves


def test_who_is_in_another_class_of_the_year_is_told_which(cast):
    factories.make_class(cast.school_year, "4B")
    assert "hãy ghi lại lớp 4A" in refusal(cast, entry_of(cast.anh, class_name="4B"))


@pytest.mark.parametrize("code", STUDYING)
def test_every_status_of_a_pupil_who_studies_gives_its_reason(cast, code):
    entry = placed(cast, entry_of(status=code, status_on=NOVEMBER))
    assert entry.start.entry_reason == STUDYING[code].entry_reason


def test_without_a_status_she_is_enrolled_from_the_first_day(cast):
    start = placed(cast, entry_of()).start
    assert (start.enrolled_on, start.entry_reason) == (YEAR_START, "enrolled")


def test_the_day_of_who_was_there_from_the_start_does_not_count(cast):
    entry = placed(cast, entry_of(status="01", status_on=NOVEMBER))
    assert entry.start.enrolled_on == YEAR_START


@pytest.mark.parametrize("code", ["02", "03", "06", "07"])
def test_who_came_within_the_year_needs_a_day(cast, code):
    assert STUDYING[code].name in refusal(cast, entry_of(status=code))


def test_who_came_in_summer_needs_no_day(cast):
    assert placed(cast, entry_of(status="10")).start.enrolled_on == YEAR_START


@pytest.mark.parametrize(
    ("day", "enrolled_on"),
    [
        (datetime.date(2026, 7, 1), YEAR_START),
        (YEAR_START, YEAR_START),
        (NOVEMBER, NOVEMBER),
        (YEAR_END, YEAR_END),
    ],
)
def test_nobody_is_enrolled_before_the_year_begins(cast, day, enrolled_on):
    assert placed(cast, entry_of(status="02", status_on=day)).start.enrolled_on == enrolled_on


def test_the_day_after_the_year_is_too_late(cast):
    day = YEAR_END + datetime.timedelta(days=1)
    assert "sau năm học" in refusal(cast, entry_of(status="02", status_on=day))


def left(enrollment, day):
    enrollment.ended_on, enrollment.exit_reason = day, "withdrawn"
    return enrollment


def test_who_comes_back_begins_after_she_left(cast):
    past = (left(cast.anh, NOVEMBER),)
    day = NOVEMBER + datetime.timedelta(days=1)
    assert placed(cast, entry_of(past=past, status="03", status_on=day)).start.enrolled_on == day


def test_who_comes_back_does_not_begin_on_the_day_she_left(cast):
    past = (left(cast.anh, NOVEMBER),)
    said = refusal(cast, entry_of(past=past, status="03", status_on=NOVEMBER))
    assert "đã rời lớp ngày 20/11/2026" in said


def test_the_last_of_several_departures_counts(cast):
    past = (left(cast.anh, NOVEMBER), left(cast.duc, datetime.date(2026, 12, 1)))
    said = refusal(cast, entry_of(past=past, status="03", status_on=datetime.date(2026, 11, 25)))
    assert "01/12/2026" in said


def test_a_new_year_ends_the_old_enrolment_on_its_last_day(cast):
    entry = placed(cast, entry_of(cast.anh, class_name="5A"), next_year(cast))
    assert entry.end == End(YEAR_END, "year_ended")


def test_a_new_year_starts_in_the_new_class(cast):
    year = next_year(cast)
    start = placed(cast, entry_of(cast.anh, class_name="5A"), year).start
    assert (start.school_class.school_year, start.enrolled_on) == (year, year.starts_on)


def test_a_year_that_lies_before_the_pupils_is_refused(cast):
    year = factories.make_school_year(cast.school, 2025)
    factories.make_class(year, "4A")
    assert "năm học 2026-2027, sau năm học" in refusal(cast, entry_of(cast.anh), year)


def test_who_left_and_is_not_known_gets_a_remark(cast):
    entry = placed(cast, entry_of(status="05", status_on=NOVEMBER))
    assert (entry.moves, bool(entry.remark)) == (False, True)


@pytest.mark.parametrize("code", LEAVING)
def test_every_status_of_a_pupil_who_left_gives_its_reason(cast, code):
    entry = placed(cast, entry_of(cast.anh, status=code, status_on=NOVEMBER))
    assert entry.end == End(NOVEMBER, LEAVING[code].exit_reason)


def test_who_left_needs_no_class(cast):
    entry = placed(cast, entry_of(cast.anh, class_name="", status="05", status_on=NOVEMBER))
    assert entry.end.ended_on == NOVEMBER


@pytest.mark.parametrize("code", LEAVING)
def test_who_left_needs_a_day(cast, code):
    assert LEAVING[code].name in refusal(cast, entry_of(cast.anh, status=code))


@pytest.mark.parametrize("day", [YEAR_START, datetime.date(2027, 1, 5)])
def test_the_first_day_and_today_are_days_to_leave(cast, day):
    entry = placed(cast, entry_of(cast.anh, status="05", status_on=day))
    assert entry.end.ended_on == day


@pytest.mark.parametrize("day", [datetime.date(2026, 9, 4), datetime.date(2027, 1, 6)])
def test_the_day_before_the_first_and_tomorrow_are_not(cast, day):
    said = refusal(cast, entry_of(cast.anh, status="05", status_on=day))
    assert "từ ngày vào lớp (05/09/2026)" in said


def test_who_left_in_summer_was_there_until_the_year_ended(cast, travel_to_july):
    entry = placed(cast, entry_of(cast.anh, status="11", status_on=datetime.date(2027, 6, 20)))
    assert entry.end.ended_on == YEAR_END


@pytest.fixture
def travel_to_july(now):
    with time_machine.travel(datetime.datetime(2027, 7, 1, 8, tzinfo=now.tzinfo), tick=False):
        yield
