"""All that the page of a class at one period shows; nothing here asks who is looking."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.calendar import PeriodInTime, period_in_time
from assessments.completeness import missing_in_class
from assessments.confirmations import ConfirmedSubject, confirmed_subjects
from assessments.deviations import Deviation, deviations_in
from assessments.gaps import Grid, Lack, lacks_by_grid
from assessments.grid_rows import GridRow, grid_rows
from assessments.late_work import LateWork, late_work
from assessments.level_counts import level_counts
from assessments.models import ClassPeriod, PeriodRecord, ReopenRequest, SignOff
from assessments.payload import draft_payload
from assessments.payload_changes import PayloadChange, payload_changes
from assessments.progress import ClassProgress, progress_of
from assessments.roster import roster
from assessments.teachers import ClassTeachers, teachers_of
from assessments.workflow import EDITABLE, Status
from rulesets import Period
from schools.models import SchoolClass
from students.models import Enrollment


@dataclass(frozen=True)
class PupilRow:
    enrollment: Enrollment
    record: PeriodRecord | None
    status: str
    pending_request: ReopenRequest | None

    @property
    def is_signed_off(self) -> bool:
        return self.status == Status.SIGNED_OFF


@dataclass(frozen=True)
class PupilApart:
    """One pupil on her own way while the class is signed off, and what changed meanwhile."""

    record: PeriodRecord
    changes: list[PayloadChange]

    @property
    def is_with_teachers(self) -> bool:
        return self.record.status in EDITABLE


@dataclass(frozen=True)
class PupilChanges:
    enrollment: Enrollment
    changes: list[PayloadChange]


@dataclass(frozen=True)
class ClassPage:
    class_period: ClassPeriod
    moment: PeriodInTime
    progress: ClassProgress
    teachers: ClassTeachers
    lacks: dict[Grid, list[Lack]]
    levels: dict[Grid, str]
    pupils: list[PupilRow]
    apart: list[PupilApart]
    deviations: list[Deviation]
    changed: list[PupilChanges]
    requests: list[ReopenRequest]
    late: LateWork = field(default_factory=LateWork)
    confirmed: dict[str, ConfirmedSubject] = field(default_factory=dict)

    @property
    def school_class(self) -> SchoolClass:
        return self.class_period.school_class

    @property
    def title(self) -> str:
        return _("Lớp %(name)s, %(period)s") % {
            "name": self.school_class.name,
            "period": self.moment.name,
        }

    @property
    def homeroom_name(self) -> str:
        return self.teachers.homeroom_name(self.school_class)

    @property
    def grids_title(self) -> str:
        count = sum(len(lacks) for lacks in self.lacks.values())
        if not count:
            return _("Tiến độ từng phần")
        return ngettext(
            "Còn %(count)s chỗ thiếu trước khi gửi", "Còn %(count)s chỗ thiếu trước khi gửi", count
        ) % {"count": count}

    @property
    def class_request(self) -> ReopenRequest | None:
        return next((request for request in self.requests if request.record_id is None), None)

    @property
    def handed_in(self) -> list[PeriodRecord]:
        """Those that lie with the principal."""
        records = (row.record for row in self.pupils if row.record)
        return [record for record in records if record.status == Status.SUBMITTED]

    @property
    def returned_with_words(self) -> list[PeriodRecord]:
        """The pupils of whom the principal said what is to be mended."""
        if self.class_period.status != Status.RETURNED:
            return []
        records = (row.record for row in self.pupils if row.record)
        said = {"", self.class_period.status_reason}
        return [record for record in records if record.status_reason not in said]

    @property
    def grids(self) -> list[GridRow]:
        return grid_rows(
            self.progress,
            self.teachers,
            lacks=self.lacks,
            levels=self.levels,
            confirmed=self.confirmed,
        )


def class_page(class_period: ClassPeriod) -> ClassPage:
    school_class = class_period.school_class
    moment = period_in_time(school_class.school_year, class_period.period, timezone.localdate())
    (progress,) = progress_of(
        [school_class], school_year=school_class.school_year, period=class_period.period
    )
    enrollments = list(roster(school_class, class_period.period))
    records = _records(class_period, enrollments)
    requests = _requests(class_period)
    changes = _changes_since_sign_off(records)
    is_apart = class_period.status == Status.SIGNED_OFF
    return ClassPage(
        class_period=class_period,
        moment=moment,
        progress=progress,
        teachers=teachers_of([school_class], school_class.school_year.ends_on),
        levels=level_counts(records, school_class.school_year.ruleset),
        lacks=_lacks(class_period) if class_period.is_editable else {},
        pupils=_pupils(class_period, enrollments, records, requests),
        apart=[
            PupilApart(record, changes.get(record.pk, []))
            for record in records
            if is_apart and record.status != Status.SIGNED_OFF
        ],
        deviations=deviations_in(records, school_class.school_year.ruleset),
        changed=[
            PupilChanges(record.enrollment, changes[record.pk])
            for record in records
            if not is_apart and changes.get(record.pk)
        ],
        requests=requests,
        late=late_work(class_period, moment),
        confirmed=_confirmed(class_period),
    )


def _confirmed(class_period: ClassPeriod) -> dict[str, ConfirmedSubject]:
    return confirmed_subjects(class_period) if class_period.period == Period.END_YEAR else {}


def _records(class_period: ClassPeriod, enrollments: Sequence[Enrollment]) -> list[PeriodRecord]:
    if class_period.pk is None:
        return []
    records = class_period.records.filter(enrollment__in=enrollments)
    return list(records.with_results().in_roll_order())


def _requests(class_period: ClassPeriod) -> list[ReopenRequest]:
    if class_period.pk is None:
        return []
    pending = class_period.reopen_requests.pending().order_by("asked_at")
    return list(pending.select_related("asked_by", "record__enrollment__student"))


def _changes_since_sign_off(records: Sequence[PeriodRecord]) -> dict[int, list[PayloadChange]]:
    """By record, for those that were signed before and are not signed now."""
    pending = {record.pk: record for record in records if record.status != Status.SIGNED_OFF}
    sign_offs = SignOff.objects.filter(record__in=pending).in_force()
    return {
        sign_off.record_id: payload_changes(
            sign_off.payload, draft_payload(pending[sign_off.record_id])
        )
        for sign_off in sign_offs
    }


def _lacks(class_period: ClassPeriod) -> dict[Grid, list[Lack]]:
    school_class = class_period.school_class
    missing = missing_in_class(school_class, class_period.period)
    return lacks_by_grid(missing, school_class.school_year.ruleset)


def _pupils(
    class_period: ClassPeriod,
    enrollments: Sequence[Enrollment],
    records: Sequence[PeriodRecord],
    requests: Sequence[ReopenRequest],
) -> list[PupilRow]:
    by_enrollment = {record.enrollment_id: record for record in records}
    pending = {request.record_id: request for request in requests if request.record_id}
    rows = []
    for enrollment in enrollments:
        record = by_enrollment.get(enrollment.pk)
        status = record.status if record else class_period.status
        request = pending.get(record.pk) if record else None
        rows.append(PupilRow(enrollment, record, status, request))
    return rows
