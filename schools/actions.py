"""How a school is set up: years, people in their posts, classes and who teaches them."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.events import Actor, Happening, Scope, record_event, record_events
from rulesets import Period, get_ruleset
from schools.models import (
    HomeroomAssignment,
    PeriodWindow,
    Role,
    School,
    SchoolClass,
    SchoolYear,
    StaffMember,
    StaffRole,
    SubjectOffering,
    TeachingAssignment,
)
from schools.permissions import check_user_can_set_windows
from schools.policies import check_windows_fit
from schools.windows import WindowDates


@transaction.atomic
def create_school(*, by: Actor, **fields: Any) -> School:
    school = School(**fields)
    school.full_clean()
    school.save(force_insert=True)
    record_event("school.created", by=by, target=school, scope=Scope(school.pk))
    return school


@transaction.atomic
def create_school_year(
    *,
    school: School,
    first_year: int,
    starts_on: datetime.date,
    ends_on: datetime.date,
    windows: Mapping[Period, WindowDates],
    by: Actor,
    ruleset_key: str = "tt27",
) -> SchoolYear:
    get_ruleset(ruleset_key)
    year = SchoolYear(
        school=school,
        first_year=first_year,
        ruleset_key=ruleset_key,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    year.full_clean()
    year.save(force_insert=True)
    PeriodWindow.objects.bulk_create(
        PeriodWindow(
            school_year=year,
            period=period,
            opens_on=dates.opens_on,
            closes_on=dates.closes_on,
            roster_on=dates.roster_on,
        )
        for period, dates in windows.items()
    )
    record_event("school_year.created", by=by, target=year, scope=Scope(school.pk))
    return year


@transaction.atomic
def set_period_windows(
    *, school_year: SchoolYear, windows: Mapping[Period, WindowDates], by: StaffMember
) -> list[PeriodWindow]:
    """The windows that changed; periods that are not named keep their dates."""
    check_user_can_set_windows(by, school_year.school)
    SchoolYear.objects.select_for_update().get(pk=school_year.pk)
    stored = {Period(row.period): row for row in school_year.period_windows.all()}
    before = {period: _dates_of(row) for period, row in stored.items()}
    check_windows_fit(school_year, before | dict(windows))
    changed = []
    for period, dates in windows.items():
        if before.get(period) == dates:
            continue
        window = stored.get(period) or PeriodWindow(school_year=school_year, period=period)
        for name, day in asdict(dates).items():
            setattr(window, name, day)
        window.save()
        _record_window(window, before.get(period), dates, by)
        changed.append(window)
    return changed


def _dates_of(window: PeriodWindow) -> WindowDates:
    return WindowDates(window.opens_on, window.closes_on, window.roster_on)


def _record_window(
    window: PeriodWindow, before: WindowDates | None, after: WindowDates, by: StaffMember
) -> None:
    old = {name: str(day) for name, day in asdict(before).items()} if before else {}
    new = {name: str(day) for name, day in asdict(after).items()}
    record_event(
        "period_window.set",
        by=by.acting_user,
        target=window,
        scope=Scope(window.school_year.school_id),
        changes={
            "period": (None, str(window.period)),
            **{name: (old.get(name), day) for name, day in new.items() if old.get(name) != day},
        },
    )


@transaction.atomic
def appoint_staff_member(
    *,
    school: School,
    full_name: str,
    position_title: str,
    roles: Iterable[Role],
    started_on: datetime.date,
    by: Actor,
    user: User | None = None,
    personal_id: str | None = None,
) -> StaffMember:
    member = StaffMember(
        school=school,
        user=user,
        full_name=full_name,
        position_title=position_title,
        personal_id=personal_id,
    )
    member.full_clean()
    member.save(force_insert=True)
    roles = list(roles)
    StaffRole.objects.bulk_create(
        StaffRole(staff_member=member, role=role, started_on=started_on) for role in roles
    )
    record_event(
        "staff_member.appointed",
        by=by,
        target=member,
        scope=Scope(school.pk),
        changes={"roles": (None, ", ".join(roles))},
    )
    return member


@transaction.atomic
def create_class(
    *,
    school_year: SchoolYear,
    name: str,
    grade_levels: Iterable[int],
    by: Actor,
    optional_subjects: Iterable[str] = (),
    language_names: Mapping[str, str] | None = None,
) -> SchoolClass:
    """A class with the compulsory subjects of its grades, and the optional ones named.

    `language_names` says which language a subject teaches: {"ngoai_ngu_1": "Tiếng Anh"}.
    """
    grades = sorted(grade_levels)
    school_class = SchoolClass(
        school_year=school_year, name=name, lowest_grade=grades[0], highest_grade=grades[-1]
    )
    school_class.full_clean()
    school_class.save(force_insert=True)
    SubjectOffering.objects.bulk_create(
        _offerings(school_class, frozenset(optional_subjects), language_names or {})
    )
    record_event(
        "school_class.created",
        by=by,
        target=school_class,
        scope=Scope(school_year.school_id, school_class.pk),
    )
    return school_class


def _offerings(
    school_class: SchoolClass, optional: frozenset[str], language_names: Mapping[str, str]
) -> list[SubjectOffering]:
    ruleset = school_class.school_year.ruleset
    return [
        SubjectOffering(
            school_class=school_class,
            grade_level=grade_level,
            subject_code=subject.code,
            language_name=language_names.get(subject.code, ""),
        )
        for grade_level in school_class.grade_levels
        for subject in (
            *ruleset.compulsory_subjects(grade_level, is_special_class=school_class.is_special),
            *(row for row in ruleset.optional_subjects(grade_level) if row.code in optional),
        )
    ]


@transaction.atomic
def assign_homeroom_teacher(
    *,
    school_class: SchoolClass,
    staff_member: StaffMember,
    started_on: datetime.date,
    by: Actor,
) -> HomeroomAssignment:
    """Whoever had the class until now is relieved the day before."""
    earlier = HomeroomAssignment.objects.filter(school_class=school_class, ended_on__isnull=True)
    former = [assignment.staff_member.full_name for assignment in earlier]
    earlier.update(ended_on=started_on - datetime.timedelta(days=1))
    assignment = HomeroomAssignment.objects.create(
        school_class=school_class, staff_member=staff_member, started_on=started_on
    )
    record_event(
        "homeroom_assignment.started",
        by=by,
        target=assignment,
        scope=Scope(school_class.school_year.school_id, school_class.pk),
        changes={"homeroom_teacher": (", ".join(former) or None, staff_member.full_name)},
    )
    return assignment


@transaction.atomic
def assign_subject_teacher(
    *,
    school_class: SchoolClass,
    subject_codes: Iterable[str],
    staff_member: StaffMember,
    started_on: datetime.date,
    by: Actor,
) -> list[TeachingAssignment]:
    """Gives a teacher these subjects in every grade of the class, relieving whoever had them."""
    offerings = list(school_class.subject_offerings.filter(subject_code__in=list(subject_codes)))
    TeachingAssignment.objects.filter(offering__in=offerings, ended_on__isnull=True).update(
        ended_on=started_on - datetime.timedelta(days=1)
    )
    assignments = TeachingAssignment.objects.bulk_create(
        TeachingAssignment(offering=offering, staff_member=staff_member, started_on=started_on)
        for offering in offerings
    )
    scope = Scope(school_class.school_year.school_id, school_class.pk)
    record_events(
        [
            Happening(
                "teaching_assignment.started",
                assignment,
                scope,
                {
                    "subject": (None, assignment.offering.subject_code),
                    "teacher": (None, staff_member.full_name),
                },
            )
            for assignment in assignments
        ],
        by=by,
    )
    return assignments
