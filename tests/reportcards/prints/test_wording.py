"""What stands on a print and in its names."""

import datetime

import pytest
from django.utils import translation

from reportcards.models import DocumentKind, PrintedDocument
from reportcards.prints.wording import (
    DOCUMENT_TITLES,
    KIND_NAMES,
    WHOLE_SCHOOL,
    of_class,
    of_grade,
    print_line,
    print_title,
)
from rulesets import Period

pytestmark = pytest.mark.any_database

AT = datetime.datetime(2027, 6, 7, 8, 5)


def test_every_document_and_every_kind_has_its_name():
    assert set(DOCUMENT_TITLES) == set(PrintedDocument)
    assert set(KIND_NAMES) == set(DocumentKind)


@pytest.mark.parametrize(
    ("document", "whom", "title"),
    [
        (PrintedDocument.DISPLAY, of_class("4A"), "Học bạ số lớp 4A, 2026-2027"),
        (PrintedDocument.YEAR, of_grade(4), "Học bạ khối 4, 2026-2027"),
        (PrintedDocument.BOOK, WHOLE_SCHOOL, "Học bạ cả quyển toàn trường, 2026-2027"),
        (PrintedDocument.REPORT, of_class("1/2"), "Phiếu liên lạc lớp 1/2, 2026-2027"),
    ],
)
def test_a_title_says_what_of_whom_and_when(document, whom, title):
    assert print_title(document, whom, "2026-2027") == title


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_reports_period_is_named_in_vietnamese(language):
    with translation.override(language):
        title = print_title(
            PrintedDocument.REPORT, of_class("4A"), "2026-2027", period=Period.END_TERM_1
        )
    assert title == "Phiếu liên lạc lớp 4A, 2026-2027, cuối học kỳ I"


def test_the_line_says_when_it_was_printed():
    assert print_line(PrintedDocument.YEAR, AT) == "Bản in lúc 08:05 ngày 07/06/2027."


def test_of_a_signed_card_it_says_where_the_proof_is():
    line = print_line(PrintedDocument.DISPLAY, AT)
    assert line == "Bản in lúc 08:05 ngày 07/06/2027. Bản gốc là tệp PDF có chữ ký số."
