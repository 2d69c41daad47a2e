"""Whoever chose English reads English: what stays Vietnamese was entered by people."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.db import models
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from students.ministry_codes import ETHNICITIES
from tests.cast import Cast
from tests.certificate_readings import CERTIFICATE_READINGS
from tests.digital_card_readings_making import MAKING_READINGS_IN_MAY
from tests.digital_card_readings_runs import RUN_READINGS
from tests.digital_card_readings_withdraw import WITHDRAWAL_READINGS
from tests.english_readings import (
    FEBRUARY,
    MAY_20,
    READINGS,
    READINGS_IN_MAY,
    READINGS_LATE,
    Reading,
)
from tests.exchange.imports import MAY
from tests.hocba.rendering import Element, parse
from tests.pages import client_of
from tests.print_pages import PRINT_READINGS
from tests.source import PACKAGES
from tests.vietnamese import is_vietnamese
from tests.year_end_readings import YEAR_END_READINGS, YEAR_END_READINGS_IN_MAY

pytestmark = pytest.mark.any_database

IN_JANUARY = [
    *READINGS,
    *YEAR_END_READINGS,
    *CERTIFICATE_READINGS,
    *WITHDRAWAL_READINGS,
    *RUN_READINGS,
    *PRINT_READINGS,
]
IN_MAY = [*READINGS_IN_MAY, *YEAR_END_READINGS_IN_MAY, *MAKING_READINGS_IN_MAY]
NOT_DATA = {"position_title"}  # a title of the regulation's, which has its English
CODES = re.compile(r"\b[THCĐM]\b")  # letters of the circular, the same in each language
WORDS_OF_THE_FORM = {
    "BẢN NHÁP",
    "CHỜ KÝ DUYỆT",
    "ĐANG XEM LẠI",
}  # what stands on the paper is named as it stands there
WORDS_IN_CERTIFICATES = {"CHỨNG THƯ THỬ NGHIỆM - Cấp phát"}  # the issuer's name in each
EXAMPLES = {"Đức", "{tên}"}
# The last is for the script alone, which finds the headings of a pasted sheet by it: a sheet has
# Vietnamese headings whatever language its teacher reads on the screen.
UNSEEN_ATTRIBUTES = {"value", "href", "action", "data-heading-words"}


@pytest.fixture(autouse=True)
def _language_of_the_others() -> Iterator[None]:
    """A request leaves its language behind it; the next test starts in Vietnamese."""
    with translation.override("vi"):
        yield


def read(cast: Cast, role: str, address: str, language: str = "en") -> HttpResponse:
    client = client_of(cast, role)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(address)


def entered() -> list[str]:
    """What people wrote into the database, longest first: a name before its part."""
    texts = {text for model in our_models() for text in texts_of(model)}
    texts |= {user.get_short_name() for user in User.objects.all()}
    texts |= {
        *MAY.values(),
        *ETHNICITIES.values(),
        *WORDS_OF_THE_FORM,
        *WORDS_IN_CERTIFICATES,
        *EXAMPLES,
    }
    return sorted(filter(is_vietnamese, texts), key=len, reverse=True)


def our_models() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models() if model._meta.app_label in PACKAGES)


def texts_of(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and field.name not in NOT_DATA:
            yield from filter(None, model._default_manager.values_list(field.name, flat=True))


def seen(element: Element) -> Iterator[str]:
    """Text and attributes, but what is said to be in another language."""
    for name, value in element.attributes.items():
        if name not in UNSEEN_ATTRIBUTES:
            yield value or ""
    for piece in element.pieces:
        if isinstance(piece, str):
            yield piece
        elif not piece["lang"] or piece.tag == "html":
            yield from seen(piece)


def vietnamese_on(page: str, data: list[str]) -> list[str]:
    left = []
    for text in seen(parse(page)):
        for words in data:
            text = text.replace(words, "")
        if is_vietnamese(CODES.sub("", text)):
            left.append(" ".join(text.split()))
    return left


def assert_english(reading: Reading, cast: Cast) -> None:
    reading.state(cast)
    page = read(cast, reading.role, reading.address(cast)).content.decode()
    assert '<html lang="en"' in page
    assert vietnamese_on(page, entered()) == []


@pytest.mark.parametrize("reading", IN_JANUARY, ids=str)
def test_in_english_only_data_is_vietnamese(reading: Reading, cast: Cast) -> None:
    assert_english(reading, cast)


@pytest.mark.parametrize("reading", READINGS_LATE, ids=str)
def test_what_is_late_is_english_too(reading: Reading, cast: Cast) -> None:
    with time_machine.travel(FEBRUARY, tick=False):
        assert_english(reading, cast)


@pytest.mark.parametrize("reading", IN_MAY, ids=str)
def test_the_end_of_the_year_is_english_too(reading: Reading, cast: Cast) -> None:
    with time_machine.travel(MAY_20, tick=False):
        assert_english(reading, cast)


def test_the_same_address_is_vietnamese_for_the_others(cast: Cast) -> None:
    page = read(cast, "anonymous", reverse("login"), "vi").content.decode()
    assert "Tên đăng nhập" in vietnamese_on(page, entered())


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("<p>Đã lưu</p>", ["Đã lưu"]),
        ("<p>Lê Minh Anh: T</p>", []),
        ("<p>Level Đ</p>", []),
        ('<a title="Sửa">–</a>', ["Sửa"]),
        ('<dialog data-heading-words="Điểm;Mức"></dialog>', []),
        ('<dialog data-heading-words="Điểm" data-label="Điểm">Mức</dialog>', ["Điểm", "Mức"]),
        ('<button lang="vi">Tiếng Việt</button>', []),
    ],
)
def test_vietnamese_on_an_english_page_is_found(page: str, left: list[str]) -> None:
    assert vietnamese_on(page, ["Lê Minh Anh"]) == left
