"""The school that benchmarks are measured on has every result, or they measure less."""

import pytest

from assessments.completeness import expectations
from assessments.models import ClassPeriod, PeriodRecord, SubjectResult, TestScore, TraitResult
from benchmarks import full_school, year_results
from benchmarks.full_school import CLASSES, ETHNICITIES, PUPILS, PUPILS_OF_A_CLASS, make_full_school
from rulesets import Period
from schools.models import Role
from schools.permissions import has_role
from students.models import Enrollment, Student

TERM, YEAR = Period.END_TERM_1.value, Period.END_YEAR.value


@pytest.fixture
def small(db: None, monkeypatch: pytest.MonkeyPatch):
    """As it makes a thousand pupils, but eleven in five classes."""
    for name, size in {"CLASSES": 5, "PUPILS_OF_A_CLASS": 3, "PUPILS": 11}.items():
        monkeypatch.setattr(full_school, name, size)


def sizes(year) -> list[int]:
    return [row.enrollments.count() for row in year.classes.order_by("name")]


def test_a_thousand_pupils_fit_into_their_classes() -> None:
    assert CLASSES <= PUPILS <= CLASSES * PUPILS_OF_A_CLASS


def test_every_pupil_has_a_place_and_no_class_is_empty(small: None) -> None:
    year, _leader = make_full_school([])
    assert sizes(year) == [3, 3, 3, 1, 1]
    assert Enrollment.objects.count() == 11


def test_there_are_classes_of_all_five_grades(small: None) -> None:
    year, _leader = make_full_school([])
    assert [(row.name, row.lowest_grade) for row in year.classes.order_by("name")] == [
        ("1A", 1),
        ("2A", 2),
        ("3A", 3),
        ("4A", 4),
        ("5A", 5),
    ]


def test_its_leader_may_look_at_it(small: None) -> None:
    year, leader = make_full_school([])
    assert has_role(leader, Role.PRINCIPAL)
    assert leader.school == year.school
    assert leader.acting_user.username == "hanh"


def test_every_result_that_is_owed_is_entered(small: None) -> None:
    year, _leader = make_full_school([TERM, YEAR])
    for school_class in year.classes.all():
        for period in (TERM, YEAR):
            owed = expectations(school_class, period)[school_class.lowest_grade]
            entered = SubjectResult.objects.filter(
                record__class_period__school_class=school_class, record__class_period__period=period
            )
            pupils = school_class.enrollments.count()
            assert {row.subject_code for row in entered} == set(owed.subjects)
            assert entered.count() == pupils * len(owed.subjects)
            assert TestScore.objects.filter(result__in=entered).count() == pupils * len(owed.tested)


def test_every_trait_is_entered(small: None) -> None:
    year, _leader = make_full_school([TERM])
    for record in PeriodRecord.objects.select_related("enrollment"):
        traits = year.ruleset.traits_for(record.enrollment.grade_level)
        entered = TraitResult.objects.filter(record=record)
        assert {row.trait_code for row in entered} == {trait.code for trait in traits}


def test_only_the_periods_that_are_measured_are_entered(small: None) -> None:
    make_full_school([TERM])
    assert {*ClassPeriod.objects.values_list("period", flat=True)} == {TERM}


def test_every_letter_is_one_that_the_regulation_knows(small: None) -> None:
    year, _leader = make_full_school([TERM])
    subjects = {level.code for level in year.ruleset.subject_levels}
    traits = {level.code for level in year.ruleset.trait_levels}
    assert {*SubjectResult.objects.values_list("level", flat=True)} == subjects
    assert {*TraitResult.objects.values_list("level", flat=True)} == traits


def test_every_score_is_on_the_scale(small: None) -> None:
    year, _leader = make_full_school([TERM])
    scale = year.ruleset.score_scale
    scores = TestScore.objects.values_list("score", flat=True)
    assert scale.minimum <= min(scores) < max(scores) <= scale.maximum


def test_girls_boys_and_origins_are_there_to_be_counted_apart(
    small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_school, "PUPILS_OF_A_CLASS", 8)
    monkeypatch.setattr(full_school, "PUPILS", 40)
    make_full_school([])
    for name, expected in {
        "gender": {"female", "male"},
        "ethnicity_code": {*ETHNICITIES},
        "disability": {"", "Khiếm thị"},
    }.items():
        assert {*Student.objects.values_list(name, flat=True)} == expected


def test_the_years_results_are_derived_for_every_pupil(small: None) -> None:
    year, _leader = make_full_school([YEAR])
    assert year_results.derive_all(list(year.classes.order_by("name"))) == 11


@pytest.mark.parametrize("derived", [0, PUPILS - 1, PUPILS + 1])
def test_a_measurement_of_fewer_pupils_is_refused(derived: int) -> None:
    with pytest.raises(RuntimeError, match=f"{derived} year results"):
        year_results.check_pupils(derived)


def test_a_measurement_of_a_thousand_is_taken() -> None:
    assert year_results.check_pupils(PUPILS) is None
