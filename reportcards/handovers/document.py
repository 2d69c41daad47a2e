from django.template.loader import render_to_string

from reportcards.documents.document import Document
from reportcards.documents.typesetting import render_pdf
from reportcards.handovers.minutes import Minutes

STYLESHEET = "css/documents/official.css"
TEMPLATE = "reportcards/document/handover_minutes.html"


def minutes_document(minutes: Minutes) -> Document:
    html = render_to_string(TEMPLATE, {"minutes": minutes})
    return Document(minutes.file_name, render_pdf(html, STYLESHEET))
