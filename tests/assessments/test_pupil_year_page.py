"""One pupil's year on her own page: another result than the rule's, and the class's recognition."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from assessments import actions
from assessments.models import YearDecision
from rulesets import YearOutcome
from students.models import Enrollment
from tests.assessments import states, year_ends
from tests.assessments.year_ends import END_YEAR, decision_of
from tests.cast import Cast
from tests.pages import client_of

RECOGNISED = {
    "result": "good",
    "is_recognised": "on",
    "outstanding_subject": "toan",
    "recognised_on": "18/05/2027",
}


@pytest.fixture
def year(in_may: Cast) -> Cast:
    year_ends.unconfirmed(in_may)
    return in_may


def url_of(cast: Cast, pupil: Enrollment) -> str:
    return reverse("pupil_year", args=[cast.school_class.pk, pupil.pk])


def read(cast: Cast, pupil: Enrollment) -> str:
    response = client_of(cast, "ngoc").get(url_of(cast, pupil))
    assert response.status_code == 200
    return response.content.decode()


def post(cast: Cast, pupil: Enrollment, **typed: str) -> HttpResponse:
    return client_of(cast, "ngoc").post(url_of(cast, pupil), typed)


def test_it_says_what_the_rule_gives_and_why_not_better(year: Cast) -> None:
    page = read(year, year.hhen)
    assert "Theo quy định: Hoàn thành tốt" in page
    assert "Toán: 7 điểm, cần từ 9 trở lên" in page
    assert "Hoàn thành tốt (theo quy định)" in page


def test_the_rules_result_is_confirmed(year: Cast) -> None:
    response = post(year, year.duc, result="excellent")
    assert response.status_code == 302
    assert decision_of(year.duc).confirmed_result == YearOutcome.EXCELLENT


def test_another_result_asks_for_the_reason_and_keeps_what_was_typed(year: Cast) -> None:
    response = post(year, year.hhen, result="completed", recognised_on="18/05/2027")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Kết quả khác quy định: hãy ghi lý do" in page
    assert 'value="completed" required id="id_result_2" checked' in page.replace("\n", " ")
    assert "18/05/2027" in page
    assert not YearDecision.objects.exists()


def test_another_result_is_confirmed_with_its_reason(year: Cast) -> None:
    post(year, year.hhen, result="completed", deviation_reason="Em chép bài bạn")
    decision = decision_of(year.hhen)
    assert (decision.confirmed_result, decision.deviation_reason) == (
        "completed",
        "Em chép bài bạn",
    )


def test_a_result_that_the_form_does_not_know_is_refused(year: Cast) -> None:
    assert post(year, year.hhen, result="incomplete").status_code == 422
    assert post(year, year.hhen).status_code == 422


def test_the_class_recognises_a_pupil(year: Cast) -> None:
    post(year, year.hhen, **RECOGNISED)
    decision = decision_of(year.hhen)
    assert (decision.reward_title, decision.outstanding_subject) == ("exemplary_pupil", "toan")


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("outstanding_subject", "Hãy chọn môn có thành tích xuất sắc"),
        ("recognised_on", "Hãy ghi ngày tập thể lớp công nhận."),
    ],
)
def test_a_recognition_is_asked_for_whole(year: Cast, left_out: str, sentence: str) -> None:
    typed = {name: value for name, value in RECOGNISED.items() if name != left_out}
    response = post(year, year.hhen, **typed)
    assert response.status_code == 422
    assert sentence in response.content.decode()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("31/02/2027", "Hãy ghi ngày theo dạng ngày/tháng/năm"),
        ("21/05/2027", "Ngày lớp công nhận không thể sau hôm nay."),
    ],
)
def test_a_wrong_day_is_told_as_such(year: Cast, day: str, sentence: str) -> None:
    response = post(year, year.hhen, **{**RECOGNISED, "recognised_on": day})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Hãy ghi ngày tập thể lớp công nhận." not in page


def test_the_title_is_for_its_own_result_only(year: Cast) -> None:
    typed = {**RECOGNISED, "result": "completed", "deviation_reason": "Khác"}
    response = post(year, year.hhen, **typed)
    assert "Danh hiệu này chỉ dành cho em đạt Hoàn thành tốt." in response.content.decode()


def test_what_was_confirmed_stands_in_the_form(year: Cast) -> None:
    post(year, year.hhen, **RECOGNISED)
    page = read(year, year.hhen)
    assert "18/05/2027" in page
    assert '<option value="toan" selected>' in page


def test_what_no_longer_follows_is_not_offered_again(year: Cast) -> None:
    post(year, year.hhen, result="completed", deviation_reason="Em chép bài bạn")
    year_ends.edit_maths(year, year.hhen, score=(7, 9))
    assert "Em chép bài bạn" not in read(year, year.hhen)


def test_only_subjects_that_she_takes_are_offered(year: Cast) -> None:
    page = read(year, year.hhen)
    assert '<option value="khoa_hoc">' in page
    assert '<option value="tu_nhien_va_xa_hoi">' not in page


def test_a_pupil_who_was_handed_in_is_not_looked_at_alone(year: Cast) -> None:
    actions.confirm_year_decisions(school_class=year.school_class, by=year.ngoc)
    states.submit(year, END_YEAR)
    response = client_of(year, "ngoc").get(url_of(year, year.duc), follow=True)
    assert response.redirect_chain[-1][0] == reverse("year_results", args=[year.school_class.pk])
    assert "không xét riêng được" in response.content.decode()


def test_a_pupil_of_another_class_does_not_exist(year: Cast) -> None:
    assert client_of(year, "ngoc").get(url_of(year, year.stranger)).status_code == 404


def test_the_list_says_what_differs_and_why(year: Cast) -> None:
    post(year, year.anh, result="completed", deviation_reason="Em ốm hôm kiểm tra")
    page = client_of(year, "hanh").get(reverse("year_results", args=[year.school_class.pk]))
    words = " ".join(page.content.decode().split())
    assert "Khác quy định" in words
    assert "<strong>Hoàn thành</strong>: Em ốm hôm kiểm tra" in words


def test_the_list_says_what_a_title_rests_on(year: Cast) -> None:
    post(year, year.hhen, **RECOGNISED, progress_trait="trung_thuc")
    page = client_of(year, "hanh").get(reverse("year_results", args=[year.school_class.pk]))
    assert (
        "Thành tích xuất sắc môn Toán, tiến bộ rõ rệt về trung thực; "
        "lớp công nhận ngày 18/05/2027" in page.content.decode()
    )


def test_the_list_counts_each_result(year: Cast) -> None:
    actions.confirm_year_decisions(school_class=year.school_class, by=year.ngoc)
    page = client_of(year, "hanh").get(reverse("year_results", args=[year.school_class.pk]))
    assert [row["number"] for row in page.context["page"].counts] == [1, 1, 0, 1]


def test_only_the_homeroom_teacher_is_led_to_single_pupils(year: Cast) -> None:
    list_url = reverse("year_results", args=[year.school_class.pk])
    assert url_of(year, year.duc) in client_of(year, "ngoc").get(list_url).content.decode()
    assert url_of(year, year.duc) not in client_of(year, "hanh").get(list_url).content.decode()


# The principal and the titles


@pytest.fixture
def handed_in(in_may: Cast) -> Cast:
    year_ends.submitted(in_may)
    return in_may


def refuse_url(cast: Cast, pupil: Enrollment) -> str:
    return reverse("reward_refuse", args=[decision_of(pupil).pk])


def test_the_principal_refuses_a_title_from_the_list(handed_in: Cast) -> None:
    client, list_url = (
        client_of(handed_in, "hanh"),
        reverse("year_results", args=[handed_in.school_class.pk]),
    )
    assert refuse_url(handed_in, handed_in.duc) in client.get(list_url).content.decode()
    response = client.post(
        refuse_url(handed_in, handed_in.duc), {"reason": "Em vi phạm nội quy"}, follow=True
    )
    page = response.content.decode()
    assert "Đã ghi: không tặng danh hiệu cho em Võ Trí Đức." in page
    assert "<strong>Không tặng danh hiệu</strong>: Em vi phạm nội quy" in page
    assert "Tặng danh hiệu cho Võ Trí Đức" in page


def test_a_refusal_asks_for_its_reason(handed_in: Cast) -> None:
    response = client_of(handed_in, "hanh").post(
        refuse_url(handed_in, handed_in.duc), {"reason": " "}
    )
    assert response.status_code == 422
    assert "Hãy ghi lý do không tặng danh hiệu." in response.content.decode()


def test_the_principal_takes_the_refusal_back(handed_in: Cast) -> None:
    actions.refuse_reward(decision=decision_of(handed_in.duc), reason="Nhầm", by=handed_in.hanh)
    url = reverse("reward_restore", args=[decision_of(handed_in.duc).pk])
    client_of(handed_in, "hanh").post(url)
    assert decision_of(handed_in.duc).reward == "Đạt danh hiệu Học sinh Xuất sắc"


def test_a_teacher_is_offered_no_refusal(handed_in: Cast) -> None:
    list_url = reverse("year_results", args=[handed_in.school_class.pk])
    assert "Không tặng" not in client_of(handed_in, "ngoc").get(list_url).content.decode()
