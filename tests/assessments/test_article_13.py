"""Thông tư 27, Điều 13.1.a, the titles of the year's end: each sentence has a case here.

Khen thưởng đột xuất, the higher level and letters of praise: test_commendations.py.
"""

import datetime

import pytest

from assessments import actions
from assessments.actions import Recognition
from assessments.errors import InvalidEntry
from assessments.models import SignOff, YearDecision
from audit.errors import NotPermitted
from rulesets import TT27, YearOutcome
from tests.assessments import states, year_ends
from tests.assessments.year_ends import END_YEAR, decision_of
from tests.cast import Cast

DAY = datetime.date(2027, 5, 18)
EXEMPLARY = "Đạt danh hiệu Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"


@pytest.fixture
def year(in_may: Cast) -> Cast:
    year_ends.unconfirmed(in_may)
    actions.confirm_year_decisions(school_class=in_may.school_class, by=in_may.ngoc)
    return in_may


def recognise(cast: Cast, **ground: str) -> YearDecision:
    actions.confirm_year_decision(
        school_class=cast.school_class,
        enrollment_id=cast.hhen.pk,
        result=YearOutcome.GOOD,
        recognition=Recognition(DAY, **ground),
        by=cast.ngoc,
    )
    return decision_of(cast.hhen)


def test_13_1_the_principal_gives_the_certificates(year: Cast) -> None:
    """1. Hiệu trưởng tặng giấy khen cho học sinh"""
    class_period = states.submit(year, END_YEAR)
    for by in (year.ngoc, year.tam, year.van):
        with pytest.raises(NotPermitted):
            actions.refuse_reward(decision=decision_of(year.duc), reason="x", by=by)
    actions.sign_off_class_period(class_period=class_period, by=year.hanh)
    payload = SignOff.objects.in_force().get(record__enrollment=year.duc).payload
    assert payload["year_decision"]["reward"] == "Đạt danh hiệu Học sinh Xuất sắc"
    assert payload["signed_by"]["position_title"] == "Hiệu trưởng"


def test_13_1_a_excellent_pupil_for_those_who_are_excellent(year: Cast) -> None:
    """- Khen thưởng danh hiệu Học sinh Xuất sắc cho … mức Hoàn thành xuất sắc"""
    assert decision_of(year.duc).reward == "Đạt danh hiệu Học sinh Xuất sắc"
    assert {decision_of(pupil).reward for pupil in (year.anh, year.hhen)} == {""}


def test_13_1_a_exemplary_pupil_for_those_who_are_good(year: Cast) -> None:
    """- Khen thưởng danh hiệu Học sinh Tiêu biểu … cho … mức Hoàn thành tốt"""
    assert recognise(year, outstanding_subject="toan").reward == EXEMPLARY


@pytest.mark.parametrize(
    "outcome", [YearOutcome.EXCELLENT, YearOutcome.COMPLETED, YearOutcome.NOT_COMPLETED]
)
def test_13_1_a_exemplary_pupil_for_nobody_else(outcome: YearOutcome) -> None:
    assert TT27.title_by_recognition(outcome) is None


def test_13_1_a_with_outstanding_achievement_in_at_least_one_subject(year: Cast) -> None:
    """đồng thời có thành tích xuất sắc về ít nhất một môn học"""
    assert recognise(year, outstanding_subject="am_nhac").outstanding_subject == "am_nhac"


def test_13_1_a_or_clear_progress_in_at_least_one_quality_or_competence(year: Cast) -> None:
    """hoặc có tiến bộ rõ rệt ít nhất một phẩm chất, năng lực"""
    assert recognise(year, progress_trait="trung_thuc").progress_trait == "trung_thuc"


def test_13_1_a_with_neither_there_is_no_title(year: Cast) -> None:
    with pytest.raises(InvalidEntry):
        recognise(year)
    assert decision_of(year.hhen).reward == ""


def test_13_1_a_recognised_by_the_class(year: Cast) -> None:
    """được tập thể lớp công nhận"""
    assert recognise(year, outstanding_subject="toan").recognised_on == DAY


def test_13_1_a_never_by_the_rule_alone(year: Cast) -> None:
    """A human decision: never auto-award"""
    actions.confirm_year_decisions(school_class=year.school_class, by=year.ngoc)
    assert decision_of(year.hhen).reward_title == ""
