"""What the grids load: the pupils of a class at a period, and what stands in their cells."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import actions
from assessments.grids import (
    PeriodSheet,
    classes_at,
    note_cells,
    period_sheet,
    record_cells,
    subject_cells,
    trait_cells,
    trait_notes_by_pupil,
)
from assessments.merge import Edit, RowEdit
from assessments.models import ClassPeriod
from assessments.workflow import Status
from rulesets import Period
from schools.models import PeriodWindow
from tests.assessments import states
from tests.cast import NOW, Cast

END_TERM_1 = Period.END_TERM_1


def sheet(cast: Cast, period: str = END_TERM_1) -> PeriodSheet:
    return period_sheet(classes_at(cast.school, period).get(pk=cast.school_class.pk), period)


def stored(cast: Cast) -> ClassPeriod:
    return ClassPeriod.objects.get(school_class=cast.school_class, period=END_TERM_1)


def note(cast: Cast, text: str) -> None:
    actions.save_trait_notes(
        school_class=cast.school_class,
        period=END_TERM_1,
        rows=[RowEdit(cast.anh.pk, {"text": Edit("", text)})],
        by=cast.binh,
    )


def test_before_anything_was_entered_every_pupil_has_a_row(cast: Cast) -> None:
    found = sheet(cast)
    assert [row.number for row in found.pupils] == [1, 2, 3]
    assert {row.record for row in found.pupils} == {None}
    assert found.class_period is None
    assert found.status == Status.OPEN


def test_looking_at_a_class_stores_nothing(cast: Cast) -> None:
    sheet(cast)
    assert not ClassPeriod.objects.exists()


def test_a_record_of_another_period_is_not_taken_for_this_ones(cast: Cast) -> None:
    states.filled(cast)
    assert {row.record for row in sheet(cast, Period.MID_TERM_1).pupils} == {None}


def test_a_pupil_is_locked_with_the_class(cast: Cast) -> None:
    states.submitted(cast)
    assert {row.is_editable for row in sheet(cast).pupils} == {False}


def test_a_pupil_reopened_alone_is_editable_alone(cast: Cast) -> None:
    states.with_anh_reopened(cast)
    editable = [row.enrollment for row in sheet(cast).pupils if row.is_editable]
    assert editable == [cast.anh]


def test_a_pupil_who_left_after_submission_keeps_her_row(cast: Cast) -> None:
    states.submitted(cast)
    cast.anh.ended_on, cast.anh.exit_reason = datetime.date(2027, 1, 4), "transferred_out"
    cast.anh.save()
    assert cast.anh in [row.enrollment for row in sheet(cast).pupils]


def test_a_pupil_who_left_before_has_none(cast: Cast) -> None:
    cast.anh.ended_on, cast.anh.exit_reason = datetime.date(2027, 1, 4), "transferred_out"
    cast.anh.save()
    assert cast.anh not in [row.enrollment for row in sheet(cast).pupils]


def test_a_period_without_a_window_has_not_opened(cast: Cast) -> None:
    PeriodWindow.objects.filter(period=END_TERM_1).delete()
    assert not sheet(cast).time.has_opened


def test_another_schools_class_is_not_among_the_classes(cast: Cast) -> None:
    assert cast.other_class not in classes_at(cast.school, END_TERM_1)


def test_a_class_is_listed_once_though_it_has_several_periods(cast: Cast) -> None:
    for period in (Period.MID_TERM_1, END_TERM_1):
        ClassPeriod.objects.create(school_class=cast.school_class, period=period)
    assert list(classes_at(cast.school, END_TERM_1)) == [cast.school_class]


def test_a_class_and_its_sheet_take_two_queries(cast: Cast) -> None:
    states.filled(cast)
    with CaptureQueriesContext(connection) as queries:
        found = sheet(cast)
        assert [row.record.saved_by.full_name for row in found.pupils]
        assert found.class_period
    assert len(queries) == 2


# Cells


def test_the_cells_of_a_subject_are_what_a_row_may_hold(cast: Cast) -> None:
    states.filled(cast)
    cells = subject_cells(stored(cast), "toan")[cast.anh.pk]
    assert {name: cell.value for name, cell in cells.items()} == {
        "level": "T",
        "score": 9,
        "exemption_reason": "",
        "comment": "",
    }


def test_a_cell_says_who_wrote_it_and_when(cast: Cast) -> None:
    states.filled(cast)
    cell = subject_cells(stored(cast), "ngoai_ngu_1")[cast.anh.pk]["level"]
    assert (cell.saved_by, cell.saved_at) == ("Y Bình Êban", NOW)


def test_another_subjects_cells_are_not_among_them(cast: Cast) -> None:
    states.filled(cast)
    states.correct(cast, "toan", comment=("", "Tính nhanh."))
    assert subject_cells(stored(cast), "dao_duc")[cast.anh.pk]["comment"].value == ""


def test_the_cells_of_traits_stand_by_their_codes(cast: Cast) -> None:
    states.filled(cast)
    cells = trait_cells(stored(cast))
    assert set(cells) == {cast.anh.pk, cast.hhen.pk, cast.duc.pk}
    assert cells[cast.anh.pk]["yeu_nuoc"].value == "T"


def test_the_cells_of_a_record_are_its_fields(cast: Cast) -> None:
    states.filled(cast)
    cells = record_cells(sheet(cast))[cast.anh.pk]
    assert cells["height_cm"].value == Decimal("132.5")
    assert cells["homeroom_comment"].value == "Em chăm học và lễ phép."


def test_a_record_that_only_a_colleague_has_touched_names_no_author(cast: Cast) -> None:
    note(cast, "Hay giúp bạn.")
    assert record_cells(sheet(cast))[cast.anh.pk]["homeroom_comment"].saved_by == ""


@pytest.mark.parametrize("cells", [lambda: subject_cells(None, "toan"), lambda: trait_cells(None)])
def test_a_class_that_nobody_has_touched_has_no_cells(cells, cast: Cast) -> None:
    states.filled(cast)
    assert cells() == {}


# Notes


def test_a_teacher_is_shown_her_own_note_to_change(cast: Cast) -> None:
    note(cast, "Hay giúp bạn.")
    assert note_cells(stored(cast), cast.binh)[cast.anh.pk]["text"].value == "Hay giúp bạn."


def test_a_colleagues_note_is_not_hers_to_change(cast: Cast) -> None:
    note(cast, "Hay giúp bạn.")
    assert note_cells(stored(cast), cast.ngoc) == {}


def test_notes_stand_beside_the_pupil_whom_they_are_about(cast: Cast) -> None:
    note(cast, "Hay giúp bạn.")
    notes = trait_notes_by_pupil(stored(cast))
    assert set(notes) == {cast.anh.pk}
    assert [row.text for row in notes[cast.anh.pk]] == ["Hay giúp bạn."]
