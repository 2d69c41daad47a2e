import datetime

import pytest

from rulesets import Period
from schools.models import (
    Department,
    HomeroomAssignment,
    PeriodWindow,
    School,
    SchoolClass,
    SchoolYear,
    StaffMember,
    StaffRole,
    SubjectOffering,
    TeachingAssignment,
)
from tests.constraints import Forbidden, check_database_refuses, check_form_is_told
from tests.factories import YEAR_START

BEFORE_THE_YEAR = YEAR_START - datetime.timedelta(days=1)
NEXT_MONTH = YEAR_START + datetime.timedelta(days=30)

CASES = [
    Forbidden("department_code_two_digits", Department, {"code": "6"}),
    Forbidden("department_code_two_digits", Department, {"code": "ĐL"}),
    Forbidden("department_year_due_is_a_day", Department, {"year_due_day": 31}),
    Forbidden("department_year_due_is_a_day", Department, {"year_due_month": 13}),
    Forbidden(
        "department_supplementary_due_is_a_day",
        Department,
        {"supplementary_due_month": 2, "supplementary_due_day": 29},
    ),
    Forbidden("department_supplementary_due_is_a_day", Department, {"supplementary_due_day": 0}),
    Forbidden("school_ministry_code_present", School, {"ministry_code": ""}),
    Forbidden("school_name_present", School, {"name": ""}),
    Forbidden("school_year_unique", SchoolYear, after={}),
    Forbidden("school_year_dates_in_order", SchoolYear, {"ends_on": datetime.date(2030, 9, 5)}),
    Forbidden("period_window_unique", PeriodWindow, after={}),
    Forbidden(
        "period_window_dates_in_order",
        PeriodWindow,
        {"closes_on": YEAR_START, "roster_on": YEAR_START},
    ),
    Forbidden(
        "period_window_roster_by_closing", PeriodWindow, {"roster_on": datetime.date(2027, 8, 1)}
    ),
    Forbidden("staff_member_unique_user", StaffMember, {}, after={"user": lambda cast: cast.hoa}),
    Forbidden(
        "staff_member_unique_personal_id", StaffMember, after={"personal_id": "066123456789"}
    ),
    Forbidden("staff_member_personal_id_twelve", StaffMember, {"personal_id": "66123456789"}),
    Forbidden("staff_member_personal_id_twelve", StaffMember, {"personal_id": "06612345678A"}),
    Forbidden("staff_member_full_name_present", StaffMember, {"full_name": ""}),
    Forbidden("staff_role_one_open", StaffRole, {"started_on": NEXT_MONTH}, after={}),
    Forbidden("staff_role_dates_in_order", StaffRole, {"ended_on": BEFORE_THE_YEAR}),
    Forbidden("school_class_unique_name", SchoolClass, after={}),
    Forbidden("school_class_name_present", SchoolClass, {"name": ""}),
    Forbidden("school_class_grades_in_order", SchoolClass, {"lowest_grade": 0}),
    Forbidden("school_class_grades_in_order", SchoolClass, {"highest_grade": 6}),
    Forbidden("school_class_grades_in_order", SchoolClass, {"highest_grade": 4}),
    Forbidden(
        "homeroom_assignment_one_open",
        HomeroomAssignment,
        {"staff_member": lambda cast: cast.suong},
        after={},
    ),
    Forbidden(
        "homeroom_assignment_dates_in_order", HomeroomAssignment, {"ended_on": BEFORE_THE_YEAR}
    ),
    Forbidden("subject_offering_unique", SubjectOffering, {"language_name": "Êđê"}, after={}),
    Forbidden("subject_offering_grade_in_range", SubjectOffering, {"grade_level": 0}),
    Forbidden("subject_offering_grade_in_range", SubjectOffering, {"grade_level": 6}),
    Forbidden(
        "teaching_assignment_one_open", TeachingAssignment, {"started_on": NEXT_MONTH}, after={}
    ),
    Forbidden(
        "teaching_assignment_dates_in_order", TeachingAssignment, {"ended_on": BEFORE_THE_YEAR}
    ),
]

every_case = pytest.mark.parametrize("case", CASES, ids=str)


@every_case
def test_the_database_refuses(case, cast):
    check_database_refuses(case, cast)


@every_case
def test_a_form_is_told_why(case, cast):
    check_form_is_told(case, cast)


def test_a_role_may_be_held_again_after_it_ended(cast):
    StaffRole.objects.filter(staff_member=cast.tam).update(ended_on=NEXT_MONTH)
    StaffRole.objects.create(
        staff_member=cast.tam, role="registrar", started_on=NEXT_MONTH + datetime.timedelta(days=1)
    )
    assert cast.tam.roles.count() == 2


def test_two_schools_may_employ_the_same_person(cast):
    StaffMember.objects.create(
        school=cast.other_school,
        user=cast.binh.user,
        full_name=cast.binh.full_name,
        position_title="Giáo viên",
        personal_id=cast.binh.personal_id,
    )
    assert cast.binh.user.staff_members.count() == 2


def test_in_post_on_includes_the_first_and_the_last_day(cast):
    role = cast.tam.roles.get()
    role.ended_on = NEXT_MONTH
    role.save()
    days = [BEFORE_THE_YEAR, YEAR_START, NEXT_MONTH, NEXT_MONTH + datetime.timedelta(days=1)]
    held = [cast.tam.roles.in_post_on(day).exists() for day in days]
    assert held == [False, True, True, False]


def test_a_school_year_is_named_by_both_its_years(cast):
    assert str(cast.school_year) == "2026-2027"


def test_the_school_year_of_a_day(cast):
    years = cast.school.school_years
    assert years.containing(datetime.date(2027, 1, 5)).get() == cast.school_year
    assert not years.containing(datetime.date(2027, 7, 1)).exists()


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (datetime.date(2026, 12, 27), False),
        (datetime.date(2026, 12, 28), True),
        (datetime.date(2027, 1, 17), True),
        (datetime.date(2027, 1, 18), False),
    ],
)
def test_a_window_is_open_from_its_first_to_its_last_day(cast, day, is_open):
    window = cast.school_year.period_windows.get(period=Period.END_TERM_1)
    assert window.is_open_on(day) is is_open
    assert cast.school_year.period_windows.open_on(day).contains(window) is is_open


def test_a_multigrade_class_spans_its_grades(cast):
    school_class = SchoolClass(lowest_grade=1, highest_grade=3)
    assert school_class.is_multigrade
    assert list(school_class.grade_levels) == [1, 2, 3]


def test_a_class_of_one_grade_is_not_multigrade(cast):
    assert not cast.school_class.is_multigrade
    assert list(cast.school_class.grade_levels) == [4]


def test_classes_stand_by_grade_then_name(cast):
    for name, lowest, highest in [("1B", 1, 1), ("1A", 1, 1), ("Ghép", 1, 2)]:
        SchoolClass.objects.create(
            school_year=cast.school_year, name=name, lowest_grade=lowest, highest_grade=highest
        )
    names = [row.name for row in SchoolClass.objects.for_school(cast.school).in_order()]
    assert names == ["1A", "1B", "Ghép", "4A"]
