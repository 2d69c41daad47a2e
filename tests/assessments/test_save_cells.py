"""Typed cells: what is saved and what is left as it is, whatever was typed, in every grid."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.cells import Fate, TypedCell
from assessments.forms.subject_grid import SubjectGrid
from assessments.models import PeriodRecord, TestScore, TraitNote, TraitResult
from audit.models import AuditEvent
from rulesets import TT27
from tests.assessments.grid_cells import (
    fates,
    note_grid,
    preview_one,
    record_grid,
    save,
    save_one,
    subject_grid,
    trait_grid,
    typed,
)
from tests.assessments.pages import result_of
from tests.assessments.pages import save_cells as save_past_the_page
from tests.cast import Cast

DECOMPOSED = "Em chăm"  # NFD
PLAIN = "Em chăm"


# Saved


def test_a_level_is_saved(cast: Cast) -> None:
    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "level", "T"))

    assert (outcome.fate, outcome.value, outcome.sentence) == (Fate.SAVED, "T", "")
    assert result_of(cast.anh).level == "T"


def test_a_block_is_saved_in_the_order_of_its_cells(cast: Cast) -> None:
    cells = [
        typed(cast.duc, "score", "8"),
        typed(cast.anh, "level", "T"),
        typed(cast.duc, "level", "H"),
        typed(cast.anh, "comment", "Tính nhanh."),
    ]

    outcomes = save(cast, subject_grid(cast), *cells)

    assert [outcome.cell for outcome in outcomes] == cells
    assert fates(outcomes) == ["saved"] * 4
    assert (result_of(cast.anh).level, result_of(cast.anh).comment) == ("T", "Tính nhanh.")
    assert (result_of(cast.duc).level, result_of(cast.duc).effective_score) == ("H", 8)


def test_a_pupils_cells_are_one_event(cast: Cast) -> None:
    save(
        cast,
        subject_grid(cast),
        typed(cast.anh, "level", "T"),
        typed(cast.anh, "score", "9"),
    )

    event = AuditEvent.objects.get(event="subject_result.saved")
    assert event.changes == {"subject": [None, "toan"], "level": ["", "T"], "score": [None, 9]}


def test_a_cell_is_cleared(cast: Cast) -> None:
    save_past_the_page(cast, cast.anh, level=("", "T"), score=(None, 9))

    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "score", "", "9"))

    assert (outcome.fate, outcome.value) == (Fate.SAVED, "")
    assert not TestScore.objects.exists()


def test_without_a_base_what_is_stored_is_the_base(cast: Cast) -> None:
    save_past_the_page(cast, cast.anh, level=("", "T"))

    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "level", "H", None))

    assert outcome.fate == Fate.SAVED
    assert result_of(cast.anh).level == "H"


def test_the_other_cells_of_the_row_keep_what_they_hold(cast: Cast) -> None:
    save_past_the_page(cast, cast.anh, level=("", "T"), score=(None, 9), comment=("", "Giỏi."))

    save_one(cast, subject_grid(cast), typed(cast.anh, "level", "H", "T"))

    result = result_of(cast.anh)
    assert (result.level, result.effective_score, result.comment) == ("H", 9, "Giỏi.")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        (DECOMPOSED, PLAIN),
        ("Em\x00 chăm\x07", PLAIN),
        (" Em\u200b chăm \r\n", PLAIN),
        ("Em chăm.\r\nEm ngoan.", "Em chăm.\nEm ngoan."),
        ("\ud83d Em chăm", PLAIN),
        ("Em chăm" + "\u202e", PLAIN),
    ],
    ids=["decomposed", "control", "spaces", "lines", "half a pair", "right to left"],
)
def test_text_is_made_plain(cast: Cast, text: str, stored: str) -> None:
    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "comment", text))

    assert (outcome.fate, outcome.value) == (Fate.SAVED, stored)
    assert result_of(cast.anh).comment == stored


@pytest.mark.parametrize("text", [" t ", "T\n", "t"])
def test_a_level_typed_small_or_with_spaces_is_taken(cast: Cast, text: str) -> None:
    assert save_one(cast, subject_grid(cast), typed(cast.anh, "level", text)).value == "T"


@pytest.mark.parametrize(("text", "score"), [(" 9 ", 9), ("９", 9), ("\u200b10", 10)])
def test_a_number_typed_as_text_is_a_number(cast: Cast, text: str, score: int) -> None:
    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "score", text))

    assert (outcome.fate, outcome.value) == (Fate.SAVED, str(score))


# Unchanged


def test_what_was_not_changed_is_not_written(cast: Cast) -> None:
    save_past_the_page(cast, cast.anh, level=("", "T"))

    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "level", "T", "T"))

    assert (outcome.fate, outcome.value) == (Fate.UNCHANGED, "T")
    assert AuditEvent.objects.filter(event="subject_result.saved").count() == 1


def test_nothing_is_asked_of_the_database_for_nothing(
    cast: Cast, django_assert_num_queries
) -> None:
    grid = subject_grid(cast)
    with django_assert_num_queries(0):
        assert save(cast, grid) == []


def test_an_untouched_cell_tells_what_stands_there_now(cast: Cast) -> None:
    """Its page was older: the cell's base moves on without a question."""
    save_past_the_page(cast, cast.anh, level=("", "T"))

    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "level", "", ""))

    assert (outcome.fate, outcome.value) == (Fate.UNCHANGED, "T")


# The other grids


def test_traits(cast: Cast) -> None:
    trait = TT27.traits[0].code
    good, bad, unknown = save(
        cast,
        trait_grid(cast),
        typed(cast.anh, trait, "đ"),
        typed(cast.duc, trait, "M"),
        typed(cast.duc, "no_such_trait", "T"),
    )

    assert (good.fate, good.value) == (Fate.SAVED, "Đ")
    assert bad.sentence == "Mức “M” không có trong quy định; chỉ nhận: T, Đ, C."
    assert unknown.fate == Fate.REFUSED
    assert TraitResult.objects.get().level == "Đ"


@pytest.mark.parametrize(
    ("field", "text", "value", "stored"),
    [
        ("absences_with_leave", "2", "2", 2),
        ("height_cm", "132,5", "132,5", Decimal("132.5")),
        ("height_cm", "132.5", "132,5", Decimal("132.5")),
        ("weight_kg", "29", "29", Decimal("29.0")),
        ("homeroom_comment", "Em chăm học.", "Em chăm học.", "Em chăm học."),
    ],
)
def test_records(cast: Cast, field: str, text: str, value: str, stored: object) -> None:
    outcome = save_one(cast, record_grid(cast), typed(cast.anh, field, text))

    assert (outcome.fate, outcome.value) == (Fate.SAVED, value)
    assert getattr(PeriodRecord.objects.get(enrollment=cast.anh), field) == stored


def test_the_value_that_an_answer_gave_is_the_base_of_the_next(cast: Cast) -> None:
    first = save_one(cast, record_grid(cast), typed(cast.anh, "weight_kg", "29,0"))

    second = save_one(cast, record_grid(cast), typed(cast.anh, "weight_kg", "30", first.value))

    assert second.fate == Fate.SAVED


@pytest.mark.parametrize(
    ("field", "text"), [("height_cm", "3 m"), ("absences_with_leave", "1,5"), ("weight_kg", "0")]
)
def test_wrong_measures(cast: Cast, field: str, text: str) -> None:
    outcome = save_one(cast, record_grid(cast), typed(cast.anh, field, text))

    assert outcome.fate == Fate.REFUSED
    assert outcome.sentence


def test_health_is_not_even_named_to_who_may_not_see_it(cast: Cast) -> None:
    save_one(cast, record_grid(cast), typed(cast.anh, "height_cm", "132"))

    outcome = preview_one(
        record_grid(cast, shows_health=False), typed(cast.anh, "height_cm", "140")
    )

    assert (outcome.fate, outcome.value) == (Fate.REFUSED, "")


def test_notes_are_ones_own(cast: Cast) -> None:
    save_one(cast, note_grid(cast, cast.ngoc), typed(cast.anh, "text", "Hay giúp bạn."))

    outcome = save_one(
        cast, note_grid(cast, cast.binh), typed(cast.anh, "text", "Hay hỏi."), by=cast.binh
    )

    assert outcome.fate == Fate.SAVED
    assert TraitNote.objects.count() == 2


# Whatever is typed


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=60),
    field=st.sampled_from(["level", "score", "comment", "absences", ""]),
    base=st.none() | st.text(max_size=5),
)
def test_whatever_is_typed_has_a_fate_and_a_reason(
    cast: Cast, grid: SubjectGrid, text: str, field: str, base: str | None
) -> None:
    """A preview writes nothing, so one grid serves every example."""
    outcome = preview_one(grid, TypedCell(cast.anh.pk, field, text, base))

    assert outcome.fate in {Fate.CHANGES, Fate.UNCHANGED, Fate.REFUSED, Fate.CONFLICT}
    assert bool(outcome.sentence) == (outcome.fate in {Fate.REFUSED, Fate.CONFLICT})


@pytest.fixture
def grid(cast: Cast) -> SubjectGrid:
    save_past_the_page(cast, cast.anh, level=("", "T"), score=(None, 9))
    return subject_grid(cast)
