"""What is counted for many classes at once, by class, grade level and subject."""

import datetime

import pytest

from assessments import actions
from assessments.counting import Counts, PupilCount, count, stored_class_periods
from assessments.merge import Edit, RowEdit
from rulesets import TT27, Period
from schools.models import SchoolClass
from tests import factories
from tests.assessments import states
from tests.cast import NOW, Cast

END_TERM_1 = Period.END_TERM_1


def counted(cast: Cast, *more: SchoolClass, period: str = END_TERM_1) -> Counts:
    classes = [cast.school_class, *more]
    return count(
        classes,
        stored_class_periods(classes, period),
        school_year=cast.school_year,
        period=period,
    )


def enter(cast: Cast, **cells: object) -> None:
    edits = {name: Edit(None if name == "score" else "", value) for name, value in cells.items()}
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code="toan",
        rows=[RowEdit(cast.anh.pk, edits)],
        by=cast.ngoc,
    )


def test_pupils_are_counted_by_class_and_grade(cast: Cast) -> None:
    multigrade = factories.make_class(cast.school_year, "Ghép 1-2", (1, 2))
    for grade_level in (1, 2, 2):
        factories.enroll(factories.make_student(), multigrade, grade_level=grade_level)
    assert counted(cast, multigrade).pupils == {
        (cast.school_class.pk, 4): PupilCount(assessed=3),
        (multigrade.pk, 1): PupilCount(assessed=1),
        (multigrade.pk, 2): PupilCount(assessed=2),
    }


def test_pupils_who_are_not_assessed_are_counted_apart(cast: Cast) -> None:
    cast.hhen.is_not_assessed = True
    cast.hhen.save()
    assert counted(cast).pupils[cast.school_class.pk, 4] == PupilCount(2, 1)


def test_classes_that_were_not_asked_for_are_not_counted(cast: Cast) -> None:
    states.filled(cast)
    other = factories.make_class(cast.school_year, "4B", (4,))
    found = count([other], {}, school_year=cast.school_year, period=END_TERM_1)
    assert (dict(found.pupils), dict(found.subjects), dict(found.records)) == ({}, {}, {})


@pytest.mark.parametrize(
    ("cells", "leveled", "scored", "complete"),
    [
        ({"level": "T"}, 1, 0, 0),
        ({"score": 9}, 0, 1, 0),
        ({"level": "T", "score": 9}, 1, 1, 1),
        ({"level": "M"}, 1, 1, 0),
        ({"level": "M", "exemption_reason": "Em mổ tim"}, 1, 1, 1),
        ({"comment": "Em chăm."}, 0, 0, 0),
    ],
)
def test_a_subject_counts_levels_scores_and_both(
    cells: dict[str, object], leveled: int, scored: int, complete: int, cast: Cast
) -> None:
    enter(cast, **cells)
    found = counted(cast).subjects[cast.school_class.pk, 4, "toan"]
    assert (found.leveled, found.scored, found.complete) == (leveled, scored, complete)


def test_a_subject_knows_when_it_was_saved_last(cast: Cast) -> None:
    enter(cast, level="T")
    assert counted(cast).subjects[cast.school_class.pk, 4, "toan"].saved_at == NOW


def test_results_of_who_is_not_assessed_are_not_counted(cast: Cast) -> None:
    enter(cast, level="T")
    cast.anh.is_not_assessed = True
    cast.anh.save()
    assert (cast.school_class.pk, 4, "toan") not in counted(cast).subjects


def test_results_of_who_left_before_the_roster_day_are_not_counted(cast: Cast) -> None:
    enter(cast, level="T")
    cast.anh.ended_on, cast.anh.exit_reason = datetime.date(2027, 1, 4), "transferred_out"
    cast.anh.save()
    assert (cast.school_class.pk, 4, "toan") not in counted(cast).subjects


def test_results_of_another_period_are_not_counted(cast: Cast) -> None:
    enter(cast, level="T")
    assert not counted(cast, period=Period.MID_TERM_1).subjects


def test_a_record_counts_its_traits_and_what_is_empty_of_what_it_owes(cast: Cast) -> None:
    enter(cast, level="T")
    (record,) = counted(cast).records[cast.school_class.pk, 4]
    assert (record.traits, record.empty_fields, record.is_assessed) == (0, 3, True)


def test_a_filled_record_has_every_trait_and_nothing_empty(cast: Cast) -> None:
    states.filled(cast)
    records = counted(cast).records[cast.school_class.pk, 4]
    traits = len(TT27.traits_for(4))
    assert [(row.traits, row.empty_fields) for row in records] == [(traits, 0)] * 3


def test_an_absence_of_none_is_not_an_empty_field(cast: Cast) -> None:
    absences = {name: Edit(None, 0) for name in ("absences_with_leave", "absences_without_leave")}
    actions.save_period_records(
        school_class=cast.school_class,
        period=END_TERM_1,
        rows=[RowEdit(cast.anh.pk, absences)],
        by=cast.ngoc,
    )
    (record,) = counted(cast).records[cast.school_class.pk, 4]
    assert record.empty_fields == 1


def test_year_results_are_counted_at_the_end_of_the_year_only(cast: Cast) -> None:
    assert counted(cast).decisions == {}


def test_a_stored_period_brings_the_class_that_was_asked_for(cast: Cast) -> None:
    states.filled(cast)
    found = stored_class_periods([cast.school_class], END_TERM_1)[cast.school_class.pk]
    assert found.school_class is cast.school_class
