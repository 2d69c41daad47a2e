from urllib.parse import quote

from django.http import HttpResponse
from django.utils.text import slugify

from schools.names import fold

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_response(name: str, content: bytes) -> HttpResponse:
    """To be saved, and kept by no cache; the name twice, for clients old and new."""
    response = HttpResponse(content, content_type=XLSX)
    plain, full = f"{slugify(fold(name))}.xlsx", quote(f"{name}.xlsx")
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"
    response["Cache-Control"] = "private, no-store"
    return response
