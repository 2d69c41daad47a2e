"""Issue is a lock for every page, for the API, the administration and what is imported."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.models import User
from assessments import actions as assessing
from assessments.errors import CardInForce
from assessments.models import (
    YearDecision,
)
from audit.models import SystemJob
from exchange.api.actions import create_client
from reportcards import actions
from reportcards.actions import Plan
from reportcards.models import ReportCard
from rulesets import Period
from students.models import Enrollment
from tests.assessments.pages import GridForm
from tests.cast import Cast
from tests.exchange import class_sheets
from tests.exchange.imports import imported, row_of
from tests.issued_world import (
    GUARDED,
    World,
    attempt,
    differences,
    the_world,
)
from tests.pages import client_of, url_names
from tests.reportcards.digital_cards import ISSUED_ON
from tests.reportcards.withdrawing import record_of

END_YEAR = Period.END_YEAR


@pytest.fixture
def world(issued_cards: list[ReportCard]) -> World:
    """Three cards in force."""
    return the_world()


# Pages


def values_of(cast: Cast, card: ReportCard) -> dict[str, list[Any]]:
    """What may stand in an address: of the class, its pupil, her card and her rows."""
    rows = (record_of(cast.anh), YearDecision.objects.get(enrollment=cast.anh))
    return {
        "first_year": [2026],
        "period": [END_YEAR],
        "subject_code": ["toan"],
        "grade_level": [4],
        "school_class_id": [cast.school_class.pk],
        "student_id": [cast.anh.student_id],
        "enrollment_id": [cast.anh.pk],
        "uuid": [card.uuid],
        "pk": sorted({1, *(row.pk for row in rows)}),
        "kind": ["xml"],
        "step": ["send"],
        "bank": ["school"],
        "address": ["nowhere"],
    }


# Every name that any form has, with what would change something.
FORM = {
    "reason": "Sửa kết quả",
    "cause": "mistake",
    "is_granted": "yes",
    "number": "45/SGDĐT",
    "decided_on": "07/06/2027",
    "given_on": "07/06/2027",
    "closed_on": "07/06/2027",
    "issued_on": "07/06/2027",
    "level": "C",
    "score": "1",
    "taken_on": "07/06/2027",
    "result": "completed",
    "save": "yes",
    "subjects": "toan",
    "decision": "Quyết định",
    "full_name": "Tên khác",
    "name": "Tên khác",
    "identity": "Giấy",
    "purpose": "Thử",
    "plan": "Ôn tập",
    "wording": "Khen",
    "achievement": "Giỏi",
    "kind": "certified_copy",
}


def addresses(cast: Cast, card: ReportCard) -> Iterator[str]:
    values = values_of(cast, card)
    for name in url_names():
        for pk in values["pk"]:
            known = {key: found[0] for key, found in values.items()} | {"pk": pk}
            url = address_of(name, known)
            if url is not None:
                yield url
                if "<" not in url and str(pk) not in url:
                    break


def address_of(name: str, known: dict[str, Any]) -> str | None:
    """With whichever of the known values the address asks for."""
    possibilities = get_resolver().reverse_dict.getlist(name)
    for [(_template, parameters)], *_rest in possibilities:
        try:
            return reverse(name, kwargs={key: known[key] for key in parameters})
        except (NoReverseMatch, KeyError):
            continue
    return None


def test_the_walk_knows_the_pages_that_write_results(cast: Cast, issued_cards) -> None:
    walked = set(addresses(cast, issued_cards[0]))
    of_period, card = [cast.school_class.pk, END_YEAR], issued_cards[0]
    assert len(walked) > 100
    assert walked >= {
        reverse("subject_grid", args=[*of_period, "toan"]),
        reverse("class_period_reopen", args=of_period),
        reverse("year_results", args=[cast.school_class.pk]),
        reverse("record_reopen", args=[record_of(cast.anh).pk]),
        reverse("discard_card", args=[card.uuid]),
    }


@pytest.mark.parametrize("role", ["hanh", "ngoc", "tam", "van", "kien"])
def test_no_page_changes_anything(world: World, cast: Cast, issued_cards, role: str) -> None:
    client = client_of(cast, role)
    for url in addresses(cast, issued_cards[0]):
        with attempt():
            client.post(url, FORM)
            assert differences(world) == [], url
            transaction.set_rollback(True)
    assert differences(world) == []


def cells(cast: Cast, field: str, typed: str, base: str) -> str:
    cell = {"pupil": cast.anh.pk, "field": field, "base": base, "typed": typed}
    return json.dumps({"preview": False, "cells": [cell]})


@pytest.mark.parametrize(
    ("name", "subject", "cell"),
    [
        ("subject_cells", ["toan"], ("level", "H", "T")),
        ("subject_cells", ["toan"], ("score", "1", "9")),
        ("subject_cells", ["toan"], ("comment", "Khác", "Nắm chắc kiến thức.")),
        ("trait_cells", [], ("nhan_ai", "C", "T")),
        ("record_cells", [], ("absences_with_leave", "9", "0")),
    ],
)
def test_no_cell_of_a_grid_is_saved(world: World, cast: Cast, name, subject, cell) -> None:
    url = reverse(name, args=[cast.school_class.pk, END_YEAR, *subject])
    body = cells(cast, *cell)
    for role in ("ngoc", "binh", "hanh", "tam"):
        client_of(cast, role).post(url, body, "application/json")
    assert differences(world) == []


def test_no_whole_grid_is_saved(world: World, cast: Cast) -> None:
    for name, subject in (("subject_grid", ["toan"]), ("trait_grid", []), ("record_grid", [])):
        url = reverse(name, args=[cast.school_class.pk, END_YEAR, *subject])
        client = client_of(cast, "ngoc")
        shown = GridForm(client.get(url))
        client.post(url, shown.typed() | {f"e{cast.anh.pk}-level": "C"})
    assert differences(world) == []


def test_the_grid_of_an_issued_class_says_why_it_is_locked(world: World, cast: Cast) -> None:
    url = reverse("subject_cells", args=[cast.school_class.pk, END_YEAR, "toan"])
    answer = client_of(cast, "ngoc").post(url, cells(cast, "level", "H", "T"), "application/json")
    assert differences(world) == []
    assert answer.status_code != 500


# Actions, which the pages, the API and the commands call


def test_no_results_are_reopened_by_an_action(world: World, cast: Cast) -> None:
    for enrollment in (cast.anh, cast.hhen, cast.duc):
        with pytest.raises(CardInForce):
            assessing.reopen_record(record=record_of(enrollment), reason="Sửa", by=cast.hanh)
    with pytest.raises(CardInForce):
        assessing.reopen_class_period(
            class_period=record_of(cast.anh).class_period, reason="Sửa", by=cast.hanh
        )
    assert differences(world) == []


def test_an_issued_card_is_not_made_anew(world: World, cast: Cast, issued_cards) -> None:
    plan = Plan(cast.phuc, ISSUED_ON)
    for card in issued_cards:
        with attempt():
            actions.recreate_report_card(report_card=card, plan=plan, reason="Khác", by=cast.van)
        with attempt():
            actions.discard_report_card(report_card=card, reason="Khác", by=cast.van)
    pupils = list(
        Enrollment.objects.filter(school_class=cast.school_class).select_related(
            "student", "school_class__school_year__school__department"
        )
    )
    assert actions.create_report_cards(enrollments=pupils, plan=plan, by=cast.van) == []
    assert differences(world) == []


# The API, the administration, the imports


def test_the_api_only_reads(world: World, cast: Cast, issued_cards) -> None:
    token = create_client(name="Trục", schools=[cast.school], by=SystemJob("tests")).token
    client = Client(headers={"Authorization": f"Bearer {token}"})
    api = [url for url in addresses(cast, issued_cards[0]) if url.startswith("/api/")]
    assert len(api) >= 8
    for url in api:
        for method in ("post", "put", "patch", "delete"):
            response = getattr(client, method)(url, FORM, "application/json")
            assert response.status_code in {403, 404, 405}, (method, url)
    assert differences(world) == []


def test_the_administration_has_no_page_of_any_of_it() -> None:
    assert not set(GUARDED) & set(admin.site._registry)


def test_an_administrator_of_everything_finds_no_such_page(world: World) -> None:
    boss = User.objects.create_superuser("boss", full_name="Quản Trị", password="x")
    client = Client()
    client.force_login(boss)
    for model in GUARDED:
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        pk = model._base_manager.values_list("pk", flat=True).first() or 1
        for url in (base, f"{base}{pk}/change/", f"{base}{pk}/delete/"):
            assert client.post(url, FORM | {"post": "yes"}).status_code == 404, url
    assert differences(world) == []


def test_the_import_of_pupils_leaves_an_issued_card_alone(world: World, cast: Cast) -> None:
    """Her file may be corrected; what was issued says what it said."""
    student = cast.anh.student
    imported(cast, row_of(student, full_name="Tên Khác Hẳn", ethnicity="Kinh"))
    student.refresh_from_db()
    assert student.full_name == "Tên Khác Hẳn"
    assert differences(world) == []


def test_the_import_of_results_is_refused(world: World, cast: Cast) -> None:
    with attempt():
        book = class_sheets.downloaded(cast, period=END_YEAR)
        typed = {class_sheets.LEVEL: "C", class_sheets.SCORE: 1}
        class_sheets.put(book, class_sheets.MATHS, cast.anh, typed)
        class_sheets.confirmed(cast, book, period=END_YEAR)
    assert differences(world) == []
