"""A year that was confirmed before its results changed: the counts must not call it done."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.db.models import prefetch_related_objects

from assessments import actions
from assessments.completeness import Kind, missing_in_class
from assessments.merge import Edit, RowEdit
from assessments.progress import ClassProgress, progress_of
from assessments.year_results import changed_since_confirmed
from rulesets import Period
from students.models import Enrollment
from tests.assessments.filling import assign_every_subject, fill_class
from tests.cast import Cast

IN_MAY = datetime.datetime(2027, 5, 20, 13, tzinfo=datetime.UTC)
NEXT_DAY = IN_MAY + datetime.timedelta(days=1)


@pytest.fixture
def confirmed(cast: Cast) -> Iterator[Cast]:
    """Class 4A at the year's end, everything T and 9, its results confirmed; a day later."""
    with time_machine.travel(IN_MAY, tick=False) as clock:
        assign_every_subject(cast.school_class, cast.ngoc)
        teachers = {"ngoai_ngu_1": cast.binh}
        fill_class(cast.school_class, Period.END_YEAR, homeroom=cast.ngoc, teachers=teachers)
        actions.confirm_year_decisions(school_class=cast.school_class, by=cast.ngoc)
        clock.move_to(NEXT_DAY)
        yield cast


def enter_maths(cast: Cast, *pupils: Enrollment, score: int) -> None:
    actions.save_subject_results(
        school_class=cast.school_class,
        period=Period.END_YEAR,
        subject_code="toan",
        rows=[RowEdit(pupil.pk, {"score": Edit(9, score)}) for pupil in pupils or [cast.anh]],
        by=cast.ngoc,
    )


def changed(cast: Cast) -> list[Enrollment]:
    return changed_since_confirmed([cast.school_class], cast.school_class.enrollments.all())


def progress(cast: Cast) -> ClassProgress:
    [found] = progress_of([cast.school_class], school_year=cast.school_year, period=Period.END_YEAR)
    return found


def test_what_was_confirmed_is_done(confirmed: Cast) -> None:
    assert changed(confirmed) == []
    assert progress(confirmed).year_decisions.is_complete


def test_a_lower_score_makes_it_owed_again(confirmed: Cast) -> None:
    enter_maths(confirmed, score=7)
    assert changed(confirmed) == [confirmed.anh]
    assert progress(confirmed).year_decisions.missing == {Kind.YEAR_DECISION: 1}


def test_the_counts_agree_with_the_list_that_holds_the_class_back(confirmed: Cast) -> None:
    enter_maths(confirmed, score=7)
    listed = missing_in_class(confirmed.school_class, Period.END_YEAR)
    assert [(entry.enrollment, entry.kind) for entry in listed] == [
        (confirmed.anh, Kind.YEAR_DECISION)
    ]
    assert not progress(confirmed).is_complete


def test_a_change_that_gives_the_same_result_owes_nothing(confirmed: Cast) -> None:
    enter_maths(confirmed, score=10)
    assert changed(confirmed) == []


def test_confirming_once_more_settles_it(confirmed: Cast) -> None:
    enter_maths(confirmed, score=7)
    actions.confirm_year_decisions(school_class=confirmed.school_class, by=confirmed.ngoc)
    assert progress(confirmed).year_decisions.is_complete


def test_more_changed_pupils_cost_no_more_queries(
    confirmed: Cast, django_assert_num_queries
) -> None:
    prefetch_related_objects([confirmed.school_class], "subject_offerings")
    enter_maths(confirmed, score=7)
    with django_assert_num_queries(3):
        assert len(changed(confirmed)) == 1
    enter_maths(confirmed, confirmed.hhen, confirmed.duc, score=7)
    with django_assert_num_queries(3):
        assert len(changed(confirmed)) == 3
