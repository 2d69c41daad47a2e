import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.models import YearDecision
from rulesets import Period
from tests.assessments.filling import assign_every_subject, fill_class
from tests.assessments.pages import log_in, save_cells
from tests.cast import Cast

END_YEAR = Period.END_YEAR


@pytest.fixture
def in_may(cast: Cast) -> Iterator[Cast]:
    with time_machine.travel(datetime.datetime(2027, 5, 20, 3, tzinfo=datetime.UTC), tick=False):
        yield cast


@pytest.fixture
def url(cast: Cast) -> str:
    return reverse("year_results", args=[cast.school_class.pk])


@pytest.fixture
def filled(in_may: Cast) -> Cast:
    cast = in_may
    assign_every_subject(cast.school_class, cast.ngoc)
    fill_class(
        cast.school_class,
        END_YEAR,
        homeroom=cast.ngoc,
        teachers={"ngoai_ngu_1": cast.binh},
    )
    YearDecision.objects.all().delete()
    return cast


def correct_maths(cast: Cast, **cells: object) -> None:
    stored = {"level": "T", "score": 9}
    pairs = {name: (stored[name], typed) for name, typed in cells.items()}
    save_cells(cast, cast.anh, period=END_YEAR, **pairs)


def row_of_anh(client: Client, url: str):
    return client.get(url).context["page"].rows[0]


def test_the_best_result_needs_no_reasons(client: Client, filled: Cast, url: str):
    row = row_of_anh(log_in(client, filled.ngoc), url)

    assert (row.outcome, row.reasons, row.missing) == ("Hoàn thành xuất sắc", [], [])


def test_a_low_score_is_told_in_plain_words(client: Client, filled: Cast, url: str):
    correct_maths(filled, score=8)

    row = row_of_anh(log_in(client, filled.ngoc), url)

    assert row.outcome == "Hoàn thành tốt"
    assert row.better_outcome == "Hoàn thành xuất sắc"
    assert row.reasons == ["Toán: 8 điểm, cần từ 9 trở lên"]


def test_a_low_level_is_told_in_plain_words(client: Client, filled: Cast, url: str):
    correct_maths(filled, level="H")

    row = row_of_anh(log_in(client, filled.ngoc), url)

    assert row.outcome == "Hoàn thành"
    assert row.reasons == ["Toán: mức Hoàn thành, cần mức Hoàn thành tốt"]


def test_who_has_not_completed_is_told_what_it_takes(client: Client, filled: Cast, url: str):
    correct_maths(filled, level="C", score=4)

    row = row_of_anh(log_in(client, filled.ngoc), url)

    assert row.outcome == "Chưa hoàn thành"
    assert row.reasons == [
        "Toán: mức Chưa hoàn thành, cần từ mức Hoàn thành trở lên",
        "Toán: 4 điểm, cần từ 5 trở lên",
    ]


def test_what_is_missing_is_a_list_and_not_a_judgement(client: Client, filled: Cast, url: str):
    correct_maths(filled, score=None, level="")

    response = log_in(client, filled.ngoc).get(url)

    row = response.context["page"].rows[0]
    assert row.outcome == ""
    assert row.missing == ["Toán: chưa có mức đạt được", "Toán: chưa có điểm kiểm tra cuối năm"]
    html = response.content.decode()
    assert "chưa xét được" in html
    assert "Chưa hoàn thành" not in html


def test_one_act_confirms_them_all(client: Client, filled: Cast, url: str):
    response = log_in(client, filled.ngoc).post(url, follow=True)

    assert "Đã xác nhận kết quả năm học của 3 học sinh." in response.content.decode()
    decision = filled.anh.year_decision
    assert (decision.confirmed_result, decision.decided_by) == ("excellent", filled.ngoc.user)
    assert all(row.is_confirmed for row in response.context["page"].rows)
    assert "Xác nhận kết quả của" not in response.content.decode()


def test_incomplete_pupils_wait(client: Client, filled: Cast, url: str):
    correct_maths(filled, score=None)

    response = log_in(client, filled.ngoc).post(url, follow=True)

    assert "Đã xác nhận kết quả năm học của 2 học sinh." in response.content.decode()
    assert not YearDecision.objects.filter(enrollment=filled.anh).exists()


def test_a_correction_after_the_confirmation_is_conspicuous(client: Client, filled: Cast, url: str):
    log_in(client, filled.ngoc).post(url)
    correct_maths(filled, score=8)

    response = client.get(url)

    assert response.context["page"].rows[0].has_changed_since
    assert "Đổi sau khi xác nhận" in response.content.decode()


def test_before_anything_is_entered_there_is_nothing_to_confirm(
    client: Client, in_may: Cast, url: str
):
    response = log_in(client, in_may.ngoc).get(url)

    assert "3 em còn thiếu kết quả nên chưa xét được" in response.content.decode()
    assert "Xác nhận kết quả của" not in response.content.decode()


def test_before_the_period_opens_the_page_says_when(client: Client, cast: Cast, url: str):
    response = log_in(client, cast.ngoc).get(url)

    assert "mở nhập từ 10/05/2027" in response.content.decode()
    refused = client.post(url, follow=True).content.decode()
    assert "Thời điểm này mở nhập từ 10/05/2027." in refused
    assert not YearDecision.objects.exists()


def test_after_submission_nothing_is_confirmed_any_more(client: Client, filled: Cast, url: str):
    log_in(client, filled.ngoc).post(url)
    actions.submit_class_period(school_class=filled.school_class, period=END_YEAR, by=filled.ngoc)

    page = client.get(url)
    refused = client.post(url, follow=True)

    assert "xin hiệu trưởng trả lại lớp" in page.content.decode()
    assert "Xác nhận kết quả của" not in page.content.decode()
    assert "đã gửi hoặc đã ký duyệt nên không đổi được" in refused.content.decode()


def test_one_reopened_pupil_is_confirmed_again_alone(client: Client, filled: Cast, url: str):
    log_in(client, filled.ngoc).post(url)
    class_period = actions.submit_class_period(
        school_class=filled.school_class, period=END_YEAR, by=filled.ngoc
    )
    actions.sign_off_class_period(class_period=class_period, by=filled.hanh)
    record = class_period.records.get(enrollment=filled.anh)
    actions.reopen_record(record=record, reason="Nhầm điểm Toán", by=filled.hanh)
    correct_maths(filled, score=8)

    page = client.get(url)
    confirmed = client.post(url, follow=True)

    assert "Xác nhận kết quả của 1 em" in page.content.decode()
    assert "Em được mở lại thì vẫn sửa được" in page.content.decode()
    assert "Đã xác nhận kết quả năm học của 1 học sinh." in confirmed.content.decode()
    assert YearDecision.objects.get(enrollment=filled.anh).confirmed_result == "good"


@pytest.mark.parametrize("leader", ["hanh", "phuc"])
def test_leaders_read_and_do_not_confirm(leader: str, client: Client, filled: Cast, url: str):
    log_in(client, getattr(filled, leader))

    html = client.get(url).content.decode()

    assert "Hoàn thành xuất sắc" in html
    assert "Xác nhận kết quả của" not in html
    assert client.post(url).status_code == 403


@pytest.mark.parametrize("person", ["binh", "suong", "tam", "kien"])
def test_others_are_refused(person: str, client: Client, cast: Cast, url: str):
    assert log_in(client, getattr(cast, person)).get(url).status_code == 403


def test_a_stranger_finds_nothing(client: Client, cast: Cast, url: str):
    assert log_in(client, cast.quang).get(url).status_code == 404
