"""Whoever chose English reads English: what stays Vietnamese was entered by people."""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.db import models
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from assessments import actions
from exchange.models import ImportBatch
from rulesets import Period
from students.ministry_codes import ETHNICITIES
from tests import factories
from tests.assessments import states
from tests.assessments.filling import assign_every_subject, fill_class
from tests.cast import Cast
from tests.exchange.imports import MAY, imported, upload
from tests.hocba.rendering import Element, parse
from tests.pages import LOGGED_IN, client_of
from tests.source import PACKAGES
from tests.vietnamese import is_vietnamese

Address = Callable[[Cast], str]
State = Callable[[Cast], object]

MAY_20 = datetime.datetime(2027, 5, 20, 3, tzinfo=datetime.UTC)  # the year's end is open

NOT_DATA = {"position_title"}  # a title of the regulation's, which has its English
CODES = re.compile(r"\b[THCĐM]\b")  # letters of the circular, the same in each language
WORDS_OF_THE_FORM = {"BẢN NHÁP"}  # what stands on the paper is named as it stands there
EXAMPLES = {"Đức"}
UNSEEN_ATTRIBUTES = {"value", "href", "action"}


def untouched(cast: Cast) -> None:
    pass


@dataclass(frozen=True)
class Reading:
    """Who reads which page of what."""

    role: str
    address: Address
    state: State = untouched

    def __str__(self) -> str:
        return f"{self.role} {self.address.__name__} {self.state.__name__}"


def named(name: str, url: Address) -> Address:
    url.__name__ = name
    return url


def at(name: str) -> Address:
    return named(name, lambda cast: reverse(name))


def of_class(name: str, **kwargs: object) -> Address:
    return named(
        name, lambda cast: reverse(name, kwargs={"school_class_id": cast.school_class.pk, **kwargs})
    )


def of_period(name: str, **kwargs: object) -> Address:
    return of_class(name, period=Period.END_TERM_1, **kwargs)


def of_pupil(name: str) -> Address:
    return named(name, lambda cast: reverse(name, args=[cast.anh.student_id]))


def of_import(cast: Cast) -> str:
    return reverse("student_import", args=[ImportBatch.objects.get().pk])


def a_search_for_nobody(cast: Cast) -> str:
    return reverse("students") + "?q=xyz"


def no_such_class(cast: Cast) -> str:
    return reverse("class_history", args=[0])


def a_right_and_a_wrong_row(cast: Cast) -> None:
    with translation.override("en"):  # the errors are kept in the language of who uploads
        upload(cast, MAY, MAY | {"date_of_birth": "mai", "class_name": "9Z"})


def a_wrong_row(cast: Cast) -> None:
    with translation.override("en"):
        upload(cast, MAY | {"class_name": ""})


def a_confirmed_import(cast: Cast) -> None:
    imported(cast, MAY)


def a_second_post(cast: Cast) -> None:
    factories.make_staff(cast.other_school, cast.hanh.full_name, user=cast.hanh.user)


def a_reopen_request(cast: Cast) -> None:
    class_period = states.signed_off(cast)
    actions.request_reopening(class_period=class_period, reason="Sai một điểm", by=cast.ngoc)


def the_year_filled(cast: Cast) -> None:
    """Nothing but scores keeps the best result away."""
    assign_every_subject(cast.school_class, cast.ngoc)
    teachers = {"ngoai_ngu_1": cast.binh}
    fill_class(cast.school_class, Period.END_YEAR, homeroom=cast.ngoc, teachers=teachers, score=8)


def the_year_lacking(cast: Cast) -> None:
    assign_every_subject(cast.school_class, cast.ngoc)


def the_year_signed(cast: Cast) -> None:
    states.signed_off(cast, Period.END_YEAR)


CLASS_PAGE = of_period("class_period")
MATHS = of_period("subject_grid", subject_code="toan")
CARD = of_pupil("child_card")

READINGS = [
    Reading("anonymous", at("login")),
    Reading("ngoc", at("password_change")),
    Reading("ngoc", no_such_class),
    Reading("suong", CLASS_PAGE),
    # The first page
    *(Reading(role, at("desk")) for role in LOGGED_IN.split()),
    Reading("ngoc", at("desk"), states.returned),
    Reading("hanh", at("desk"), states.submitted),
    Reading("hanh", at("desk"), a_reopen_request),
    Reading("hoa", at("desk"), states.signed_off),
    Reading("hanh", at("choose_post"), a_second_post),
    # Pupils
    Reading("tam", at("students")),
    Reading("tam", a_search_for_nobody),
    Reading("tam", of_pupil("student")),
    Reading("ngoc", of_pupil("student_history"), states.with_anh_reopened),
    # A class at a period
    Reading("ngoc", CLASS_PAGE),
    Reading("hanh", CLASS_PAGE),
    Reading("ngoc", CLASS_PAGE, states.submitted),
    Reading("hanh", CLASS_PAGE, states.submitted),
    Reading("ngoc", CLASS_PAGE, states.returned),
    Reading("ngoc", CLASS_PAGE, states.signed_off),
    Reading("hanh", CLASS_PAGE, states.signed_off),
    Reading("ngoc", CLASS_PAGE, states.reopened),
    Reading("hanh", CLASS_PAGE, states.with_anh_reopened),
    Reading("hanh", CLASS_PAGE, a_reopen_request),
    Reading("hanh", of_period("class_period_return"), states.submitted),
    Reading("hanh", of_period("class_period_reopen"), states.signed_off),
    Reading("ngoc", of_period("class_period_ask_reopening"), states.signed_off),
    Reading("ngoc", of_class("class_history"), states.reopened),
    # The grids
    Reading("ngoc", MATHS),
    Reading("hanh", MATHS),
    Reading("ngoc", MATHS, states.signed_off),
    Reading("ngoc", of_period("trait_grid")),
    Reading("ngoc", of_period("trait_grid"), states.submitted),
    Reading("ngoc", of_period("record_grid")),
    Reading("binh", of_period("trait_notes")),
    Reading("ngoc", of_class("year_results")),
    # The parent's card
    Reading("hoa", CARD),
    Reading("hoa", CARD, states.signed_off),
    Reading("hoa", CARD, states.with_anh_reopened),
    # Imports, and the reads of the export
    Reading("tam", at("student_imports")),
    Reading("tam", at("student_imports"), a_right_and_a_wrong_row),
    Reading("tam", at("new_student_import")),
    Reading("tam", of_import, a_right_and_a_wrong_row),
    Reading("tam", of_import, a_wrong_row),
    Reading("tam", of_import, a_confirmed_import),
    Reading("hanh", at("api_reads")),
]
READINGS_IN_MAY = [
    Reading("ngoc", of_class("year_results"), the_year_filled),
    Reading("ngoc", of_class("year_results"), the_year_lacking),
    Reading("hoa", CARD, the_year_signed),
]


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
    texts |= {*MAY.values(), *ETHNICITIES.values(), *WORDS_OF_THE_FORM, *EXAMPLES}
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


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_in_english_only_data_is_vietnamese(reading: Reading, cast: Cast) -> None:
    assert_english(reading, cast)


@pytest.mark.parametrize("reading", READINGS_IN_MAY, ids=str)
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
        ('<button lang="vi">Tiếng Việt</button>', []),
    ],
)
def test_vietnamese_on_an_english_page_is_found(page: str, left: list[str]) -> None:
    assert vietnamese_on(page, ["Lê Minh Anh"]) == left
