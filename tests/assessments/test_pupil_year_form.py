"""The form of one pupil's year: each field's refusal, and what another regulation leaves out."""

import datetime
from dataclasses import replace

import pytest
import time_machine
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from assessments.actions import Recognition
from assessments.forms.steps import LONGEST_REASON
from assessments.forms.year_decisions import RECOGNITION, PupilYearForm, RefuseRewardForm
from assessments.forms.year_end import SignManyForm
from assessments.models import ClassPeriod, YearDecision
from assessments.workflow import Status
from assessments.year_end import ClassYear
from assessments.year_results import PupilYear
from rulesets import TT27, Period, Ruleset, YearOutcome, YearResult
from schools.models import SchoolClass
from students.models import Enrollment
from tests.cast import IN_MAY
from tests.rulesets.invented import KITETEST
from tests.rulesets.test_titles import STARTER, WITH_TITLES

TODAY = IN_MAY.date()
WHOLE = {
    "result": "good",
    "is_recognised": "on",
    "outstanding_subject": "toan",
    "progress_trait": "cham_chi",
    "recognised_on": "18/05/2027",
}


@pytest.fixture(autouse=True)
def in_may():
    with time_machine.travel(IN_MAY, tick=False):
        yield


def a_year(
    outcome: YearOutcome = YearOutcome.GOOD,
    *,
    grade_level: int = 4,
    decision: YearDecision | None = None,
) -> PupilYear:
    enrollment = Enrollment(grade_level=grade_level)
    if decision:
        enrollment.year_decision = decision
    return PupilYear(enrollment, None, YearResult(outcome))


def form_of(
    typed: dict[str, str] | None = None,
    *,
    year: PupilYear | None = None,
    ruleset: Ruleset = TT27,
    subjects: tuple[str, ...] = ("toan", "tieng_viet"),
) -> PupilYearForm:
    return PupilYearForm(typed, year=year or a_year(), ruleset=ruleset, subjects=list(subjects))


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in WHOLE.items() if name not in names}


def check_refused(form: forms.Form, name: str, sentence: str, typed: dict[str, str]) -> None:
    """That field alone, in words; and everything stands in the form as it was typed."""
    assert list(form.errors) == [name]
    assert sentence in str(form.errors[name])
    for other, value in typed.items():
        shown = form[other].value()
        assert shown == (True if value == "on" else value)


# What is refused


@pytest.mark.parametrize(
    ("typed", "name", "sentence"),
    [
        (without("result"), "result", "Hãy chọn kết quả năm học của em."),
        ({**WHOLE, "result": "incomplete"}, "result", ""),
        ({**WHOLE, "result": "Hoàn thành tốt"}, "result", ""),
        (
            {"result": "completed"},
            "deviation_reason",
            "Kết quả khác quy định: hãy ghi lý do để hiệu trưởng xem.",
        ),
        (
            {**WHOLE, "result": "completed", "deviation_reason": "Chép bài"},
            "is_recognised",
            "Danh hiệu này chỉ dành cho em đạt Hoàn thành tốt.",
        ),
        (
            {**WHOLE, "result": "excellent", "deviation_reason": "Bài bị chấm nhầm"},
            "is_recognised",
            "Danh hiệu này chỉ dành cho em đạt Hoàn thành tốt.",
        ),
        (
            without("outstanding_subject", "progress_trait"),
            "outstanding_subject",
            "Hãy chọn môn có thành tích xuất sắc",
        ),
        (without("recognised_on"), "recognised_on", "Hãy ghi ngày tập thể lớp công nhận."),
        ({**WHOLE, "recognised_on": "21/05/2027"}, "recognised_on", "không thể sau hôm nay"),
        ({**WHOLE, "recognised_on": "hôm qua"}, "recognised_on", "ngày/tháng/năm"),
        ({**WHOLE, "recognised_on": "31/04/2027"}, "recognised_on", "ngày/tháng/năm"),
        ({**WHOLE, "outstanding_subject": "khoa_hoc"}, "outstanding_subject", ""),
        ({**WHOLE, "progress_trait": "bay_cao"}, "progress_trait", ""),
        ({**WHOLE, "deviation_reason": "ô" * (LONGEST_REASON + 1)}, "deviation_reason", ""),
    ],
)
def test_each_field_refuses_by_itself_and_nothing_is_lost(
    typed: dict[str, str], name: str, sentence: str
) -> None:
    check_refused(form_of(typed), name, sentence, typed)


@pytest.mark.parametrize("left_out", ["outstanding_subject", "progress_trait"])
def test_one_of_the_two_grounds_is_enough(left_out: str) -> None:
    assert form_of(without(left_out)).is_valid()


def test_today_is_not_ahead() -> None:
    assert form_of({**WHOLE, "recognised_on": "20/05/2027"}).is_valid()


@given(day=st.dates(datetime.date(2026, 1, 1), datetime.date(2028, 12, 31)))
def test_a_day_that_is_over_is_taken_and_one_ahead_is_not(day: datetime.date) -> None:
    with time_machine.travel(IN_MAY, tick=False):
        form = form_of({**WHOLE, "recognised_on": day.strftime("%d/%m/%Y")})
        assert form.is_valid() == (day <= TODAY)


def test_grounds_without_the_tick_give_no_title_and_hold_nothing_up() -> None:
    form = form_of(without("is_recognised", "recognised_on"))
    assert form.is_valid()
    assert form.arguments["recognition"] is None


def test_what_was_typed_becomes_the_recognition() -> None:
    form = form_of(WHOLE)
    assert form.is_valid()
    assert form.arguments == {
        "result": YearOutcome.GOOD,
        "deviation_reason": "",
        "recognition": Recognition(datetime.date(2027, 5, 18), "toan", "cham_chi"),
    }


# What is offered


@pytest.mark.parametrize("outcome", [row.outcome for row in TT27.year_rows])
def test_the_rules_result_is_marked_and_chosen_and_no_other(outcome: YearOutcome) -> None:
    form = form_of(year=a_year(outcome))
    marked = [code for code, name in form.fields["result"].choices if "(theo quy định)" in name]
    assert marked == [outcome.value]
    assert form["result"].value() == outcome


@pytest.mark.parametrize("grade_level", [1, 2, 3, 4, 5])
def test_traits_are_those_of_her_grade(grade_level: int) -> None:
    form = form_of(year=a_year(grade_level=grade_level))
    offered = [code for code, _name in form.fields["progress_trait"].choices]
    assert offered == ["", *(trait.code for trait in TT27.traits_for(grade_level))]


def test_subjects_stand_in_form_order_whatever_order_they_come_in() -> None:
    form = form_of(subjects=("toan", "am_nhac", "tieng_viet"))
    offered = [code for code, _name in form.fields["outstanding_subject"].choices]
    assert offered[1:] == [row.code for row in TT27.subjects if row.code in offered]


def a_decision(**fields: object) -> YearDecision:
    return YearDecision(
        **{
            "derived_result": "good",
            "confirmed_result": "good",
            "outstanding_subject": "toan",
            "recognised_on": datetime.date(2027, 5, 18),
            **fields,
        }
    )


def test_what_was_recognised_stands_in_the_form_again() -> None:
    form = form_of(year=a_year(decision=a_decision()))
    assert form["is_recognised"].value() is True
    assert 'value="18/05/2027"' in str(form["recognised_on"])
    assert form["outstanding_subject"].value() == "toan"


def test_what_was_confirmed_upon_other_results_is_not_offered_again() -> None:
    decision = a_decision(derived_result="excellent", confirmed_result="excellent")
    form = form_of(year=a_year(decision=decision))
    assert form["result"].value() == YearOutcome.GOOD
    assert not form["is_recognised"].value()


# Another regulation


def kite_form(ruleset: Ruleset, typed: dict[str, str] | None = None) -> PupilYearForm:
    year = a_year(YearOutcome.COMPLETED, grade_level=1)
    return form_of(typed, year=year, ruleset=ruleset, subjects=("knots",))


def test_a_regulation_without_titles_asks_for_no_recognition() -> None:
    form = kite_form(KITETEST)
    assert not form.fields.keys() & set(RECOGNITION)
    assert "Đề nghị danh hiệu" not in form.as_p()


def test_where_there_is_no_title_what_is_typed_all_the_same_gives_none() -> None:
    form = kite_form(KITETEST, {**WHOLE, "result": "completed"})
    assert form.is_valid()
    assert form.arguments["recognition"] is None


def test_results_are_named_as_that_regulation_names_them() -> None:
    assert kite_form(KITETEST).fields["result"].choices == [
        ("good", "Lên cao"),
        ("completed", "Bay được (theo quy định)"),
        ("not_completed", "Chưa bay"),
    ]


def test_a_title_is_offered_by_its_own_name() -> None:
    only = replace(WITH_TITLES, reward_titles=(STARTER,))
    assert kite_form(only).fields["is_recognised"].label == "Đề nghị danh hiệu Cất cánh"


def test_a_title_of_that_regulation_is_for_its_own_result() -> None:
    only = replace(WITH_TITLES, reward_titles=(STARTER,))
    typed = {"is_recognised": "on", "progress_trait": "patience", "recognised_on": "18/05/2027"}
    assert kite_form(only, {**typed, "result": "completed"}).is_valid()
    form = kite_form(only, {**typed, "result": "good", "deviation_reason": "Gió to"})
    check_refused(form, "is_recognised", "chỉ dành cho em đạt Bay được", typed)


# Refusing a title


@pytest.mark.parametrize("typed", ["", "  ", "\n"])
def test_a_refusal_says_what_is_missing(typed: str) -> None:
    form = RefuseRewardForm({"reason": typed})
    check_refused(form, "reason", "Hãy ghi lý do không tặng danh hiệu.", {"reason": typed})


# Signing many


def a_class(pk: int, status: Status) -> ClassYear:
    school_class = SchoolClass(pk=pk, name=f"{pk}A")
    period = ClassPeriod(school_class=school_class, period=Period.END_YEAR, status=status)
    return ClassYear(school_class, period, [], {}, 0)


CLASSES = [
    a_class(3, Status.SUBMITTED),
    a_class(1, Status.SUBMITTED),
    a_class(2, Status.OPEN),
    a_class(4, Status.SIGNED_OFF),
]
SEEN = {f"seen_at_{pk}": "2027-05-20T08:00:00+00:00" for pk in (1, 2, 3, 4)}


def chosen(typed: dict[str, object]) -> list[int]:
    form = SignManyForm(typed, classes=CLASSES)
    assert form.is_valid(), form.errors
    return [row.school_class.pk for row, _seen_at in form.chosen]


def test_all_are_those_that_the_page_showed_as_waiting_in_its_order() -> None:
    assert chosen({"signs_all": "on", **SEEN}) == [3, 1]


def test_what_the_page_did_not_show_is_not_among_all() -> None:
    assert chosen({"signs_all": "on", "seen_at_1": SEEN["seen_at_1"]}) == [1]


def test_the_chosen_stand_in_the_order_of_the_page() -> None:
    assert chosen({"classes": ["1", "3"], **SEEN}) == [3, 1]


def test_nothing_chosen_is_nothing_signed() -> None:
    assert chosen(SEEN) == []


@pytest.mark.parametrize("pk", ["2", "4", "77", "x", ""])
def test_a_class_that_does_not_wait_is_not_to_be_chosen(pk: str) -> None:
    assert not SignManyForm({"classes": [pk], **SEEN}, classes=CLASSES).is_valid()


def test_each_class_is_signed_as_the_page_saw_it() -> None:
    form = SignManyForm({"classes": ["1"], **SEEN}, classes=CLASSES)
    assert form.is_valid()
    [(_row, seen_at)] = form.chosen
    assert seen_at == datetime.datetime(2027, 5, 20, 8, tzinfo=datetime.UTC)
