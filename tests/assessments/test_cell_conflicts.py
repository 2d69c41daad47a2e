"""Two people and one cell: both values, by whom and when, and what ends the question."""

import datetime

import pytest
import time_machine

from assessments.cells import CellOutcome, Fate, TypedCell, preview_cells
from rulesets import TT27
from tests import factories
from tests.assessments.grid_cells import (
    END_TERM_1,
    fates,
    note_grid,
    record_grid,
    save,
    save_one,
    subject_grid,
    trait_grid,
    typed,
)
from tests.assessments.pages import result_of
from tests.assessments.pages import save_cells as save_past_the_page
from tests.cast import NOW, Cast

IN_MID_TERM = datetime.datetime(2026, 11, 2, 3, tzinfo=datetime.UTC)
TEN_MINUTES = datetime.timedelta(minutes=10)
MINE, HERS = "Em cẩn thận.", "Em tính nhanh."


@pytest.fixture(autouse=True)
def _suong_teaches_maths_too(cast: Cast) -> None:
    factories.assign_teacher(cast.school_class, "toan", cast.suong)


def suong_writes(cast: Cast, *, minutes_later: int = 0, **cells: tuple[object, object]) -> None:
    at = NOW + datetime.timedelta(minutes=minutes_later)
    with time_machine.travel(at, tick=False):
        save_past_the_page(cast, cast.anh, by=cast.suong, **cells)


@pytest.fixture
def contested(cast: Cast) -> CellOutcome:
    """Ngọc's page is older than what Sương wrote."""
    grid = subject_grid(cast)
    suong_writes(cast, comment=("", HERS))
    return save_one(cast, grid, typed(cast.anh, "comment", MINE))


def test_a_newer_value_is_not_overwritten(contested: CellOutcome, cast: Cast) -> None:
    assert contested.fate == Fate.CONFLICT
    assert result_of(cast.anh).comment == HERS


def test_both_values_stand_there_with_who_and_when(contested: CellOutcome) -> None:
    assert (contested.cell.typed, contested.value) == (MINE, HERS)
    assert (contested.saved_by, contested.saved_at) == ("Lê Thị Sương", NOW)
    assert contested.sentence == (
        "Lê Thị Sương đã sửa ô này lúc 20:30 05/01/2027, sau khi thầy/cô mở trang. Giữ bản nào?"
    )


def test_sending_again_upon_what_is_stored_is_a_knowing_act(
    contested: CellOutcome, cast: Cast
) -> None:
    again = typed(cast.anh, "comment", MINE, contested.value)

    assert save_one(cast, subject_grid(cast), again).fate == Fate.SAVED
    assert result_of(cast.anh).comment == MINE


def test_a_third_value_is_asked_about_again(contested: CellOutcome, cast: Cast) -> None:
    suong_writes(cast, comment=(HERS, "Em tính rất nhanh."))

    again = save_one(cast, subject_grid(cast), typed(cast.anh, "comment", MINE, contested.value))

    assert (again.fate, again.value) == (Fate.CONFLICT, "Em tính rất nhanh.")


def test_the_same_value_from_both_is_no_conflict(cast: Cast) -> None:
    grid = subject_grid(cast)
    suong_writes(cast, level=("", "T"))

    outcome = save_one(cast, grid, typed(cast.anh, "level", "T"))

    assert outcome.fate != Fate.CONFLICT
    assert outcome.value == "T"


def test_a_value_that_came_back_is_no_conflict(cast: Cast) -> None:
    suong_writes(cast, level=("", "T"))
    suong_writes(cast, level=("T", "H"))
    suong_writes(cast, level=("H", "T"))

    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "level", "C", "T"))

    assert outcome.fate == Fate.SAVED


def test_a_value_that_comes_back_before_the_save_is_written(cast: Cast) -> None:
    """The grid was loaded while another value stood there."""
    suong_writes(cast, level=("", "H"))
    grid = subject_grid(cast)
    suong_writes(cast, level=("H", "T"))

    outcome = save_one(cast, grid, typed(cast.anh, "level", "C", "T"))

    assert (outcome.fate, outcome.value) == (Fate.SAVED, "C")
    assert result_of(cast.anh).level == "C"


def test_two_teachers_on_two_cells_of_one_pupil_do_not_disturb_each_other(cast: Cast) -> None:
    grid = subject_grid(cast)
    suong_writes(cast, comment=("", HERS))

    outcome = save_one(cast, grid, typed(cast.anh, "level", "T"))

    assert outcome.fate == Fate.SAVED
    assert (result_of(cast.anh).level, result_of(cast.anh).comment) == ("T", HERS)


def test_the_rest_of_a_contested_block_is_saved(cast: Cast) -> None:
    grid = subject_grid(cast)
    suong_writes(cast, comment=("", HERS))

    outcomes = save(
        cast,
        grid,
        typed(cast.anh, "comment", MINE),
        typed(cast.anh, "level", "T"),
        typed(cast.duc, "level", "T"),
    )

    assert fates(outcomes) == ["conflict", "saved", "saved"]


def test_a_cell_that_somebody_emptied_is_a_conflict_too(cast: Cast) -> None:
    suong_writes(cast, score=(None, 9))
    grid = subject_grid(cast)
    suong_writes(cast, score=(9, None))

    outcome = save_one(cast, grid, typed(cast.anh, "score", "8", "9"))

    assert (outcome.fate, outcome.value, outcome.saved_by) == (Fate.CONFLICT, "", "Lê Thị Sương")


def test_a_base_that_no_page_has_shown_overwrites_nothing(cast: Cast) -> None:
    suong_writes(cast, score=(None, 9))

    assert save_one(cast, subject_grid(cast), typed(cast.anh, "score", "8", "chín")).value == "9"
    assert result_of(cast.anh).effective_score == 9


# Who wrote this cell, not this row


def test_who_wrote_the_cell_is_named_not_who_wrote_the_row_last(cast: Cast) -> None:
    suong_writes(cast, comment=("", HERS))
    with time_machine.travel(NOW + TEN_MINUTES, tick=False):
        save_past_the_page(cast, cast.anh, by=cast.ngoc, level=("", "T"))

    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "comment", MINE))

    assert (outcome.saved_by, outcome.saved_at) == ("Lê Thị Sương", NOW)


def test_the_last_of_several_writings_is_named(cast: Cast) -> None:
    save_past_the_page(cast, cast.anh, by=cast.ngoc, comment=("", "Cũ."))
    suong_writes(cast, minutes_later=10, comment=("Cũ.", HERS))

    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "comment", MINE))

    assert (outcome.saved_by, outcome.saved_at) == ("Lê Thị Sương", NOW + TEN_MINUTES)


def test_another_pupil_subject_or_period_is_not_asked(cast: Cast) -> None:
    with time_machine.travel(IN_MID_TERM):
        save_past_the_page(cast, cast.anh, period="mid_term_1", comment=("", "Giữa kì."))
    suong_writes(cast, comment=("", HERS))
    with time_machine.travel(NOW + TEN_MINUTES, tick=False):
        save_past_the_page(cast, cast.duc, comment=("", "Của Đức."))
        save_one(
            cast, subject_grid(cast, "tieng_viet"), typed(cast.anh, "comment", "Của Tiếng Việt.")
        )

    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "comment", MINE))

    assert outcome.saved_by == "Lê Thị Sương"


def test_where_the_audit_tells_nothing_the_row_does(cast: Cast) -> None:
    suong_writes(cast, comment=("", HERS))
    result = result_of(cast.anh)
    result.level = "T"  # as an import of old data would leave it
    result.save()

    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "level", "H"))

    assert (outcome.fate, outcome.saved_by) == (Fate.CONFLICT, "Lê Thị Sương")


def test_each_cell_of_a_block_names_its_own_writer(cast: Cast) -> None:
    save_past_the_page(cast, cast.anh, by=cast.ngoc, level=("", "T"))
    suong_writes(cast, minutes_later=10, comment=("", HERS))

    outcomes = save(
        cast,
        subject_grid(cast),
        typed(cast.anh, "level", "C"),
        typed(cast.anh, "comment", MINE),
    )

    assert [outcome.saved_by for outcome in outcomes] == ["Trần Thị Ngọc", "Lê Thị Sương"]


def test_traits_records_and_notes_name_theirs(cast: Cast) -> None:
    trait = TT27.traits[0].code
    save_one(cast, trait_grid(cast), typed(cast.anh, trait, "T"))
    save_one(cast, record_grid(cast), typed(cast.anh, "homeroom_comment", "Chăm."))
    save_one(cast, note_grid(cast, cast.binh), typed(cast.anh, "text", "Hay hỏi."), by=cast.binh)

    outcomes = [
        save_one(cast, trait_grid(cast), typed(cast.anh, trait, "C")),
        save_one(cast, record_grid(cast), typed(cast.anh, "homeroom_comment", "Ngoan.")),
        save_one(cast, note_grid(cast, cast.binh), typed(cast.anh, "text", "x"), by=cast.binh),
    ]

    assert fates(outcomes) == ["conflict"] * 3
    assert [outcome.value for outcome in outcomes] == ["T", "Chăm.", "Hay hỏi."]
    assert [outcome.saved_by for outcome in outcomes] == [
        "Trần Thị Ngọc",
        "Trần Thị Ngọc",
        "Y Bình Êban",
    ]


def test_a_trait_that_was_cleared_still_names_who_cleared_it(cast: Cast) -> None:
    """Its row is gone; the audit remembers."""
    trait = TT27.traits[0].code
    save_one(cast, trait_grid(cast), typed(cast.anh, trait, "T"))
    grid = trait_grid(cast)
    save_one(cast, grid, typed(cast.anh, trait, "", "T"))

    outcome = save_one(cast, grid, typed(cast.anh, trait, "C", "T"))

    assert (outcome.fate, outcome.saved_by) == (Fate.CONFLICT, "Trần Thị Ngọc")


def test_attribution_takes_two_queries_however_many_conflicts(
    cast: Cast, django_assert_num_queries
) -> None:
    pupils = (cast.anh, cast.duc, cast.hhen)
    for pupil in pupils:
        save_past_the_page(cast, pupil, by=cast.suong, comment=("", HERS))
    grid = subject_grid(cast)
    cells = [typed(pupil, "comment", MINE) for pupil in pupils]

    for count in (1, 3):
        with django_assert_num_queries(2):
            assert len(preview_cells(grid, cells[:count])) == count


# The preview tells the same


@pytest.mark.parametrize("base", ["", "T", None])
@pytest.mark.parametrize("text", ["", "T", "H"])
@pytest.mark.parametrize("stored", ["", "T", "C"])
def test_a_preview_foretells_what_saving_does(
    cast: Cast, stored: str, text: str, base: str | None
) -> None:
    if stored:
        suong_writes(cast, level=("", stored))
    cell = TypedCell(cast.anh.pk, "level", text, base)
    grid = subject_grid(cast)

    [foretold] = preview_cells(grid, [cell])
    outcome = save_one(cast, subject_grid(cast), cell)

    expected = Fate.SAVED if foretold.fate == Fate.CHANGES else foretold.fate
    assert (outcome.fate, outcome.value) == (expected, foretold.value)
    assert outcome.saved_by == foretold.saved_by


def test_a_preview_writes_nothing(cast: Cast) -> None:
    [outcome] = preview_cells(subject_grid(cast), [typed(cast.anh, "level", "T")])

    assert (outcome.fate, outcome.value) == (Fate.CHANGES, "T")
    assert subject_grid(cast, period=END_TERM_1).sheet.class_period is None


def test_a_base_where_nothing_is_stored_and_nobody_wrote(cast: Cast) -> None:
    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "level", "H", "T"))

    assert (outcome.fate, outcome.value, outcome.saved_by) == (Fate.CONFLICT, "", "")
    assert "người khác" in outcome.sentence
