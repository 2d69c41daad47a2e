"""One pupil alone, through the pages."""

import pytest
from django.urls import reverse

from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.models import PeriodRecord, ReopenRequest, SignOff
from assessments.workflow import Status
from rulesets import Period
from tests.assessments import states
from tests.cast import Cast
from tests.pages import client_of

END_TERM_1 = Period.END_TERM_1


def post(cast: Cast, role: str, name: str, record: PeriodRecord, reason: str | None = None):
    data = {} if reason is None else {"reason": reason}
    return client_of(cast, role).post(reverse(name, args=[record.pk]), data, follow=True)


def read_class(cast: Cast, role: str) -> str:
    url = reverse("class_period", args=[cast.school_class.pk, END_TERM_1])
    return client_of(cast, role).get(url).content.decode()


@pytest.fixture
def signed(cast: Cast) -> PeriodRecord:
    return states.signed_off(cast).records.get(enrollment=cast.anh)


@pytest.fixture
def reopened(cast: Cast) -> PeriodRecord:
    return states.with_anh_reopened(cast)


def test_a_leader_reopens_one_pupil_from_the_list(cast: Cast, signed: PeriodRecord) -> None:
    assert reverse("record_reopen", args=[signed.pk]) in read_class(cast, "hanh")
    post(cast, "hanh", "record_reopen", signed, "Nhập nhầm điểm Toán")
    signed.refresh_from_db()
    assert (signed.status, signed.status_reason) == (Status.REOPENED, "Nhập nhầm điểm Toán")
    assert signed.class_period.status == Status.SIGNED_OFF


def test_reopening_asks_for_a_reason_and_says_whom_it_concerns(
    cast: Cast, signed: PeriodRecord
) -> None:
    form = client_of(cast, "hanh").get(reverse("record_reopen", args=[signed.pk]))
    assert "Mở lại kết quả của em Lê Minh Anh" in form.content.decode()
    response = post(cast, "hanh", "record_reopen", signed, "")
    assert response.status_code == 422
    assert "Hãy ghi lý do mở lại." in response.content.decode()


def test_the_homeroom_teacher_reads_why_and_hands_it_in_again(
    cast: Cast, reopened: PeriodRecord
) -> None:
    page = read_class(cast, "ngoc")
    assert "Nhập nhầm điểm Toán" in page
    assert "Gửi lại em Lê Minh Anh" in page
    response = post(cast, "ngoc", "record_submit", reopened)
    reopened.refresh_from_db()
    assert reopened.status == Status.SUBMITTED
    assert "Đã gửi kết quả của em Lê Minh Anh lên hiệu trưởng." in response.content.decode()


def test_a_pupil_who_lacks_something_is_not_handed_in(cast: Cast, reopened: PeriodRecord) -> None:
    states.correct(cast, "toan", score=(9, None))
    response = post(cast, "ngoc", "record_submit", reopened)
    assert "còn kết quả chưa nhập" in response.content.decode()
    reopened.refresh_from_db()
    assert reopened.status == Status.REOPENED


def test_the_leader_sees_what_changed_and_signs_the_pupil(
    cast: Cast, reopened: PeriodRecord
) -> None:
    states.correct(cast, "toan", score=(9, 10))
    actions.submit_record(record=reopened, by=cast.ngoc)
    page = read_class(cast, "hanh")
    assert "<del>9</del> <ins>10</ins>" in page
    assert "Ký duyệt em Lê Minh Anh" in page
    post(cast, "hanh", "record_sign_off", reopened)
    assert SignOff.objects.filter(record=reopened).count() == 2


def test_a_subject_teacher_sees_that_a_pupil_is_reopened_but_not_her_results(
    cast: Cast, reopened: PeriodRecord
) -> None:
    actions.save_period_records(
        school_class=cast.school_class,
        period=END_TERM_1,
        rows=[RowEdit(cast.anh.pk, {"homeroom_comment": Edit("Em chăm học và lễ phép.", "Ngoan")})],
        by=cast.ngoc,
    )
    page = read_class(cast, "binh")
    assert "Học sinh được mở lại riêng" in page
    assert "<ins>" not in page


def test_the_leader_returns_one_pupil_with_a_reason(cast: Cast, reopened: PeriodRecord) -> None:
    actions.submit_record(record=reopened, by=cast.ngoc)
    post(cast, "phuc", "record_return", reopened, "Điểm vẫn sai")
    reopened.refresh_from_db()
    assert (reopened.status, reopened.status_reason) == (Status.RETURNED, "Điểm vẫn sai")


def test_signing_what_was_not_handed_in_is_refused(cast: Cast, reopened: PeriodRecord) -> None:
    response = post(cast, "hanh", "record_sign_off", reopened)
    assert "Không ký duyệt được khi trạng thái là “được mở lại”" in response.content.decode()
    assert SignOff.objects.filter(record=reopened).count() == 1


def test_a_teacher_asks_for_one_pupil(cast: Cast, signed: PeriodRecord) -> None:
    assert reverse("record_ask_reopening", args=[signed.pk]) in read_class(cast, "binh")
    post(cast, "binh", "record_ask_reopening", signed, "Em thi lại Tiếng Anh")
    asked = ReopenRequest.objects.get()
    assert (asked.record, asked.asked_by) == (signed, cast.binh.user)
    assert "đã đề nghị mở lại" in read_class(cast, "binh")


@pytest.mark.parametrize("role", ["ngoc", "binh"])
@pytest.mark.parametrize("name", ["record_sign_off", "record_return", "record_reopen"])
def test_teachers_do_not_decide(cast: Cast, signed: PeriodRecord, role: str, name: str) -> None:
    assert post(cast, role, name, signed, "Lý do").status_code == 403


def test_a_subject_teacher_does_not_hand_in(cast: Cast, reopened: PeriodRecord) -> None:
    assert post(cast, "binh", "record_submit", reopened).status_code == 403


def test_a_colleague_of_another_class_is_refused(cast: Cast, signed: PeriodRecord) -> None:
    assert post(cast, "suong", "record_ask_reopening", signed, "Lý do").status_code == 403


@pytest.mark.parametrize("name", ["record_submit", "record_sign_off", "record_reopen"])
def test_a_record_of_another_school_does_not_exist(
    cast: Cast, signed: PeriodRecord, name: str
) -> None:
    assert post(cast, "quang", name, signed, "Lý do").status_code == 404


def test_a_page_that_shows_an_older_version_does_not_sign_the_newer(
    cast: Cast, reopened: PeriodRecord
) -> None:
    actions.submit_record(record=reopened, by=cast.ngoc)
    url = reverse("record_sign_off", args=[reopened.pk])
    stale = {"seen_at": "2027-01-05T08:00:00+07:00"}
    response = client_of(cast, "hanh").post(url, stale, follow=True)
    assert "hãy xem bản mới rồi ký" in response.content.decode()
    assert SignOff.objects.filter(record=reopened).count() == 1
