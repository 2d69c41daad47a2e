"""A school leader's desk: what waits for a signature, how ready the classes are, who asks."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.calendar import PeriodInTime
from assessments.links import class_period_url
from assessments.models import ExtensionRequest, ReopenRequest
from assessments.progress import ClassProgress, progress_of
from assessments.reading import classes_in_order
from assessments.retest_page import ShownRetest
from assessments.standing import (
    awaiting_sign_off,
    open_commendations,
    pending_extension_requests,
    pending_requests,
    proposed_retests,
    pupils_awaiting_sign_off,
    unfinished,
)
from assessments.supplementary import summers_awaiting_decision
from assessments.workflow import Status
from hocba.desks.classes import LateClass, late_classes
from schools.models import School


@dataclass(frozen=True)
class Waiting:
    """A class, or one pupil of it, that waits for a signature."""

    title: str
    since: datetime.datetime | None
    by: str
    url: str


@dataclass(frozen=True)
class LeaderDesk:
    moment: PeriodInTime
    figures: list[dict[str, str | int]]
    tile_groups: list[dict[str, object]]
    waiting: list[Waiting]
    late: list[LateClass]
    requests: list[ReopenRequest]
    extension_requests: list[ExtensionRequest]
    retests: list[ShownRetest]


def leader_desk(school: School, moment: PeriodInTime) -> LeaderDesk:
    classes = classes_in_order(moment.school_year)
    progress = progress_of(classes, school_year=moment.school_year, period=moment.period)
    waiting = _waiting(school)
    late = unfinished(classes, school_year=moment.school_year, today=moment.today)
    return LeaderDesk(
        moment=moment,
        figures=[
            *_figures(progress, len(waiting), moment),
            *_commendation_figure(open_commendations(school).count()),
        ],
        tile_groups=_tile_groups(progress, moment),
        waiting=waiting,
        late=late_classes(late, moment),
        requests=list(pending_requests(school)),
        extension_requests=list(pending_extension_requests(school)),
        retests=[
            ShownRetest(retest, can_answer=True, is_named_fully=True)
            for retest in proposed_retests(school)
        ],
    )


def _waiting(school: School) -> list[Waiting]:
    """Longest waiting first: single pupils among the classes."""
    rows = [
        Waiting(
            title=_("Lớp %(name)s · %(period)s")
            % {"name": row.school_class.name, "period": row.get_period_display()},
            since=row.status_changed_at,
            by=row.status_changed_by.full_name if row.status_changed_by else "",
            url=class_period_url(row.school_class, row.period),
        )
        for row in awaiting_sign_off(school)
    ]
    for record in pupils_awaiting_sign_off(school):
        class_period = record.class_period
        url = class_period_url(class_period.school_class, class_period.period)
        title = _("Em %(name)s, lớp %(class)s · %(period)s") % {
            "name": record.enrollment.student.full_name,
            "class": class_period.school_class.name,
            "period": class_period.get_period_display(),
        }
        rows.append(Waiting(title, record.status_changed_at, "", f"{url}#record-{record.pk}"))
    for case in summers_awaiting_decision(school):
        record = case.record
        title = _("Em %(name)s, lớp %(class)s · đánh giá bổ sung") % {
            "name": record.enrollment.student.full_name,
            "class": record.class_period.school_class.name,
        }
        url = reverse("supplementary_assessment", args=[case.pk])
        rows.append(Waiting(title, record.status_changed_at, "", url))
    return sorted(rows, key=lambda row: row.since.timestamp() if row.since else 0)


def _figures(
    progress: Sequence[ClassProgress], waiting: int, moment: PeriodInTime
) -> list[dict[str, str | int]]:
    signed = sum(row.class_period.status == Status.SIGNED_OFF for row in progress)
    entering = sum(row.class_period.is_editable for row in progress)
    figures: list[dict[str, str | int]] = [
        {
            "number": waiting,
            "sentence": ngettext(
                "bảng kết quả chờ thầy/cô ký", "bảng kết quả chờ thầy/cô ký", waiting
            ),
            "url": "#waiting" if waiting else "",
        },
        {"number": signed, "sentence": ngettext("lớp đã ký duyệt", "lớp đã ký duyệt", signed)},
        {
            "number": entering,
            "sentence": ngettext("lớp còn đang nhập", "lớp còn đang nhập", entering),
        },
    ]
    return [*figures, _time_figure(moment)]


def _commendation_figure(waiting: int) -> list[dict[str, str | int]]:
    if not waiting:
        return []
    sentence = ngettext(
        "đề nghị khen thưởng chờ thầy/cô", "đề nghị khen thưởng chờ thầy/cô", waiting
    )
    return [{"number": waiting, "sentence": sentence, "url": reverse("commendations")}]


def _time_figure(moment: PeriodInTime) -> dict[str, str | int]:
    days = abs(moment.days_left)
    if not moment.has_opened:
        return {"number": "–", "sentence": moment.time_left}
    sentence = (
        ngettext("ngày đã quá hạn nhập", "ngày đã quá hạn nhập", days)
        if moment.is_over
        else ngettext("ngày nữa hết hạn nhập", "ngày nữa hết hạn nhập", days)
    )
    return {"number": days, "sentence": sentence}


def _tile_groups(
    progress: Sequence[ClassProgress], moment: PeriodInTime
) -> list[dict[str, object]]:
    """By lowest grade: a class of several grades stands once."""
    grades = sorted({row.school_class.lowest_grade for row in progress})
    return [
        {
            "label": _("Khối %(grade)s") % {"grade": grade},
            "tiles": [
                _tile(row, moment) for row in progress if row.school_class.lowest_grade == grade
            ],
        }
        for grade in grades
    ]


def _tile(progress: ClassProgress, moment: PeriodInTime) -> dict[str, str]:
    status, detail = _state(progress, moment)
    return {
        "label": progress.school_class.name,
        "status": status,
        "detail": detail,
        "url": class_period_url(progress.school_class, moment.period),
    }


def _state(progress: ClassProgress, moment: PeriodInTime) -> tuple[str, str]:
    class_period = progress.class_period
    if progress.pupils_apart:
        apart = progress.pupils_apart
        return Status.REOPENED, ngettext("%(n)s em", "%(n)s em", apart) % {"n": apart}
    if class_period.status != Status.OPEN and class_period.status_changed_at:
        day = localtime(class_period.status_changed_at)
        return class_period.status, date_format(day, "d/m")
    done = _("%(done)s/%(total)s bảng") % {
        "done": progress.complete_parts,
        "total": len(progress.parts),
    }
    if moment.is_over:
        return "late", done
    return (Status.OPEN if progress.saved_at else "missing"), done
