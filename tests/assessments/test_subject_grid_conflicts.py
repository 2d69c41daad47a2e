"""Two people on one page of one subject."""

import pytest
from django.test import Client

from assessments.models import SubjectResult
from tests import factories
from tests.assessments.pages import GridForm, log_in, result_of, save_cells, subject_url
from tests.cast import Cast


@pytest.fixture
def url(cast: Cast) -> str:
    return subject_url(cast)


@pytest.fixture
def ngoc(client: Client, cast: Cast) -> Client:
    factories.assign_teacher(cast.school_class, "toan", cast.suong)
    return log_in(client, cast.ngoc)


@pytest.fixture
def contested(ngoc: Client, cast: Cast, url: str):
    """The answer to Ngọc's save of a comment that Sương wrote meanwhile."""
    page = GridForm(ngoc.get(url))
    save_cells(cast, cast.anh, by=cast.suong, comment=("", "Em tính nhanh."))
    return ngoc.post(url, page.typed(**{f"e{cast.anh.pk}_comment": "Em cẩn thận."}))


def test_a_newer_value_is_not_overwritten(contested, cast: Cast):
    assert contested.status_code == 422
    assert result_of(cast.anh).comment == "Em tính nhanh."


def test_both_values_are_shown_with_who_and_when(contested):
    html = contested.content.decode()

    assert "Em cẩn thận." in html
    assert "Em tính nhanh." in html
    assert "Lê Thị Sương, 20:30 05/01/2027" in html
    assert "đã được người khác sửa trong lúc thầy/cô gõ" in html


def test_the_choice_is_linked_from_the_summary(contested, cast: Cast):
    html = contested.content.decode()

    assert f'href="#id_e{cast.anh.pk}-comment_choice"' in html
    assert f'id="id_e{cast.anh.pk}-comment_choice"' in html


def test_my_text_stays_in_the_cell_upon_the_stored_base(contested, cast: Cast):
    page = GridForm(contested)

    assert page[f"e{cast.anh.pk}-comment"] == "Em cẩn thận."
    assert page[f"initial-e{cast.anh.pk}-comment"] == "Em tính nhanh."


def test_keeping_mine_saves_it(contested, ngoc: Client, cast: Cast, url: str):
    response = ngoc.post(
        url, GridForm(contested).typed() | {f"e{cast.anh.pk}-comment-keep": "mine"}
    )

    assert response.status_code == 302
    assert result_of(cast.anh).comment == "Em cẩn thận."


def test_taking_theirs_leaves_it(contested, ngoc: Client, cast: Cast, url: str):
    response = ngoc.post(
        url, GridForm(contested).typed() | {f"e{cast.anh.pk}-comment-keep": "theirs"}
    )

    assert response.status_code == 302
    assert result_of(cast.anh).comment == "Em tính nhanh."


def test_without_a_choice_the_question_stands(contested, ngoc: Client, cast: Cast, url: str):
    response = ngoc.post(url, GridForm(contested).typed())

    assert response.status_code == 422
    assert GridForm(response)[f"e{cast.anh.pk}-comment"] == "Em cẩn thận."
    assert f"e{cast.anh.pk}-comment-keep" in response.content.decode()
    assert result_of(cast.anh).comment == "Em tính nhanh."


def test_the_question_stands_beside_an_error_of_the_same_row(
    contested, ngoc: Client, cast: Cast, url: str
):
    response = ngoc.post(url, GridForm(contested).typed(**{f"e{cast.anh.pk}_score": "11"}))

    html = response.content.decode()
    assert f"e{cast.anh.pk}-comment-keep" in html
    assert "Lê Thị Sương" in html
    assert "Điểm là số nguyên từ 1 đến 10." in html


def test_a_third_value_is_asked_about_again(contested, ngoc: Client, cast: Cast, url: str):
    save_cells(cast, cast.anh, by=cast.suong, comment=("Em tính nhanh.", "Em tính rất nhanh."))

    response = ngoc.post(
        url, GridForm(contested).typed() | {f"e{cast.anh.pk}-comment-keep": "mine"}
    )

    assert response.status_code == 422
    assert "Em tính rất nhanh." in response.content.decode()
    assert result_of(cast.anh).comment == "Em tính rất nhanh."


def test_the_rest_of_a_contested_row_is_saved(ngoc: Client, cast: Cast, url: str):
    page = GridForm(ngoc.get(url))
    save_cells(cast, cast.anh, by=cast.suong, comment=("", "Em tính nhanh."))

    ngoc.post(
        url,
        page.typed(**{f"e{cast.anh.pk}_comment": "Em cẩn thận.", f"e{cast.anh.pk}_level": "T"}),
    )

    assert SubjectResult.objects.get().level == "T"


def test_two_cells_of_one_pupil_do_not_disturb_each_other(ngoc: Client, cast: Cast, url: str):
    page = GridForm(ngoc.get(url))
    save_cells(cast, cast.anh, by=cast.suong, comment=("", "Em tính nhanh."))

    response = ngoc.post(url, page.typed(**{f"e{cast.anh.pk}_level": "T"}))

    assert response.status_code == 302
    result = SubjectResult.objects.get()
    assert (result.level, result.comment) == ("T", "Em tính nhanh.")


def test_the_same_value_typed_twice_is_no_conflict(ngoc: Client, cast: Cast, url: str):
    page = GridForm(ngoc.get(url))
    save_cells(cast, cast.anh, by=cast.suong, level=("", "T"))

    assert ngoc.post(url, page.typed(**{f"e{cast.anh.pk}_level": "T"})).status_code == 302


def test_a_post_without_its_bases_overwrites_nothing(ngoc: Client, cast: Cast, url: str):
    save_cells(cast, cast.anh, by=cast.suong, level=("", "T"))

    response = ngoc.post(url, {f"e{cast.anh.pk}-level": "C"})

    assert response.status_code == 422
    assert SubjectResult.objects.get().level == "T"
