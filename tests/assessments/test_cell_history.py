"""The history of a cell: who, when, old and new, for whoever may see the cell."""

import datetime

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from rulesets import TT27
from tests import factories
from tests.assessments.grid_cells import (
    END_TERM_1,
    note_grid,
    record_grid,
    save_one,
    subject_grid,
    trait_grid,
    typed,
)
from tests.assessments.pages import log_in, save_cells, subject_url
from tests.cast import Cast
from tests.hocba.rendering import parse

IN_MID_TERM = datetime.datetime(2026, 11, 2, 3, tzinfo=datetime.UTC)


@pytest.fixture
def ngoc(client: Client, cast: Cast) -> Client:
    return log_in(client, cast.ngoc)


@pytest.fixture
def url(cast: Cast) -> str:
    return f"{subject_url(cast)}history/"


def grid_url(cast: Cast, name: str) -> str:
    return reverse(name, args=[cast.school_class.pk, END_TERM_1])


def text_of(response: HttpResponse) -> str:
    assert response.status_code == 200
    return " ".join(parse(response.content.decode()).text.split())


def ask(client: Client, url: str, pupil, field: str, **headers: str) -> HttpResponse:
    return client.get(url, {"pupil": pupil.pk, "field": field}, headers=headers)


def test_who_when_old_and_new(ngoc: Client, cast: Cast, url: str):
    factories.assign_teacher(cast.school_class, "toan", cast.suong)
    save_cells(cast, cast.anh, level=("", "T"))
    save_cells(cast, cast.anh, by=cast.suong, level=("T", "H"))

    text = text_of(ask(ngoc, url, cast.anh, "level"))

    newest, oldest = text.index("Lê Thị Sương"), text.rindex("Trần Thị Ngọc")
    assert newest < oldest
    assert "Lịch sử ô Mức đạt được, Lê Minh Anh" in text
    assert "Hoàn thành tốt Hoàn thành" in text
    assert "20:30 05/01/2027" in text


def test_nothing_but_the_cell(ngoc: Client, cast: Cast, url: str):
    save_cells(cast, cast.anh, level=("", "T"), comment=("", "Tính nhanh."))
    save_cells(cast, cast.anh, comment=("Tính nhanh.", "Cẩn thận."))
    save_cells(cast, cast.duc, level=("", "C"))

    page = ask(ngoc, url, cast.anh, "level")

    assert len(page.context["history"].entries) == 1
    assert "Tính nhanh." not in text_of(page)


def test_without_a_field_the_pupils_whole_row(ngoc: Client, cast: Cast, url: str):
    save_cells(cast, cast.anh, level=("", "T"), score=(None, 9))
    save_cells(cast, cast.anh, comment=("", "Cẩn thận."))

    text = text_of(ngoc.get(url, {"pupil": cast.anh.pk}))

    assert "Lịch sử: Toán, Lê Minh Anh" in text
    assert "Cẩn thận." in text
    assert "Điểm kiểm tra" in text


def test_a_cell_that_nobody_has_written_says_what_will_stand_there(
    ngoc: Client, cast: Cast, url: str
):
    assert "Chưa ai ghi gì vào ô này" in text_of(ask(ngoc, url, cast.anh, "score"))


def test_another_subject_and_period_are_left_out(ngoc: Client, cast: Cast, url: str):
    with time_machine.travel(IN_MID_TERM):
        save_cells(cast, cast.anh, period="mid_term_1", level=("", "C"))
    save_one(cast, subject_grid(cast, "tieng_viet"), typed(cast.anh, "level", "H"))

    assert ask(ngoc, url, cast.anh, "level").context["history"].entries == []


def test_the_panel_gets_the_middle_of_the_page_only(ngoc: Client, cast: Cast, url: str):
    save_cells(cast, cast.anh, level=("", "T"))

    response = ask(ngoc, url, cast.anh, "level", **{"HX-Request": "true"})
    html = response.content.decode()

    assert "<html" not in html
    assert html.lstrip().startswith("<h2")
    assert "Trần Thị Ngọc" in html
    assert "HX-Request" in response["Vary"]


def test_what_somebody_wrote_is_never_markup(ngoc: Client, cast: Cast, url: str):
    save_cells(cast, cast.anh, comment=("", "<b>Chăm</b>"))

    assert "<b>Chăm" not in ask(ngoc, url, cast.anh, "comment").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"pupil": ""},
        {"pupil": "x", "field": "level"},
        {"pupil": "-1", "field": "level"},
        {"pupil": "٣", "field": "level"},
        {"pupil": "9" * 60, "field": "level"},
        {"pupil": "999999999999999999", "field": "level"},
    ],
    ids=str,
)
def test_nobodys_history_is_not_found(ngoc: Client, url: str, query: dict):
    assert ngoc.get(url, query).status_code == 404


def test_another_classs_pupil_and_another_grids_cell(ngoc: Client, cast: Cast, url: str):
    assert ask(ngoc, url, cast.stranger, "level").status_code == 404
    assert ask(ngoc, url, cast.anh, "height_cm").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("hanh", 200), ("binh", 200), ("suong", 403), ("quang", 404)]
)
def test_who_sees_the_grid_sees_the_history(
    client: Client, cast: Cast, url: str, role: str, status: int
):
    save_cells(cast, cast.anh, level=("", "T"))

    response = ask(log_in(client, getattr(cast, role)), url, cast.anh, "level")

    assert response.status_code == status


# The other grids


def test_traits(ngoc: Client, cast: Cast):
    trait = TT27.traits[0]
    save_one(cast, trait_grid(cast), typed(cast.anh, trait.code, "T"))

    text = text_of(ask(ngoc, f"{grid_url(cast, 'trait_grid')}history/", cast.anh, trait.code))

    assert trait.name in text
    assert "Trần Thị Ngọc" in text


def test_health_for_the_homeroom_teacher(ngoc: Client, cast: Cast):
    save_one(cast, record_grid(cast), typed(cast.anh, "height_cm", "132,5"))

    url = f"{grid_url(cast, 'record_grid')}history/"

    assert "132,5" in text_of(ask(ngoc, url, cast.anh, "height_cm"))


def test_no_health_for_a_colleague(client: Client, cast: Cast):
    save_one(cast, record_grid(cast), typed(cast.anh, "height_cm", "132,5"))
    log_in(client, cast.binh)
    url = f"{grid_url(cast, 'record_grid')}history/"

    assert ask(client, url, cast.anh, "height_cm").status_code == 404
    whole_row = text_of(client.get(url, {"pupil": cast.anh.pk}))
    assert "132" not in whole_row
    assert "không hiển thị" in whole_row


def test_of_notes_ones_own(client: Client, cast: Cast):
    save_one(cast, note_grid(cast, cast.ngoc), typed(cast.anh, "text", "Của cô Ngọc."))
    save_one(
        cast, note_grid(cast, cast.binh), typed(cast.anh, "text", "Của thầy Bình."), by=cast.binh
    )
    url = f"{grid_url(cast, 'trait_notes')}history/"

    text = text_of(ask(log_in(client, cast.binh), url, cast.anh, "text"))

    assert "Của thầy Bình." in text
    assert "Của cô Ngọc." not in text


def test_each_row_links_to_its_history(ngoc: Client, cast: Cast, url: str):
    html = ngoc.get(subject_url(cast)).content.decode()

    assert f'href="{url}?pupil={cast.anh.pk}"' in html
    assert f'data-history-url="{url}"' in html


def test_many_writings_take_as_few_queries_as_one(
    ngoc: Client, cast: Cast, url: str, django_assert_max_num_queries
):
    counts = []
    for times in (1, 9):
        for number in range(times):
            save_one(cast, subject_grid(cast), typed(cast.anh, "level", "TH"[number % 2], None))
        with django_assert_max_num_queries(20) as queries:
            ask(ngoc, url, cast.anh, "level")
        counts.append(len(queries))

    assert counts[0] == counts[1]
