"""The desks of everybody who neither teaches nor leads, and the bar above them all."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from schools.models import Role
from tests import factories
from tests.assessments import states
from tests.cast import Cast
from tests.pages import client_of


def read(cast: Cast, role: str) -> str:
    response = client_of(cast, role).get(reverse("desk"))
    assert response.status_code == 200
    return response.content.decode()


def bar(page: str) -> list[str]:
    navigation = page.split("bar__nav")[1].split("</nav>")[0] if "bar__nav" in page else ""
    return re.findall(r">([^<>]+)</a>", navigation)


def test_the_registrar_sees_pupils_imports_and_late_classes(cast: Cast) -> None:
    page = read(cast, "tam")
    assert "3 em đang học ở 1 lớp." in page
    assert reverse("new_student_import") in page
    assert "Lớp 4A · Giữa học kỳ I" in page
    assert reverse("class_period", args=[cast.school_class.pk, "end_term_1"]) in page


def test_the_clerk_prints_classes_and_sees_no_results(cast: Cast) -> None:
    states.signed_off(cast)
    page = read(cast, "van")
    assert f"whom=class-{cast.school_class.pk}&document=year" in page
    assert "Lê Minh Anh" not in page


def test_the_administrator_sees_the_log_and_no_results(cast: Cast) -> None:
    page = read(cast, "kien")
    assert "không xem và không sửa kết quả" in page
    assert reverse("api_reads") in page
    assert not re.search(r"\b4A\b", page)


def test_a_mother_sees_her_children_as_cards(cast: Cast) -> None:
    states.signed_off(cast)
    page = read(cast, "hoa")
    assert "Lê Minh Anh" in page
    assert "Lớp 4A · Trường Tiểu học Kim Đồng" in page
    assert "Cuối học kỳ I, năm học 2026-2027" in page
    assert "Võ Trí Đức" not in page


def test_a_child_without_a_card_says_so(cast: Cast) -> None:
    assert "Chưa có phiếu" in read(cast, "hoa")


def test_a_child_whose_guardian_is_not_confirmed_is_not_shown(cast: Cast) -> None:
    user = factories.make_user("moi", "Lò Văn Mới")
    factories.make_guardian(user, cast.duc.student, confirmed_by=None)
    client = Client()
    client.force_login(user)
    page = client.get(reverse("desk")).content.decode()
    assert "Võ Trí Đức" not in page
    assert "Tài khoản chưa gắn với ai" in page
    assert "văn phòng nhà trường" in page


def test_whoever_left_the_school_has_no_desk_of_it(cast: Cast) -> None:
    with time_machine.travel("2027-01-06 08:00:00+07:00", tick=False):
        cast.suong.roles.update(ended_on="2027-01-05")
        assert "Tài khoản chưa gắn với ai" in read(cast, "suong")


def test_a_school_that_has_not_begun_a_year_still_greets(cast: Cast) -> None:
    with time_machine.travel("2020-01-05 08:00:00+07:00", tick=False):
        cast.tam.roles.update(started_on="2019-09-05")
        assert "Chào thầy/cô Tâm" in read(cast, "tam")


@pytest.mark.parametrize(
    ("role", "links"),
    [
        ("hanh", ["Bàn làm việc", "Học sinh", "Mã nhận xét", "Chứng thư số"]),
        ("ngoc", ["Bàn làm việc", "Học sinh", "Mã nhận xét"]),
        ("tam", ["Bàn làm việc", "Học sinh", "Mã nhận xét", "Nhập danh sách"]),
        ("van", ["Bàn làm việc", "Chứng thư số"]),
        ("kien", ["Bàn làm việc", "Nhật ký truy cập"]),
        ("hoa", ["Trang đầu"]),
    ],
)
def test_the_bar_has_few_links_by_role(cast: Cast, role: str, links: list[str]) -> None:
    assert bar(read(cast, role)) == links


def test_the_bar_marks_where_one_is(cast: Cast) -> None:
    page = client_of(cast, "hanh").get(reverse("students")).content.decode()
    assert page.count('aria-current="page"') == 1
    assert re.search(r'href="/students/" aria-current="page"', page)


def test_whoever_is_not_logged_in_has_no_links(db: None) -> None:
    assert bar(Client().get(reverse("login")).content.decode()) == []


def test_two_posts_add_a_way_to_change(cast: Cast) -> None:
    factories.make_staff(cast.other_school, "Trần Thị Ngọc", Role.TEACHER, user=cast.ngoc.user)
    assert "Đổi trường" in bar(read(cast, "ngoc"))
