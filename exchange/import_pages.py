"""What the pages of imports show besides the rows: the imports, their state, what can be done."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.errors import ImportRefused
from exchange.import_tables import Cells, columns_of, table_rows
from exchange.models import ImportBatch, ImportRow, Outcome
from exchange.models.imports import ImportBatchQuerySet
from exchange.policies import check_can_undo
from exchange.students_sheet_writer import write_refused_rows
from schools.models import School

ROWS_PER_PAGE = 50
BATCHES_PER_PAGE = 50

Link = dict[str, Any]


def batches_of(school: School) -> ImportBatchQuerySet:
    counts = {
        f"{outcome.value}_count": Count("rows", filter=Q(rows__outcome=outcome))
        for outcome in Outcome
    }
    return (
        ImportBatch.objects.for_school(school)
        .select_related("school_year__school", "uploaded_by", "confirmed_by", "undone_by")
        .annotate(**counts)
        .newest_first()
    )


def page_of_batches(school: School, number: str | None) -> Page:
    return Paginator(batches_of(school), BATCHES_PER_PAGE).get_page(number)


def crumbs(last: str) -> list[Link]:
    return [
        {"label": _("Các lần nhập học sinh"), "url": reverse("student_imports")},
        {"label": last, "url": ""},
    ]


def batch_columns() -> Cells:
    return [
        {"label": _("Tệp")},
        {"label": _("Năm học")},
        {"label": _("Tải lên"), "kind": "date"},
        {"label": _("Người tải")},
        {"label": _("Tình trạng")},
        *({"label": outcome.label, "kind": "number"} for outcome in Outcome),
    ]


def batch_rows(batches: Iterable[ImportBatch]) -> list[Cells]:
    return [
        [
            {"text": batch.file_name, "url": reverse("student_import", args=[batch.pk])},
            {"text": batch.school_year.name},
            {"text": _instant(batch.uploaded_at), "kind": "date"},
            {"text": batch.uploaded_by.full_name},
            {"text": state_sentence(batch)},
            *({"text": _count(batch, outcome), "kind": "number"} for outcome in Outcome),
        ]
        for batch in batches
    ]


def state_sentence(batch: ImportBatch) -> str:
    if batch.undone_at and batch.undone_by:
        return _("Đã hoàn tác lúc %(at)s, %(name)s") % {
            "at": _instant(batch.undone_at),
            "name": batch.undone_by.full_name,
        }
    if batch.confirmed_at and batch.confirmed_by:
        return _("Đã nhập lúc %(at)s, %(name)s") % {
            "at": _instant(batch.confirmed_at),
            "name": batch.confirmed_by.full_name,
        }
    return _("Chờ xác nhận, chưa nhập gì")


def _instant(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def _count(batch: ImportBatch, outcome: Outcome) -> int:
    return getattr(batch, f"{outcome.value}_count")


@dataclass(frozen=True)
class ImportPage:
    """One import, one of its four lists at a time; errors come first."""

    batch: ImportBatch
    asked_outcome: str | None
    number: str | None

    @property
    def counts(self) -> dict[Outcome, int]:
        return {outcome: _count(self.batch, outcome) for outcome in Outcome}

    @property
    def outcome(self) -> Outcome:
        if self.asked_outcome in Outcome.values:
            return Outcome(self.asked_outcome)
        return next((outcome for outcome, count in self.counts.items() if count), Outcome.REFUSED)

    @property
    def sections(self) -> list[Link]:
        url = reverse("student_import", args=[self.batch.pk])
        return [
            {
                "label": outcome.label,
                "url": f"{url}?show={outcome.value}",
                "count": count,
                "is_current": outcome == self.outcome,
            }
            for outcome, count in self.counts.items()
        ]

    @property
    def has_refused(self) -> bool:
        return self.counts[Outcome.REFUSED] > 0

    @property
    def shows_refused(self) -> bool:
        return self.outcome == Outcome.REFUSED

    @cached_property
    def page(self) -> Page:
        rows = self.batch.rows.filter(outcome=self.outcome).in_sheet_order()
        return Paginator(rows, ROWS_PER_PAGE).get_page(self.number)

    @property
    def columns(self) -> Cells:
        return columns_of(self.outcome)

    @property
    def rows(self) -> list[Cells]:
        return table_rows(self.page.object_list, self.outcome)

    @property
    def crumbs(self) -> list[Link]:
        return crumbs(self.batch.file_name)

    @property
    def state(self) -> str:
        return state_sentence(self.batch)

    @property
    def lead(self) -> str:
        return _("Năm học %(year)s. Tải lên lúc %(at)s, %(name)s.") % {
            "year": self.batch.school_year.name,
            "at": _instant(self.batch.uploaded_at),
            "name": self.batch.uploaded_by.full_name,
        }

    @property
    def to_write(self) -> int:
        return self.counts[Outcome.CREATED] + self.counts[Outcome.CHANGED]

    @property
    def confirm_label(self) -> str:
        count, refused = self.to_write, self.counts[Outcome.REFUSED]
        label = ngettext("Nhập %(count)s học sinh", "Nhập %(count)s học sinh", count)
        if refused:
            label = ngettext(
                "Nhập %(count)s học sinh, bỏ qua %(refused)s dòng lỗi",
                "Nhập %(count)s học sinh, bỏ qua %(refused)s dòng lỗi",
                count,
            )
        return label % {"count": count, "refused": refused}

    @cached_property
    def undo_refusal(self) -> str:
        try:
            check_can_undo(self.batch)
        except ImportRefused as refusal:
            return str(refusal.message)
        return ""


def batch_of(school: School, pk: int) -> ImportBatch:
    batch = batches_of(school).filter(pk=pk).first()
    if batch is None:
        raise Http404
    return batch


def refused_rows_file(batch: ImportBatch) -> bytes:
    file = io.BytesIO()
    rows = batch.rows.filter(outcome=Outcome.REFUSED).in_sheet_order()
    write_refused_rows(file, (_refused(row) for row in rows.iterator()))
    return file.getvalue()


def _refused(row: ImportRow) -> tuple[int, str, dict[str, Any]]:
    return row.number, "\n".join(row.remarks), row.cells
