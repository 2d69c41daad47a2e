"""Fill a class's period through the actions that the pages call."""

from decimal import Decimal

from assessments import actions
from assessments.completeness import expectations
from assessments.merge import Edit, RowEdit
from assessments.roster import roster
from rulesets import Period
from schools.models import SchoolClass, StaffMember
from tests.factories import assign_teacher
from tests.remembering import remembered


def assign_every_subject(school_class: SchoolClass, teacher: StaffMember) -> None:
    """Give the teacher whatever nobody teaches yet."""
    untaught = school_class.subject_offerings.filter(teaching_assignments__isnull=True)
    for subject_code in set(untaught.values_list("subject_code", flat=True)):
        assign_teacher(school_class, subject_code, teacher)


def fill_class(
    school_class: SchoolClass,
    period: str,
    *,
    homeroom: StaffMember,
    teachers: dict[str, StaffMember] | None = None,
    score: int = 9,
) -> None:
    """Every subject T, every test `score`, every trait T, every field of the record."""
    taught_by = {code: teacher.pk for code, teacher in (teachers or {}).items()}
    arrangement = (
        school_class.pk,
        school_class.school_year.ruleset_key,
        period,
        homeroom.pk,
        tuple(sorted(taught_by.items())),
        score,
        tuple(roster(school_class, period).values_list("pk", "grade_level", "is_not_assessed")),
        frozenset(school_class.subject_offerings.values_list("grade_level", "subject_code")),
    )
    remembered(
        arrangement,
        lambda: _fill(school_class, period, homeroom=homeroom, teachers=teachers, score=score),
    )


def _fill(
    school_class: SchoolClass,
    period: str,
    *,
    homeroom: StaffMember,
    teachers: dict[str, StaffMember] | None,
    score: int,
) -> None:
    pupils = list(roster(school_class, period))
    expected = expectations(school_class, period)
    for subject_code in {row.subject_code for row in school_class.subject_offerings.all()}:
        actions.save_subject_results(
            school_class=school_class,
            period=period,
            subject_code=subject_code,
            rows=[
                subject_row(
                    pupil.pk,
                    level="T",
                    score=score if subject_code in expected[pupil.grade_level].tested else None,
                )
                for pupil in pupils
                if subject_code in expected[pupil.grade_level].subjects
            ],
            by=(teachers or {}).get(subject_code, homeroom),
        )
    actions.save_trait_results(
        school_class=school_class,
        period=period,
        rows=[
            RowEdit(pupil.pk, {code: Edit("", "T") for code in expected[pupil.grade_level].traits})
            for pupil in pupils
        ],
        by=homeroom,
    )
    actions.save_period_records(
        school_class=school_class,
        period=period,
        rows=[record_row(pupil.pk) for pupil in pupils],
        by=homeroom,
    )
    if period == Period.END_YEAR:
        actions.confirm_year_decisions(school_class=school_class, by=homeroom)


def subject_row(
    enrollment_id: int, *, level: str, score: int | None = None, comment: str = ""
) -> RowEdit:
    return RowEdit(
        enrollment_id,
        {
            "level": Edit("", level),
            "score": Edit(None, score),
            "comment": Edit("", comment),
        },
    )


def record_row(enrollment_id: int) -> RowEdit:
    return RowEdit(
        enrollment_id,
        {
            "absences_with_leave": Edit(None, 2),
            "absences_without_leave": Edit(None, 0),
            "height_cm": Edit(None, Decimal("132.5")),
            "weight_kg": Edit(None, Decimal("29.0")),
            "quality_comment": Edit("", "Biết giúp đỡ bạn."),
            "general_competence_comment": Edit("", "Tự học tốt."),
            "specific_competence_comment": Edit("", "Đọc to, rõ ràng."),
            "homeroom_comment": Edit("", "Em chăm học và lễ phép."),
        },
    )
