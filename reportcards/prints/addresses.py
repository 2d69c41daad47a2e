"""Where the documents of a class or of a whole year are printed."""

from urllib.parse import urlencode

from django.urls import reverse

from reportcards.models import PrintedDocument
from schools.models import SchoolClass, SchoolYear

SCHOOL = "school"


def class_key(school_class: SchoolClass) -> str:
    return f"class-{school_class.pk}"


def print_url(school_class: SchoolClass, document: PrintedDocument = PrintedDocument.YEAR) -> str:
    return _url(school_class.school_year, class_key(school_class), document)


def year_print_url(
    school_year: SchoolYear, document: PrintedDocument = PrintedDocument.DISPLAY
) -> str:
    return _url(school_year, SCHOOL, document)


def _url(school_year: SchoolYear, whom: str, document: PrintedDocument) -> str:
    asked = {"year": school_year.first_year, "whom": whom, "document": document.value}
    return f"{reverse('print_cards')}?{urlencode(asked)}"
