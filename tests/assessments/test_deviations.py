import pytest
import time_machine

from assessments import actions
from assessments.deviations import deviations_in
from assessments.models import YearDecision
from rulesets import Period, YearOutcome
from tests.assessments import states
from tests.cast import Cast


def deviations(cast: Cast, period: str = Period.END_TERM_1) -> list[tuple[str, str]]:
    class_period = cast.school_class.class_periods.get(period=period)
    records = list(class_period.records.with_results().in_roll_order())
    return [
        (deviation.enrollment.student.full_name, deviation.sentence)
        for deviation in deviations_in(records, cast.school_year.ruleset)
    ]


@pytest.fixture
def filled(cast: Cast) -> Cast:
    states.filled(cast)
    return cast


def test_an_ordinary_class_has_none(filled: Cast) -> None:
    assert deviations(filled) == []


@pytest.mark.parametrize("score", [1, 4])
def test_the_best_level_with_a_failing_score_is_conspicuous(filled: Cast, score: int) -> None:
    states.correct(filled, "toan", score=(9, score))
    assert deviations(filled) == [
        ("Lê Minh Anh", f"Toán: mức “Hoàn thành tốt” nhưng điểm kiểm tra {score}")
    ]


def test_the_best_level_with_a_passing_score_is_not(filled: Cast) -> None:
    states.correct(filled, "toan", score=(9, 5))
    assert deviations(filled) == []


@pytest.mark.parametrize("score", [9, 10])
def test_the_lowest_level_with_an_excellent_score_is_conspicuous(filled: Cast, score: int) -> None:
    states.correct(filled, "toan", level=("T", "C"), score=(9, score))
    assert deviations(filled) == [
        ("Lê Minh Anh", f"Toán: mức “Chưa hoàn thành” nhưng điểm kiểm tra {score}")
    ]


def test_the_lowest_level_with_a_middling_score_is_not(filled: Cast) -> None:
    states.correct(filled, "toan", level=("T", "C"), score=(9, 8))
    assert deviations(filled) == []


def test_a_retest_is_named_with_both_scores(cast: Cast) -> None:
    states.taken_retest(cast)
    assert deviations(cast) == [("Lê Minh Anh", "Toán: kiểm tra lại (lần 1: 9, lần 2: 10)")]


def test_an_exempt_subject_is_named(filled: Cast) -> None:
    states.correct(filled, "giao_duc_the_chat", level=("T", "M"))
    assert deviations(filled) == [("Lê Minh Anh", "Giáo dục thể chất: miễn học")]


def test_a_pupil_not_assessed_is_named_and_nothing_else_of_her(filled: Cast) -> None:
    states.correct(filled, "toan", score=(9, 1))
    filled.anh.is_not_assessed = True
    filled.anh.save()
    assert deviations(filled) == [("Lê Minh Anh", "thuộc diện khuyết tật không đánh giá")]


@pytest.fixture
def year_end(cast: Cast, year_end_now: None) -> Cast:
    states.filled(cast, Period.END_YEAR)
    return cast


@pytest.fixture
def year_end_now(cast: Cast):
    with time_machine.travel("2027-05-20 08:00:00+07:00", tick=False):
        yield


def test_a_year_result_beside_the_rule_is_named_with_its_reason(year_end: Cast) -> None:
    YearDecision.objects.filter(enrollment=year_end.anh).update(
        confirmed_result=YearOutcome.GOOD, deviation_reason="Lớp chưa thống nhất"
    )
    ((name, sentence),) = deviations(year_end, Period.END_YEAR)
    assert name == "Lê Minh Anh"
    assert "“Hoàn thành tốt”, theo quy định là “Hoàn thành xuất sắc”: Lớp chưa th" in sentence


def test_a_pupil_who_has_not_completed_is_named(year_end: Cast) -> None:
    YearDecision.objects.filter(enrollment=year_end.anh).update(
        derived_result=YearOutcome.NOT_COMPLETED,
        confirmed_result=YearOutcome.NOT_COMPLETED,
        has_completed=False,
        is_promoted=None,
    )
    assert deviations(year_end, Period.END_YEAR) == [
        ("Lê Minh Anh", "chưa hoàn thành chương trình lớp học")
    ]


def test_the_result_by_the_rule_is_not_conspicuous(year_end: Cast) -> None:
    actions.confirm_year_decisions(school_class=year_end.school_class, by=year_end.ngoc)
    assert deviations(year_end, Period.END_YEAR) == []
