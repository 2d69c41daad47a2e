import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import actions
from assessments.models import ClassPeriod, ReopenRequest
from assessments.workflow import Status
from rulesets import Period
from schools.models import SchoolClass, StaffMember
from tests import factories
from tests.assessments import states
from tests.assessments.filling import assign_every_subject, fill_class, subject_row
from tests.cast import Cast
from tests.pages import client_of

END_TERM_1 = Period.END_TERM_1


def url_of(name: str, cast: Cast, period: str = END_TERM_1) -> str:
    return reverse(name, args=[cast.school_class.pk, period])


def read(cast: Cast, role: str, period: str = END_TERM_1) -> str:
    response = client_of(cast, role).get(url_of("class_period", cast, period))
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def filled(cast: Cast) -> Cast:
    states.filled(cast)
    return cast


@pytest.fixture
def submitted(cast: Cast) -> Cast:
    states.submitted(cast)
    return cast


@pytest.fixture
def signed(cast: Cast) -> Cast:
    states.signed_off(cast)
    return cast


def stored(cast: Cast) -> ClassPeriod:
    return ClassPeriod.objects.get(school_class=cast.school_class, period=END_TERM_1)


def test_an_untouched_class_says_what_is_missing_and_where(cast: Cast) -> None:
    page = read(cast, "ngoc")
    assert "3 em chưa có mức đạt được" in page
    assert reverse("subject_grid", args=[cast.school_class.pk, END_TERM_1, "toan"]) in page
    assert "H&#x27;Hen Niê" in page
    assert not ClassPeriod.objects.exists()


def test_each_subject_stands_with_its_teacher_and_progress(cast: Cast) -> None:
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code="toan",
        rows=[subject_row(cast.anh.pk, level="T", score=9)],
        by=cast.ngoc,
    )
    page = read(cast, "ngoc")
    assert "1/3" in page
    assert "2 em chưa có điểm kiểm tra" in page
    assert "Y Bình Êban" in page


def test_the_homeroom_teacher_gets_one_primary_button(filled: Cast) -> None:
    page = read(filled, "ngoc")
    assert page.count("button--primary") == 1
    assert "Gửi lớp 4A lên hiệu trưởng" in page


def test_a_subject_teacher_gets_no_button_to_submit(filled: Cast) -> None:
    assert "Gửi lớp 4A" not in read(filled, "binh")


def test_submitting_a_complete_class_hands_it_over(filled: Cast) -> None:
    response = client_of(filled, "ngoc").post(url_of("class_period_submit", filled), follow=True)
    assert "Đã gửi lớp 4A lên hiệu trưởng." in response.content.decode()
    assert stored(filled).status == Status.SUBMITTED


def test_a_refused_submission_shows_the_list(cast: Cast) -> None:
    response = client_of(cast, "ngoc").post(url_of("class_period_submit", cast), follow=True)
    page = response.content.decode()
    assert "Chưa gửi được: còn kết quả chưa nhập" in page
    assert 'id="missing"' in page
    assert not ClassPeriod.objects.exists()


def test_only_the_homeroom_teacher_submits(filled: Cast) -> None:
    response = client_of(filled, "binh").post(url_of("class_period_submit", filled))
    assert response.status_code == 403
    assert stored(filled).status == Status.OPEN


def test_a_submitted_class_says_who_has_it_and_what_to_do(submitted: Cast) -> None:
    page = read(submitted, "ngoc")
    assert "Trần Thị Ngọc gửi lúc 20:30 05/01/2027." in page
    assert "Cần sửa thì xin hiệu trưởng trả lại lớp." in page
    assert "disabled" in page


def test_a_period_that_has_not_opened_cannot_be_submitted(cast: Cast) -> None:
    page = read(cast, "ngoc", Period.END_YEAR)
    assert "Thời điểm này mở nhập từ 10/05/2027." in page


def test_a_leader_signs_the_class(submitted: Cast) -> None:
    assert "Ký duyệt lớp 4A" in read(submitted, "hanh")
    client_of(submitted, "hanh").post(url_of("class_period_sign_off", submitted))
    assert stored(submitted).status == Status.SIGNED_OFF


def test_a_leader_waits_while_the_class_is_open(cast: Cast) -> None:
    page = read(cast, "phuc")
    assert "giáo viên chủ nhiệm Trần Thị Ngọc gửi khi đã nhập đủ" in page


def test_signing_what_is_not_submitted_is_told_on_the_page(filled: Cast) -> None:
    client = client_of(filled, "hanh")
    response = client.post(url_of("class_period_sign_off", filled), follow=True)
    assert "Không ký duyệt được khi trạng thái là “đang nhập”" in response.content.decode()
    assert stored(filled).status == Status.OPEN


def test_a_class_is_returned_with_its_reason(submitted: Cast) -> None:
    client = client_of(submitted, "hanh")
    client.post(url_of("class_period_return", submitted), {"reason": "Xem lại điểm Toán"})
    assert stored(submitted).status == Status.RETURNED
    assert "Xem lại điểm Toán" in read(submitted, "ngoc")


def test_a_return_without_a_reason_asks_for_it(submitted: Cast) -> None:
    client = client_of(submitted, "hanh")
    response = client.post(url_of("class_period_return", submitted), {"reason": "  "})
    assert response.status_code == 422
    assert "Hãy ghi cần sửa gì để giáo viên biết phải làm gì." in response.content.decode()
    assert stored(submitted).status == Status.SUBMITTED


def test_a_reason_is_not_lost_when_the_step_is_refused(signed: Cast) -> None:
    client = client_of(signed, "hanh")
    response = client.post(url_of("class_period_return", signed), {"reason": "Xem lại em Đức"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Xem lại em Đức" in page
    assert "Không trả lại được khi trạng thái là “đã ký duyệt”" in page


def test_the_form_of_a_step_that_is_not_possible_leads_back(filled: Cast) -> None:
    client = client_of(filled, "hanh")
    response = client.get(url_of("class_period_return", filled), follow=True)
    assert response.redirect_chain == [(url_of("class_period", filled), 302)]
    assert "Không trả lại được" in response.content.decode()


def test_a_signed_class_is_reopened_with_a_reason(signed: Cast) -> None:
    client = client_of(signed, "hanh")
    assert "đang được xem lại" in client.get(url_of("class_period_reopen", signed)).content.decode()
    client.post(url_of("class_period_reopen", signed), {"reason": "Sai điểm Khoa học"})
    assert stored(signed).status == Status.REOPENED
    assert "Sai điểm Khoa học" in read(signed, "ngoc")


def test_a_teacher_asks_to_reopen_and_reads_that_it_waits(signed: Cast) -> None:
    client = client_of(signed, "binh")
    client.post(url_of("class_period_ask_reopening", signed), {"reason": "Nhập nhầm em Anh"})
    assert ReopenRequest.objects.get().asked_by == signed.binh.user
    page = read(signed, "binh")
    assert "đang chờ hiệu trưởng trả lời" in page
    assert "Đề nghị mở lại cả lớp…" not in page


def test_a_second_request_is_refused_and_keeps_the_words(signed: Cast) -> None:
    client = client_of(signed, "ngoc")
    url = url_of("class_period_ask_reopening", signed)
    client.post(url, {"reason": "Nhập nhầm em Anh"})
    response = client.post(url, {"reason": "Nhập nhầm cả em Đức"})
    assert "Nhập nhầm cả em Đức" in response.content.decode()
    assert ReopenRequest.objects.count() == 1


def test_conspicuous_results_are_named_for_the_leader(filled: Cast) -> None:
    states.correct(filled, "toan", score=(9, 4))
    states.submit(filled)
    page = read(filled, "hanh")
    assert "Nên xem lại trước khi ký" in page
    assert "Toán: mức “Hoàn thành tốt” nhưng điểm kiểm tra 4" in page
    assert "nhưng điểm kiểm tra 4" not in read(filled, "binh")


def test_the_leader_sees_how_many_reached_each_level(filled: Cast) -> None:
    states.correct(filled, "toan", level=("T", "H"))
    states.submit(filled)
    assert "T 2 · H 1" in read(filled, "hanh")
    assert "T 2 · H 1" not in read(filled, "binh")


def test_signing_again_shows_what_changed(signed: Cast) -> None:
    actions.reopen_class_period(class_period=stored(signed), reason="Sai điểm", by=signed.hanh)
    states.correct(signed, "toan", score=(9, 10))
    states.submit(signed)
    page = read(signed, "hanh")
    assert "Thay đổi từ lần ký duyệt trước" in page
    assert "<dt>Toán, điểm kiểm tra</dt>" in page
    assert "<del>9</del> <ins>10</ins>" in page


def test_a_class_of_another_school_does_not_exist(cast: Cast) -> None:
    client = client_of(cast, "quang")
    assert client.get(url_of("class_period", cast)).status_code == 404
    assert client.post(url_of("class_period_submit", cast)).status_code == 404


def test_a_period_that_is_not_assessed_in_classes_does_not_exist(cast: Cast) -> None:
    client = client_of(cast, "ngoc")
    assert client.get(url_of("class_period", cast, Period.SUPPLEMENTARY)).status_code == 404


@pytest.mark.parametrize("role", ["suong", "van", "kien"])
def test_colleagues_who_do_not_teach_the_class_do_not_see_it(cast: Cast, role: str) -> None:
    assert client_of(cast, role).get(url_of("class_period", cast)).status_code == 403


@pytest.mark.parametrize("role", ["hanh", "ngoc"])
def test_the_page_asks_as_many_queries_for_45_pupils_as_for_3(cast: Cast, role: str) -> None:
    large = factories.make_class(cast.school_year, "4B", (4,))
    factories.assign_homeroom(large, cast.ngoc)
    for _number in range(45):
        factories.enroll(factories.make_student("Nông Thị Mây"), large)
    few, many = (
        queries_of(cast, school_class, role) for school_class in (cast.school_class, large)
    )
    assert few == many


def queries_of(cast: Cast, school_class: SchoolClass, role: str) -> int:
    """Of the fullest page: reopened after it was signed, all filled."""
    assign_every_subject(school_class, cast.ngoc)
    fill_class(
        school_class, END_TERM_1, homeroom=cast.ngoc, teachers=taught_by_others(cast, school_class)
    )
    class_period = actions.submit_class_period(
        school_class=school_class, period=END_TERM_1, by=cast.ngoc
    )
    actions.sign_off_class_period(class_period=class_period, by=cast.hanh)
    actions.reopen_class_period(class_period=class_period, reason="Sai điểm", by=cast.hanh)
    client = client_of(cast, role)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("class_period", args=[school_class.pk, END_TERM_1]))
    return len(queries)


def taught_by_others(cast: Cast, school_class: SchoolClass) -> dict[str, StaffMember]:
    return {"ngoai_ngu_1": cast.binh} if school_class == cast.school_class else {}


def test_a_page_that_shows_an_older_version_does_not_sign_the_newer(submitted: Cast) -> None:
    seen = stored(submitted).status_changed_at
    with time_machine.travel("2027-01-06 08:00:00+07:00", tick=False):
        actions.return_class_period(
            class_period=stored(submitted), reason="Xem lại", by=submitted.phuc
        )
        states.correct(submitted, "toan", score=(9, 2))
        states.submit(submitted)
        client = client_of(submitted, "hanh")
        url = url_of("class_period_sign_off", submitted)
        response = client.post(url, {"seen_at": seen.isoformat()}, follow=True)
    assert "hãy xem bản mới rồi ký" in response.content.decode()
    assert stored(submitted).status == Status.SUBMITTED


def test_the_page_that_shows_the_newest_version_signs_it(submitted: Cast) -> None:
    seen = stored(submitted).status_changed_at
    assert f'value="{seen.isoformat()}"' in read(submitted, "hanh")
    client = client_of(submitted, "hanh")
    client.post(url_of("class_period_sign_off", submitted), {"seen_at": seen.isoformat()})
    assert stored(submitted).status == Status.SIGNED_OFF
