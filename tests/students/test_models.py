import datetime

import pytest
from django.utils import timezone

from students.models import Enrollment, ExitReason, Guardian, IndividualPlan, Student, Transfer
from tests.constraints import Forbidden, check_database_refuses, check_form_is_told
from tests.factories import YEAR_START, enroll, make_guardian

BEFORE_THE_YEAR = YEAR_START - datetime.timedelta(days=1)
NEXT_MONTH = YEAR_START + datetime.timedelta(days=30)
LEFT = {"ended_on": NEXT_MONTH, "exit_reason": ExitReason.WITHDRAWN}

CASES = [
    Forbidden("student_personal_id_twelve", Student, {"personal_id": "66123456789"}),
    Forbidden("student_personal_id_twelve", Student, {"personal_id": "06612345678O"}),
    Forbidden("student_personal_id_twelve", Student, {"personal_id": ""}),
    Forbidden("student_ministry_code_not_empty", Student, {"ministry_code": ""}),
    Forbidden("student_full_name_present", Student, {"full_name": ""}),
    Forbidden("student_gender_known", Student, {"gender": "Nữ"}),
    Forbidden("enrollment_one_open", Enrollment, {"enrolled_on": NEXT_MONTH}, after={}),
    Forbidden("enrollment_unique", Enrollment, after=LEFT),
    Forbidden("enrollment_dates_in_order", Enrollment, {**LEFT, "ended_on": BEFORE_THE_YEAR}),
    Forbidden("enrollment_end_has_reason", Enrollment, {"ended_on": NEXT_MONTH}),
    Forbidden("enrollment_end_has_reason", Enrollment, {"exit_reason": ExitReason.WITHDRAWN}),
    Forbidden("enrollment_grade_in_range", Enrollment, {"grade_level": 0}),
    Forbidden("enrollment_grade_in_range", Enrollment, {"grade_level": 6}),
    Forbidden(
        "enrollment_assessment_decision_has_day", Enrollment, {"assessment_decided_on": YEAR_START}
    ),
    Forbidden(
        "enrollment_assessment_decision_has_day", Enrollment, {"assessment_decision": "QĐ 12"}
    ),
    Forbidden("individual_plan_one_first", IndividualPlan, {"adjustments": "Khác"}, after={}),
    Forbidden("individual_plan_text_present", IndividualPlan, {"adjustments": ""}),
    Forbidden("individual_plan_dates_in_order", IndividualPlan, {"valid_until": BEFORE_THE_YEAR}),
    Forbidden("transfer_has_an_enrollment", Transfer, {"to_enrollment": None}),
    Forbidden("transfer_names_both_schools", Transfer, {"from_school_name": ""}),
    Forbidden("transfer_names_both_schools", Transfer, {"to_school_name": ""}),
    Forbidden("guardian_one_open", Guardian, {"relation": "mother"}, after={}),
    Forbidden("guardian_confirmed_at_and_by", Guardian, {"confirmed_at": timezone.now()}),
    Forbidden(
        "guardian_confirmed_at_and_by", Guardian, {"confirmed_by": lambda cast: cast.tam.user}
    ),
]

every_case = pytest.mark.parametrize("case", CASES, ids=str)


@every_case
def test_the_database_refuses(case, cast):
    check_database_refuses(case, cast)


@every_case
def test_a_form_is_told_why(case, cast):
    check_form_is_told(case, cast)


def test_two_pupils_may_both_be_without_codes(cast):
    born = {"date_of_birth": datetime.date(2017, 5, 1), "gender": "female"}
    for name in ("Nông Thị Mây", "Lò Thị Ban"):
        Student.objects.create(full_name=name, **born)
    assert Student.objects.filter(ministry_code=None, personal_id=None).count() == 2


@pytest.mark.parametrize("name", ["ministry_code", "personal_id"])
def test_a_code_belongs_to_one_pupil(cast, name):
    twin = Student(**{name: getattr(cast.anh.student, name)})
    assert name in twin._perform_unique_checks(twin._get_unique_checks()[0])


def test_a_pupil_comes_back_to_the_class_that_she_left(cast):
    Enrollment.objects.filter(pk=cast.anh.pk).update(**LEFT)
    enroll(cast.anh.student, cast.school_class, enrolled_on=NEXT_MONTH)
    assert cast.anh.student.enrollments.current().count() == 1


def test_enrolled_on_day_includes_the_first_and_the_last_day(cast):
    Enrollment.objects.filter(pk=cast.anh.pk).update(**LEFT)
    days = [BEFORE_THE_YEAR, YEAR_START, NEXT_MONTH, NEXT_MONTH + datetime.timedelta(days=1)]
    enrolled = [cast.anh.student.enrollments.enrolled_on_day(day).exists() for day in days]
    assert enrolled == [False, True, True, False]


def test_a_school_sees_the_pupils_that_it_enrolled(cast):
    assert not Student.objects.for_school(cast.school).contains(cast.stranger.student)
    assert Student.objects.for_school(cast.other_school).get() == cast.stranger.student


def test_a_school_still_sees_a_pupil_who_left(cast):
    Enrollment.objects.filter(pk=cast.anh.pk).update(**LEFT)
    assert Student.objects.for_school(cast.school).contains(cast.anh.student)


def test_the_roll_stands_in_vietnamese_order(cast):
    roll = cast.school_class.enrollments.in_roll_order()
    assert [row.student.full_name for row in roll] == ["Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"]


@pytest.mark.parametrize("text", ["vo tri duc", "ĐỨC", "trí  đức", "Đức"])
def test_search_ignores_diacritics_and_case(cast, text):
    assert Student.objects.matching(text).get() == cast.duc.student


@pytest.mark.parametrize("name", ["ministry_code", "personal_id"])
def test_search_finds_a_whole_code(cast, name):
    code = getattr(cast.duc.student, name)
    assert Student.objects.matching(f" {code} ").get() == cast.duc.student
    assert not Student.objects.matching(code[:-1]).exists()


def test_a_guardian_is_unconfirmed_until_the_school_says_so(cast):
    asking = make_guardian(cast.hoa, cast.duc.student, confirmed_by=None)
    assert not Guardian.objects.confirmed().contains(asking)
    assert Guardian.objects.of_user(cast.hoa).contains(asking)


def test_a_guardianship_that_ended_is_no_longer_confirmed(cast):
    Guardian.objects.update(ended_on=NEXT_MONTH)
    assert not Guardian.objects.confirmed().exists()


def test_the_ethnic_group_reads_as_the_birth_certificate_has_it(cast):
    assert Student(ethnicity_code="01").ethnicity_name == "Kinh"
    assert Student(ethnicity_code="12", ethnicity_as_written="Bih").ethnicity_name == "Bih"
    assert Student().ethnicity_name == ""
