"""The printed documents: a pupil's whole book, one year of it, and a class's years."""

from collections.abc import Sequence

from django.template.loader import render_to_string

from reportcards.documents.document import Document
from reportcards.documents.paper_form import AcademicRecord, YearPages
from reportcards.documents.typesetting import join_pdfs, render_pdf

TEMPLATE = "reportcards/document/document.html"


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
