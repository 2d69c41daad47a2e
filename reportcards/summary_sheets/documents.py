from django.template.loader import render_to_string

from assessments.summary_sheets.sheet import SummarySheet
from reportcards.documents.document import Document
from reportcards.documents.typesetting import SUMMARY_SHEET, render_pdf
from reportcards.summary_sheets.paper import sheet_paper

TEMPLATE = "reportcards/document/summary_sheet.html"


def summary_document(sheet: SummarySheet) -> Document:
    """Of a sheet that was read in Vietnamese."""
    html = render_to_string(TEMPLATE, {"paper": sheet_paper(sheet), "sheet": sheet})
    return Document(sheet.name, render_pdf(html, SUMMARY_SHEET))
