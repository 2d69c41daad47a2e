import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.models import SignOff
from audit.models import AuditEvent
from rulesets import Period
from students.models import Guardian
from tests import factories
from tests.assessments import states, year_ends
from tests.assessments.filling import fill_class
from tests.cast import Cast
from tests.pages import client_of

pytestmark = pytest.mark.any_database

END_TERM_1 = Period.END_TERM_1


def url_of(cast: Cast) -> str:
    return reverse("child_card", args=[cast.anh.student_id])


def period_url(cast: Cast, period: str = END_TERM_1, first_year: int = 2026) -> str:
    return reverse("child_period_card", args=[cast.anh.student_id, first_year, period])


def read(cast: Cast) -> str:
    response = client_of(cast, "hoa").get(url_of(cast))
    assert response.status_code == 200
    return response.content.decode()


def readings() -> int:
    return AuditEvent.objects.filter(event="child_card.read").count()


def test_nothing_signed_yet_says_when_to_expect_it(cast: Cast) -> None:
    states.submitted(cast)
    page = read(cast)
    assert "Chưa có phiếu nào" in page
    assert "giáo viên nhập đến ngày 17/01/2027" in page
    assert "Hoàn thành tốt" not in page


def test_the_card_has_what_was_signed(cast: Cast) -> None:
    states.signed_off(cast)
    page = read(cast)
    for words in (
        "Lê Minh Anh",
        "Lớp 4A · Trường Tiểu học Kim Đồng",
        "Cuối học kỳ I, năm học 2026-2027",
        "Em chăm học và lễ phép.",
        "Trần Thị Ngọc, giáo viên chủ nhiệm",
        "Hoàn thành tốt",
        "điểm kiểm tra <strong>9</strong>",
        "Nghỉ 2 buổi có phép, 0 buổi không phép",
        "Cao 132,5 cm, nặng 29 kg.",
        "Hiệu trưởng Nguyễn Thị Hạnh ký duyệt lúc 20:30 05/01/2027.",
    ):
        assert words in page


def test_the_homeroom_comment_comes_before_subjects_and_traits(cast: Cast) -> None:
    states.signed_off(cast)
    page = read(cast)
    order = ["Em chăm học", "Tiếng Việt", "Nhân ái", "Chuyên cần", "Sắp tới", "ký duyệt lúc"]
    places = [page.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)


def test_what_comes_next_is_named(cast: Cast) -> None:
    states.signed_off(cast)
    assert "Giữa học kỳ II: nhà trường đánh giá từ 08/03/2027 đến 28/03/2027" in read(cast)


def test_no_other_pupil_is_named(cast: Cast) -> None:
    states.signed_off(cast)
    page = read(cast)
    assert "Võ Trí Đức" not in page
    assert "Niê" not in page


def test_while_it_is_reopened_the_signed_version_stands_and_says_so(cast: Cast) -> None:
    states.with_anh_reopened(cast)
    states.correct(cast, "toan", score=(9, 3))
    page = read(cast)
    assert "đang được nhà trường xem lại" in page
    assert "dưới đây là bản đã ký ngày 05/01/2027" in page
    assert "<strong>3</strong>" not in page


def test_after_signing_again_the_new_version_stands(cast: Cast) -> None:
    record = states.with_anh_reopened(cast)
    states.correct(cast, "toan", score=(9, 10))
    actions.submit_record(record=record, by=cast.ngoc)
    actions.sign_off_record(record=record, by=cast.hanh)
    page = read(cast)
    assert "<strong>10</strong>" in page
    assert "xem lại" not in page


def test_a_pupil_who_is_not_assessed(cast: Cast) -> None:
    cast.anh.is_not_assessed = True
    cast.anh.save()
    states.signed_off(cast)
    assert "Con học theo kế hoạch giáo dục cá nhân" in read(cast)


def test_the_card_of_the_year_end_has_the_result(cast: Cast) -> None:
    with time_machine.travel("2027-05-20 08:00:00+07:00", tick=False):
        states.signed_off(cast, Period.END_YEAR)
        page = read(cast)
    assert "Hoàn thành xuất sắc" in page
    assert "Được lên lớp." in page
    assert "Đạt danh hiệu Học sinh Xuất sắc" in page
    assert reverse("child_report_card_pdf", args=[cast.anh.student_id]) in page


def test_the_paper_card_is_linked_only_when_a_year_is_signed(cast: Cast) -> None:
    states.signed_off(cast)
    assert reverse("child_report_card_pdf", args=[cast.anh.student_id]) not in read(cast)


def test_the_newest_card_stands_first_and_names_the_others(cast: Cast) -> None:
    states.signed_off(cast)
    with time_machine.travel("2027-03-10 08:00:00+07:00", tick=False):
        fill_class(
            cast.school_class,
            Period.MID_TERM_2,
            homeroom=cast.ngoc,
            teachers={"ngoai_ngu_1": cast.binh},
        )
        submitted = states.submit(cast, Period.MID_TERM_2)
        actions.sign_off_class_period(class_period=submitted, by=cast.hanh)
        page = read(cast)
    assert '<p class="report__period">Giữa học kỳ II, năm học 2026-2027</p>' in page
    assert period_url(cast) in page


def test_an_earlier_card_has_its_own_address(cast: Cast) -> None:
    states.signed_off(cast)
    response = client_of(cast, "hoa").get(period_url(cast))
    assert "Cuối học kỳ I, năm học 2026-2027" in response.content.decode()


@pytest.mark.parametrize(("period", "first_year"), [(Period.END_YEAR, 2026), (END_TERM_1, 2025)])
def test_a_card_that_was_not_signed_does_not_exist(
    cast: Cast, period: Period, first_year: int
) -> None:
    states.signed_off(cast)
    assert client_of(cast, "hoa").get(period_url(cast, period, first_year)).status_code == 404


@pytest.mark.parametrize("role", ["hanh", "ngoc", "tam", "quang"])
def test_staff_do_not_read_as_parents(cast: Cast, role: str) -> None:
    states.signed_off(cast)
    assert client_of(cast, role).get(url_of(cast)).status_code == 404
    assert client_of(cast, role).get(period_url(cast)).status_code == 404


def test_another_pupils_card_does_not_exist_for_a_mother(cast: Cast) -> None:
    states.signed_off(cast)
    url = reverse("child_card", args=[cast.duc.student_id])
    assert client_of(cast, "hoa").get(url).status_code == 404


def test_nothing_is_shown_before_the_school_has_confirmed(cast: Cast) -> None:
    states.signed_off(cast)
    Guardian.objects.update(confirmed_at=None, confirmed_by=None)
    assert client_of(cast, "hoa").get(url_of(cast)).status_code == 404


def test_nothing_is_shown_once_the_guardianship_has_ended(cast: Cast) -> None:
    states.signed_off(cast)
    Guardian.objects.update(ended_on="2027-01-04")
    assert client_of(cast, "hoa").get(url_of(cast)).status_code == 404


def test_a_teacher_reads_her_own_childs_card(cast: Cast) -> None:
    states.signed_off(cast)
    factories.make_guardian(cast.suong.user, cast.anh.student, confirmed_by=cast.tam.user)
    assert client_of(cast, "suong").get(url_of(cast)).status_code == 200


def test_reading_is_recorded_once_a_day_and_card(cast: Cast) -> None:
    states.signed_off(cast)
    read(cast)
    read(cast)
    event = AuditEvent.objects.get(event="child_card.read")
    assert (event.actor, event.student_id) == (cast.hoa, cast.anh.student_id)
    assert event.target_id == SignOff.objects.get(record__enrollment=cast.anh).pk
    with time_machine.travel("2027-01-06 08:00:00+07:00", tick=False):
        read(cast)
    assert readings() == 2


def test_looking_for_a_card_that_is_not_there_is_no_reading(cast: Cast) -> None:
    read(cast)
    assert readings() == 0


def test_the_pupils_history_says_that_the_family_has_read(cast: Cast) -> None:
    states.signed_off(cast)
    read(cast)
    url = reverse("student_history", args=[cast.anh.student_id])
    assert (
        "Gia đình đọc phiếu của em Lê Minh Anh" in client_of(cast, "ngoc").get(url).content.decode()
    )


def test_whoever_is_not_logged_in_is_asked_to(cast: Cast) -> None:
    assert Client().get(url_of(cast)).status_code == 302


def test_the_page_brings_no_script(cast: Cast) -> None:
    states.signed_off(cast)
    assert not re.search(r"<script(?![^>]*\bsrc=)", read(cast))


# The year's end and the summer


def year_card(cast: Cast, period: str) -> str:
    url = reverse("child_period_card", args=[cast.anh.student_id, 2026, period])
    return client_of(cast, "hoa").get(url).content.decode()


def test_a_mother_is_told_that_her_child_will_be_helped(in_may: Cast) -> None:
    year_ends.signed_off(in_may)
    assert "đánh giá bổ sung trong hè" in year_card(in_may, "end_year")


def test_a_mother_reads_what_was_decided_after_the_summer(in_may: Cast) -> None:
    year_ends.decided(in_may)
    page = year_card(in_may, "supplementary")
    assert "Đánh giá bổ sung, năm học 2026-2027" in page
    assert "Được lên lớp." in page
    assert "Em đã chia được số có hai chữ số." in page


def test_a_mother_is_told_that_her_child_stays(in_may: Cast) -> None:
    actions.decide_supplementary_assessment(
        assessment=year_ends.put_forward_incomplete(in_may),
        is_promoted=False,
        reason="Em học lại",
        by=in_may.hanh,
    )
    assert "Chưa được lên lớp." in year_card(in_may, "supplementary")


def test_a_summer_that_is_not_decided_is_not_shown(in_may: Cast) -> None:
    year_ends.put_forward(in_may)
    url = reverse("child_period_card", args=[in_may.anh.student_id, 2026, "supplementary"])
    assert client_of(in_may, "hoa").get(url).status_code == 404
