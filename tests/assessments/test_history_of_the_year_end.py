"""What the pages of history tell of a pupil's year and summer, in both languages."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation

from assessments import actions
from assessments.actions import Recognition
from assessments.history_values import HistoryValues
from assessments.models import SupplementaryAssessment
from audit.models import AuditEvent
from rulesets import TT27, YearOutcome
from tests.assessments import year_ends
from tests.assessments.year_ends import IN_JULY, PLAN, decision_of
from tests.cast import Cast
from tests.pages import client_of

EVERYTHING = HistoryValues(TT27, sees_health=True, sees_sensitive=True)
CONFIRMED = AuditEvent(event="year_decision.confirmed", target_type="students.enrollment")
PLANNED = AuditEvent(
    event="supplementary_assessment.planned", target_type="assessments.periodrecord"
)
DECIDED = AuditEvent(
    event="supplementary_assessment.decided", target_type="assessments.periodrecord"
)


@pytest.fixture
def year(in_may: Cast) -> Cast:
    year_ends.unconfirmed(in_may)
    return in_may


@pytest.fixture
def handed_in(in_may: Cast) -> Cast:
    year_ends.submitted(in_may)
    return in_may


@pytest.fixture
def planned(in_july: Cast) -> SupplementaryAssessment:
    return year_ends.plan(in_july)


def text_of(response: HttpResponse) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def read_pupil(cast: Cast, name: str, role: str = "hanh", language: str = "vi") -> str:
    client = client_of(cast, role)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    student_id = getattr(cast, name).student_id
    response = client.get(reverse("student_history", args=[student_id]))
    translation.activate("vi")
    return text_of(response)


def read_class(cast: Cast, role: str = "ngoc") -> str:
    return text_of(client_of(cast, role).get(reverse("class_history", args=[cast.school_class.pk])))


def confirm_otherwise(cast: Cast) -> None:
    actions.confirm_year_decision(
        school_class=cast.school_class,
        enrollment_id=cast.hhen.pk,
        result=YearOutcome.COMPLETED,
        deviation_reason="Em chép bài bạn",
        by=cast.ngoc,
    )


def recognise(cast: Cast, **ground: str) -> None:
    actions.confirm_year_decision(
        school_class=cast.school_class,
        enrollment_id=cast.hhen.pk,
        result=YearOutcome.GOOD,
        recognition=Recognition(IN_JULY.date().replace(month=5), **ground),
        by=cast.ngoc,
    )


# Results and titles


def test_a_confirmed_result_is_told_in_the_forms_words(year: Cast) -> None:
    actions.confirm_year_decisions(school_class=year.school_class, by=year.ngoc)
    page = read_pupil(year, "duc")
    assert "Xác nhận kết quả năm học của em Võ Trí Đức" in page
    assert "<ins>Hoàn thành xuất sắc</ins>" in page
    assert "<ins>Đạt danh hiệu Học sinh Xuất sắc</ins>" in page


def test_a_result_beside_the_rule_is_told_with_the_rules_and_the_reason(year: Cast) -> None:
    confirm_otherwise(year)
    page = read_pupil(year, "hhen")
    assert "Kết quả theo quy định" in page
    assert "<ins>Hoàn thành tốt</ins>" in page
    assert "<ins>Hoàn thành</ins>" in page
    assert "Em chép bài bạn" in page


def test_a_result_by_the_rule_says_nothing_of_the_rule(year: Cast) -> None:
    actions.confirm_year_decisions(school_class=year.school_class, by=year.ngoc)
    assert "Kết quả theo quy định" not in read_pupil(year, "duc")


@pytest.mark.parametrize(
    ("ground", "label", "words"),
    [
        ({"outstanding_subject": "toan"}, "Môn có thành tích xuất sắc", "Toán"),
        ({"progress_trait": "cham_chi"}, "Phẩm chất, năng lực tiến bộ rõ rệt", "Chăm chỉ"),
    ],
)
def test_what_a_title_rests_on_is_told_by_its_name(
    year: Cast, ground: dict[str, str], label: str, words: str
) -> None:
    recognise(year, **ground)
    page = read_pupil(year, "hhen")
    assert label in page
    assert f"<ins>{words}</ins>" in page


def test_confirming_again_tells_the_former_result_beside_the_new(year: Cast) -> None:
    confirm_otherwise(year)
    recognise(year, outstanding_subject="toan")
    assert "<del>Hoàn thành</del> <ins>Hoàn thành tốt</ins>" in read_pupil(year, "hhen")


def test_one_act_for_the_class_is_one_entry_of_its_history(year: Cast) -> None:
    actions.confirm_year_decisions(school_class=year.school_class, by=year.ngoc)
    page = read_class(year)
    assert "Xác nhận kết quả năm học của 3 em" in page
    assert "Xác nhận kết quả năm học của em" not in page
    assert "Võ Trí Đức: Kết quả năm học" in page


def test_a_refused_title_is_told_with_its_reason(handed_in: Cast) -> None:
    actions.refuse_reward(decision=decision_of(handed_in.duc), reason="Chưa đủ", by=handed_in.hanh)
    page = read_pupil(handed_in, "duc")
    assert "Không tặng danh hiệu cuối năm cho em Võ Trí Đức" in page
    assert "Chưa đủ" in page
    assert "<del>Đạt danh hiệu Học sinh Xuất sắc</del>" in page


def test_a_title_that_is_given_back_is_told(handed_in: Cast) -> None:
    actions.refuse_reward(decision=decision_of(handed_in.duc), reason="Chưa đủ", by=handed_in.hanh)
    actions.restore_reward(decision=decision_of(handed_in.duc), by=handed_in.hanh)
    assert "Bỏ việc không tặng danh hiệu cuối năm cho em Võ Trí Đức" in read_pupil(handed_in, "duc")


def test_who_stands_for_a_subject_is_told_in_the_class(year: Cast) -> None:
    actions.confirm_subject(
        school_class=year.school_class,
        period=year_ends.END_YEAR,
        subject_code="ngoai_ngu_1",
        by=year.binh,
    )
    page = read_class(year)
    assert "Xác nhận kết quả môn Ngoại ngữ 1, cuối năm học" in page
    assert "Y Bình Êban" in page


# The summer


def test_a_plan_is_told_with_what_is_assessed_again(
    planned: SupplementaryAssessment, cast: Cast
) -> None:
    page = read_pupil(cast, "anh")
    assert "Lập kế hoạch đánh giá bổ sung cho em Lê Minh Anh" in page
    assert PLAN in page
    assert "Môn học đánh giá bổ sung" in page
    assert "<ins>Toán</ins>" in page


def test_a_plan_that_grows_tells_what_was_added(
    planned: SupplementaryAssessment, cast: Cast
) -> None:
    actions.plan_supplementary_assessment(
        enrollment=cast.anh,
        plan=PLAN,
        subject_codes=["toan", "khoa_hoc"],
        trait_codes=["cham_chi"],
        by=cast.ngoc,
    )
    page = read_pupil(cast, "anh")
    assert "<del>Toán</del> <ins>Toán, Khoa học</ins>" in page
    assert "<ins>Chăm chỉ</ins>" in page


def test_later_results_say_that_they_are_of_the_summer(
    planned: SupplementaryAssessment, cast: Cast
) -> None:
    year_ends.save_later(cast, planned, level="H", score=6)
    page = read_pupil(cast, "anh")
    assert "Nhập Toán của em Lê Minh Anh, đánh giá bổ sung" in page


def test_a_decision_tells_completion_and_promotion_as_two_facts(
    planned: SupplementaryAssessment, cast: Cast
) -> None:
    year_ends.save_later(cast, planned, level="C", score=4)
    actions.submit_supplementary_assessment(
        assessment=planned, case_reason="Em ốm dài ngày", by=cast.ngoc
    )
    actions.decide_supplementary_assessment(
        assessment=planned, is_promoted=True, reason="Kèm thêm", by=cast.hanh
    )
    page = read_pupil(cast, "anh")
    assert "Quyết định sau đánh giá bổ sung của em Lê Minh Anh" in page
    completed, promoted = (
        page.split(label)[1].split("<ins>")[1].split("</ins>")[0]
        for label in ("Hoàn thành chương trình lớp học", "Được lên lớp")
    )
    assert (completed, promoted) == ("không", "có")
    assert "Kèm thêm" in page


@pytest.mark.parametrize("role", ["binh", "suong", "kien", "van"])
def test_the_decision_upon_a_pupil_is_not_read_in_her_history_by_others(
    planned: SupplementaryAssessment, cast: Cast, role: str
) -> None:
    response = client_of(cast, role).get(reverse("student_history", args=[cast.anh.student_id]))
    assert response.status_code == 403
    assert PLAN not in response.content.decode()


# In English


def test_a_year_reads_in_english(year: Cast) -> None:
    confirm_otherwise(year)
    page = read_pupil(year, "hhen", language="en")
    assert "Em chép bài bạn" in page
    for vietnamese in ("Xác nhận kết quả", "Kết quả theo quy định", "Hoàn thành"):
        assert vietnamese not in page


def test_a_summer_reads_in_english(planned: SupplementaryAssessment, cast: Cast) -> None:
    year_ends.save_later(cast, planned, level="H", score=6)
    actions.submit_supplementary_assessment(assessment=planned, by=cast.ngoc)
    actions.decide_supplementary_assessment(assessment=planned, is_promoted=True, by=cast.hanh)
    page = read_pupil(cast, "anh", language="en")
    assert PLAN in page
    for vietnamese in ("đánh giá bổ sung", "Được lên lớp", "Kế hoạch", "Toán"):
        assert vietnamese not in page


# Values by themselves


@pytest.mark.parametrize(
    ("event", "name", "value", "words"),
    [
        (CONFIRMED, "result", "not_completed", "Chưa hoàn thành"),
        (CONFIRMED, "outstanding_subject", "khoa_hoc", "Khoa học"),
        (CONFIRMED, "progress_trait", "yeu_nuoc", "Yêu nước"),
        (PLANNED, "subject_codes", "tieng_viet, toan", "Tiếng Việt, Toán"),
        (PLANNED, "trait_codes", "yeu_nuoc", "Yêu nước"),
        (DECIDED, "result", "completed", "Hoàn thành"),
        (DECIDED, "is_promoted", False, "không"),
        (DECIDED, "has_completed", True, "có"),
        (DECIDED, "is_promoted", None, ""),
    ],
)
def test_a_value_is_told_in_words(event: AuditEvent, name: str, value: object, words: str) -> None:
    assert EVERYTHING.value(event, name, value) == words


@pytest.mark.parametrize(
    ("event", "name", "value"),
    [
        (CONFIRMED, "outstanding_subject", "co_vua"),
        (CONFIRMED, "progress_trait", "bay_cao"),
        (CONFIRMED, "result", "outstanding"),
        (PLANNED, "subject_codes", "toan, co_vua"),
        (PLANNED, "trait_codes", "bay_cao"),
        (DECIDED, "result", "outstanding"),
    ],
)
def test_a_code_of_another_time_is_shown_as_it_was_stored(
    event: AuditEvent, name: str, value: str
) -> None:
    assert EVERYTHING.value(event, name, value) == value
