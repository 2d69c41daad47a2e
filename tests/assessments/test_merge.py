from hypothesis import given
from hypothesis import strategies as st

from assessments.merge import Edit, RowEdit, merge

values = st.one_of(st.none(), st.sampled_from(["", "T", "H", "C"]), st.integers(1, 10))


@given(stored=values, base=values)
def test_what_was_not_touched_never_changes_anything(stored: object, base: object) -> None:
    merged = merge({"level": stored}, {"level": Edit(base, base)})
    assert not merged.changes
    assert not merged.conflicts


@given(base=values, typed=values)
def test_a_page_that_is_not_stale_writes_what_was_typed(base: object, typed: object) -> None:
    merged = merge({"level": base}, {"level": Edit(base, typed)})
    assert not merged.conflicts
    assert merged.changes == ({} if typed == base else {"level": (base, typed)})


@given(stored=values, base=values, typed=values)
def test_nothing_is_lost_silently(stored: object, base: object, typed: object) -> None:
    """Typed text is written, or stands there already, or both values are shown."""
    merged = merge({"level": stored}, {"level": Edit(base, typed)})
    if typed == base:
        return
    is_written = merged.changes.get("level") == (stored, typed)
    is_shown = merged.conflicts.get("level") == (stored, typed)
    assert [is_written, is_shown, typed == stored].count(True) == 1


@given(stored=values, base=values, typed=values)
def test_a_newer_value_is_never_overwritten(stored: object, base: object, typed: object) -> None:
    merged = merge({"level": stored}, {"level": Edit(base, typed)})
    if stored != base:
        assert "level" not in merged.changes


def test_two_people_on_two_cells_do_not_disturb_each_other() -> None:
    stored = {"level": "T", "comment": "đã có người sửa"}
    merged = merge(stored, {"level": Edit("T", "H"), "comment": Edit("", "")})
    assert merged.changes == {"level": ("T", "H")}
    assert not merged.conflicts


def test_a_row_has_changes_when_any_cell_differs() -> None:
    assert RowEdit(1, {"level": Edit("", "T"), "comment": Edit("", "")}).has_changes
    assert not RowEdit(1, {"level": Edit("T", "T")}).has_changes
