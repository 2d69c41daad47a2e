"""Which audit events tell of a cell: its row's, its kind's, its writer's, newest first."""

import datetime

import pytest
import time_machine

from assessments.cell_events import cell_events, last_writings, note_trail, subject_trail
from assessments.forms.grid import Grid
from audit.models import AuditEvent
from rulesets import TT27
from students.models import Enrollment
from tests import factories
from tests.assessments import states
from tests.assessments.grid_cells import (
    note_grid,
    record_grid,
    save_one,
    sheet_of,
    subject_grid,
    trait_grid,
    typed,
)
from tests.assessments.pages import save_cells
from tests.cast import NOW, Cast

TRAIT = TT27.traits[0].code
LATER = NOW + datetime.timedelta(minutes=10)


def events_of(grid: Grid, pupil: Enrollment, name: str) -> list[AuditEvent]:
    return list(cell_events(grid.sheet, grid.trail, (pupil.pk, name)))


def writings(grid: Grid, *places: tuple[Enrollment, str]) -> dict[tuple[int, str], object]:
    return last_writings(grid.sheet, grid.trail, {(pupil.pk, name) for pupil, name in places})


@pytest.fixture
def suong(cast: Cast) -> None:
    factories.assign_teacher(cast.school_class, "toan", cast.suong)


def test_nobody_has_written_into_an_empty_class(cast: Cast) -> None:
    assert writings(subject_grid(cast), (cast.anh, "level")) == {}


def test_events_are_found_through_a_sheet_that_was_loaded_before_them(cast: Cast) -> None:
    grid = subject_grid(cast)
    save_cells(cast, cast.anh, level=("", "T"))

    assert [event.changes["level"] for event in events_of(grid, cast.anh, "level")] == [["", "T"]]


def test_the_newest_event_stands_first(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"))
    with time_machine.travel(LATER, tick=False):
        save_cells(cast, cast.anh, level=("T", "H"))

    assert [event.at for event in events_of(subject_grid(cast), cast.anh, "level")] == [LATER, NOW]


def test_a_field_whose_name_is_part_of_anothers_has_no_events_of_it(cast: Cast) -> None:
    save_cells(cast, cast.anh, comment=("", "Chăm."))

    assert events_of(subject_grid(cast), cast.anh, "com") == []


def test_the_steps_of_the_class_are_no_writings_of_its_records(cast: Cast) -> None:
    states.returned(cast)

    events = events_of(record_grid(cast), cast.anh, "")

    assert {event.event for event in events} == {"period_record.saved"}


def test_traits_are_no_part_of_the_record_beside_them(cast: Cast) -> None:
    save_one(cast, trait_grid(cast), typed(cast.anh, TRAIT, "T"))

    assert events_of(record_grid(cast), cast.anh, "") == []


def test_a_colleagues_note_on_the_same_pupil_is_not_ones_own(cast: Cast) -> None:
    grid = note_grid(cast, cast.binh)
    save_one(cast, grid, typed(cast.anh, "text", "Hay giúp bạn."), by=cast.binh)

    assert writings(note_grid(cast, cast.ngoc), (cast.anh, "text")) == {}


def test_a_note_is_looked_for_by_the_user_who_wrote_it(cast: Cast) -> None:
    grid = note_grid(cast, cast.binh)
    save_one(cast, grid, typed(cast.anh, "text", "Hay giúp bạn."), by=cast.binh)

    events = cell_events(grid.sheet, note_trail(cast.binh.user.pk), (cast.anh.pk, "text"))

    assert [event.actor for event in events] == [cast.binh.user]


def test_the_last_writer_of_each_cell_is_told_with_the_time(cast: Cast, suong: None) -> None:
    save_cells(cast, cast.anh, level=("", "T"), score=(None, 9))
    with time_machine.travel(LATER, tick=False):
        save_cells(cast, cast.anh, by=cast.suong, level=("T", "H"))

    assert writings(subject_grid(cast), (cast.anh, "level"), (cast.anh, "score")) == {
        (cast.anh.pk, "level"): ("Lê Thị Sương", LATER),
        (cast.anh.pk, "score"): ("Trần Thị Ngọc", NOW),
    }


def test_cells_that_are_not_asked_about_are_not_told(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"), score=(None, 9))
    save_cells(cast, cast.duc, level=("", "H"))

    assert list(writings(subject_grid(cast), (cast.duc, "level"))) == [(cast.duc.pk, "level")]


def test_two_pupils_do_not_lend_each_other_their_fields(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"))
    save_cells(cast, cast.duc, score=(None, 9))

    assert writings(subject_grid(cast), (cast.anh, "score"), (cast.duc, "level")) == {}


def test_a_pupil_of_another_class_has_no_events_here(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"))

    assert events_of(subject_grid(cast), cast.stranger, "level") == []


def test_one_subjects_trail_does_not_lead_to_anothers_rows(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"))
    sheet = sheet_of(cast)

    assert subject_trail("tieng_viet").enrollments_by_row(sheet, {cast.anh.pk}) == {}


def test_a_subjects_rows_lead_to_their_pupils(cast: Cast) -> None:
    for pupil in (cast.anh, cast.duc):
        save_cells(cast, pupil, level=("", "T"))

    rows = subject_trail("toan").enrollments_by_row(sheet_of(cast), {cast.anh.pk, cast.duc.pk})

    assert sorted(rows.values()) == sorted([cast.anh.pk, cast.duc.pk])
