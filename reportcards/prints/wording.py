"""What stands on a print and in its names: Vietnamese, whatever language the screen has."""

import datetime

from django.conf import settings
from django.utils import translation

from assessments.calendar import period_name
from reportcards.models import DocumentKind, PrintedDocument

WHOLE_SCHOOL = "toàn trường"
DOCUMENT_TITLES = {
    PrintedDocument.DISPLAY: "Học bạ số",
    PrintedDocument.DISPLAY_BOOK: "Học bạ số cả quyển",
    PrintedDocument.YEAR: "Học bạ",
    PrintedDocument.BOOK: "Học bạ cả quyển",
    PrintedDocument.REPORT: "Phiếu liên lạc",
}
KIND_NAMES = {
    DocumentKind.DISPLAY: "Học bạ số",
    DocumentKind.YEAR: "Học bạ giấy, hai trang của năm học",
    DocumentKind.FRONT: "Học bạ giấy, bìa và trang thông tin",
    DocumentKind.REPORT: "Phiếu liên lạc",
}


DISPLAYS = (PrintedDocument.DISPLAY, PrintedDocument.DISPLAY_BOOK)


def of_class(name: str) -> str:
    return f"lớp {name}"


def of_grade(grade: int) -> str:
    return f"khối {grade}"


def print_title(document: PrintedDocument, whom: str, school_year: str, *, period: str = "") -> str:
    """`period` is that of a report for parents."""
    title = f"{DOCUMENT_TITLES[document]} {whom}, {school_year}"
    return f"{title}, {_in_a_sentence(period)}" if period else title


def print_line(document: str, made_at: datetime.datetime) -> str:
    """On each page: that it is a print, and where the proof is."""
    printed = f"Bản in lúc {made_at:%H:%M} ngày {made_at:%d/%m/%Y}."
    if document in DISPLAYS:
        return f"{printed} Bản gốc là tệp PDF có chữ ký số."
    return printed


def _in_a_sentence(period: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        name = period_name(period)
    return name[:1].lower() + name[1:]
