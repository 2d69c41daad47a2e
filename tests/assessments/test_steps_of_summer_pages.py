"""Pages that ask for one step of a summer or a title: when they ask, refuse, and lead back."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.http import HttpResponse
from django.urls import reverse

from assessments import actions
from assessments.history import HistoryEntry
from assessments.history_values import HistoryValues
from assessments.models import ClassPeriod, SupplementaryAssessment
from assessments.since_return import changes_since_return
from assessments.workflow import Status
from rulesets import TT27, YearOutcome
from tests.assessments import states, year_ends
from tests.assessments.summers import planned, reassessed
from tests.assessments.year_ends import decision_of
from tests.cast import IN_MAY, Cast
from tests.pages import client_of

__all__ = ["planned", "reassessed"]

VALUES = HistoryValues(TT27, sees_health=True, sees_sensitive=True)
STEPS = {"submit": "ngoc", "decide": "hanh", "return": "hanh", "reopen": "hanh"}
TYPED = {"reason": "Xem lại điểm phép chia", "case_reason": "Em ốm", "is_promoted": "yes"}


def url_of(assessment: SupplementaryAssessment, name: str) -> str:
    return reverse(f"supplementary_{name}", args=[assessment.pk])


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def status_of(assessment: SupplementaryAssessment) -> str:
    return SupplementaryAssessment.objects.with_pupil().get(pk=assessment.pk).record.status


@pytest.fixture
def submitted(reassessed: SupplementaryAssessment, cast: Cast) -> SupplementaryAssessment:
    return actions.submit_supplementary_assessment(assessment=reassessed, by=cast.ngoc)


@pytest.fixture
def decided(submitted: SupplementaryAssessment, cast: Cast) -> SupplementaryAssessment:
    return actions.decide_supplementary_assessment(
        assessment=submitted, is_promoted=True, by=cast.hanh
    )


def check_asks_for(cast: Cast, assessment: SupplementaryAssessment, possible: set[str]) -> None:
    """The others lead back to the summer with a sentence, and ask nothing."""
    for name, role in STEPS.items():
        response = client_of(cast, role).get(url_of(assessment, name), follow=True)
        asks = not response.redirect_chain
        assert asks == (name in possible), name
        if not asks:
            assert response.redirect_chain[-1][0] == url_of(assessment, "assessment")
            assert "được khi trạng thái là" in text_of(response)


def test_while_it_is_with_the_teachers_it_can_be_handed_in(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    check_asks_for(cast, reassessed, {"submit"})


def test_while_it_is_with_the_principal_it_can_be_decided_or_returned(
    submitted: SupplementaryAssessment, cast: Cast
) -> None:
    check_asks_for(cast, submitted, {"decide", "return"})


def test_once_it_is_decided_it_can_only_be_reopened(
    decided: SupplementaryAssessment, cast: Cast
) -> None:
    check_asks_for(cast, decided, {"reopen"})


@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_came_too_late_changes_nothing_and_keeps_the_words(
    decided: SupplementaryAssessment, cast: Cast, name: str
) -> None:
    """Somebody else decided while the page stood open."""
    actions.reopen_supplementary_assessment(assessment=decided, reason="Nhầm", by=cast.hanh)
    year_ends.save_later(cast, decided, level="C", score=3)
    if name == "submit":
        actions.submit_supplementary_assessment(
            assessment=decided, case_reason="Em ốm", by=cast.ngoc
        )
    before = status_of(decided)
    response = client_of(cast, STEPS[name]).post(url_of(decided, name), TYPED)
    assert response.status_code == 422
    typed = TYPED["case_reason"] if name == "submit" else TYPED["reason"]
    assert typed in text_of(response)
    assert status_of(decided) == before


@pytest.mark.parametrize("name", ["return", "reopen"])
def test_a_reason_of_spaces_is_asked_for_again(
    submitted: SupplementaryAssessment, cast: Cast, name: str
) -> None:
    response = client_of(cast, "hanh").post(url_of(submitted, name), {"reason": "   "})
    assert response.status_code == 422
    assert "Hãy ghi" in text_of(response)
    assert status_of(submitted) == Status.SUBMITTED


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_not_taken_by_a_colleague_who_teaches_another_subject(
    submitted: SupplementaryAssessment, cast: Cast, name: str
) -> None:
    response = client_of(cast, "binh").post(url_of(submitted, name), TYPED)
    assert response.status_code == 403
    assert status_of(submitted) == Status.SUBMITTED


def test_a_principal_is_told_why_a_reopened_year_is_not_decided_upon(
    submitted: SupplementaryAssessment, cast: Cast
) -> None:
    record = ClassPeriod.objects.get(period=year_ends.END_YEAR).records.get(enrollment=cast.anh)
    actions.reopen_record(record=record, reason="Sai điểm", by=cast.hanh)
    response = client_of(cast, "hanh").post(url_of(submitted, "decide"))
    assert response.status_code == 422
    assert "sau khi kết quả cuối năm đã ký duyệt" in text_of(response)


def test_looking_at_a_page_changes_nothing(submitted: SupplementaryAssessment, cast: Cast) -> None:
    for name, role in STEPS.items():
        client_of(cast, role).get(url_of(submitted, name))
    assert status_of(submitted) == Status.SUBMITTED


# A title


@pytest.fixture
def handed_in(in_may: Cast) -> Cast:
    year_ends.submitted(in_may)
    return in_may


def refuse_url(cast: Cast) -> str:
    return reverse("reward_refuse", args=[decision_of(cast.duc).pk])


def test_a_signed_title_is_not_asked_about(handed_in: Cast) -> None:
    class_period = ClassPeriod.objects.get(period=year_ends.END_YEAR)
    actions.sign_off_class_period(class_period=class_period, by=handed_in.hanh)
    response = client_of(handed_in, "hanh").get(refuse_url(handed_in), follow=True)
    results = reverse("year_results", args=[handed_in.school_class.pk])
    assert response.redirect_chain[-1][0] == results


def test_a_title_that_was_signed_meanwhile_stays_and_the_words_too(handed_in: Cast) -> None:
    class_period = ClassPeriod.objects.get(period=year_ends.END_YEAR)
    actions.sign_off_class_period(class_period=class_period, by=handed_in.phuc)
    response = client_of(handed_in, "hanh").post(refuse_url(handed_in), {"reason": "Chưa đủ"})
    assert response.status_code == 422
    assert "Chưa đủ" in text_of(response)
    assert decision_of(handed_in.duc).reward == "Đạt danh hiệu Học sinh Xuất sắc"


def test_a_title_that_nobody_refused_is_not_given_back(handed_in: Cast) -> None:
    url = reverse("reward_restore", args=[decision_of(handed_in.duc).pk])
    page = text_of(client_of(handed_in, "hanh").post(url, follow=True))
    assert "Danh hiệu của em không bị từ chối." in page
    assert "lại được đề nghị danh hiệu" not in page


# Since it was given back


def sentences(class_period: ClassPeriod) -> list[str]:
    entries: list[HistoryEntry] = changes_since_return(class_period, VALUES)
    return [entry.sentence for entry in entries]


def the_year() -> ClassPeriod:
    return ClassPeriod.objects.select_related("school_class__school_year__school").get(
        period=year_ends.END_YEAR
    )


@pytest.fixture
def given_back(handed_in: Cast) -> Iterator[Cast]:
    """An hour after all was entered."""
    with time_machine.travel(IN_MAY + datetime.timedelta(hours=1), tick=False):
        actions.return_class_period(
            class_period=the_year(), reason="Xem lại Toán", by=handed_in.hanh
        )
        yield handed_in


def test_a_class_that_comes_up_for_the_first_time_has_no_changes(handed_in: Cast) -> None:
    assert sentences(the_year()) == []


def test_a_result_that_is_confirmed_again_is_among_what_changed(given_back: Cast) -> None:
    year_ends.edit_maths(given_back, given_back.anh, level=("C", "H"), score=(4, 6))
    actions.confirm_year_decision(
        school_class=given_back.school_class,
        enrollment_id=given_back.anh.pk,
        result=YearOutcome.COMPLETED,
        by=given_back.ngoc,
    )
    assert "Xác nhận kết quả năm học của em Lê Minh Anh" in sentences(the_year())


def test_the_newest_change_stands_first(given_back: Cast) -> None:
    year_ends.edit_maths(given_back, given_back.anh, level=("C", "H"), score=(4, 6))
    actions.confirm_year_decisions(school_class=given_back.school_class, by=given_back.ngoc)
    assert sentences(the_year()) == [
        "Xác nhận kết quả năm học của em Lê Minh Anh",
        "Nhập Toán của em Lê Minh Anh, cuối năm học",
    ]


def test_a_class_that_is_reopened_counts_from_its_reopening(handed_in: Cast) -> None:
    class_period = actions.sign_off_class_period(class_period=the_year(), by=handed_in.hanh)
    with time_machine.travel(IN_MAY + datetime.timedelta(hours=1), tick=False):
        actions.reopen_class_period(class_period=class_period, reason="Sai", by=handed_in.hanh)
        year_ends.edit_maths(handed_in, handed_in.duc, score=(9, 10))
        states.submit(handed_in, year_ends.END_YEAR)
    assert sentences(the_year()) == ["Nhập Toán của em Võ Trí Đức, cuối năm học"]
