"""All that the page of a class at one period shows; nothing here asks who is looking."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.calendar import PeriodInTime, period_in_time
from assessments.completeness import Kind, missing_in_class
from assessments.deviations import Deviation, deviations_in
from assessments.gaps import Gap, gaps_of
from assessments.links import grid_url
from assessments.models import ClassPeriod, PeriodRecord, ReopenRequest, SignOff
from assessments.payload import draft_payload
from assessments.payload_changes import PayloadChange, payload_changes
from assessments.progress import ClassProgress, PartProgress, progress_of
from assessments.roster import roster
from assessments.teachers import ClassTeachers, teachers_of
from assessments.wording import missing_in_words, subject_name
from assessments.workflow import EDITABLE, Status
from schools.models import SchoolClass
from students.models import Enrollment


@dataclass(frozen=True)
class GridRow:
    """One grid of the class: whose it is, how far it has come."""

    name: str
    teachers: str
    part: PartProgress
    url: str

    @property
    def state(self) -> str:
        return missing_in_words(self.part.missing)


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
    gaps: list[Gap]
    pupils: list[PupilRow]
    apart: list[PupilApart]
    deviations: list[Deviation]
    changed: list[PupilChanges]
    requests: list[ReopenRequest]

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
    def gaps_title(self) -> str:
        lacks = sum(len(gap.lacks) for gap in self.gaps)
        return ngettext(
            "Còn %(count)s chỗ thiếu trước khi gửi", "Còn %(count)s chỗ thiếu trước khi gửi", lacks
        ) % {"count": lacks}

    @property
    def class_request(self) -> ReopenRequest | None:
        return next((request for request in self.requests if request.record_id is None), None)

    @property
    def grids(self) -> list[GridRow]:
        return grid_rows(self.progress, self.teachers)


def class_page(class_period: ClassPeriod) -> ClassPage:
    school_class = class_period.school_class
    moment = period_in_time(school_class.school_year, class_period.period, timezone.localdate())
    (progress,) = progress_of(
        [school_class], school_year=school_class.school_year, period=class_period.period
    )
    records = _records(class_period)
    requests = _requests(class_period)
    changes = _changes_since_sign_off(records)
    is_apart = class_period.status == Status.SIGNED_OFF
    return ClassPage(
        class_period=class_period,
        moment=moment,
        progress=progress,
        teachers=teachers_of([school_class], school_class.school_year.ends_on),
        gaps=_gaps(class_period) if class_period.is_editable else [],
        pupils=_pupils(class_period, records, requests),
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
    )


def grid_rows(progress: ClassProgress, teachers: ClassTeachers) -> list[GridRow]:
    """Subjects in form order, then what the homeroom teacher enters."""
    school_class, period = progress.school_class, progress.class_period.period
    ruleset = school_class.school_year.ruleset
    subjects = [
        GridRow(
            subject_name(ruleset, code),
            teachers.names(school_class, code),
            part,
            grid_url(school_class, period, Kind.SUBJECT_LEVEL, code),
        )
        for code, part in progress.subjects.items()
    ]
    homeroom = teachers.homeroom_name(school_class)
    others = (
        (_("Phẩm chất, năng lực"), progress.traits, Kind.TRAIT_LEVEL),
        (_("Nghỉ học, sức khỏe, nhận xét"), progress.record_fields, Kind.RECORD_FIELD),
        (_("Kết quả năm học"), progress.year_decisions, Kind.YEAR_DECISION),
    )
    return subjects + [
        GridRow(name, homeroom, part, grid_url(school_class, period, kind))
        for name, part, kind in others
        if part.total
    ]


def _records(class_period: ClassPeriod) -> list[PeriodRecord]:
    if class_period.pk is None:
        return []
    return list(class_period.records.with_results().in_roll_order())


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


def _gaps(class_period: ClassPeriod) -> list[Gap]:
    school_class, period = class_period.school_class, class_period.period
    return gaps_of(missing_in_class(school_class, period), school_class, period)


def _pupils(
    class_period: ClassPeriod,
    records: Sequence[PeriodRecord],
    requests: Sequence[ReopenRequest],
) -> list[PupilRow]:
    by_enrollment = {record.enrollment_id: record for record in records}
    pending = {request.record_id: request for request in requests if request.record_id}
    rows = []
    for enrollment in roster(class_period.school_class, class_period.period):
        record = by_enrollment.get(enrollment.pk)
        status = record.status if record else class_period.status
        request = pending.get(record.pk) if record else None
        rows.append(PupilRow(enrollment, record, status, request))
    return rows
