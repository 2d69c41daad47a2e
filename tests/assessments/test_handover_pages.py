"""The page of a handover as giver, receiver and leader meet it, and their desks."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import actions
from assessments.models import Handover, HandoverNote
from rulesets import Period
from tests import factories
from tests.assessments import handovers as made
from tests.assessments import states
from tests.assessments.handovers import BRIGHT, GENERAL, LIMITED, MAY_20
from tests.cast import Cast
from tests.pages import client_of


@pytest.fixture(autouse=True)
def may(cast: Cast) -> Iterator[Cast]:
    with time_machine.travel(MAY_20, tick=False):
        yield cast


def page_url(cast: Cast, grade_level: int = 4) -> str:
    return reverse("grade_handover", args=[cast.school_class.pk, grade_level])


def read(cast: Cast, role: str, url: str = "") -> str:
    response = client_of(cast, role).get(url or page_url(cast))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def typed(cast: Cast, **form: str) -> dict[str, str]:
    return {f"e{cast.anh.pk}-highlights": BRIGHT, "general_note": GENERAL, **form}


def save(cast: Cast, **form: str) -> HttpResponse:
    return client_of(cast, "ngoc").post(page_url(cast), typed(cast, **form), follow=True)


def choose(cast: Cast, role: str, receiver: object) -> HttpResponse:
    url = reverse("handover_receiver", args=[cast.school_class.pk, 4])
    return client_of(cast, role).post(url, {"receiver": receiver}, follow=True)


def take(cast: Cast, role: str, name: str, **form: str) -> HttpResponse:
    url = reverse(name, args=[Handover.objects.get().pk])
    return client_of(cast, role).post(url, form, follow=True)


# The giver


def test_the_class_page_at_the_years_end_leads_here(cast: Cast) -> None:
    url = reverse("class_handover", args=[cast.school_class.pk])
    end_year = reverse("class_period", args=[cast.school_class.pk, "end_year"])
    term = reverse("class_period", args=[cast.school_class.pk, "end_term_1"])
    for role in ("ngoc", "hanh"):
        assert url in read(cast, role, end_year)
    assert url not in read(cast, "binh", end_year)
    assert url not in read(cast, "ngoc", term)
    assert client_of(cast, "ngoc").get(url).url == page_url(cast)


def test_the_giver_writes_and_saves(cast: Cast) -> None:
    assert "Đã lưu ghi chú bàn giao." in save(cast).content.decode()
    page = read(cast, "ngoc")
    assert BRIGHT in page
    assert GENERAL in page
    assert HandoverNote.objects.get(enrollment=cast.anh).highlights == BRIGHT


def test_pupils_stand_in_roll_order(cast: Cast) -> None:
    rows = list(client_of(cast, "ngoc").get(page_url(cast)).context["form"].rows)
    names = [row.enrollment.student.full_name for row in rows]
    assert names == ["Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"]


def test_every_control_says_whose_it_is(cast: Cast) -> None:
    page = read(cast, "ngoc")
    assert 'aria-label="Lê Minh Anh, nét nổi bật"' in page
    assert 'aria-label="H&#x27;Hen Niê, hạn chế"' in page


def test_the_page_says_why_it_cannot_be_handed_over_yet(cast: Cast) -> None:
    assert "Kết quả cuối năm của lớp chưa được ký duyệt" in read(cast, "ngoc")
    states.signed_off(cast, Period.END_YEAR)
    assert "Chưa chọn người nhận; hãy chọn rồi bàn giao." in read(cast, "ngoc")
    made.named(cast)
    assert "Chưa chọn người nhận; hãy chọn" not in read(cast, "ngoc")


def test_what_was_typed_is_saved_where_handing_over_is_refused(cast: Cast) -> None:
    page = save(cast, step="hand_over").content.decode()
    assert "chưa được ký duyệt nên chưa bàn giao được" in page
    assert BRIGHT in page
    assert HandoverNote.objects.get().highlights == BRIGHT


def test_a_note_that_is_too_long_is_told_and_nothing_is_lost(cast: Cast) -> None:
    response = client_of(cast, "ngoc").post(
        page_url(cast), typed(cast, **{f"e{cast.duc.pk}-limits": "x" * 1001})
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Võ Trí Đức, hạn chế" in page
    assert BRIGHT in page
    assert not HandoverNote.objects.exists()


def test_a_note_that_cannot_be_printed_is_told_and_nothing_is_lost(cast: Cast) -> None:
    limits = "Còn rụt rè 🙈"
    response = client_of(cast, "ngoc").post(
        page_url(cast), typed(cast, **{f"e{cast.duc.pk}-limits": limits})
    )
    page = response.content.decode()
    assert "Không in được ký tự “🙈” (U+1F648)" in page
    assert limits in page
    assert BRIGHT in page


def test_the_giver_hands_over_in_one_step(cast: Cast) -> None:
    made.prepared(cast)
    page = save(cast, step="hand_over").content.decode()
    assert "Đã bàn giao lớp 4A; chờ ký nhận." in page
    assert "Trần Thị Ngọc bàn giao lúc 10:00 20/05/2027. Chờ Lê Thị Sương ký nhận." in page
    assert "3 học bạ, 1 bảng tổng hợp kết quả của lớp" in page
    assert "<textarea" not in page


# Who receives


def test_the_giver_chooses_a_receiver(cast: Cast) -> None:
    page = choose(cast, "ngoc", cast.suong.pk).content.decode()
    assert "Người nhận là Lê Thị Sương." in page
    assert Handover.objects.get().receiver == cast.suong


@pytest.mark.parametrize("who", ["", "ngoc", "tam", "quang", "nobody"])
def test_whoever_cannot_receive_cannot_be_chosen(cast: Cast, who: str) -> None:
    receiver = getattr(cast, who).pk if hasattr(cast, who) else who
    page = choose(cast, "ngoc", receiver).content.decode()
    assert "Hãy chọn người nhận." in page or "Người này không nhận được; hãy chọn lại." in page
    assert not Handover.objects.exists()


def test_a_leader_chooses_too_and_writes_no_notes(cast: Cast) -> None:
    made.saved(cast)
    page = read(cast, "hanh")
    assert "Chọn người nhận" in page
    assert "<textarea" not in page
    assert BRIGHT in page
    choose(cast, "hanh", cast.binh.pk)
    assert Handover.objects.get().receiver == cast.binh


def test_grade_5_asks_for_the_lower_secondary_school(cast: Cast) -> None:
    school_class = factories.make_class(cast.school_year, "5A", (5,))
    factories.assign_homeroom(school_class, cast.ngoc)
    url = reverse("grade_handover", args=[school_class.pk, 5])
    page = read(cast, "ngoc", url)
    assert "Trường trung học cơ sở trên cùng địa bàn" in page
    assert "Lãnh đạo trường hoặc học vụ, thay mặt nhà trường." in page
    form = {"lower_secondary_school": "THCS Nguyễn Du", "invigilation": "Cô Thu chấm Toán."}
    client_of(cast, "ngoc").post(url, form)
    assert Handover.objects.get().invigilation == "Cô Thu chấm Toán."
    assert "Trường trung học cơ sở" not in read(cast, "ngoc")


def test_a_multi_grade_class_has_a_page_for_each_grade(cast: Cast) -> None:
    mixed = factories.make_class(cast.school_year, "45", (4, 5))
    factories.assign_homeroom(mixed, cast.suong)
    page = read(cast, "suong", reverse("grade_handover", args=[mixed.pk, 4]))
    assert reverse("grade_handover", args=[mixed.pk, 5]) in page
    assert "Bàn giao lớp 45, khối 4" in page
    missing = reverse("grade_handover", args=[mixed.pk, 3])
    assert client_of(cast, "suong").get(missing).status_code == 404


# The receiver


def test_the_receiver_reads_nothing_before_it_is_given(cast: Cast) -> None:
    made.prepared(cast)
    assert client_of(cast, "suong").get(page_url(cast)).status_code == 403


def test_the_receiver_finds_it_on_her_desk_reads_and_signs(cast: Cast) -> None:
    made.handed_over(cast)
    desk = read(cast, "suong", reverse("desk"))
    assert "Cần nhận bàn giao lớp 4A" in desk
    assert "Trần Thị Ngọc bàn giao" in desk
    assert page_url(cast) in desk
    page = read(cast, "suong")
    for text in (BRIGHT, LIMITED, GENERAL):
        assert text in page
    answer = take(cast, "suong", "handover_receive").content.decode()
    assert "Thầy/cô đã ký nhận bàn giao lớp 4A." in answer
    assert "Lê Thị Sương ký nhận lúc 10:00 20/05/2027." in answer
    assert "Ký nhận bàn giao lớp" not in answer
    assert "Cần nhận" not in read(cast, "suong", reverse("desk"))


def test_the_receiver_returns_it_with_a_reason_that_the_giver_reads(cast: Cast) -> None:
    made.handed_over(cast)
    assert take(cast, "suong", "handover_return", reason=" ").status_code == 422
    answer = take(cast, "suong", "handover_return", reason="Thiếu ghi chú về em Đức")
    assert answer.redirect_chain[-1][0] == reverse("desk")
    assert "Đã trả lại; giáo viên giao đọc được lý do." in answer.content.decode()
    assert client_of(cast, "suong").get(page_url(cast)).status_code == 403
    for page in (read(cast, "ngoc"), read(cast, "ngoc", reverse("desk"))):
        assert "Thiếu ghi chú về em Đức" in page
        assert "Lê Thị Sương" in page


def test_a_receipt_that_came_too_late_is_refused_with_a_sentence(cast: Cast) -> None:
    made.received(cast)
    page = take(cast, "suong", "handover_receive").content.decode()
    assert "Biên bản này không chờ nhận" in page


def test_leaders_and_registrar_take_grade_5_on_their_own_desks(cast: Cast) -> None:
    handover = made.prepared_last_grade(cast, cast.tam)
    actions.hand_over_class(handover=handover, by=cast.suong)
    assert "Cần nhận bàn giao lớp 5A" in read(cast, "tam", reverse("desk"))
    assert "Cần nhận" not in read(cast, "hanh", reverse("desk"))


# The giver's desk


def test_the_givers_desk_follows_the_handover(cast: Cast) -> None:
    desk = reverse("desk")
    assert "Nghiệm thu, bàn giao" not in read(cast, "ngoc", desk)
    handover = made.prepared(cast)
    assert "Bàn giao lớp 4A" in read(cast, "ngoc", desk)
    actions.hand_over_class(handover=handover, by=cast.ngoc)
    page = read(cast, "ngoc", desk)
    assert "Đã bàn giao lớp 4A" in page
    assert "Lê Thị Sương chưa ký nhận" in page
    handover.refresh_from_db()
    actions.receive_class(handover=handover, by=cast.suong)
    assert "Nghiệm thu, bàn giao" not in read(cast, "ngoc", desk)


def test_a_signed_class_that_nobody_has_begun_is_on_the_desk(cast: Cast) -> None:
    states.signed_off(cast, Period.END_YEAR)
    assert "Ghi và bàn giao" in read(cast, "ngoc", reverse("desk"))
    assert "Ghi và bàn giao" not in read(cast, "binh", reverse("desk"))


def test_whoever_only_receives_has_a_desk_that_is_not_empty(cast: Cast) -> None:
    made.handed_over(cast)
    assert "Chưa có việc nào" not in read(cast, "suong", reverse("desk"))


# Queries


@pytest.mark.parametrize("role", ["ngoc", "suong"])
@pytest.mark.parametrize("where", ["page", "desk"])
def test_pages_ask_as_many_queries_for_thirty_pupils_as_for_three(
    cast: Cast, role: str, where: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    handover = made.handed_over(cast)
    client = client_of(cast, role)
    url = page_url(cast) if where == "page" else reverse("desk")
    client.get(url)
    with_three = queries()
    for number in range(30):
        pupil = factories.enroll(factories.make_student(f"Lê Thị Lan {number}"), cast.school_class)
        HandoverNote.objects.create(
            handover=handover,
            enrollment=pupil,
            highlights=BRIGHT,
            saved_at=MAY_20,
            saved_by=cast.ngoc.user,
        )
    assert queries() == with_three
