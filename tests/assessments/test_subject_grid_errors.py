"""What is right is saved, what is wrong stays typed."""

import pytest
from django.test import Client

from assessments.models import PeriodRecord, SubjectResult, TestScore
from tests.assessments.pages import GridForm, log_in, result_of, save_cells, subject_url
from tests.cast import Cast


@pytest.fixture
def url(cast: Cast) -> str:
    return subject_url(cast)


@pytest.fixture
def ngoc(client: Client, cast: Cast) -> Client:
    return log_in(client, cast.ngoc)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("7,5", "Không cho điểm thập phân; điểm là số nguyên từ 1 đến 10."),
        ("0", "Điểm là số nguyên từ 1 đến 10; không cho điểm 0."),
        ("11", "Điểm là số nguyên từ 1 đến 10."),
        ("-1", "Điểm là số nguyên từ 1 đến 10."),
        ("chín", "“chín” không phải là số; điểm là số nguyên từ 1 đến 10."),
    ],
)
def test_a_wrong_score_is_refused_with_its_sentence(
    typed: str, sentence: str, ngoc: Client, cast: Cast, url: str
):
    response = ngoc.post(url, GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_score": typed}))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert GridForm(response)[f"e{cast.anh.pk}-score"] == typed
    assert not TestScore.objects.exists()


def test_an_unknown_level_is_refused_with_the_list(ngoc: Client, cast: Cast, url: str):
    response = ngoc.post(url, GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_level": "A"}))

    assert "Mức “A” không có trong quy định; chỉ nhận: T, H, C, M." in response.content.decode()


def test_who_is_exempt_has_no_score(ngoc: Client, cast: Cast, url: str):
    response = ngoc.post(
        url,
        GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_level": "M", f"e{cast.anh.pk}_score": 8}),
    )

    assert response.status_code == 422
    assert "Học sinh được miễn thì không có điểm" in response.content.decode()
    assert not SubjectResult.objects.exists()


def test_a_stored_score_stands_in_the_way_of_exemption(ngoc: Client, cast: Cast, url: str):
    save_cells(cast, cast.anh, level=("", "T"), score=(None, 9))

    response = ngoc.post(url, GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_level": "M"}))

    assert response.status_code == 422
    assert result_of(cast.anh).level == "T"


def test_a_long_comment_is_counted(ngoc: Client, cast: Cast, url: str):
    response = ngoc.post(
        url, GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_comment": "ô" * 501})
    )

    assert "Nhận xét dài tối đa 500 ký tự; đang có 501." in response.content.decode()


def test_a_comment_that_cannot_be_printed_stays_typed(ngoc: Client, cast: Cast, url: str):
    comment = "Em đọc tốt 👍, viết sạch."
    response = ngoc.post(url, GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_comment": comment}))
    page = response.content.decode()

    assert response.status_code == 422
    assert "Không in được ký tự “👍” (U+1F44D); hãy xóa hoặc thay bằng chữ khác." in page
    assert comment in page
    assert not SubjectResult.objects.exists()


def test_what_is_right_is_saved_and_what_is_wrong_stays_typed(ngoc: Client, cast: Cast, url: str):
    posted = GridForm(ngoc.get(url)).typed(
        **{
            f"e{cast.anh.pk}_level": "T",
            f"e{cast.hhen.pk}_level": "H",
            f"e{cast.duc.pk}_level": "H",
            f"e{cast.duc.pk}_score": "11",
            f"e{cast.duc.pk}_comment": "Em chăm.",
        }
    )

    response = ngoc.post(url, posted)

    assert response.status_code == 422
    assert "Đã lưu 2 học sinh; còn 1 ô cần sửa." in response.content.decode()
    page = GridForm(response)
    assert page[f"e{cast.duc.pk}-score"] == "11"
    assert page[f"e{cast.duc.pk}-level"] == "H"
    assert page[f"e{cast.duc.pk}-comment"] == "Em chăm."
    assert page[f"initial-e{cast.duc.pk}-level"] == ""
    assert page[f"initial-e{cast.anh.pk}-level"] == "T"
    assert result_of(cast.anh).level == "T"
    assert not SubjectResult.objects.filter(record__enrollment=cast.duc).exists()


def test_an_error_stands_at_its_field_and_is_linked_from_the_summary(
    ngoc: Client, cast: Cast, url: str
):
    response = ngoc.post(url, GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_score": "11"}))

    control = GridForm(response).controls[f"e{cast.anh.pk}-score"].attributes
    html = response.content.decode()
    assert control["aria-invalid"] == "true"
    assert f'id="{control["aria-describedby"]}"' in html
    assert f'href="#{control["id"]}"' in html


def test_mended_rows_are_saved_the_second_time(ngoc: Client, cast: Cast, url: str):
    response = ngoc.post(url, GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_score": "11"}))

    ngoc.post(url, GridForm(response).typed(**{f"e{cast.anh.pk}_score": "10"}))

    assert result_of(cast.anh).effective_score == 10


def test_pupils_of_other_classes_are_not_written(ngoc: Client, cast: Cast, url: str):
    posted = GridForm(ngoc.get(url)).typed(**{f"e{cast.stranger.pk}_level": "T"})

    ngoc.post(url, posted)

    assert not PeriodRecord.objects.filter(enrollment=cast.stranger).exists()
