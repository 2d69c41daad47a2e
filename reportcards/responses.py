from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from reportcards.documents import Document
from schools.names import fold


def pdf_response(document: Document) -> HttpResponse:
    """Shown in the browser, kept by no cache; the name twice, for clients old and new."""
    response = HttpResponse(document.content, content_type="application/pdf")
    plain, full = f"{slugify(fold(document.name))}.pdf", quote(f"{document.name}.pdf")
    response["Content-Disposition"] = f"inline; filename=\"{plain}\"; filename*=UTF-8''{full}"
    response["Cache-Control"] = "private, no-store"
    return response


def wants_json(request: HttpRequest) -> bool:
    """A page's script asks; a browser that sends a form takes pages."""
    return request.headers.get("Accept") == "application/json"
