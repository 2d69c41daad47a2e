"""What a stranger does on the public pages, from an address that the tests choose."""

import datetime
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reportcards.archive import content_of, newest_file
from reportcards.models import FileKind, ReportCard
from reportcards.verification.look_ups import LookUp, look_up

HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"
UNKNOWN_UUID = "944f2802-7c85-4df8-b40d-b701867aa331"
ANOTHER_DAY = datetime.date(2010, 1, 1)

Response = Any


def birthday(card: ReportCard) -> datetime.date:
    return datetime.date.fromisoformat(card.payload["student"]["date_of_birth"])


def answer_on(card: ReportCard) -> LookUp:
    return look_up(uuid=card.uuid, date_of_birth=birthday(card))


def ask(uuid: object, day: datetime.date | str, *, address: str = HERE) -> Response:
    written = day if isinstance(day, str) else f"{day:%d/%m/%Y}"
    form = {"uuid": str(uuid), "date_of_birth": written}
    return Client(REMOTE_ADDR=address).post(reverse("verify"), form)


def ask_about(card: ReportCard, **options: str) -> Response:
    return ask(card.uuid, birthday(card), **options)


def upload(content: bytes, *, address: str = HERE, **headers: Any) -> Response:
    file = SimpleUploadedFile("hoc-ba.xml", content, "text/xml")
    client = Client(REMOTE_ADDR=address)
    return client.post(reverse("verify_file"), {"file": file}, **headers)


def signed_xml(card: ReportCard) -> bytes:
    stored = newest_file(card, FileKind.XML)
    assert stored is not None
    return content_of(stored)


def text_of(response: Response) -> str:
    """What stands on the page, without what differs between any two answers."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))
