"""An invented regulation from the first entry to the signed card and the parent's page."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine

from assessments import actions
from assessments.calendar import period_today
from assessments.children import ChildCard
from assessments.completeness import Kind, missing_in_class
from assessments.deviations import deviations_in
from assessments.errors import ClassIncomplete, InvalidEntry, PeriodNotOpen
from assessments.merge import Edit, RowEdit
from assessments.models import ClassPeriod, PeriodRecord, SignOff, YearDecision
from assessments.payload_changes import payload_changes
from assessments.progress import progress_of
from rulesets import Period, Ruleset, YearOutcome
from schools.models import SchoolClass
from students.models import Enrollment
from tests import factories
from tests.assessments.filling import record_row, subject_row
from tests.cast import Cast
from tests.rulesets.invented import kitetest

__all__ = ["kitetest"]

IN_ITS_TIME = {
    Period.END_TERM_1: datetime.datetime(2028, 1, 10, 3, tzinfo=datetime.UTC),
    Period.MID_TERM_2: datetime.datetime(2028, 3, 15, 3, tzinfo=datetime.UTC),
    Period.END_YEAR: datetime.datetime(2028, 5, 20, 3, tzinfo=datetime.UTC),
}
SUBJECTS = ("knots", "wind")


@pytest.fixture
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    """The year is nearly over; a test of an earlier period moves it."""
    with time_machine.travel(IN_ITS_TIME[Period.END_YEAR], tick=False) as clock:
        yield clock


@pytest.fixture
def kites(cast: Cast, kitetest: Ruleset, clock: time_machine.Traveller) -> SchoolClass:
    """Class 2K of the next year, with Ms Ngọc for everything."""
    school_year = factories.make_school_year(cast.school, 2027, ruleset_key="kitetest")
    school_class = factories.make_class(school_year, "2K", (2,))
    factories.assign_homeroom(school_class, cast.ngoc)
    for subject_code in SUBJECTS:
        factories.assign_teacher(school_class, subject_code, cast.ngoc)
    return school_class


@pytest.fixture
def mai(kites: SchoolClass) -> Enrollment:
    return factories.enroll(factories.make_student("Hà Thị Mai"), kites)


def enter(mai: Enrollment, cast: Cast, period: Period, subject_code: str, **cells: object) -> None:
    actions.save_subject_results(
        school_class=mai.school_class,
        period=period,
        subject_code=subject_code,
        rows=[subject_row(mai.pk, **cells)],
        by=cast.ngoc,
    )


def fill(mai: Enrollment, cast: Cast, period: Period, *, tested: str, score: int = 16) -> None:
    for subject_code in SUBJECTS:
        has_score = {"score": score} if subject_code in tested.split() else {}
        enter(mai, cast, period, subject_code, level="CAO", **has_score)
    traits = {"patience": Edit("", "G"), "steadiness": Edit("", "G")}
    scope = {"school_class": mai.school_class, "period": period, "by": cast.ngoc}
    actions.save_trait_results(rows=[RowEdit(mai.pk, traits)], **scope)
    actions.save_period_records(rows=[record_row(mai.pk)], **scope)


def hand_in(mai: Enrollment, cast: Cast, period: Period) -> ClassPeriod:
    return actions.submit_class_period(school_class=mai.school_class, period=period, by=cast.ngoc)


@pytest.fixture
def year_end(mai: Enrollment, cast: Cast) -> ClassPeriod:
    fill(mai, cast, Period.END_YEAR, tested="knots wind")
    actions.confirm_year_decisions(school_class=mai.school_class, by=cast.ngoc)
    return hand_in(mai, cast, Period.END_YEAR)


@pytest.fixture
def card(year_end: ClassPeriod, cast: Cast) -> SignOff:
    actions.sign_off_class_period(class_period=year_end, by=cast.hanh)
    return SignOff.objects.get()


@pytest.mark.parametrize(
    ("period", "tested"),
    [
        (Period.END_TERM_1, ""),
        (Period.MID_TERM_2, "wind"),
    ],
)
def test_a_period_before_the_years_end_is_handed_in_and_signed(
    mai: Enrollment, cast: Cast, clock: time_machine.Traveller, period: Period, tested: str
) -> None:
    clock.move_to(IN_ITS_TIME[period])
    fill(mai, cast, period, tested=tested)
    submitted = hand_in(mai, cast, period)
    actions.sign_off_class_period(class_period=submitted, by=cast.hanh)
    subjects = SignOff.objects.get().payload["subjects"]
    assert [row["code"] for row in subjects if row["is_tested"]] == tested.split()


def test_what_is_missing_are_its_subjects_tests_and_traits(mai: Enrollment) -> None:
    missing = missing_in_class(mai.school_class, Period.END_YEAR)
    assert [(row.kind, row.code) for row in missing if row.kind != Kind.RECORD_FIELD] == [
        (Kind.SUBJECT_LEVEL, "knots"),
        (Kind.TEST_SCORE, "knots"),
        (Kind.SUBJECT_LEVEL, "wind"),
        (Kind.TEST_SCORE, "wind"),
        (Kind.TRAIT_LEVEL, "patience"),
        (Kind.TRAIT_LEVEL, "steadiness"),
        (Kind.YEAR_DECISION, ""),
    ]


def test_the_counts_agree_with_what_is_missing(mai: Enrollment) -> None:
    school_class = mai.school_class
    [progress] = progress_of(
        [school_class], school_year=school_class.school_year, period=Period.END_YEAR
    )
    counted = sum(sum(part.missing.values()) for part in progress.parts)
    assert counted == len(missing_in_class(school_class, Period.END_YEAR))


def test_a_missing_test_of_its_own_holds_the_class_back(
    mai: Enrollment, cast: Cast, clock: time_machine.Traveller
) -> None:
    clock.move_to(IN_ITS_TIME[Period.MID_TERM_2])
    fill(mai, cast, Period.MID_TERM_2, tested="")
    with pytest.raises(ClassIncomplete) as refusal:
        hand_in(mai, cast, Period.MID_TERM_2)
    assert [(row.kind, row.code) for row in refusal.value.missing] == [(Kind.TEST_SCORE, "wind")]


def test_its_word_for_exempt_needs_no_score(
    mai: Enrollment, cast: Cast, clock: time_machine.Traveller
) -> None:
    clock.move_to(IN_ITS_TIME[Period.MID_TERM_2])
    fill(mai, cast, Period.MID_TERM_2, tested="wind")
    scope = {"school_class": mai.school_class, "period": Period.MID_TERM_2, "by": cast.ngoc}
    exempt = {
        "level": Edit("CAO", "X"),
        "score": Edit(16, None),
        "exemption_reason": Edit("", "Sợ nước"),
    }
    actions.save_subject_results(subject_code="wind", rows=[RowEdit(mai.pk, exempt)], **scope)
    assert missing_in_class(mai.school_class, Period.MID_TERM_2) == []


@pytest.mark.parametrize(
    "cells",
    [{"level": "T"}, {"level": "M"}, {"level": "CAO", "score": 21}],
    ids=["another level", "another exemption", "beyond its scale"],
)
def test_what_only_another_regulation_knows_is_refused(
    mai: Enrollment, cast: Cast, cells: dict[str, object]
) -> None:
    with pytest.raises(InvalidEntry):
        enter(mai, cast, Period.END_YEAR, "knots", **cells)


@pytest.mark.parametrize("score", [0, 1, 20])
def test_its_own_scale_is_taken(mai: Enrollment, cast: Cast, score: int) -> None:
    enter(mai, cast, Period.END_YEAR, "knots", level="CAO", score=score)
    record = PeriodRecord.objects.get()
    assert record.subject_results.get().effective_score == score


def test_a_score_where_it_asks_for_no_test_is_refused(
    mai: Enrollment, cast: Cast, clock: time_machine.Traveller
) -> None:
    clock.move_to(IN_ITS_TIME[Period.MID_TERM_2])
    with pytest.raises(InvalidEntry):
        enter(mai, cast, Period.MID_TERM_2, "knots", level="CAO", score=15)


def test_a_trait_level_of_another_regulation_is_refused(mai: Enrollment, cast: Cast) -> None:
    with pytest.raises(InvalidEntry):
        actions.save_trait_results(
            school_class=mai.school_class,
            period=Period.END_YEAR,
            rows=[RowEdit(mai.pk, {"patience": Edit("", "T")})],
            by=cast.ngoc,
        )


@pytest.mark.parametrize("period", [Period.MID_TERM_1, Period.SUPPLEMENTARY])
def test_a_period_that_it_does_not_have_takes_no_entry(
    mai: Enrollment, cast: Cast, period: Period
) -> None:
    """A window for it may stand in the calendar all the same."""
    mai.school_class.school_year.period_windows.update_or_create(
        period=period,
        defaults={
            "opens_on": datetime.date(2028, 5, 1),
            "closes_on": datetime.date(2028, 5, 31),
            "roster_on": datetime.date(2028, 5, 31),
        },
    )
    with pytest.raises(PeriodNotOpen):
        enter(mai, cast, period, "knots", level="CAO")


def test_nobody_is_led_to_a_period_that_it_does_not_have(mai: Enrollment, cast: Cast) -> None:
    """MID_TERM_1 has a window and comes first in time."""
    moment = period_today(cast.school, datetime.date(2027, 11, 1))
    assert moment is not None
    assert moment.period == Period.END_TERM_1


def test_its_year_result_is_derived_and_confirmed(year_end: ClassPeriod, mai: Enrollment) -> None:
    decision = YearDecision.objects.get(enrollment=mai)
    assert (decision.ruleset_key, decision.confirmed_result) == ("kitetest", YearOutcome.GOOD)
    assert (decision.has_completed, decision.reward) == (True, "")


def test_below_its_threshold_the_next_row_holds(mai: Enrollment, cast: Cast) -> None:
    fill(mai, cast, Period.END_YEAR, tested="knots wind", score=14)
    [decision] = actions.confirm_year_decisions(school_class=mai.school_class, by=cast.ngoc)
    assert decision.confirmed_result == YearOutcome.COMPLETED


def test_the_card_speaks_its_words(card: SignOff) -> None:
    payload = card.payload
    assert [row["name"] for row in payload["subjects"]] == ["Thắt nút", "Đọc gió"]
    assert {row["level_name"] for row in payload["subjects"]} == {"Bay cao"}
    assert {row["level_name"] for row in payload["traits"]} == {"Giỏi"}
    assert payload["year_decision"]["result_name"] == "Lên cao"


def test_the_parents_page_shows_its_groups(card: SignOff) -> None:
    [group] = ChildCard(card).trait_groups
    assert group["name"] == "Sự khéo léo"
    assert [trait["name"] for trait in group["traits"]] == ["Kiên nhẫn", "Vững tay"]


def test_a_correction_is_told_in_its_words(card: SignOff) -> None:
    wind = {**card.payload["subjects"][1], "level": "VUA", "level_name": "Bay vừa"}
    corrected = {**card.payload, "subjects": [card.payload["subjects"][0], wind]}
    [change] = payload_changes(card.payload, corrected)
    assert (change.label, change.before, change.after) == (
        "Đọc gió, mức đạt được",
        "Bay cao",
        "Bay vừa",
    )


def test_its_own_thresholds_say_what_is_conspicuous(mai: Enrollment, cast: Cast) -> None:
    enter(mai, cast, Period.END_YEAR, "knots", level="CAO", score=14)
    enter(mai, cast, Period.END_YEAR, "wind", level="CAO", score=15)
    records = PeriodRecord.objects.with_results()
    [deviation] = deviations_in(list(records), mai.school_class.school_year.ruleset)
    assert deviation.sentence == "Thắt nút: mức “Bay cao” nhưng điểm kiểm tra 14"
