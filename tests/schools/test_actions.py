import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from audit.models import AuditEvent, SystemJob
from rulesets import Period, UnknownCode
from schools import actions
from schools.models import HomeroomAssignment, Role, TeachingAssignment
from tests import factories
from tests.cast import Cast

JOB = SystemJob("tests")
NEW_YEAR = datetime.date(2027, 1, 4)
LAST_DAY = datetime.date(2027, 1, 3)


def _make_year(cast: Cast, **fields: object):
    return actions.create_school_year(
        **{
            "school": cast.school,
            "first_year": 2027,
            "starts_on": datetime.date(2027, 9, 5),
            "ends_on": datetime.date(2028, 5, 31),
            "windows": {Period.END_YEAR: actions.WindowDates(*[datetime.date(2028, 5, 20)] * 3)},
            "by": cast.tam.user,
            **fields,
        }
    )


def test_a_school_is_created_with_its_event(cast: Cast) -> None:
    school = actions.create_school(
        department=cast.school.department,
        ministry_code="66999999",
        name="Trường Tiểu học Ban Mai",
        commune_name="Phường Buôn Hồ",
        province_name="Tỉnh Đắk Lắk",
        place_of_issue="Buôn Hồ",
        by=JOB,
    )
    event = AuditEvent.objects.get(event="school.created")
    assert (event.school_id, event.system_job) == (school.pk, "tests")


def test_a_school_without_a_name_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        actions.create_school(
            department=cast.school.department, ministry_code="66999999", name="", by=JOB
        )


def test_a_school_year_comes_with_its_windows(cast: Cast) -> None:
    year = _make_year(cast)
    assert [window.period for window in year.period_windows.all()] == [Period.END_YEAR]
    assert AuditEvent.objects.filter(event="school_year.created", target_id=year.pk).exists()


def test_a_school_year_names_a_ruleset_that_exists(cast: Cast) -> None:
    with pytest.raises(LookupError):
        _make_year(cast, ruleset_key="tt99")


def test_a_staff_member_is_appointed_with_roles(cast: Cast) -> None:
    member = actions.appoint_staff_member(
        school=cast.school,
        full_name="Nông Thị Liễu",
        position_title="Giáo viên",
        roles=[Role.TEACHER, Role.REGISTRAR],
        started_on=NEW_YEAR,
        by=cast.kien.user,
    )
    assert member.roles_on(NEW_YEAR) == {Role.TEACHER, Role.REGISTRAR}
    assert member.roles_on(LAST_DAY) == frozenset()


def test_a_class_is_offered_its_compulsory_subjects(cast: Cast) -> None:
    school_class = actions.create_class(
        school_year=cast.school_year,
        name="1B",
        grade_levels=[1],
        optional_subjects=["ngoai_ngu_1"],
        language_names={"ngoai_ngu_1": "Tiếng Anh"},
        by=cast.tam.user,
    )
    offered = {row.subject_code: row for row in school_class.subject_offerings.all()}
    assert {"tieng_viet", "toan", "tu_nhien_va_xa_hoi", "ngoai_ngu_1"} <= offered.keys()
    assert "khoa_hoc" not in offered
    assert "tieng_dan_toc" not in offered
    assert offered["ngoai_ngu_1"].language_name == "Tiếng Anh"


def test_a_multi_grade_class_is_offered_the_subjects_of_each_grade(cast: Cast) -> None:
    school_class = actions.create_class(
        school_year=cast.school_year, name="3+4", grade_levels=[4, 3], by=cast.tam.user
    )
    assert school_class.is_multigrade
    grades = school_class.subject_offerings.filter(subject_code="khoa_hoc").values_list(
        "grade_level", flat=True
    )
    assert list(grades) == [4]


def test_two_classes_of_one_name_are_refused(cast: Cast) -> None:
    with pytest.raises((ValidationError, IntegrityError)):
        actions.create_class(
            school_year=cast.school_year, name="4A", grade_levels=[4], by=cast.tam.user
        )


def test_a_new_homeroom_teacher_relieves_the_former(cast: Cast) -> None:
    actions.assign_homeroom_teacher(
        school_class=cast.school_class,
        staff_member=cast.suong,
        started_on=NEW_YEAR,
        by=cast.tam.user,
    )
    former, present = HomeroomAssignment.objects.filter(school_class=cast.school_class).order_by(
        "started_on"
    )
    assert (former.staff_member, former.ended_on) == (cast.ngoc, LAST_DAY)
    assert (present.staff_member, present.ended_on) == (cast.suong, None)
    event = AuditEvent.objects.get(event="homeroom_assignment.started")
    assert event.changes == {"homeroom_teacher": ["Trần Thị Ngọc", "Lê Thị Sương"]}


def test_a_new_subject_teacher_relieves_the_former(cast: Cast) -> None:
    actions.assign_subject_teacher(
        school_class=cast.school_class,
        subject_codes=["toan", "khoa_hoc"],
        staff_member=cast.suong,
        started_on=NEW_YEAR,
        by=cast.tam.user,
    )
    open_ones = TeachingAssignment.objects.filter(
        offering__school_class=cast.school_class, ended_on__isnull=True
    )
    taught = {row.offering.subject_code: row.staff_member for row in open_ones}
    assert taught["toan"] == taught["khoa_hoc"] == cast.suong
    assert taught["tieng_viet"] == cast.ngoc
    assert AuditEvent.objects.filter(event="teaching_assignment.started").count() == 2


def test_an_unknown_grade_is_refused(cast: Cast) -> None:
    with pytest.raises((ValidationError, UnknownCode)):
        actions.create_class(
            school_year=cast.school_year, name="6A", grade_levels=[6], by=cast.tam.user
        )


def test_pupils_may_be_enrolled_in_the_new_class(cast: Cast) -> None:
    school_class = actions.create_class(
        school_year=cast.school_year, name="5B", grade_levels=[5], by=cast.tam.user
    )
    enrollment = factories.enroll(factories.make_student("Y Khoa Mlô"), school_class)
    assert enrollment.grade_level == 5
