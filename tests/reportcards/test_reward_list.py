"""The list that goes with the principal's decision on rewards: page, paper, who printed it."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Commendation
from assessments.rewards import RewardChoice, RewardPart
from audit.models import AuditEvent
from reportcards.rewards.paper import DecisionReference, RewardList
from rulesets import Period
from tests import factories
from tests.assessments import commendations as made
from tests.assessments import states
from tests.assessments.commendations import PRIZE, WORDING
from tests.cast import Cast
from tests.pages import client_of
from tests.reportcards.reading import (
    A4_POINTS,
    assert_in_order,
    pages_of,
    sizes_of,
    text_of,
    title_of,
)

pytestmark = pytest.mark.any_database

IN_MAY = datetime.datetime(2027, 5, 20, 13, tzinfo=datetime.UTC)


def get(cast: Cast, role: str, name: str, **query: str) -> HttpResponse:
    return client_of(cast, role).get(reverse(name, args=[2026]), query)


def page(cast: Cast, role: str = "hanh", **query: str) -> str:
    response = get(cast, role, "reward_list", **query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def pdf(cast: Cast, **query: str) -> bytes:
    response = get(cast, "van", "reward_list_pdf", **query)
    assert response["Content-Type"] == "application/pdf"
    return response.content


# The page


def test_the_page_lists_what_will_be_printed(cast: Cast) -> None:
    made.awarded(cast)
    shown = page(cast)
    assert_in_order(shown, '<td class="table__number"> 1', "Lê Minh Anh", "14/03/2017", "4A")
    assert WORDING in shown
    assert reverse("reward_list_pdf", args=[2026]) in shown
    assert reverse("reward_list_sheet", args=[2026]) in shown


def test_an_empty_list_is_not_printed(cast: Cast) -> None:
    shown = page(cast)
    assert "Chưa em nào được khen thưởng" in shown
    assert reverse("reward_list_pdf", args=[2026]) not in shown


def test_what_was_chosen_is_what_the_buttons_print(cast: Cast) -> None:
    made.awarded(cast)
    shown = page(cast, part="extraordinary", number="15/QĐ")
    url = reverse("reward_list_pdf", args=[2026])
    assert f"{url}?part=extraordinary&amp;number=15%2FQ%C4%90" in shown


def test_titles_that_wait_for_a_signature_are_told(cast: Cast) -> None:
    with time_machine.travel(IN_MAY, tick=False):
        states.submitted(cast, Period.END_YEAR)
        assert "3 em có danh hiệu cuối năm chưa được ký duyệt" in page(cast)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"since": "hôm qua"}, "Hãy ghi ngày theo dạng ngày/tháng/năm"),
        ({"since": "02/01/2027", "until": "01/01/2027"}, "Ngày cuối phải từ ngày đầu trở đi."),
        ({"part": "medals"}, "medals"),
    ],
)
def test_a_wrong_choice_is_told_and_prints_nothing(
    cast: Cast, query: dict[str, str], sentence: str
) -> None:
    made.awarded(cast)
    response = get(cast, "hanh", "reward_list", **query)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert WORDING not in response.content.decode()
    assert get(cast, "hanh", "reward_list_pdf", **query).status_code == 404
    assert not AuditEvent.objects.filter(event="reward_list.printed").exists()


@pytest.mark.parametrize("role", ["hanh", "tam", "van"])
def test_the_desks_of_those_who_print_lead_here(cast: Cast, role: str) -> None:
    desk = client_of(cast, role).get(reverse("desk")).content.decode()
    assert reverse("reward_list", args=[2026]) in desk


def test_a_year_that_the_school_has_not_is_not_found(cast: Cast) -> None:
    url = reverse("reward_list", args=[2031])
    assert client_of(cast, "hanh").get(url).status_code == 404


# On paper


def test_the_list_is_the_appendix_of_a_decision(cast: Cast) -> None:
    made.awarded(cast)
    document = pdf(cast, number="15/QĐ-THKĐ", signed_on="31/05/2027")
    assert_in_order(
        text_of(document),
        "TRƯỜNG TIỂU HỌC KIM ĐỒNG",
        "DANH SÁCH HỌC SINH ĐƯỢC KHEN THƯỞNG",
        "Năm học 2026-2027",
        "(Kèm theo Quyết định số 15/QĐ-THKĐ ngày 31 tháng 05 năm 2027",
        "của Hiệu trưởng Trường Tiểu học Kim Đồng)",
        "STT Họ và tên Ngày sinh Lớp Nội dung khen thưởng",
        "1 Lê Minh Anh 14/03/2017 4A",
        "Danh sách này có 1 học sinh, 1 khen thưởng.",
        "Buôn Hồ, ngày 31 tháng 05 năm 2027",
        "HIỆU TRƯỞNG",
    )
    assert title_of(document) == "Danh sách khen thưởng 2026-2027"
    assert sizes_of(document) == {A4_POINTS}


def test_what_is_not_decided_yet_is_left_to_be_written(cast: Cast) -> None:
    made.awarded(cast)
    text = text_of(pdf(cast))
    assert "Quyết định số …" in text
    assert "ngày …… tháng …… năm" in text


def test_a_long_list_repeats_its_header_and_numbers_its_pages(cast: Cast) -> None:
    commendation = made.awarded(cast)
    rows = []
    for number in range(60):
        pupil = factories.enroll(factories.make_student(f"Lê Thị Lan {number}"), cast.school_class)
        rows.append(Commendation(**{**_fields(commendation), "enrollment": pupil}))
    Commendation.objects.bulk_create(rows)
    _first, *others = pages_of(pdf(cast))
    assert len(others) >= 1
    assert all("Nội dung khen thưởng" in text for text in others)
    assert others[0].endswith(" 2")
    assert "Danh sách này có 61 học sinh" in others[-1]


def _fields(row: Commendation) -> dict[str, object]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "enrollment"}
    }


def test_a_name_that_looks_like_markup_is_printed_as_it_is(cast: Cast) -> None:
    made.awarded(cast, wording="Giải <b>Nhì</b> & giải Ba")
    assert "Giải <b>Nhì</b> & giải Ba" in text_of(pdf(cast))


# Who printed it


def test_each_print_is_recorded_for_each_pupil_once(cast: Cast) -> None:
    for pupil in (cast.anh, cast.anh, cast.duc):
        made.awarded(cast, enrollment=pupil)
    pdf(cast)
    events = AuditEvent.objects.filter(event="reward_list.printed")
    assert sorted(event.student_id for event in events) == sorted(
        [cast.anh.student_id, cast.duc.student_id]
    )
    assert {(event.actor, event.school_class_id) for event in events} == {
        (cast.van.user, cast.school_class.pk)
    }


def test_looking_at_the_page_is_not_printing(cast: Cast) -> None:
    made.awarded(cast)
    page(cast)
    assert not AuditEvent.objects.filter(event="reward_list.printed").exists()


def test_a_pupils_history_tells_who_printed_it(cast: Cast) -> None:
    made.awarded(cast)
    pdf(cast)
    url = reverse("student_history", args=[cast.anh.student_id])
    history = client_of(cast, "hanh").get(url).content.decode()
    assert "In danh sách khen thưởng có em Lê Minh Anh" in history


# The words of the paper


@pytest.mark.parametrize("part", ["", *RewardPart])
def test_every_part_has_its_words(cast: Cast, part: str) -> None:
    paper = RewardList(RewardChoice(cast.school_year, part), DecisionReference(), ())
    assert "2026-2027" in paper.subtitle


def test_the_days_stand_in_the_heading(cast: Cast) -> None:
    since, until = datetime.date(2027, 1, 1), datetime.date(2027, 1, 31)
    choice = RewardChoice(cast.school_year, "", since, until)
    paper = RewardList(choice, DecisionReference(), ())
    assert paper.subtitle == "Năm học 2026-2027, từ ngày 01/01/2027 đến ngày 31/01/2027"


def test_a_pupil_with_two_rewards_counts_once(cast: Cast) -> None:
    made.awarded(cast)
    made.award(cast, made.proposed_to_higher_level(cast))
    assert "Danh sách này có 1 học sinh, 2 khen thưởng." in text_of(pdf(cast))
    assert PRIZE in text_of(pdf(cast))


@pytest.mark.parametrize("name", ["reward_list", "reward_list_pdf", "reward_list_sheet"])
def test_the_answers_ask_as_many_queries_for_forty_as_for_one(cast: Cast, name: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    commendation = made.awarded(cast)
    client, url = client_of(cast, "hanh"), reverse(name, args=[2026])
    client.get(url)
    with_one = queries()
    for number in range(40):
        pupil = factories.enroll(factories.make_student(f"Lê Thị Lan {number}"), cast.school_class)
        Commendation.objects.create(**{**_fields(commendation), "enrollment": pupil})
    assert queries() == with_one
