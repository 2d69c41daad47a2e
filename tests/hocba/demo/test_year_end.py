"""The summers and handovers of the demo, step by step, where a seed too small has none."""

import datetime

import pytest
import time_machine

from assessments.errors import StepNotAllowed
from assessments.models import (
    Commendation,
    Handover,
    SubjectResult,
    SupplementaryAssessment,
    YearDecision,
)
from hocba.demo.clock import YearPlan
from hocba.demo.staff import Staff
from hocba.demo.steps import DAY, Demo, Size, homeroom_of
from hocba.demo.year_end import (
    CASE,
    DECISION,
    commend_pupils,
    pass_classes_on,
    recognise_one_pupil,
    run_summers,
)
from schools.models import SchoolClass
from tests import factories
from tests.assessments import year_ends
from tests.cast import IN_MAY, Cast

pytestmark = pytest.mark.any_database

ENDS_ON = datetime.date(2027, 5, 31)
PLAN = YearPlan(2026, datetime.date(2026, 9, 5), ENDS_ON, {})


@pytest.fixture
def in_may(cast: Cast):
    with time_machine.travel(IN_MAY, tick=False):
        yield cast


@pytest.fixture
def demo(in_may: Cast) -> Demo:
    """The cast's school, as the demo's makers would hold it."""
    office = {"hieutruong": in_may.hanh, "hocvu": in_may.tam}
    staff = Staff(office, [in_may.ngoc], {"tienganh": in_may.binh})
    return Demo(IN_MAY.date(), Size(1, 3), in_may.school, staff, [], [], [], accounts=None)  # type: ignore[arg-type]


def summer_of(pupil) -> SupplementaryAssessment:
    return SupplementaryAssessment.objects.get(record__enrollment=pupil)


def with_two_summers(cast: Cast) -> None:
    """Anh and Đức, in roll order, fall short in Toán."""
    year_ends.unconfirmed(cast)
    year_ends.edit_maths(cast, cast.duc, level=("T", "C"), score=(9, 4))
    year_ends.actions.confirm_year_decisions(school_class=cast.school_class, by=cast.ngoc)
    class_period = year_ends.states.submit(cast, year_ends.END_YEAR)
    year_ends.actions.sign_off_class_period(class_period=class_period, by=cast.hanh)


@pytest.fixture
def after_two_summers(in_may: Cast, demo: Demo) -> Cast:
    with_two_summers(in_may)
    run_summers(demo, [in_may.school_class], PLAN)
    return in_may


# Summers


def test_who_completed_the_year_has_no_summer(after_two_summers: Cast) -> None:
    pupils = SupplementaryAssessment.objects.values_list("record__enrollment", flat=True)
    assert {*pupils} == {after_two_summers.anh.pk, after_two_summers.duc.pk}


def test_what_fell_short_is_assessed_again_and_nothing_else(after_two_summers: Cast) -> None:
    summer = summer_of(after_two_summers.anh)
    assert (summer.subject_codes, summer.trait_codes) == (["toan"], [])


def test_the_first_pupil_completes_and_is_promoted(after_two_summers: Cast) -> None:
    summer = summer_of(after_two_summers.anh)
    assert (summer.has_completed, summer.is_promoted) == (True, True)
    assert (summer.case_reason, summer.decision_reason) == ("", "")


def test_the_second_does_not_and_is_promoted_with_reasons(after_two_summers: Cast) -> None:
    summer = summer_of(after_two_summers.duc)
    assert (summer.has_completed, summer.is_promoted) == (False, True)
    assert (summer.case_reason, summer.decision_reason) == (CASE, DECISION)


@pytest.mark.parametrize(("name", "level", "score"), [("anh", "H", 6), ("duc", "C", 4)])
def test_the_later_results_say_why(after_two_summers: Cast, name, level, score) -> None:
    record = summer_of(getattr(after_two_summers, name)).record
    later = SubjectResult.objects.get(record=record)
    assert (later.level, later.effective_score) == (level, score)


def test_the_years_own_decision_stays_as_it_was(after_two_summers: Cast) -> None:
    decision = YearDecision.objects.get(enrollment=after_two_summers.anh)
    assert (decision.confirmed_result, decision.has_completed) == ("not_completed", False)


def test_a_summer_is_planned_as_lessons_end_and_decided_by_the_principal_in_july(
    after_two_summers: Cast,
) -> None:
    summer = summer_of(after_two_summers.anh)
    assert summer.planned_at.date() == ENDS_ON
    assert summer.decided_at is not None
    assert summer.decided_at.date() == ENDS_ON + 45 * DAY
    assert summer.decided_by == after_two_summers.hanh.user


def test_a_class_that_all_completed_has_no_summer(in_may: Cast, demo: Demo) -> None:
    run_summers(demo, [in_may.school_class], PLAN)
    assert not SupplementaryAssessment.objects.exists()


# Titles


def test_somebody_whom_the_rule_puts_second_is_recognised(in_may: Cast) -> None:
    year_ends.confirmed(in_may)
    recognise_one_pupil(in_may.school_class)
    decision = YearDecision.objects.get(enrollment=in_may.hhen)
    assert (decision.reward_title, decision.outstanding_subject) == (
        "exemplary_pupil",
        "tieng_viet",
    )


def test_before_anybody_is_decided_nobody_is_recognised(in_may: Cast) -> None:
    recognise_one_pupil(in_may.school_class)
    assert not YearDecision.objects.exists()


def test_recognition_leaves_everybody_else_alone(in_may: Cast) -> None:
    year_ends.confirmed(in_may)
    others = YearDecision.objects.exclude(enrollment=in_may.hhen).order_by("pk")
    before = list(others.values())
    recognise_one_pupil(in_may.school_class)
    assert list(others.values()) == before


# Classes passed on


@pytest.fixture
def last_class(in_may: Cast) -> SchoolClass:
    """5A of Ms Sương, with one pupil."""
    last = factories.make_class(in_may.school_year, "5A", (5,))
    factories.assign_homeroom(last, in_may.suong)
    factories.enroll(factories.make_student("Nông Thị Mây"), last)
    return last


def test_a_class_goes_to_whoever_has_the_next_grade_of_its_stream(
    in_may: Cast, demo: Demo, last_class: SchoolClass
) -> None:
    year_ends.signed_off(in_may)
    demo.staff.homeroom.append(in_may.suong)
    with pytest.raises(StepNotAllowed):
        pass_classes_on(demo, {"4A": in_may.school_class, "5A": last_class}, PLAN)
    found = Handover.objects.get(school_class=in_may.school_class)
    assert (found.giver, found.receiver) == (in_may.ngoc, in_may.suong)
    assert found.received_by == in_may.suong.user


def test_a_class_that_is_not_signed_is_not_passed_on(
    in_may: Cast, demo: Demo, last_class: SchoolClass
) -> None:
    demo.staff.homeroom[:] = [in_may.suong]
    with pytest.raises(StepNotAllowed):
        pass_classes_on(demo, {"5A": last_class}, PLAN)
    assert not Handover.objects.filter(handed_over_at__isnull=False).exists()


def test_a_class_without_pupils_has_nothing_to_pass_on(in_may: Cast, demo: Demo) -> None:
    empty = factories.make_class(in_may.school_year, "4B", (4,))
    factories.assign_homeroom(empty, in_may.ngoc)
    pass_classes_on(demo, {"4B": empty}, PLAN)
    assert not Handover.objects.exists()


# Praise and steps


def test_one_is_praised_after_the_other_in_roll_order(in_may: Cast, demo: Demo) -> None:
    commend_pupils(demo, in_may.school_class)
    praised = Commendation.objects.order_by("pk").values_list("enrollment", "kind")
    assert list(praised) == [
        (in_may.anh.pk, "extraordinary"),
        (in_may.duc.pk, "higher_level"),
        (in_may.hhen.pk, "praise_letter"),
    ]


def test_a_class_of_one_is_praised_three_times(in_may: Cast, demo: Demo) -> None:
    small = factories.make_class(in_may.school_year, "2A", (2,))
    factories.assign_homeroom(small, in_may.suong)
    only = factories.enroll(factories.make_student("Nông Thị Mây"), small)
    commend_pupils(demo, small)
    assert {row.enrollment for row in Commendation.objects.all()} == {only}
    assert Commendation.objects.count() == 3


def test_the_homeroom_teacher_of_a_class_is_whoever_has_it_now(cast: Cast) -> None:
    assert homeroom_of(cast.school_class) == cast.ngoc
