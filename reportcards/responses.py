from typing import TypeVar
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify

from reportcards.card_files import CardFile
from reportcards.documents.document import Document
from schools.names import fold

Response = TypeVar("Response", bound=HttpResponseBase)


def pdf_response(document: Document) -> HttpResponse:
    """Shown in the browser."""
    return _response(document.name, "pdf", document.content, "application/pdf", "inline")


def file_response(file: CardFile) -> HttpResponse:
    """Saved as a file, whatever the browser could show of it."""
    return _response(file.name, file.ending, file.content, file.content_type, "attachment")


def shown_file_response(file: CardFile) -> HttpResponse:
    """Looked at in the browser before it is signed."""
    return _response(file.name, file.ending, file.content, file.content_type, "inline")


def _response(
    name: str, ending: str, content: bytes, content_type: str, disposition: str
) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    return _named(response, name, ending, disposition)


def saved_as(response: Response, name: str, ending: str) -> Response:
    """What is streamed is saved as a file too."""
    return _named(response, name, ending, "attachment")


def _named(response: Response, name: str, ending: str, disposition: str) -> Response:
    """Kept by no cache; the name twice, for clients old and new."""
    plain, full = f"{slugify(fold(name))}.{ending}", quote(f"{name}.{ending}")
    names = f"filename=\"{plain}\"; filename*=UTF-8''{full}"
    response["Content-Disposition"] = f"{disposition}; {names}"
    response["Cache-Control"] = "private, no-store"
    return response


def wants_json(request: HttpRequest) -> bool:
    """A page's script asks; a browser that sends a form takes pages."""
    return request.headers.get("Accept") == "application/json"
