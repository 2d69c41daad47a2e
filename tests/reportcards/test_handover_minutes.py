"""The minutes of a handover on paper, and who printed them."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from assessments import actions
from audit.models import AuditEvent
from tests.assessments import handovers as made
from tests.assessments.handovers import BRIGHT, GENERAL, LIMITED, MAY_20
from tests.cast import Cast
from tests.pages import client_of
from tests.reportcards.reading import (
    A4_POINTS,
    MARK,
    assert_in_order,
    has_mark,
    sizes_of,
    text_of,
    title_of,
)

pytestmark = pytest.mark.any_database


@pytest.fixture(autouse=True)
def may(cast: Cast) -> Iterator[Cast]:
    with time_machine.travel(MAY_20, tick=False):
        yield cast


def minutes_url(cast: Cast) -> str:
    return reverse("handover_minutes", args=[cast.school_class.pk, 4])


def printed(cast: Cast, role: str = "suong", url: str = "") -> bytes:
    response = client_of(cast, role).get(url or minutes_url(cast))
    assert response["Content-Type"] == "application/pdf"
    return response.content


def test_the_minutes_name_both_sides_the_records_and_each_pupil(cast: Cast) -> None:
    made.received(cast)
    document = printed(cast)
    assert_in_order(
        text_of(document),
        "TRƯỜNG TIỂU HỌC KIM ĐỒNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BIÊN BẢN NGHIỆM THU, BÀN GIAO KẾT QUẢ GIÁO DỤC HỌC SINH",
        "Lớp 4A, khối 4, năm học 2026-2027",
        "Bên giao: Trần Thị Ngọc",
        "Bên nhận: Lê Thị Sương",
        "Học bạ: 3. Bảng tổng hợp kết quả đánh giá giáo dục của lớp: 1.",
        "3. Nét nổi bật, hạn chế của học sinh",
        "1 Lê Minh Anh",
        "Võ Trí Đức",
        "H'Hen Niê",
        "4. Ghi chú chung",
        GENERAL,
        "Buôn Hồ, ngày 20 tháng 05 năm 2027",
    )
    assert title_of(document) == "Biên bản bàn giao lớp 4A 2026-2027"
    assert sizes_of(document) == {A4_POINTS}


def test_the_minutes_say_what_stands_out_and_what_holds_back(cast: Cast) -> None:
    made.received(cast)
    text = text_of(printed(cast))
    assert BRIGHT.split()[-1] in text
    assert LIMITED in text


def test_both_receipts_stand_with_their_times(cast: Cast) -> None:
    made.received(cast)
    text = text_of(printed(cast))
    assert "Đã bàn giao lúc 10:00 ngày 20/05/2027" in text
    assert "Đã ký nhận lúc 10:00 ngày 20/05/2027" in text
    assert not has_mark(text, MARK)


def test_before_the_receipt_they_are_a_draft(cast: Cast) -> None:
    made.handed_over(cast)
    text = text_of(printed(cast, "ngoc"))
    assert "Chưa ký nhận" in text
    assert has_mark(text, MARK)


@pytest.mark.parametrize("make", [made.prepared, made.returned])
def test_nothing_is_printed_that_was_not_handed_over(cast: Cast, make) -> None:
    make(cast)
    assert client_of(cast, "ngoc").get(minutes_url(cast)).status_code == 404
    assert not AuditEvent.objects.filter(event="handover.printed").exists()


def test_grade_5_names_the_lower_secondary_school(cast: Cast) -> None:
    handover = made.prepared_last_grade(cast, cast.phuc)
    actions.hand_over_class(handover=handover, by=cast.suong)
    url = reverse("handover_minutes", args=[handover.school_class_id, 5])
    text = text_of(printed(cast, "phuc", url))
    assert_in_order(
        text,
        "phó hiệu trưởng, thay mặt nhà trường",
        "3. Coi, chấm bài kiểm tra có sự tham gia của giáo viên trung học cơ sở",
        "Trường THCS Nguyễn Du",
        "Cô Hoàng Thị Thu coi và chấm Toán",
        "4. Nét nổi bật, hạn chế của học sinh",
    )


def test_the_counts_are_those_of_the_day_it_was_handed_over(cast: Cast) -> None:
    """A class that is reopened later changes nothing of the minutes."""
    made.received(cast)
    class_period = cast.school_class.class_periods.get()
    actions.reopen_class_period(class_period=class_period, reason="Sai điểm", by=cast.hanh)
    assert "Bảng tổng hợp kết quả đánh giá giáo dục của lớp: 1." in text_of(printed(cast))


def test_printing_is_recorded(cast: Cast) -> None:
    handover = made.received(cast)
    printed(cast, "tam")
    event = AuditEvent.objects.get(event="handover.printed")
    assert (event.actor, event.target_id) == (cast.tam.user, handover.pk)
    assert event.school_class_id == cast.school_class.pk


def test_the_history_of_the_class_tells_the_handover(cast: Cast) -> None:
    made.received(cast)
    printed(cast)
    url = reverse("class_history", args=[cast.school_class.pk])
    history = client_of(cast, "hanh").get(url).content.decode()
    for sentence in (
        "Chọn người nhận lớp 4A",
        "Bàn giao lớp 4A",
        "Nhận bàn giao lớp 4A",
        "In biên bản bàn giao lớp 4A",
    ):
        assert sentence in history
    assert BRIGHT not in history
