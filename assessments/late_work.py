"""What happened to a class after its period had closed: leave asked and given, values entered."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import ngettext

from assessments.calendar import PeriodInTime
from assessments.models import (
    ClassPeriod,
    Extension,
    ExtensionRequest,
    PeriodRecord,
    SubjectResult,
)
from assessments.models.extensions import ExtensionRequestQuerySet
from audit.models import AuditEvent, AuditEventQuerySet
from schools.models import PeriodWindow

SAVES = ("subject_result.saved", "trait_results.saved", "period_record.saved")


@dataclass(frozen=True)
class LateWork:
    """Empty while the time runs."""

    closed_on: datetime.date | None = None
    extensions: Sequence[Extension] = ()
    requests: Sequence[ExtensionRequest] = ()
    values: int = 0
    last_at: datetime.datetime | None = None
    handed_in_at: datetime.datetime | None = None

    @property
    def sentences(self) -> list[str]:
        """What the principal reads before she signs."""
        return [text for text in (self._entered(), self._handed_in()) if text]

    def _entered(self) -> str:
        if not self.values or self.closed_on is None or self.last_at is None:
            return ""
        sentence = ngettext(
            "%(n)s ô được nhập sau ngày đóng %(day)s, lần cuối lúc %(at)s.",
            "%(n)s ô được nhập sau ngày đóng %(day)s, lần cuối lúc %(at)s.",
            self.values,
        )
        return sentence % {
            "n": self.values,
            "day": date_format(self.closed_on),
            "at": date_format(localtime(self.last_at), "DATETIME_FORMAT"),
        }

    def _handed_in(self) -> str:
        if self.handed_in_at is None or self.closed_on is None:
            return ""
        days = (localtime(self.handed_in_at).date() - self.closed_on).days
        if days <= 0:
            return ""
        sentence = ngettext("Lớp được gửi muộn %(n)s ngày.", "Lớp được gửi muộn %(n)s ngày.", days)
        return sentence % {"n": days}


def late_work(class_period: ClassPeriod, time: PeriodInTime) -> LateWork:
    window = time.window
    if window is None:
        return LateWork()
    extensions = _extensions(class_period, window, time.today)
    if class_period.pk is None:
        return LateWork(extensions=extensions)
    requests = list(_requests(class_period))
    if not time.is_over:
        return LateWork(extensions=extensions, requests=requests)
    handed_in_at = _first_handed_in_at(class_period)
    cells, last_at = _late_cells(class_period, window, handed_in_at)
    return LateWork(window.closes_on, extensions, requests, cells, last_at, handed_in_at)


def _extensions(
    class_period: ClassPeriod, window: PeriodWindow, today: datetime.date
) -> list[Extension]:
    """Those of the class, whoever in it they are for."""
    standing = Extension.objects.standing_on(today).filter(
        window=window, school_class=class_period.school_class
    )
    return list(standing.select_related("staff_member", "granted_by").order_by("ends_on", "pk"))


def _requests(class_period: ClassPeriod) -> ExtensionRequestQuerySet:
    pending = class_period.extension_requests.pending().order_by("asked_at", "pk")
    return pending.select_related("asked_by", "class_period__school_class")


def _first_handed_in_at(class_period: ClassPeriod) -> datetime.datetime | None:
    handed_in = AuditEvent.objects.about_class(class_period.school_class_id).filter(
        event="class_period.submitted",
        target_type=ClassPeriod._meta.label_lower,
        target_id=class_period.pk,
    )
    return handed_in.order_by("at").values_list("at", flat=True).first()


def _late_cells(
    class_period: ClassPeriod, window: PeriodWindow, until: datetime.datetime | None
) -> tuple[int, datetime.datetime | None]:
    """How many cells were first handed in with a value of after closing; each counts once."""
    cells: set[tuple[str, int, str]] = set()
    last_at = None
    for event in _saves(class_period).filter(at__gte=_midnight_after(window.closes_on)):
        if until and event.at > until:
            continue  # corrections of what was handed in are not late
        fields = event.changes.keys() - {"subject"}
        cells |= {(event.event, event.target_id, name) for name in fields}
        last_at = max(filter(None, (last_at, event.at)))
    return len(cells), last_at


def _saves(class_period: ClassPeriod) -> AuditEventQuerySet:
    results = SubjectResult.objects.filter(record__class_period=class_period)
    records = PeriodRecord.objects.filter(class_period=class_period)
    return (
        AuditEvent.objects.about_class(class_period.school_class_id)
        .filter(event__in=SAVES)
        .filter(
            Q(target_type=SubjectResult._meta.label_lower, target_id__in=results.values("pk"))
            | Q(target_type=PeriodRecord._meta.label_lower, target_id__in=records.values("pk"))
        )
    )


def _midnight_after(day: datetime.date) -> datetime.datetime:
    following = day + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(following, datetime.time.min))
