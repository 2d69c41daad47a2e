"""What the state of an import and of its pupils allows."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import PeriodRecord, YearDecision
from exchange.errors import ImportNotInForce, ImportNotPending, ImportNotUndoable, NothingToImport
from exchange.models import ImportBatch, ImportRow, Outcome
from exchange.student_entries import IMPORTED_DETAILS, StudentEntry
from students.changes import as_json
from students.models import Enrollment, Guardian, Transfer

MOST_OBSTACLES_NAMED = 5


def check_can_confirm(batch: ImportBatch) -> None:
    if not batch.is_pending:
        raise ImportNotPending
    if not batch.rows.to_write().exists():
        raise NothingToImport


def check_can_undo(batch: ImportBatch) -> None:
    if batch.is_pending or batch.is_undone:
        raise ImportNotInForce
    obstacles = list(_obstacles(batch))
    if obstacles:
        named = obstacles[:MOST_OBSTACLES_NAMED]
        if rest := len(obstacles) - len(named):
            others = ngettext("và %(count)s dòng khác", "và %(count)s dòng khác", rest)
            named.append(others % {"count": rest})
        raise ImportNotUndoable(named)


@dataclass(frozen=True)
class Attached:
    """Keys of the pupils and enrolments of an import that something else hangs on."""

    guarded: Collection[int]
    enrolled_besides: Collection[int]
    enrolled_now: Collection[int]
    assessed: Collection[int]
    transferred: Collection[int]

    @classmethod
    def to(cls, batch: ImportBatch) -> "Attached":
        rows = batch.rows.to_write()
        students = rows.values("student")
        started = rows.filter(started_enrollment__isnull=False).values("started_enrollment")
        ended = rows.filter(ended_enrollment__isnull=False).values("ended_enrollment")
        created = rows.filter(outcome=Outcome.CREATED).values("student")
        besides = Enrollment.objects.filter(student__in=students).exclude(pk__in=started)
        transfers = Transfer.objects.filter(
            Q(student__in=created) | Q(to_enrollment__in=started) | Q(from_enrollment__in=ended)
        )
        return cls(
            guarded=_keys(Guardian.objects.filter(student__in=created), "student"),
            enrolled_besides=_keys(besides, "student"),
            enrolled_now=_keys(besides.current(), "student"),
            assessed=_keys(PeriodRecord.objects.filter(enrollment__in=started), "enrollment")
            | _keys(YearDecision.objects.filter(enrollment__in=started), "enrollment"),
            transferred=_keys(transfers, "student"),
        )


def _keys(rows: QuerySet, name: str) -> set[int]:
    return set(rows.values_list(name, flat=True))


def _obstacles(batch: ImportBatch) -> Iterator[str]:
    attached = Attached.to(batch)
    rows = batch.rows.to_write().in_sheet_order()
    for row in rows.select_related("student", "started_enrollment", "ended_enrollment"):
        if reason := _obstacle(row, attached):
            yield _("dòng %(number)s (%(name)s): %(reason)s") % {
                "number": row.number,
                "name": row.full_name,
                "reason": reason,
            }


def _obstacle(row: ImportRow, attached: Attached) -> str:
    if row.started_enrollment_id in attached.assessed:
        return _("đã có kết quả học tập")
    if row.student_id in attached.transferred:
        return _("đã chuyển trường")
    if row.outcome == Outcome.CREATED and row.student_id in attached.guarded:
        return _("đã có người giám hộ")
    if _is_enrolled_again(row, attached):
        return _("đã được xếp lớp khác")
    if _has_changed_since(row):
        return _("đã được sửa sau khi nhập")
    return ""


def _is_enrolled_again(row: ImportRow, attached: Attached) -> bool:
    if row.outcome == Outcome.CREATED:
        return row.student_id in attached.enrolled_besides
    return row.ended_enrollment_id is not None and row.student_id in attached.enrolled_now


def _has_changed_since(row: ImportRow) -> bool:
    started, ended = row.started_enrollment, row.ended_enrollment
    if started and not started.is_current:
        return True
    if ended and as_json(ended.ended_on) != row.changes["ended_on"][1]:
        return True
    return any(
        as_json(getattr(row.student, name)) != value for name, value in _written(row).items()
    )


def _written(row: ImportRow) -> dict[str, object]:
    """The details that the row gave: all of them when it made the pupil."""
    new = {name: pair[1] for name, pair in row.changes.items() if name in IMPORTED_DETAILS}
    if row.outcome == Outcome.CREATED:
        blank = {name: as_json(value) for name, value in StudentEntry().details.items()}
        return blank | new
    return new
