"""What the demo's teachers entered reads like a real school's."""

import datetime
from collections import Counter

import pytest

from assessments.models import (
    PeriodRecord,
    SignOff,
    SubjectResult,
    TestScore,
    TraitResult,
    YearDecision,
)
from hocba.demo.staff import SPECIALISTS
from rulesets import Period
from students.models import Enrollment
from tests.hocba.demo.seeded.conftest import TODAY

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


LOCAL = datetime.timezone(datetime.timedelta(hours=7))


def scores():
    return TestScore.objects.select_related("result__record__class_period__school_class")


def test_scores_agree_with_their_levels(school):
    lowest = {"T": 7, "H": 5, "C": 1}
    highest = {"T": 10, "H": 8, "C": 4}
    for row in scores():
        assert lowest[row.result.level] <= row.score <= highest[row.result.level]


def test_most_results_are_good_and_a_few_are_not(school):
    levels = Counter(SubjectResult.objects.values_list("level", flat=True))
    assert levels["T"] > 10 * levels["C"] > 0
    assert levels["H"] > 10 * levels["C"]


def test_years_end_with_different_results(school):
    results = set(YearDecision.objects.values_list("confirmed_result", flat=True))
    assert {"excellent", "good", "completed"} <= results


def test_grades_one_and_two_have_no_tests_in_mid_term(school):
    mid_term = scores().filter(
        result__record__class_period__period__in=[Period.MID_TERM_1, Period.MID_TERM_2],
        result__record__enrollment__grade_level__lte=2,
    )
    assert not mid_term.exists()


def test_english_is_nobodys_test_where_it_is_optional(school):
    optional = scores().filter(
        result__subject_code="ngoai_ngu_1", result__record__enrollment__grade_level__lte=2
    )
    assert not optional.exists()


def test_specialists_enter_their_subjects_themselves(school):
    for username, codes in SPECIALISTS.items():
        saved_by = SubjectResult.objects.filter(subject_code__in=codes).values_list(
            "saved_by__username", flat=True
        )
        assert set(saved_by) == {username}


def test_every_result_has_a_comment(school):
    assert not SubjectResult.objects.filter(comment="").exists()


def test_nobody_needs_help_in_every_trait(school):
    assert set(TraitResult.objects.values_list("level", flat=True)) == {"T", "Đ"}


def test_children_are_as_tall_as_children_are(school):
    for record in PeriodRecord.objects.exclude(height_cm=None).select_related("enrollment"):
        assert 100 <= record.height_cm <= 150
        assert 14 <= record.weight_kg <= 40


def test_who_is_older_is_taller_in_the_middle(school):
    heights = {
        grade: sorted(
            PeriodRecord.objects.filter(enrollment__grade_level=grade)
            .exclude(height_cm=None)
            .values_list("height_cm", flat=True)
        )
        for grade in (1, 5)
    }
    assert heights[1][len(heights[1]) // 2] < heights[5][len(heights[5]) // 2]


def test_every_record_of_the_past_year_is_signed(past):
    enrollments = Enrollment.objects.filter(school_class__school_year=past)
    signed = SignOff.objects.filter(record__enrollment__in=enrollments)
    assert signed.count() == enrollments.count() * 4


def test_signatures_are_the_principals(school):
    assert set(SignOff.objects.values_list("signed_by__username", flat=True)) == {"hieutruong"}


def test_signatures_fall_into_their_windows(running, past):
    for year in (running, past):
        for window in year.period_windows.all():
            signed = SignOff.objects.filter(
                record__class_period__school_class__school_year=year,
                record__class_period__period=window.period,
            )
            for row in signed:
                assert window.is_open_on(row.signed_at.astimezone(LOCAL).date())


def test_nothing_is_signed_in_the_future(school):
    assert max(SignOff.objects.values_list("signed_at", flat=True)).date() < TODAY
