"""The printed documents: a pupil's whole book, one year of it, and a class's years."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from reportcards.paper import AcademicRecord, YearPages
from reportcards.pdf import join_pdfs, render_pdf

TEMPLATE = "reportcards/document/document.html"


@dataclass(frozen=True)
class Document:
    """A PDF and the name of its file, which is its title too."""

    name: str
    content: bytes


def book(academic_record: AcademicRecord) -> Document:
    context = {
        "title": academic_record.title,
        "mark": academic_record.state,
        "book": academic_record,
        "years": academic_record.years,
    }
    return Document(academic_record.title, render_pdf(render_to_string(TEMPLATE, context)))


def one_year(year: YearPages) -> Document:
    context = {"title": year.title, "mark": year.state, "years": [year]}
    return Document(year.title, render_pdf(render_to_string(TEMPLATE, context)))


def class_file(title: str, years: Sequence[YearPages]) -> Document:
    return Document(title, join_pdfs((one_year(year).content for year in years), title=title))
