import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import actions
from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.assessments.filling import assign_every_subject, fill_class
from tests.cast import Cast
from tests.pages import client_of

END_TERM_1 = Period.END_TERM_1


def read(cast: Cast, role: str = "hanh") -> str:
    response = client_of(cast, role).get(reverse("desk"))
    assert response.status_code == 200
    return response.content.decode()


def figures(page: str) -> list[str]:
    """ "3 lớp đã ký duyệt", as the page reads without its tags."""

    found = re.findall(r'figures__number">(.*?)</strong> <span>(.*?)</span>', page)
    return [f"{number} {sentence}" for number, sentence in found]


def test_four_sentences_with_numbers(cast: Cast) -> None:
    assert figures(read(cast)) == [
        "0 bảng kết quả chờ thầy/cô ký",
        "0 lớp đã ký duyệt",
        "1 lớp còn đang nhập",
        "12 ngày nữa hết hạn nhập",
    ]


def test_a_submitted_class_waits_with_who_and_when(cast: Cast) -> None:
    states.submitted(cast)
    page = read(cast, "phuc")
    assert figures(page)[0] == "1 bảng kết quả chờ thầy/cô ký"
    assert "Lớp 4A · Cuối học kỳ I" in page
    assert "Trần Thị Ngọc gửi" in page


def test_a_pupil_handed_in_again_waits_too(cast: Cast) -> None:
    record = states.with_anh_reopened(cast)
    actions.submit_record(record=record, by=cast.ngoc)
    page = read(cast)
    assert "Em Lê Minh Anh, lớp 4A · Cuối học kỳ I" in page
    assert f"#record-{record.pk}" in page


def test_whoever_has_waited_longest_stands_first(cast: Cast) -> None:
    other = factories.make_class(cast.school_year, "1A", (1,))
    factories.assign_homeroom(other, cast.suong)
    factories.enroll(factories.make_student("Trần Thảo Vy"), other)
    assign_every_subject(other, cast.suong)
    with time_machine.travel("2027-01-06 08:00:00+07:00", tick=False):
        fill_class(other, END_TERM_1, homeroom=cast.suong)
        actions.submit_class_period(school_class=other, period=END_TERM_1, by=cast.suong)
    states.submitted(cast)
    page = read(cast)
    assert page.index("Lớp 4A · Cuối") < page.index("Lớp 1A · Cuối")


@pytest.mark.parametrize(
    ("bring", "word"),
    [
        (lambda cast: None, "Còn thiếu"),
        (states.filled, "Đang nhập"),
        (states.submitted, "Chờ ký duyệt"),
        (states.returned, "Bị trả lại"),
        (states.signed_off, "Đã ký duyệt"),
        (states.reopened, "Được mở lại"),
        (states.with_anh_reopened, "1 em"),
    ],
)
def test_each_class_is_a_tile_with_its_state(cast: Cast, bring, word: str) -> None:
    bring(cast)
    tile = read(cast).split('class="tile tile--')[1].split("</a>")[0]
    assert "4A" in tile
    assert word in tile


def test_classes_stand_by_grade(cast: Cast) -> None:
    factories.make_class(cast.school_year, "1A", (1,))
    page = read(cast)
    assert page.index("Khối 1") < page.index(">1A<") < page.index("Khối 4")


def test_late_classes_are_listed_with_their_homeroom_teacher(cast: Cast) -> None:
    page = read(cast)
    assert "1 bảng kết quả quá hạn mà chưa gửi" in page
    assert "Lớp 4A · Giữa học kỳ I" in page
    assert "quá hạn 51 ngày · Trần Thị Ngọc" in page


def test_requests_to_reopen_are_answered_here(cast: Cast) -> None:
    class_period = states.signed_off(cast)
    asked = actions.request_reopening(
        class_period=class_period, reason="Em thi lại Tiếng Anh", by=cast.binh
    )
    page = read(cast)
    assert "Y Bình Êban đề nghị mở lại lớp 4A" in page
    assert "Em thi lại Tiếng Anh" in page
    assert reverse("reopen_request_decide", args=[asked.pk]) in page


def test_another_schools_classes_are_not_here(cast: Cast) -> None:
    states.submitted(cast)
    page = read(cast, "quang")
    assert "Trần Thị Ngọc" not in page
    assert figures(page)[0] == "0 bảng kết quả chờ thầy/cô ký"


def test_a_school_without_classes_says_how_they_come(cast: Cast) -> None:
    with time_machine.travel("2027-09-06 08:00:00+07:00", tick=False):
        factories.make_school_year(cast.school, first_year=2027)
        page = read(cast)
    assert "Năm học này chưa có lớp nào" in page


def test_25_classes_take_as_many_queries_as_one(cast: Cast) -> None:
    client, counts = client_of(cast, "hanh"), []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("desk"))
        counts.append(len(queries))
        if number == 0:
            for name in range(24):
                school_class = factories.make_class(cast.school_year, f"3.{name}", (3,))
                factories.assign_homeroom(school_class, cast.suong)
                factories.enroll(factories.make_student("Nông Thị Mây"), school_class)
    assert counts[0] == counts[1] <= 32
