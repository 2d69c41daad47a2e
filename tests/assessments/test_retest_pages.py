"""The page of a subject's retests, its steps, what the grid and the desks show of them."""

import datetime

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Retest
from assessments.retest_workflow import RetestStatus
from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.assessments.pages import GridForm, result_of, save_cells, subject_url
from tests.cast import Cast
from tests.pages import client_of

REASON = "Hằng ngày em làm tốt, hôm kiểm tra em mệt"


def retests_url(cast: Cast, subject_code: str = "toan", period: str = Period.END_TERM_1) -> str:
    return reverse("subject_retests", args=[cast.school_class.pk, period, subject_code])


def read(cast: Cast, role: str, url: str) -> str:
    response = client_of(cast, role).get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def send(cast: Cast, role: str, name: str, retest: Retest, **form: object) -> HttpResponse:
    url = reverse(name, args=[retest.pk])
    return client_of(cast, role).post(url, form, follow=True)


def propose(cast: Cast, **form: object) -> HttpResponse:
    return client_of(cast, "ngoc").post(retests_url(cast), form, follow=True)


def test_a_teacher_proposes_a_pupil_with_her_reason(cast: Cast) -> None:
    record = states.filled(cast).records.get(enrollment=cast.anh)
    page = propose(cast, record=record.pk, reason=REASON).content.decode()
    assert "Đã gửi đề nghị kiểm tra lại lên hiệu trưởng." in page
    assert Retest.objects.get().reason == REASON


@pytest.mark.parametrize(
    ("field", "sentence"),
    [("record", "Hãy chọn học sinh."), ("reason", "Hãy ghi lý do để hiệu trưởng quyết định.")],
)
def test_what_is_left_out_is_named_and_the_rest_is_kept(
    cast: Cast, field: str, sentence: str
) -> None:
    record = states.filled(cast).records.get(enrollment=cast.anh)
    typed = {"record": record.pk, "reason": REASON} | {field: ""}
    response = propose(cast, **typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert REASON in page or field == "reason"
    assert not Retest.objects.exists()


def test_a_pupil_of_another_class_cannot_be_chosen(cast: Cast) -> None:
    states.filled(cast)
    elsewhere = cast.other_class.class_periods.create(period=Period.END_TERM_1)
    stranger = elsewhere.records.create(enrollment=cast.stranger)
    response = propose(cast, record=stranger.pk, reason=REASON)
    assert "Em này chưa có điểm hoặc đang có đề nghị; hãy chọn lại." in response.content.decode()


def test_only_pupils_with_a_score_and_no_proposal_can_be_chosen(cast: Cast) -> None:
    for pupil in (cast.anh, cast.duc):
        save_cells(cast, pupil, score=(None, 9))
    states.proposed_retest(cast, cast.school_class.class_periods.get())
    page = client_of(cast, "ngoc").get(retests_url(cast))
    chosen = [str(label) for value, label in page.context["form"].fields["record"].choices if value]
    assert chosen == ["Võ Trí Đức"]


def test_whoever_only_looks_has_no_form(cast: Cast) -> None:
    states.proposed_retest(cast)
    page = read(cast, "binh", retests_url(cast))
    assert REASON in page
    assert "Gửi đề nghị kiểm tra lại" not in page
    assert "Rút đề nghị" not in page


def test_a_page_without_proposals_says_who_makes_them(cast: Cast) -> None:
    assert "Chưa có đề nghị nào" in read(cast, "hanh", retests_url(cast))


@pytest.mark.parametrize(
    ("subject_code", "period"),
    [("am_nhac", Period.END_TERM_1), ("toan", Period.MID_TERM_1), ("tieng_dan_toc", "end_term_1")],
)
def test_where_the_regulation_allows_none_there_is_no_page(
    cast: Cast, subject_code: str, period: str
) -> None:
    url = retests_url(cast, subject_code, period)
    assert client_of(cast, "ngoc").get(url).status_code == 404


def test_a_leader_agrees_on_her_desk(cast: Cast) -> None:
    retest = states.proposed_retest(cast)
    desk = read(cast, "hanh", reverse("desk"))
    assert "Em Lê Minh Anh, lớp 4A · Toán · Cuối học kỳ I" in desk
    assert REASON in desk
    page = send(cast, "hanh", "retest_agree", retest).content.decode()
    assert "Đã đồng ý cho em Lê Minh Anh kiểm tra lại Toán." in page
    assert "Lê Minh Anh" not in read(cast, "hanh", reverse("desk"))


def test_declining_asks_for_the_reason_first(cast: Cast) -> None:
    retest = states.proposed_retest(cast)
    assert send(cast, "hanh", "retest_decline", retest, reason=" ").status_code == 422
    send(cast, "hanh", "retest_decline", retest, reason="Chênh lệch chưa nhiều")
    retest.refresh_from_db()
    assert (retest.status, retest.closing_reason) == ("declined", "Chênh lệch chưa nhiều")


def test_the_teacher_reads_on_her_desk_why_it_was_declined(cast: Cast) -> None:
    states.declined_retest(cast)
    desk = read(cast, "ngoc", reverse("desk"))
    assert "Chênh lệch chưa nhiều" in desk
    assert "Không được đồng ý" in desk
    assert "Nguyễn Thị Hạnh" in desk


def test_a_declined_proposal_leaves_the_desk_after_a_fortnight(cast: Cast) -> None:
    retest = states.declined_retest(cast)
    long_ago = timezone.now() - datetime.timedelta(days=15)
    Retest.objects.filter(pk=retest.pk).update(answered_at=long_ago)
    assert "Chênh lệch chưa nhiều" not in read(cast, "ngoc", reverse("desk"))


def test_a_declined_proposal_leaves_the_desk_when_it_is_made_again(cast: Cast) -> None:
    states.declined_retest(cast)
    states.proposed_retest(cast, cast.school_class.class_periods.get())
    assert "Chênh lệch chưa nhiều" not in read(cast, "ngoc", reverse("desk"))


def test_an_agreed_retest_waits_on_its_teachers_desk(cast: Cast) -> None:
    retest = states.agreed_retest(cast)
    assert reverse("retest_score", args=[retest.pk]) in read(cast, "ngoc", reverse("desk"))
    assert "Lê Minh Anh" not in read(cast, "binh", reverse("desk"))


def test_the_teacher_enters_the_score_and_its_day(cast: Cast) -> None:
    retest = states.agreed_retest(cast)
    page = send(cast, "ngoc", "retest_score", retest, score="10", taken_on="2027-01-05")
    assert "Đã ghi điểm kiểm tra lại của em Lê Minh Anh." in page.content.decode()
    assert "Điểm đã có: 9. Kiểm tra lại ngày 05/01/2027: 10" in page.content.decode()
    assert result_of(cast.anh).effective_score == 10


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"score": "9,5"}, "Không cho điểm thập phân"),
        ({"score": "11"}, "Điểm là số nguyên từ 1 đến 10."),
        ({"score": "chín"}, "không phải là số"),
        ({"score": ""}, "Hãy ghi điểm của bài kiểm tra lại."),
        ({"taken_on": "hôm qua"}, "Hãy ghi ngày theo dạng ngày/tháng/năm"),
        ({"taken_on": "2027-01-06"}, "Ngày kiểm tra lại không thể ở sau hôm nay."),
        ({"taken_on": "2027-01-01"}, "Hiệu trưởng đồng ý ngày 05/01/2027"),
    ],
)
def test_a_wrong_score_or_day_is_refused_with_a_sentence(
    cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    retest = states.agreed_retest(cast)
    form = {"score": "8", "taken_on": "2027-01-05"} | typed
    response = send(cast, "ngoc", "retest_score", retest, **form)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert result_of(cast.anh).effective_score == 9


def test_the_teacher_withdraws_her_proposal(cast: Cast) -> None:
    retest = states.proposed_retest(cast)
    send(cast, "ngoc", "retest_withdraw", retest, reason="Em xin giữ điểm")
    retest.refresh_from_db()
    assert retest.status == RetestStatus.WITHDRAWN


def test_a_class_that_waits_for_a_signature_is_named_as_the_hindrance(cast: Cast) -> None:
    retest = states.proposed_retest(cast, states.submitted(cast))
    page = send(cast, "hanh", "retest_agree", retest).content.decode()
    assert "hãy ký duyệt hoặc trả lại trước" in page


def test_a_step_that_somebody_else_took_is_refused_with_a_sentence(cast: Cast) -> None:
    retest = states.declined_retest(cast)
    page = send(cast, "hanh", "retest_agree", retest).content.decode()
    assert "Đề nghị kiểm tra lại này vừa thay đổi" in page


# In the grid


def test_the_grid_links_to_the_retests_where_they_are_allowed(cast: Cast) -> None:
    assert retests_url(cast) in read(cast, "ngoc", subject_url(cast))
    factories.assign_teacher(cast.school_class, "am_nhac", cast.ngoc)
    assert "Kiểm tra lại" not in read(cast, "ngoc", subject_url(cast, "am_nhac"))


def test_a_cell_with_attempts_shows_both(cast: Cast) -> None:
    states.taken_retest(cast)
    response = client_of(cast, "ngoc").get(subject_url(cast))
    assert GridForm(response)[f"e{cast.anh.pk}-score"] == "10"
    assert "lần 1: 9" in response.content.decode()


def test_a_locked_grid_shows_both_too(cast: Cast) -> None:
    states.taken_retest(cast)
    states.submit(cast)
    page = read(cast, "ngoc", subject_url(cast))
    assert "10 <a" in page
    assert "lần 1: 9" in page


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (states.proposed_retest, "chờ hiệu trưởng trả lời"),
        (states.agreed_retest, "chờ điểm kiểm tra lại"),
    ],
)
def test_a_score_in_question_says_so_and_is_not_written(cast: Cast, make, words: str) -> None:
    make(cast)
    response = client_of(cast, "ngoc").get(subject_url(cast))
    form = GridForm(response)
    assert words in response.content.decode()
    assert "readonly" in form.controls[f"e{cast.anh.pk}-score"].attributes
    assert "readonly" not in form.controls[f"e{cast.duc.pk}-score"].attributes
    typed = form.typed(**{f"e{cast.anh.pk}_score": 4, f"e{cast.duc.pk}_score": 8})
    answer = client_of(cast, "ngoc").post(subject_url(cast), typed)
    assert answer.status_code == 422
    assert "đang có đề nghị kiểm tra lại nên điểm này giữ nguyên" in answer.content.decode()
    assert (result_of(cast.anh).effective_score, result_of(cast.duc).effective_score) == (9, 8)


def test_emptying_a_retests_score_is_refused_at_the_cell(cast: Cast) -> None:
    states.taken_retest(cast)
    form = GridForm(client_of(cast, "ngoc").get(subject_url(cast)))
    answer = client_of(cast, "ngoc").post(
        subject_url(cast), form.typed(**{f"e{cast.anh.pk}_score": ""})
    )
    assert "điểm kiểm tra lại sửa được nhưng không xóa trống được" in answer.content.decode()


def test_the_page_of_retests_asks_as_many_queries_for_45_as_for_one(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(retests_url(cast))
        return len(captured)

    states.proposed_retest(cast)
    client = client_of(cast, "ngoc")
    client.get(retests_url(cast))
    with_one = queries()
    for number in range(44):
        pupil = factories.enroll(factories.make_student(f"Bùi Thị Mẫu {number}"), cast.school_class)
        save_cells(cast, pupil, score=(None, 3))
        actions.propose_retest(
            record=pupil.period_records.get(), subject_code="toan", reason=REASON, by=cast.ngoc
        )
    assert queries() == with_one


def test_the_desks_ask_as_many_queries_for_many_retests_as_for_one(cast: Cast) -> None:
    def queries(role: str) -> int:
        client = client_of(cast, role)
        client.get(reverse("desk"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("desk"))
        return len(captured)

    states.agreed_retest(cast)
    class_period = cast.school_class.class_periods.get()
    teacher = queries("ngoc")
    for pupil in (cast.hhen, cast.duc):
        retest = actions.propose_retest(
            record=class_period.records.get(enrollment=pupil),
            subject_code="toan",
            reason=REASON,
            by=cast.ngoc,
        )
        actions.agree_to_retest(retest=retest, by=cast.hanh)
    assert queries("ngoc") == teacher
