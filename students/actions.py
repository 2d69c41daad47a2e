"""Every way in which a pupil's file and enrolments are written, one pupil or a thousand."""

import datetime
from collections.abc import Iterable, Sequence

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from audit.events import Actor, Changes, Happening, Scope, record_events
from schools.models import School, SchoolClass, StaffMember
from schools.named import NAME_KEYS
from students.changes import (
    DETAILS,
    Departure,
    Details,
    Placement,
    Revision,
    as_json,
    check_details_are_known,
)
from students.models import (
    Enrollment,
    EntryReason,
    Guardian,
    IndividualPlan,
    Relation,
    Student,
)
from students.permissions import check_user_can_settle_assessment, check_user_can_write_plan
from students.support import AssessmentSettled, PlanRewritten

CHUNK = 500


def create_student(*, details: Details, school: School, by: Actor) -> Student:
    return create_students(details=[details], school=school, by=by)[0]


@transaction.atomic
def create_students(*, details: Iterable[Details], school: School, by: Actor) -> list[Student]:
    students = [_build(entry) for entry in details]
    Student.objects.bulk_create(students, batch_size=CHUNK)
    record_events(
        [
            Happening("student.created", student, _scope(student, school), _given(student))
            for student in students
        ],
        by=by,
    )
    return students


def _build(details: Details) -> Student:
    check_details_are_known(details)
    student = Student(**details)
    student.clean_fields(exclude=NAME_KEYS)
    return student


def _given(student: Student) -> Changes:
    values = {name: as_json(getattr(student, name)) for name in DETAILS}
    return {name: (None, value) for name, value in values.items() if value not in {None, ""}}


def update_student(*, student: Student, details: Details, school: School, by: Actor) -> Student:
    update_students(revisions=[Revision(student, details)], school=school, by=by)
    return student


@transaction.atomic
def update_students(*, revisions: Iterable[Revision], school: School, by: Actor) -> None:
    """Writes what differs and nothing else; a revision without changes leaves no trace."""
    changed = [revision for revision in revisions if revision.changes]
    for revision in changed:
        for name in revision.changes:
            setattr(revision.student, name, revision.details[name])
        revision.student.clean_fields(exclude=NAME_KEYS)
        revision.student.save(update_fields=list(revision.changes))
    record_events(
        [
            Happening(
                "student.updated",
                revision.student,
                _scope(revision.student, school),
                revision.changes,
            )
            for revision in changed
        ],
        by=by,
    )


def enroll_student(
    *,
    student: Student,
    school_class: SchoolClass,
    grade_level: int,
    enrolled_on: datetime.date,
    by: Actor,
    entry_reason: str = EntryReason.ENROLLED,
) -> Enrollment:
    placement = Placement(student, school_class, grade_level, enrolled_on, entry_reason)
    return enroll_students(placements=[placement], by=by)[0]


@transaction.atomic
def enroll_students(*, placements: Iterable[Placement], by: Actor) -> list[Enrollment]:
    enrollments = [
        Enrollment(
            student=placement.student,
            school_class=placement.school_class,
            grade_level=placement.grade_level,
            enrolled_on=placement.enrolled_on,
            entry_reason=placement.entry_reason,
        )
        for placement in placements
    ]
    Enrollment.objects.bulk_create(enrollments, batch_size=CHUNK)
    record_events([_started(enrollment) for enrollment in enrollments], by=by)
    return enrollments


def _started(enrollment: Enrollment) -> Happening:
    changes = {
        "school_class": (None, enrollment.school_class.name),
        "grade_level": (None, enrollment.grade_level),
        "enrolled_on": (None, as_json(enrollment.enrolled_on)),
        "entry_reason": (None, str(enrollment.entry_reason)),
    }
    return Happening("enrollment.started", enrollment, _enrollment_scope(enrollment), changes)


def end_enrollment(
    *, enrollment: Enrollment, ended_on: datetime.date, exit_reason: str, by: Actor
) -> Enrollment:
    end_enrollments(departures=[Departure(enrollment, ended_on, exit_reason)], by=by)
    return enrollment


@transaction.atomic
def end_enrollments(*, departures: Iterable[Departure], by: Actor) -> None:
    happenings = []
    for departure in departures:
        changes = {
            "ended_on": (None, as_json(departure.ended_on)),
            "exit_reason": (None, str(departure.exit_reason)),
        }
        happenings.append(
            _set_end(departure.enrollment, departure.ended_on, departure.exit_reason, changes)
        )
    record_events(happenings, by=by)


@transaction.atomic
def reopen_enrollments(*, enrollments: Iterable[Enrollment], by: Actor) -> None:
    """The end was a mistake: the pupil has never left."""
    happenings = []
    for enrollment in enrollments:
        changes = {
            "ended_on": (as_json(enrollment.ended_on), None),
            "exit_reason": (enrollment.exit_reason, None),
        }
        happenings.append(_set_end(enrollment, None, None, changes))
    record_events(happenings, by=by)


def _set_end(
    enrollment: Enrollment,
    ended_on: datetime.date | None,
    exit_reason: str | None,
    changes: Changes,
) -> Happening:
    enrollment.ended_on, enrollment.exit_reason = ended_on, exit_reason
    enrollment.save(update_fields=["ended_on", "exit_reason"])
    event = "enrollment.ended" if ended_on else "enrollment.reopened"
    return Happening(event, enrollment, _enrollment_scope(enrollment), changes)


@transaction.atomic
def remove_enrollments(*, enrollments: Sequence[Enrollment], by: Actor) -> None:
    """Takes back enrolments that were a mistake; one that anything hangs on is protected."""
    happenings = [
        Happening(
            "enrollment.removed",
            enrollment,
            _enrollment_scope(enrollment),
            {name: (pair[1], None) for name, pair in _started(enrollment).changes.items()},
        )
        for enrollment in enrollments
    ]
    record_events(happenings, by=by)
    _delete(Enrollment.objects.all(), enrollments)


@transaction.atomic
def remove_students(*, students: Sequence[Student], school: School, by: Actor) -> None:
    """Takes back files that were a mistake; one that anything hangs on is protected."""
    happenings = [
        Happening(
            "student.removed",
            student,
            _scope(student, school),
            {name: (pair[1], None) for name, pair in _given(student).items()},
        )
        for student in students
    ]
    record_events(happenings, by=by)
    _delete(Student.objects.all(), students)


def _delete(rows: models.QuerySet, unwanted: Sequence[models.Model]) -> None:
    for start in range(0, len(unwanted), CHUNK):
        rows.filter(pk__in=[row.pk for row in unwanted[start : start + CHUNK]]).delete()


def _scope(student: Student, school: School) -> Scope:
    return Scope(school_id=school.pk, student_id=student.pk)


def _enrollment_scope(enrollment: Enrollment) -> Scope:
    school_class = enrollment.school_class
    return Scope(
        school_id=school_class.school_year.school_id,
        school_class_id=school_class.pk,
        student_id=enrollment.student_id,
    )


@transaction.atomic
def confirm_guardian(
    *, student: Student, user: User, relation: Relation, school: School, by: User
) -> Guardian:
    """The school has checked that this user is what she says to the child."""
    confirmed = Guardian.objects.confirmed().filter(student=student, user=user).first()
    if confirmed and confirmed.relation == relation:
        return confirmed
    guardian, _created = Guardian.objects.update_or_create(
        student=student,
        user=user,
        ended_on=None,
        defaults={"relation": relation, "confirmed_at": timezone.now(), "confirmed_by": by},
    )
    former_relation = confirmed.relation if confirmed else None
    changes = {"guardian": (None, user.full_name), "relation": (former_relation, str(relation))}
    record_events(
        [Happening("guardian.confirmed", guardian, _scope(student, school), changes)], by=by
    )
    return guardian


@transaction.atomic
def settle_assessment(
    *,
    enrollment: Enrollment,
    is_not_assessed: bool,
    decided_on: datetime.date,
    decision: str,
    by: StaffMember,
) -> Enrollment:
    """Whether a pupil with a disability is assessed at all, by a decision with its day."""
    check_user_can_settle_assessment(by, enrollment)
    settled = Enrollment.objects.filter(pk=enrollment.pk, is_not_assessed=not is_not_assessed)
    values = {
        "is_not_assessed": is_not_assessed,
        "assessment_decided_on": decided_on,
        "assessment_decision": decision,
    }
    if settled.update(**values) != 1:
        raise AssessmentSettled
    changes = {
        name: (as_json(getattr(enrollment, name)), as_json(value)) for name, value in values.items()
    }
    enrollment.refresh_from_db(fields=[*values])
    record_events(
        [
            Happening(
                "enrollment.assessment_settled",
                enrollment,
                _pupils_own_scope(enrollment),
                changes,
            )
        ],
        by=by.acting_user,
    )
    return enrollment


@transaction.atomic
def write_individual_plan(
    *,
    enrollment: Enrollment,
    adjustments: str,
    valid_from: datetime.date,
    valid_until: datetime.date | None,
    supersedes: IndividualPlan | None,
    by: StaffMember,
) -> IndividualPlan:
    """A version of the plan; `supersedes` is the one that its writer has read."""
    check_user_can_write_plan(by, enrollment)
    Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    in_force = IndividualPlan.objects.in_force().filter(enrollment=enrollment).first()
    if in_force != supersedes:
        raise PlanRewritten
    values = {
        "adjustments": adjustments,
        "valid_from": valid_from,
        "valid_until": valid_until,
    }
    plan = IndividualPlan.objects.create(
        enrollment=enrollment,
        written_at=timezone.now(),
        written_by=by.acting_user,
        supersedes=supersedes,
        **values,
    )
    changes = {
        name: (as_json(getattr(supersedes, name, None)), as_json(value))
        for name, value in values.items()
    }
    record_events(
        [Happening("individual_plan.written", plan, _pupils_own_scope(enrollment), changes)],
        by=by.acting_user,
    )
    return plan


def _pupils_own_scope(enrollment: Enrollment) -> Scope:
    """In the pupil's history alone: the class's is read by teachers whom it does not concern."""
    school_id = enrollment.school_class.school_year.school_id
    return Scope(school_id=school_id, student_id=enrollment.student_id)
