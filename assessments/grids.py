"""What the grids of a class at a period show: its pupils, and what is stored in their cells."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import FilteredRelation, Q
from django.utils import timezone

from assessments.actions.period_records import RECORD_FIELDS
from assessments.actions.subject_results import stored_values
from assessments.calendar import PeriodInTime
from assessments.models import (
    ClassPeriod,
    PeriodRecord,
    SubjectResult,
    TraitNote,
    TraitResult,
)
from assessments.roster import roster_of
from assessments.workflow import EDITABLE, Status
from rulesets import Period, Ruleset
from schools.models import PeriodWindow, School, SchoolClass, StaffMember
from schools.models.classes import SchoolClassQuerySet
from students.models import Enrollment


@dataclass(frozen=True)
class StoredCell:
    """What the database holds of one cell, and who wrote it last."""

    value: Any
    saved_by: str = ""
    saved_at: datetime.datetime | None = None


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

    @property
    def period(self) -> Period:
        return self.time.period

    @property
    def ruleset(self) -> Ruleset:
        return self.school_class.school_year.ruleset

    @property
    def status(self) -> str:
        return self.class_period.status if self.class_period else Status.OPEN


def classes_at(school: School, period: str) -> SchoolClassQuerySet:
    """The school's classes, joined with their term record and the period's window."""
    return (
        SchoolClass.objects.for_school(school)
        .annotate(
            class_period=FilteredRelation(
                "class_periods", condition=Q(class_periods__period=period)
            ),
            period_window=FilteredRelation(
                "school_year__period_windows",
                condition=Q(school_year__period_windows__period=period),
            ),
        )
        .select_related("school_year", "class_period__status_changed_by", "period_window")
    )


def period_sheet(school_class: SchoolClass, period: str) -> PeriodSheet:
    """The sheet of a class that `classes_at` has loaded."""
    class_period: ClassPeriod | None = _joined(school_class, "class_period")
    window: PeriodWindow | None = _joined(school_class, "period_window")
    status = class_period.status if class_period else Status.OPEN
    enrollments = (
        roster_of(school_class, class_period=class_period, window=window)
        .annotate(
            record=FilteredRelation(
                "period_records", condition=Q(period_records__class_period=class_period)
            )
        )
        .select_related("record__saved_by")
    )
    return PeriodSheet(
        school_class=school_class,
        time=PeriodInTime(school_class.school_year, Period(period), window, timezone.localdate()),
        class_period=class_period,
        pupils=tuple(
            _pupil_row(number, enrollment, status)
            for number, enrollment in enumerate(enrollments, start=1)
        ),
    )


def _pupil_row(number: int, enrollment: Enrollment, status: str) -> PupilRow:
    record: PeriodRecord | None = _joined(enrollment, "record")
    return PupilRow(number, enrollment, record, record.status if record else status)


def _joined(row: Any, name: str) -> Any:
    """An outer join that finds nothing sets nothing on the row."""
    return getattr(row, name, None)


def subject_cells(class_period: ClassPeriod | None, subject_code: str) -> Cells:
    results = (
        SubjectResult.objects.filter(record__class_period=class_period, subject_code=subject_code)
        .select_related("record", "saved_by")
        .prefetch_related("test_scores")
    )
    return {
        result.record.enrollment_id: {
            name: StoredCell(value, result.saved_by.full_name, result.saved_at)
            for name, value in stored_values(result).items()
        }
        for result in results
    }


def trait_cells(class_period: ClassPeriod | None) -> Cells:
    cells: dict[int, dict[str, StoredCell]] = {}
    results = TraitResult.objects.filter(record__class_period=class_period)
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


def note_cells(class_period: ClassPeriod | None, author: StaffMember) -> Cells:
    return {
        note.record.enrollment_id: {"text": StoredCell(note.text, author.full_name, note.saved_at)}
        for note in TraitNote.objects.filter(
            record__class_period=class_period, author=author
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
