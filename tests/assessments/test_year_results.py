"""The year result of each pupil, as it is derived from what is stored."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine

from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.models import PeriodRecord
from assessments.year_results import PupilYear, has_changed_since, year_results
from rulesets import Period, YearOutcome
from students.models import Enrollment
from tests import factories
from tests.assessments import states
from tests.cast import NOW, Cast

END_YEAR = Period.END_YEAR


@pytest.fixture(autouse=True)
def in_may(cast: Cast) -> Iterator[None]:
    with time_machine.travel(datetime.datetime(2027, 5, 20, 5, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def filled(cast: Cast) -> Cast:
    states.filled(cast, END_YEAR)
    return cast


def year_of(cast: Cast, enrollment: Enrollment) -> PupilYear:
    return next(year for year in year_results(cast.school_class) if year.enrollment == enrollment)


def correct_anh(cast: Cast, **edits: tuple[object, object]) -> None:
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_YEAR,
        subject_code="toan",
        rows=[RowEdit(cast.anh.pk, {name: Edit(*edit) for name, edit in edits.items()})],
        by=cast.ngoc,
    )


def test_pupils_stand_in_roll_order(filled: Cast) -> None:
    found = [year.enrollment for year in year_results(filled.school_class)]
    assert found == [filled.anh, filled.duc, filled.hhen]


def test_the_best_of_everything_is_the_best_result(filled: Cast) -> None:
    assert year_of(filled, filled.anh).derived.outcome == YearOutcome.EXCELLENT


def test_one_pupils_score_is_nobody_elses(filled: Cast) -> None:
    correct_anh(filled, score=(9, 4))
    assert year_of(filled, filled.anh).derived.outcome == YearOutcome.NOT_COMPLETED
    assert year_of(filled, filled.duc).derived.outcome == YearOutcome.EXCELLENT


def test_before_anything_was_entered_the_result_is_not_known(cast: Cast) -> None:
    year = year_of(cast, cast.anh)
    assert (year.record, year.derived.outcome) == (None, YearOutcome.INCOMPLETE)
    assert not year.can_be_confirmed


def test_results_of_the_first_term_are_not_the_years(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        states.filled(cast, Period.END_TERM_1)
    assert year_of(cast, cast.anh).derived.outcome == YearOutcome.INCOMPLETE


def test_a_cleared_level_is_missing_and_not_the_lowest(filled: Cast) -> None:
    correct_anh(filled, level=("T", ""))
    assert year_of(filled, filled.anh).derived.outcome == YearOutcome.INCOMPLETE


def test_a_subject_that_the_class_is_not_offered_is_still_owed_when_it_is_compulsory(
    filled: Cast,
) -> None:
    filled.school_class.subject_offerings.filter(subject_code="khoa_hoc").update(
        subject_code="tieng_dan_toc"
    )
    missing = year_of(filled, filled.anh).derived.missing
    assert "khoa_hoc" in {entry.code for entry in missing}


def test_a_pupil_who_is_not_assessed_has_no_result(filled: Cast) -> None:
    filled.anh.is_not_assessed = True
    filled.anh.save()
    year = year_of(filled, filled.anh)
    assert year.derived.outcome == YearOutcome.NOT_ASSESSED
    assert not year.can_be_confirmed


def test_a_complete_result_can_be_confirmed(filled: Cast) -> None:
    assert year_of(filled, filled.anh).can_be_confirmed


def test_a_result_that_was_handed_in_cannot_be_confirmed_any_more(filled: Cast) -> None:
    states.submit(filled, END_YEAR)
    year = year_of(filled, filled.anh)
    assert not year.is_editable
    assert not year.can_be_confirmed


def test_each_grade_of_a_class_has_its_own_subjects(cast: Cast) -> None:
    multigrade = factories.make_class(cast.school_year, "Ghép 1-4", (1, 4))
    younger = factories.enroll(factories.make_student("Lê Thu Thử"), multigrade, grade_level=1)
    older = factories.enroll(factories.make_student("Hồ Văn Thử"), multigrade, grade_level=4)
    owed = {
        year.enrollment: {entry.code for entry in year.derived.missing}
        for year in year_results(multigrade)
    }
    assert "ngoai_ngu_1" in owed[older]
    assert "ngoai_ngu_1" not in owed[younger]


# Since it was confirmed


def test_what_was_confirmed_still_stands(filled: Cast) -> None:
    assert not has_changed_since(year_of(filled, filled.anh))


def test_a_result_that_no_longer_gives_what_was_confirmed_has_changed(filled: Cast) -> None:
    correct_anh(filled, score=(9, 6))
    assert has_changed_since(year_of(filled, filled.anh))
    assert not has_changed_since(year_of(filled, filled.duc))


def test_another_score_with_the_same_result_is_no_change(filled: Cast) -> None:
    correct_anh(filled, score=(9, 10))
    assert not has_changed_since(year_of(filled, filled.anh))


def test_what_became_incomplete_is_told_as_missing_and_not_as_changed(filled: Cast) -> None:
    correct_anh(filled, level=("T", ""))
    assert not has_changed_since(year_of(filled, filled.anh))


def test_the_record_of_a_pupil_stands_beside_her_result(filled: Cast) -> None:
    record = PeriodRecord.objects.get(enrollment=filled.anh)
    assert year_of(filled, filled.anh).record == record
