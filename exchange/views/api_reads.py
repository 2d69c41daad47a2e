import datetime
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from exchange.api.access_log import ClientAccess, clients_of, reads_of
from exchange.api.permissions import check_user_can_see_api_reads
from exchange.models import ApiRead
from schools.access import StaffRequest, staff_only
from schools.models.school import PERIOD_CHOICES

READS_PER_PAGE = 50
Cells = list[dict[str, Any]]

WHAT_IS_READ = {
    "schools": gettext_lazy("Thông tin trường"),
    "classes": gettext_lazy("Lớp"),
    "students": gettext_lazy("Học sinh"),
    "period-records": gettext_lazy("Kết quả đã ký duyệt"),
}
FILTERS = {
    "school": gettext_lazy("trường"),
    "school_year": gettext_lazy("năm học"),
    "period": gettext_lazy("thời điểm"),
    "updated_since": gettext_lazy("thay đổi từ"),
}


@require_safe
@staff_only
def api_reads(request: StaffRequest) -> HttpResponse:
    check_user_can_see_api_reads(request.staff)
    page = Paginator(reads_of(request.school), READS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "read_columns": _read_columns(),
        "read_rows": _read_rows(page.object_list),
        "client_columns": _client_columns(),
        "client_rows": _client_rows(clients_of(request.school)),
    }
    return render(request, "exchange/api_reads.html", context)


def _read_columns() -> Cells:
    return [
        {"label": _("Thời điểm"), "kind": "date"},
        {"label": _("Chương trình")},
        {"label": _("Dữ liệu")},
        {"label": _("Điều kiện lọc")},
        {"label": _("Số dòng"), "kind": "number"},
        {"label": _("Địa chỉ mạng")},
    ]


def _read_rows(reads: Iterable[ApiRead]) -> list[Cells]:
    return [
        [
            {"text": _instant(read.at), "kind": "date"},
            {"text": read.client.name},
            {"text": _what_is_read(read.path)},
            {"text": _filters(read.query)},
            {"text": formats.localize(read.rows), "kind": "number"},
            {"text": read.address or ""},
        ]
        for read in reads
    ]


def _what_is_read(path: str) -> str:
    """ "Học sinh" of a list, "Học sinh số 12" of a single row."""
    kind, key = [*path.removeprefix("/api/v1/").split("/"), ""][:2]
    name = str(WHAT_IS_READ.get(kind, path))
    return _("%(name)s số %(key)s") % {"name": name, "key": key} if key else name


def _filters(query: str) -> str:
    """How the client cut its pages says nothing to a reader."""
    periods = dict(PERIOD_CHOICES)
    return " · ".join(
        f"{FILTERS.get(name, name)}: {periods.get(value, value)}"
        for name, value in parse_qsl(query)
        if name not in {"cursor", "page_size"}
    )


def _client_columns() -> Cells:
    return [
        {"label": _("Chương trình")},
        {"label": _("Được đọc từ"), "kind": "date"},
        {"label": _("Đọc lần cuối"), "kind": "date"},
        {"label": _("Thu hồi"), "kind": "date"},
    ]


def _client_rows(clients: Iterable[ClientAccess]) -> list[Cells]:
    return [
        [
            {"text": client.name},
            {"text": _instant(client.created_at), "kind": "date"},
            {"text": _instant(client.last_read_at, _("chưa đọc")), "kind": "date"},
            {"text": _instant(client.revoked_at), "kind": "date"},
        ]
        for client in clients
    ]


def _instant(moment: datetime.datetime | None, missing: str = "") -> str:
    if moment is None:
        return missing
    return formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
