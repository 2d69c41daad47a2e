"""The register of copies as its readers see it."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from reportcards.models import CertifiedCopy, CopyKind

Row = dict[str, object]


def copy_rows(copy: CertifiedCopy) -> list[Row]:
    """A line of the register, as a summary list."""
    card = copy.report_card
    return [
        {"term": _("Số trong sổ"), "value": str(copy.number)},
        {"term": _("Cấp gì"), "value": capfirst(copy.get_kind_display())},
        {
            "term": _("Học bạ"),
            "value": _("%(name)s, năm học %(year)s")
            % {
                "name": card.payload["student"]["full_name"],
                "year": card.payload["school_year"],
            },
            "url": reverse("digital_card", args=[card.uuid]),
            "url_label": _("Xem"),
        },
        {"term": _("Mã tra cứu"), "value": str(card.uuid)},
        {"term": _("Người nhận"), "value": copy.recipient_name},
        {"term": _("Giấy tờ của người nhận"), "value": copy.recipient_identity},
        {"term": _("Mục đích"), "value": copy.purpose},
        {
            "term": _("Người cấp"),
            "value": f"{copy.given_by.full_name}, {_moment(copy)}",
        },
    ]


def files_sentence(copy: CertifiedCopy) -> str:
    """What the PDF is worth: a stamped one has lost its signatures."""
    if copy.kind == CopyKind.FILE_AGAIN:
        return _("Cả hai tệp đều có đủ chữ ký số; hãy gửi nguyên tệp.")
    return _(
        "Tệp PDF là bản để in, có số trong sổ ở đầu mỗi trang và không kèm chữ ký số; "
        "tệp XML là bản gốc đã ký số."
    )


def desk_crumbs(label: str, *, has_register: bool = False) -> list[Row]:
    crumbs: list[Row] = [{"label": _("Bàn làm việc"), "url": reverse("desk")}]
    if has_register:
        crumbs.append({"label": _("Sổ cấp bản sao học bạ"), "url": reverse("copies")})
    return [*crumbs, {"label": label, "url": ""}]


def _moment(copy: CertifiedCopy) -> str:
    return date_format(localtime(copy.given_at), "H:i d/m/Y")
