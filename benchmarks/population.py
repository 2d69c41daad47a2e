"""Other schools' pupils and their results: a figure is then one of a full database."""

import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accounts.models import User
    from schools.models import SchoolClass
    from students.models import Enrollment

PUPILS_OF_A_CLASS = 35
CLASSES_OF_A_SCHOOL = 30
GRADE_LEVEL = 4
SUBJECTS = ("tieng_viet", "toan", "khoa_hoc")
PERIOD = "end_term_1"
FIRST_CODE = 9_000_000_000
ENTERED_AT = datetime.datetime(2027, 1, 4, 13, tzinfo=datetime.UTC)
COMMENT = "Em nắm vững kiến thức, trình bày sạch đẹp; cần đọc kĩ đề bài hơn."


def populate(pupils: int) -> None:
    """Schools of 30 classes of 35 until there are so many pupils, each with three results."""
    if not pupils:
        return
    from tests import factories

    registrar = factories.make_user("population", "Hà Văn Đông")
    made = 0
    while made < pupils:
        made += _fill_school(first=made, registrar=registrar, at_most=pupils - made)


def _fill_school(*, first: int, registrar: "User", at_most: int) -> int:
    from tests import factories

    year = factories.make_school_year(factories.make_school(f"Trường số {first}"))
    made = 0
    for number in range(CLASSES_OF_A_SCHOOL):
        size = min(PUPILS_OF_A_CLASS, at_most - made)
        if size <= 0:
            break
        school_class = factories.make_class(year, f"4-{number}", (GRADE_LEVEL,))
        pupils = _enroll(school_class, first + made, size)
        _enter_results(school_class, pupils, registrar)
        made += size
    return made


def _enroll(school_class: "SchoolClass", first: int, size: int) -> "list[Enrollment]":
    from students.models import Enrollment, Student

    students = Student.objects.bulk_create(
        Student(
            full_name=f"Trần Thị Số {first + number}",
            ministry_code=str(FIRST_CODE + first + number),
            date_of_birth=datetime.date(2017, 3, 14),
            gender="female",
        )
        for number in range(size)
    )
    return Enrollment.objects.bulk_create(
        Enrollment(
            student=student,
            school_class=school_class,
            grade_level=GRADE_LEVEL,
            enrolled_on=school_class.school_year.starts_on,
        )
        for student in students
    )


def _enter_results(
    school_class: "SchoolClass", pupils: "list[Enrollment]", registrar: "User"
) -> None:
    from assessments.models import ClassPeriod, PeriodRecord, SubjectResult
    from audit.chain import write_to_chains
    from audit.models import AuditEvent

    school_id = school_class.school_year.school_id
    class_period = ClassPeriod.objects.create(school_class=school_class, period=PERIOD)
    records = PeriodRecord.objects.bulk_create(
        PeriodRecord(class_period=class_period, enrollment=pupil) for pupil in pupils
    )
    entered: dict[str, Any] = {"saved_at": ENTERED_AT, "saved_by": registrar}
    results = SubjectResult.objects.bulk_create(
        SubjectResult(record=record, subject_code=code, level="T", comment=COMMENT, **entered)
        for record in records
        for code in SUBJECTS
    )
    write_to_chains(
        [
            AuditEvent(
                chain=school_id,
                event="subject_result.saved",
                actor=registrar,
                school_id=school_id,
                school_class_id=school_class.pk,
                target_type="assessments.subjectresult",
                target_id=result.pk,
                changes={"level": ["", "T"]},
            )
            for result in results
        ]
    )
