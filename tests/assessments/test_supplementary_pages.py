"""The summer on screen: list, plan, later results beside the first, hand-in and decision."""

import datetime
import unicodedata

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import actions
from assessments.models import SupplementaryAssessment
from assessments.workflow import Status
from students.models import Enrollment
from tests import factories
from tests.assessments import year_ends
from tests.assessments.summers import planned, reassessed, still_lacking
from tests.assessments.year_ends import PLAN
from tests.cast import Cast
from tests.pages import client_of

__all__ = ["planned", "reassessed", "still_lacking"]


def list_url(cast: Cast) -> str:
    return reverse("supplementary_assessments", args=[cast.school_class.pk])


def plan_url(cast: Cast, pupil: Enrollment) -> str:
    return reverse("supplementary_plan", args=[cast.school_class.pk, pupil.pk])


def url_of(assessment: SupplementaryAssessment, name: str = "assessment") -> str:
    return reverse(f"supplementary_{name}", args=[assessment.pk])


def read(cast: Cast, role: str, url: str) -> str:
    response = client_of(cast, role).get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def post(cast: Cast, role: str, url: str, **typed: object) -> HttpResponse:
    return client_of(cast, role).post(url, typed, follow=True)


def status_of(assessment: SupplementaryAssessment) -> str:
    return SupplementaryAssessment.objects.with_pupil().get(pk=assessment.pk).record.status


# The list


def test_the_list_names_who_has_not_completed_and_what_comes_next(in_july: Cast) -> None:
    page = read(in_july, "ngoc", list_url(in_july))
    assert "Lê Minh Anh" in page
    assert "Chưa có kế hoạch" in page
    assert plan_url(in_july, in_july.anh) in page
    assert "Võ Trí Đức" not in page


def test_a_leader_reads_the_list_and_plans_nothing(in_july: Cast) -> None:
    assert plan_url(in_july, in_july.anh) not in read(in_july, "hanh", list_url(in_july))


def test_an_empty_list_says_who_would_stand_there(cast: Cast) -> None:
    assert "Không có em nào" in read(cast, "ngoc", list_url(cast))


def test_the_list_says_the_departments_deadline(in_july: Cast) -> None:
    assert "Hạn đánh giá bổ sung của Sở: 15/08/2027." in read(in_july, "ngoc", list_url(in_july))
    with time_machine.travel(datetime.datetime(2027, 8, 16, 3, tzinfo=datetime.UTC), tick=False):
        page = read(in_july, "ngoc", list_url(in_july))
    assert "Đã quá hạn đánh giá bổ sung của Sở (15/08/2027)." in page


def test_a_list_that_is_decided_has_no_deadline(in_july: Cast) -> None:
    assessment = year_ends.plan(in_july)
    year_ends.save_later(in_july, assessment, level="H", score=6)
    actions.submit_supplementary_assessment(assessment=assessment, by=in_july.ngoc)
    actions.decide_supplementary_assessment(
        assessment=assessment, is_promoted=True, by=in_july.hanh
    )
    assert "Hạn đánh giá bổ sung" not in read(in_july, "ngoc", list_url(in_july))
    page = read(in_july, "ngoc", url_of(assessment))
    assert "Nguyễn Thị Hạnh ký duyệt lúc 08:00 20/07/2027." in page


# The plan


def test_what_she_lacks_is_ticked_already(in_july: Cast) -> None:
    page = read(in_july, "ngoc", plan_url(in_july, in_july.anh))
    [box] = [part for part in page.split("<input") if 'value="toan"' in part]
    assert "checked" in box
    [other] = [part for part in page.split("<input") if 'value="tieng_viet"' in part]
    assert "checked" not in other


def test_a_plan_is_saved_and_the_list_says_so(in_july: Cast) -> None:
    url = plan_url(in_july, in_july.anh)
    response = post(in_july, "ngoc", url, plan=PLAN, subject_codes=["toan"])
    assert "Đã lưu kế hoạch đánh giá bổ sung cho em Lê Minh Anh." in response.content.decode()
    assessment = SupplementaryAssessment.objects.get()
    assert (assessment.plan, assessment.subject_codes) == (PLAN, ["toan"])
    assert url_of(assessment) in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"plan": "", "subject_codes": ["toan"]}, "Hãy ghi kế hoạch hướng dẫn, giúp đỡ em."),
        ({"plan": PLAN}, "Hãy chọn ít nhất một nội dung được đánh giá lại."),
    ],
)
def test_a_plan_that_lacks_something_is_told_and_kept(
    in_july: Cast, typed: dict[str, object], sentence: str
) -> None:
    response = client_of(in_july, "ngoc").post(plan_url(in_july, in_july.anh), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert typed["plan"] in page


def test_a_plan_is_opened_again_as_it_stands(planned: SupplementaryAssessment, cast: Cast) -> None:
    assert PLAN in read(cast, "ngoc", plan_url(cast, cast.anh))


def test_who_has_completed_has_no_plan(in_july: Cast) -> None:
    response = client_of(in_july, "ngoc").get(plan_url(in_july, in_july.duc))
    assert response.status_code == 404


# Results


def test_the_first_results_stand_beside_the_cells_for_the_later(
    planned: SupplementaryAssessment, cast: Cast
) -> None:
    page = read(cast, "ngoc", url_of(planned))
    assert "Chưa hoàn thành, 4 điểm" in page
    assert 'name="level_toan"' in page
    assert 'name="score_toan"' in page
    assert "Toán: chưa có mức đạt được" in page


def test_later_results_are_saved(planned: SupplementaryAssessment, cast: Cast) -> None:
    url = url_of(planned)
    response = post(
        cast, "ngoc", url, level_toan="H", score_toan="6", comment_toan="Em đã chia được."
    )
    page = response.content.decode()
    assert "Đã lưu kết quả đánh giá bổ sung." in page
    assert "<strong>Hoàn thành</strong>" in page
    assert "Em đã chia được." in page


@pytest.mark.parametrize("typed", ["0", "11", "9,5", "9.5", "chín", "-1", "1" * 10_000])
def test_a_wrong_score_is_told_and_kept(
    planned: SupplementaryAssessment, cast: Cast, typed: str
) -> None:
    response = client_of(cast, "ngoc").post(
        url_of(planned), {"level_toan": "H", "score_toan": typed, "comment_toan": ""}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "từ 1 đến 10" in page
    assert f'value="{typed}"' in page


def test_a_level_off_the_scale_is_refused(planned: SupplementaryAssessment, cast: Cast) -> None:
    response = client_of(cast, "ngoc").post(
        url_of(planned), {"level_toan": "Đ", "score_toan": "6", "comment_toan": ""}
    )
    assert response.status_code == 422


def test_a_comment_is_normalised(planned: SupplementaryAssessment, cast: Cast) -> None:
    decomposed = unicodedata.normalize("NFD", "Tiến bộ")
    post(cast, "ngoc", url_of(planned), level_toan="H", score_toan="6", comment_toan=decomposed)
    [result] = planned.record.subject_results.all()
    assert result.comment == "Tiến bộ"


def test_a_teacher_of_another_subject_reads_and_does_not_write(
    planned: SupplementaryAssessment, cast: Cast
) -> None:
    page = read(cast, "binh", url_of(planned))
    assert 'name="level_toan"' not in page
    response = client_of(cast, "binh").post(url_of(planned), {"level_toan": "T"})
    assert response.status_code == 403


def test_what_was_handed_in_is_text(reassessed: SupplementaryAssessment, cast: Cast) -> None:
    actions.submit_supplementary_assessment(assessment=reassessed, by=cast.ngoc)
    page = read(cast, "ngoc", url_of(reassessed))
    assert 'name="level_toan"' not in page
    assert "Hoàn thành, 6 điểm" in page
    assert "Sửa kế hoạch" not in page


# Hand-in and decision


def test_an_incomplete_summer_has_no_hand_in(planned: SupplementaryAssessment, cast: Cast) -> None:
    assert "Gửi hiệu trưởng…" not in read(cast, "ngoc", url_of(planned))


def test_who_has_completed_is_handed_in_without_a_question(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    assert "Gửi hiệu trưởng…" in read(cast, "ngoc", url_of(reassessed))
    page = read(cast, "ngoc", url_of(reassessed, "submit"))
    assert "Em đã hoàn thành chương trình sau đánh giá bổ sung." in page
    assert "<textarea" not in page
    post(cast, "ngoc", url_of(reassessed, "submit"))
    assert status_of(reassessed) == Status.SUBMITTED


def test_who_still_lacks_is_handed_in_with_the_reason(
    still_lacking: SupplementaryAssessment, cast: Cast
) -> None:
    url = url_of(still_lacking, "submit")
    assert client_of(cast, "ngoc").post(url, {"case_reason": ""}).status_code == 422
    post(cast, "ngoc", url, case_reason="Em ốm dài ngày")
    assert status_of(still_lacking) == Status.SUBMITTED
    page = read(cast, "hanh", url_of(still_lacking))
    assert "Lý do trình hiệu trưởng: “Em ốm dài ngày”" in page


def test_the_principal_only_signs_who_has_completed(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    actions.submit_supplementary_assessment(assessment=reassessed, by=cast.ngoc)
    page = read(cast, "hanh", url_of(reassessed, "decide"))
    assert 'name="is_promoted"' not in page
    response = post(cast, "hanh", url_of(reassessed, "decide"))
    assert "Hoàn thành chương trình lớp 4; Được lên lớp" in response.content.decode()
    assert status_of(reassessed) == Status.SIGNED_OFF


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("yes", "Chưa hoàn thành chương trình lớp 4; Được lên lớp"),
        ("no", "Chưa hoàn thành chương trình lớp 4; Chưa được lên lớp"),
    ],
)
def test_the_principal_decides_upon_who_still_lacks(
    still_lacking: SupplementaryAssessment, cast: Cast, answer: str, sentence: str
) -> None:
    actions.submit_supplementary_assessment(
        assessment=still_lacking, case_reason="Em ốm", by=cast.ngoc
    )
    url = url_of(still_lacking, "decide")
    assert "Giáo viên trình: “Em ốm”" in read(cast, "hanh", url)
    assert client_of(cast, "hanh").post(url, {"reason": "Kèm thêm"}).status_code == 422
    assert client_of(cast, "hanh").post(url, {"is_promoted": answer}).status_code == 422
    response = post(cast, "hanh", url, is_promoted=answer, reason="Kèm thêm đầu năm")
    page = response.content.decode()
    assert sentence in page
    assert "Kèm thêm đầu năm" in page


def test_the_principal_returns_it_and_the_teacher_reads_why(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    actions.submit_supplementary_assessment(assessment=reassessed, by=cast.ngoc)
    post(cast, "hanh", url_of(reassessed, "return"), reason="Xem lại điểm")
    assert "Xem lại điểm" in read(cast, "ngoc", url_of(reassessed))


def test_a_decision_is_reopened(reassessed: SupplementaryAssessment, cast: Cast) -> None:
    actions.submit_supplementary_assessment(assessment=reassessed, by=cast.ngoc)
    actions.decide_supplementary_assessment(assessment=reassessed, is_promoted=True, by=cast.hanh)
    assert url_of(reassessed, "reopen") in read(cast, "hanh", url_of(reassessed))
    post(cast, "hanh", url_of(reassessed, "reopen"), reason="Nhập nhầm")
    assert status_of(reassessed) == Status.REOPENED


# Desks


def test_the_homeroom_teachers_desk_asks_for_a_plan_then_for_results(in_july: Cast) -> None:
    desk = reverse("desk")
    assert plan_url(in_july, in_july.anh) in read(in_july, "ngoc", desk)
    assessment = year_ends.plan(in_july)
    page = read(in_july, "ngoc", desk)
    assert url_of(assessment) in page
    assert plan_url(in_july, in_july.anh) not in page


def test_the_principals_desk_lists_what_waits_for_her(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    desk = reverse("desk")
    assert url_of(reassessed) not in read(cast, "hanh", desk)
    actions.submit_supplementary_assessment(assessment=reassessed, by=cast.ngoc)
    page = read(cast, "hanh", desk)
    assert url_of(reassessed) in page
    assert "Em Lê Minh Anh, lớp 4A · đánh giá bổ sung" in page
    assert url_of(reassessed) not in read(cast, "ngoc", desk)


def test_the_lists_queries_do_not_grow(in_july: Cast) -> None:
    client = client_of(in_july, "ngoc")
    client.get(list_url(in_july))
    with CaptureQueriesContext(connection) as few:
        client.get(list_url(in_july))
    year_ends.plan(in_july)
    for number in range(3):
        pupil = factories.enroll(
            factories.make_student(f"Lê Thị Lan {number}"), in_july.school_class
        )
        year_ends.sign_as_not_completed(in_july, pupil)
    with CaptureQueriesContext(connection) as many:
        page = client.get(list_url(in_july)).content.decode()
    assert page.count("Lê Thị Lan") >= 3
    assert len(many) == len(few)
