"""The pages of commendations: a class's, a leader's, their steps, and what a mother reads."""

import datetime

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.commendation_workflow import CommendationStatus
from assessments.models import Commendation
from tests import factories
from tests.assessments import commendations as made
from tests.assessments import states
from tests.assessments.commendations import ACHIEVEMENT, LETTER, PRIZE, WORDING
from tests.cast import Cast
from tests.pages import client_of


def class_url(cast: Cast) -> str:
    return reverse("class_commendations", args=[cast.school_class.pk])


def read(cast: Cast, role: str, url: str) -> str:
    response = client_of(cast, role).get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def propose(cast: Cast, **form: object) -> HttpResponse:
    typed = {
        "enrollment": cast.anh.pk,
        "kind": "extraordinary",
        "achievement": ACHIEVEMENT,
        "wording": WORDING,
        **form,
    }
    return client_of(cast, "ngoc").post(class_url(cast), typed, follow=True)


def step(cast: Cast, role: str, name: str, row: Commendation, **form: object) -> HttpResponse:
    url = reverse(f"commendation_{name}", args=[row.pk])
    return client_of(cast, role).post(url, form, follow=True)


# A class's page


def test_a_teacher_proposes_a_pupil(cast: Cast) -> None:
    page = propose(cast).content.decode()
    assert "Đã gửi đề nghị khen thưởng lên hiệu trưởng." in page
    assert WORDING in page
    assert Commendation.objects.get().status == CommendationStatus.PROPOSED


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("enrollment", "Hãy chọn học sinh."),
        ("kind", "Hãy chọn hình thức khen thưởng."),
        ("achievement", "Hãy ghi thành tích của em."),
        ("wording", "Hãy ghi nội dung sẽ ghi vào học bạ."),
    ],
)
def test_what_is_left_out_is_named_and_the_rest_is_kept(
    cast: Cast, field: str, sentence: str
) -> None:
    response = propose(cast, **{field: ""})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert WORDING in page or field == "wording"
    assert not Commendation.objects.exists()


def test_a_wording_that_cannot_be_printed_is_refused_and_stays_typed(cast: Cast) -> None:
    page = propose(cast, wording="Giải Nhất 🥇").content.decode()
    assert "Không in được ký tự “🥇” (U+1F947)" in page
    assert "Giải Nhất 🥇" in page
    assert not Commendation.objects.exists()


def test_a_pupil_of_another_class_cannot_be_chosen(cast: Cast) -> None:
    response = propose(cast, enrollment=cast.stranger.pk)
    assert "Em không còn học ở lớp này; hãy chọn lại." in response.content.decode()


def test_the_list_stands_in_roll_order_and_is_no_ranking(cast: Cast) -> None:
    for pupil in (cast.hhen, cast.duc, cast.anh, cast.duc):
        made.proposed(cast, enrollment=pupil)
    page = client_of(cast, "ngoc").get(class_url(cast))
    names = [row.names["name"] for row in page.context["commendations"]]
    assert names == ["Lê Minh Anh", "Võ Trí Đức", "Võ Trí Đức", "H'Hen Niê"]


def test_a_reader_who_may_not_propose_has_no_form(cast: Cast) -> None:
    made.declined(cast)
    page = read(cast, "tam", class_url(cast))
    assert "Nhà trường đã khen trước cờ" in page
    assert "Gửi đề nghị khen thưởng" not in page
    assert "Rút lại" not in page


def test_an_empty_page_says_who_begins(cast: Cast) -> None:
    assert "Chưa em nào được khen trong năm" in read(cast, "tam", class_url(cast))


def test_the_class_page_leads_here(cast: Cast) -> None:
    url = reverse("class_period", args=[cast.school_class.pk, "end_term_1"])
    assert class_url(cast) in read(cast, "ngoc", url)


def test_a_letter_is_sent_at_once(cast: Cast) -> None:
    url = reverse("new_praise_letter", args=[cast.school_class.pk])
    assert 'value="05/01/2027"' in read(cast, "binh", url)
    typed = {"enrollment": cast.duc.pk, "achievement": LETTER, "given_on": "04/01/2027"}
    page = client_of(cast, "binh").post(url, typed, follow=True).content.decode()
    assert "Đã gửi thư khen." in page
    assert "Thư ngày 04/01/2027" in page
    assert Commendation.objects.get().enrollment == cast.duc


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"achievement": "​ "}, "Hãy ghi lời khen."),
        ({"given_on": ""}, "Hãy ghi ngày viết."),
        ({"given_on": "hôm qua"}, "Hãy ghi ngày theo dạng ngày/tháng/năm"),
        ({"given_on": "06/01/2027"}, "Ngày không thể ở sau hôm nay."),
    ],
)
def test_a_wrong_letter_is_refused_with_a_sentence(
    cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    url = reverse("new_praise_letter", args=[cast.school_class.pk])
    form = {"enrollment": cast.anh.pk, "achievement": LETTER, "given_on": "04/01/2027"} | typed
    response = client_of(cast, "ngoc").post(url, form)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Commendation.objects.exists()


# What awaits a leader


def test_the_desk_counts_what_awaits_the_principal(cast: Cast) -> None:
    assert "đề nghị khen thưởng chờ thầy/cô" not in read(cast, "hanh", reverse("desk"))
    made.proposed(cast)
    made.forwarded(cast)
    made.awarded(cast)
    made.letter(cast)
    figures = client_of(cast, "hanh").get(reverse("desk")).context["desk"].leader.figures
    assert figures[-1]["number"] == 2
    assert figures[-1]["url"] == reverse("commendations")


def test_the_page_lists_the_longest_waiting_first(cast: Cast) -> None:
    made.proposed(cast, enrollment=cast.hhen)
    made.proposed(cast, enrollment=cast.anh)
    page = read(cast, "hanh", reverse("commendations"))
    assert page.index("H&#x27;Hen Niê, lớp 4A") < page.index("Em Lê Minh Anh, lớp 4A")


def test_nothing_waits(cast: Cast) -> None:
    made.declined(cast)
    assert "Không có đề nghị nào đang chờ" in read(cast, "phuc", reverse("commendations"))


def test_another_schools_proposals_are_not_seen(cast: Cast) -> None:
    made.proposed(cast)
    assert "Không có đề nghị nào đang chờ" in read(cast, "quang", reverse("commendations"))


def test_a_leader_awards_with_number_and_day(cast: Cast) -> None:
    row = made.proposed(cast)
    asked = read(cast, "hanh", reverse("commendation_award", args=[row.pk]))
    assert ACHIEVEMENT in asked
    assert "Cấp khen thưởng" not in asked
    page = step(cast, "hanh", "award", row, number="15/QĐ-THKĐ", decided_on="04/01/2027")
    assert "Đã khen thưởng em Lê Minh Anh" in page.content.decode()
    row.refresh_from_db()
    assert (row.status, row.given_on) == ("awarded", datetime.date(2027, 1, 4))
    assert "Quyết định số 15/QĐ-THKĐ ngày 04/01/2027" in read(cast, "ngoc", class_url(cast))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": ""}, "Hãy ghi số quyết định."),
        ({"decided_on": ""}, "Hãy ghi ngày quyết định."),
        ({"decided_on": "06/01/2027"}, "Ngày không thể ở sau hôm nay."),
        ({"given_on": "01/09/2026"}, "Ngày phải thuộc năm học"),
        ({"awarding_body": ""}, "Hãy ghi cấp nào khen thưởng."),
    ],
)
def test_a_wrong_decision_is_refused_with_a_sentence(
    cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    row = made.forwarded(cast)
    form = {"number": "7/QĐ", "decided_on": "04/01/2027", "awarding_body": "UBND phường"} | typed
    response = step(cast, "hanh", "award", row, **form)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    row.refresh_from_db()
    assert row.status == CommendationStatus.FORWARDED


def test_a_leader_forwards_and_later_records_the_award(cast: Cast) -> None:
    row = made.proposed_to_higher_level(cast)
    page = step(cast, "hanh", "forward", row).content.decode()
    assert "trường đề nghị cấp trên khen thưởng em Lê Minh Anh, lớp 4A" in page
    assert "Đã đề nghị cấp trên" in page
    form = {"number": "7/QĐ-UBND", "decided_on": "04/01/2027", "awarding_body": "UBND phường"}
    step(cast, "hanh", "award", row, **form)
    shown = read(cast, "hanh", class_url(cast))
    assert "UBND phường: Quyết định số 7/QĐ-UBND ngày 04/01/2027" in shown


def test_a_leader_declines_with_a_reason_that_the_teacher_reads(cast: Cast) -> None:
    row = made.proposed(cast)
    assert step(cast, "hanh", "decline", row, reason=" ").status_code == 422
    step(cast, "hanh", "decline", row, reason="Đã khen trước cờ")
    page = read(cast, "ngoc", class_url(cast))
    assert "Đã khen trước cờ" in page


def test_a_step_that_somebody_else_took_is_refused_with_a_sentence(cast: Cast) -> None:
    row = made.declined(cast)
    page = step(cast, "hanh", "award", row, number="1", decided_on="04/01/2027")
    assert "Khen thưởng này vừa thay đổi" in page.content.decode()


def test_its_author_withdraws_a_letter(cast: Cast) -> None:
    row = made.letter(cast)
    assert reverse("commendation_withdraw", args=[row.pk]) in read(cast, "ngoc", class_url(cast))
    page = step(cast, "ngoc", "withdraw", row, reason="Viết nhầm em").content.decode()
    assert "Đã rút lại." in page
    assert "Viết nhầm em" in page


# The family


def card(cast: Cast) -> str:
    return read(cast, "hoa", reverse("child_card", args=[cast.anh.student_id]))


@pytest.mark.parametrize("has_card", [False, True])
def test_a_mother_reads_awards_and_letters_with_a_card_or_without(
    cast: Cast, has_card: bool
) -> None:
    if has_card:
        states.signed_off(cast)
    made.awarded(cast)
    made.letter(cast)
    page = card(cast)
    assert WORDING in page
    assert "Quyết định số 15/QĐ-THKĐ ngày 04/01/2027" in page
    assert LETTER in page
    assert "Thư khen của Trần Thị Ngọc, ngày 04/01/2027" in page


@pytest.mark.parametrize("make", [made.proposed, made.forwarded, made.declined, made.withdrawn])
def test_a_mother_reads_nothing_that_is_not_given(cast: Cast, make) -> None:
    make(cast)
    page = card(cast)
    assert "Khen thưởng, thư khen" not in page
    for text in (ACHIEVEMENT, WORDING, LETTER, PRIZE):
        assert text not in page


def test_a_mother_reads_of_her_own_child_alone(cast: Cast) -> None:
    made.letter(cast, enrollment=cast.duc)
    assert LETTER not in card(cast)


def test_the_card_of_another_year_has_its_own(cast: Cast) -> None:
    last_year = factories.make_school_year(cast.school, 2025)
    past = factories.enroll(
        cast.anh.student,
        factories.make_class(last_year, "3A", (3,)),
        ended_on=last_year.ends_on,
        exit_reason="year_ended",
    )
    Commendation.objects.create(
        enrollment=past,
        kind="praise_letter",
        status="sent",
        achievement=LETTER,
        given_on=last_year.ends_on,
        proposed_at=datetime.datetime(2026, 5, 31, tzinfo=datetime.UTC),
        proposed_by=cast.hanh.user,
    )
    assert LETTER not in card(cast)


# Queries


@pytest.mark.parametrize(
    ("role", "url"),
    [
        ("hanh", lambda cast: reverse("commendations")),
        ("ngoc", class_url),
        ("hanh", lambda cast: reverse("desk")),
        ("hoa", lambda cast: reverse("child_card", args=[cast.anh.student_id])),
    ],
    ids=["waiting", "class", "desk", "card"],
)
def test_pages_ask_as_many_queries_for_thirty_as_for_one(cast: Cast, role: str, url) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(cast)).status_code == 200
        return len(captured)

    made.proposed(cast)
    made.letter(cast)
    client = client_of(cast, role)
    client.get(url(cast))
    with_one = queries()
    for pupil in (cast.anh, cast.duc, cast.hhen):
        for _ in range(10):
            made.proposed(cast, enrollment=pupil)
            made.letter(cast, enrollment=pupil)
    assert queries() == with_one
