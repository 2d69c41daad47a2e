"""What the grids of a class at a period show: its pupils, and what is stored in their cells."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import BigAutoField, Exists, FilteredRelation, OuterRef, Q, Subquery
from django.utils import timezone

from assessments.actions.period_records import RECORD_FIELDS
from assessments.actions.subject_results import stored_values
from assessments.calendar import PeriodInTime
from assessments.extensions import extended_until_of_each_class
from assessments.models import (
    ClassPeriod,
    PeriodRecord,
    Retest,
    SubjectResult,
    TraitNote,
    TraitResult,
)
from assessments.policies import check_entries_are_taken
from assessments.roster import roster_of
from assessments.workflow import EDITABLE, Status
from audit.errors import DomainError
from rulesets import Period, Ruleset
from schools.models import PeriodWindow, School, SchoolClass, StaffMember
from schools.models.classes import SchoolClassQuerySet
from students.models import Enrollment
from students.support import plans_today

HIGHEST_KEY = BigAutoField.MAX_BIGINT


@dataclass(frozen=True)
class StoredCell:
    """What the database holds of one cell, and who wrote it last."""

    value: Any
    saved_by: str = ""
    saved_at: datetime.datetime | None = None
    earlier: tuple[int, ...] = ()  # of a score: the attempts before the one that counts
    retest: str = ""  # of a score: the status of an open retest


Cells = Mapping[int, Mapping[str, StoredCell]]  # by enrolment and field


@dataclass(frozen=True)
class PupilRow:
    """A pupil of the roster; nobody has entered anything yet where there is no record."""

    number: int
    enrollment: Enrollment
    record: PeriodRecord | None
    status: str

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE


@dataclass(frozen=True)
class PeriodSheet:
    """A class at a period, as every grid begins."""

    school_class: SchoolClass
    time: PeriodInTime
    class_period: ClassPeriod | None
    pupils: tuple[PupilRow, ...]
    only: frozenset[int] | None = None  # the enrolments asked for, where it was not the class

    @property
    def period(self) -> Period:
        return self.time.period

    @property
    def ruleset(self) -> Ruleset:
        return self.school_class.school_year.ruleset

    @property
    def status(self) -> str:
        return self.class_period.status if self.class_period else Status.OPEN

    @cached_property
    def names(self) -> list[str]:
        """The full names of the whole roster, whoever was asked for."""
        if self.only is None:
            return [pupil.enrollment.student.full_name for pupil in self.pupils]
        window: PeriodWindow | None = _joined(self.school_class, "period_window")
        whole = roster_of(self.school_class, class_period=self.class_period, window=window)
        return list(whole.values_list("student__full_name", flat=True))

    @cached_property
    def refusal(self) -> str:
        """Why nothing is taken from anybody like the reader now; empty means: go ahead."""
        try:
            check_entries_are_taken(self.time, self.status)
        except DomainError as refusal:
            return str(refusal.message)
        return ""


def classes_at(
    school: School, period: str, staff: StaffMember | None = None
) -> SchoolClassQuerySet:
    """The school's classes, joined with their term record, the period's window, and what more
    time this member of staff was given."""
    classes = SchoolClass.objects.for_school(school)
    if staff:
        until = extended_until_of_each_class(staff, period, timezone.localdate())
        classes = classes.annotate(extended_until=until)
    return classes.annotate(
        class_period=FilteredRelation("class_periods", condition=Q(class_periods__period=period)),
        period_window=FilteredRelation(
            "school_year__period_windows",
            condition=Q(school_year__period_windows__period=period),
        ),
    ).select_related("school_year", "class_period__status_changed_by", "period_window")


def period_sheet(
    school_class: SchoolClass, period: str, *, only: Collection[int] | None = None
) -> PeriodSheet:
    """The sheet of a class that `classes_at` has loaded; of the whole roster or some of it."""
    asked = None if only is None else frozenset(pk for pk in only if 0 < pk <= HIGHEST_KEY)
    class_period: ClassPeriod | None = _joined(school_class, "class_period")
    window: PeriodWindow | None = _joined(school_class, "period_window")
    status = class_period.status if class_period else Status.OPEN
    enrollments = (
        roster_of(school_class, class_period=class_period, window=window)
        .annotate(
            record=FilteredRelation(
                "period_records", condition=Q(period_records__class_period=class_period)
            ),
            has_plan=Exists(plans_today().filter(enrollment=OuterRef("pk"))),
        )
        .select_related("record__saved_by")
    )
    if asked is not None:
        enrollments = enrollments.filter(pk__in=asked)
    return PeriodSheet(
        school_class=school_class,
        time=PeriodInTime(
            school_class.school_year,
            Period(period),
            window,
            timezone.localdate(),
            _joined(school_class, "extended_until"),
        ),
        class_period=class_period,
        pupils=tuple(
            _pupil_row(number, enrollment, status)
            for number, enrollment in enumerate(enrollments, start=1)
        ),
        only=asked,
    )


def _pupil_row(number: int, enrollment: Enrollment, status: str) -> PupilRow:
    record: PeriodRecord | None = _joined(enrollment, "record")
    return PupilRow(number, enrollment, record, record.status if record else status)


def _joined(row: Any, name: str) -> Any:
    """An outer join that finds nothing sets nothing on the row."""
    return getattr(row, name, None)


def _of_pupils(only: Collection[int] | None) -> Q:
    return Q() if only is None else Q(record__enrollment__in=only)


def subject_cells(
    class_period: ClassPeriod | None, subject_code: str, *, only: Collection[int] | None = None
) -> Cells:
    return cells_by_subject(class_period, [subject_code], only=only)[subject_code]


def cells_by_subject(
    class_period: ClassPeriod | None,
    subject_codes: Collection[str],
    *,
    only: Collection[int] | None = None,
) -> dict[str, Cells]:
    cells: dict[str, dict[int, dict[str, StoredCell]]] = {code: {} for code in subject_codes}
    open_retest = Retest.objects.open().filter(
        record=OuterRef("record"), subject_code=OuterRef("subject_code")
    )
    results = (
        SubjectResult.objects.filter(
            record__class_period=class_period, subject_code__in=subject_codes
        )
        .filter(_of_pupils(only))
        .select_related("record", "saved_by")
        .prefetch_related("test_scores")
        .annotate(open_retest=Subquery(open_retest.values("status")[:1]))
    )
    for result in results:
        cells[result.subject_code][result.record.enrollment_id] = {
            name: _with_attempts(
                StoredCell(value, result.saved_by.full_name, result.saved_at), name, result
            )
            for name, value in stored_values(result).items()
        }
    return {**cells}


def _with_attempts(cell: StoredCell, name: str, result: Any) -> StoredCell:
    if name != "score":
        return cell
    earlier = tuple(attempt.score for attempt in result.attempts[:-1])
    return replace(cell, earlier=earlier, retest=result.open_retest or "")


def trait_cells(class_period: ClassPeriod | None, *, only: Collection[int] | None = None) -> Cells:
    cells: dict[int, dict[str, StoredCell]] = {}
    results = TraitResult.objects.filter(_of_pupils(only), record__class_period=class_period)
    for result in results.select_related("record", "saved_by"):
        cells.setdefault(result.record.enrollment_id, {})[result.trait_code] = StoredCell(
            result.level, result.saved_by.full_name, result.saved_at
        )
    return cells


def record_cells(sheet: PeriodSheet) -> Cells:
    return {
        pupil.enrollment.pk: {
            name: StoredCell(
                getattr(pupil.record, name),
                pupil.record.saved_by.full_name if pupil.record.saved_by else "",
                pupil.record.saved_at,
            )
            for name in RECORD_FIELDS
        }
        for pupil in sheet.pupils
        if pupil.record
    }


def note_cells(
    class_period: ClassPeriod | None,
    author: StaffMember,
    *,
    only: Collection[int] | None = None,
) -> Cells:
    return {
        note.record.enrollment_id: {"text": StoredCell(note.text, author.full_name, note.saved_at)}
        for note in TraitNote.objects.filter(
            _of_pupils(only), record__class_period=class_period, author=author
        ).select_related("record")
    }


def trait_notes_by_pupil(class_period: ClassPeriod | None) -> dict[int, list[TraitNote]]:
    """What subject teachers tell the homeroom teacher, by enrolment."""
    notes: dict[int, list[TraitNote]] = {}
    stored = TraitNote.objects.filter(record__class_period=class_period).select_related(
        "record", "author"
    )
    for note in stored.order_by("saved_at"):
        notes.setdefault(note.record.enrollment_id, []).append(note)
    return notes
