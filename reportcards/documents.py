"""The printed documents: a pupil's whole book, one year of it, and a class's years."""

from collections.abc import Iterable

from django.template.loader import render_to_string

from reportcards.paper import AcademicRecord, YearPages
from reportcards.pdf import join_pdfs, render_pdf

TEMPLATE = "reportcards/document/document.html"


def book_pdf(academic_record: AcademicRecord) -> bytes:
    context = {
        "title": f"Học bạ – {academic_record.cover.student_name}",
        "mark": academic_record.state,
        "book": academic_record,
        "years": academic_record.years,
    }
    return render_pdf(render_to_string(TEMPLATE, context))


def year_pdf(year: YearPages) -> bytes:
    context = {
        "title": f"Học bạ – {year.student_name} – {year.school_year}",
        "mark": year.state,
        "years": [year],
    }
    return render_pdf(render_to_string(TEMPLATE, context))


def class_pdf(years: Iterable[YearPages], *, title: str) -> bytes:
    return join_pdfs((year_pdf(year) for year in years), title=title)
