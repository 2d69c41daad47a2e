"""What pages about one card begin with: its name, where it stands, what it is."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reportcards.models import ReportCard

Row = dict[str, object]


def names_of(card: ReportCard) -> dict[str, str]:
    """As they are now; the card itself says what they were."""
    school_class = card.enrollment.school_class
    return {
        "name": card.student.full_name,
        "class": school_class.name,
        "year": school_class.school_year.name,
    }


def crumbs_of(card: ReportCard, label: str) -> list[Row]:
    return [
        {"label": _("Bàn làm việc"), "url": reverse("desk")},
        {
            "label": _("Học bạ số của %(name)s") % names_of(card),
            "url": reverse("digital_card", args=[card.uuid]),
        },
        {"label": label, "url": ""},
    ]


def summary_of(card: ReportCard) -> list[Row]:
    return [
        {"term": _("Họ tên học sinh"), "value": card.payload["student"]["full_name"]},
        {"term": _("Lớp, năm học"), "value": _("%(class)s, %(year)s") % names_of(card)},
        {"term": _("Mã tra cứu"), "value": str(card.uuid)},
        {"term": _("Ngày ký"), "value": date_format(card.issued_on)},
        {"term": _("Trạng thái"), "value": capfirst(card.get_state_display())},
    ]
