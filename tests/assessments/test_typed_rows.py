"""A pupil's typed cells upon the stored ones: which are refused, which stay right beside them."""

from assessments.forms.grid import Grid
from assessments.forms.typed_rows import TypedCell, TypedRow
from assessments.merge import Edit
from students.models import Enrollment
from tests.assessments import states
from tests.assessments.grid_cells import record_grid, subject_grid, typed
from tests.assessments.pages import save_cells
from tests.cast import Cast


def row_of(grid: Grid, enrollment: Enrollment, *cells: TypedCell) -> TypedRow:
    [pupil] = [pupil for pupil in grid.pupils if pupil.enrollment.pk == enrollment.pk]
    return TypedRow(grid, pupil, cells)


def test_a_right_cell_becomes_an_edit_from_its_base(cast: Cast) -> None:
    row = row_of(subject_grid(cast), cast.anh, typed(cast.anh, "score", "9"))

    assert row.edit.edits == {"score": Edit(None, 9)}


def test_a_cell_without_a_base_stands_upon_what_is_stored(cast: Cast) -> None:
    save_cells(cast, cast.anh, score=(None, 8))

    row = row_of(subject_grid(cast), cast.anh, typed(cast.anh, "score", "9", None))

    assert row.edit.edits == {"score": Edit(8, 9)}


def test_cells_that_were_not_typed_are_not_edited(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"), comment=("", "Chăm."))

    row = row_of(subject_grid(cast), cast.anh, typed(cast.anh, "score", "9"))

    assert set(row.edit.edits) == {"score"}


def test_the_cell_that_was_typed_twice_counts_as_it_was_typed_last(cast: Cast) -> None:
    cells = [typed(cast.anh, "level", "T"), typed(cast.anh, "level", "H")]

    assert row_of(subject_grid(cast), cast.anh, *cells).edit.edits["level"].typed == "H"


def test_a_wrong_cell_is_refused_and_no_edit(cast: Cast) -> None:
    cells = [typed(cast.anh, "score", "11"), typed(cast.anh, "level", "T")]

    row = row_of(subject_grid(cast), cast.anh, *cells)

    assert (set(row.refusals), set(row.edit.edits)) == ({"score"}, {"level"})


def test_a_score_beside_a_new_exemption_is_the_one_refused(cast: Cast) -> None:
    cells = [typed(cast.anh, "level", "M"), typed(cast.anh, "score", "9")]

    row = row_of(subject_grid(cast), cast.anh, *cells)

    assert (set(row.refusals), set(row.edit.edits)) == ({"score"}, {"level"})


def test_an_exemption_upon_a_stored_score_is_refused_in_the_forms_words(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"), score=(None, 9))

    row = row_of(subject_grid(cast), cast.anh, typed(cast.anh, "level", "M", "T"))

    assert "được miễn thì không có điểm" in row.refusals["level"]


def test_an_exemption_does_not_take_the_comment_beside_it_down(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"), score=(None, 9))
    cells = [typed(cast.anh, "level", "M", "T"), typed(cast.anh, "comment", "Chăm.")]

    row = row_of(subject_grid(cast), cast.anh, *cells)

    assert (set(row.refusals), set(row.edit.edits)) == ({"level"}, {"comment"})


def test_an_exemption_that_empties_the_score_with_it_is_taken(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"), score=(None, 9))
    cells = [typed(cast.anh, "level", "M", "T"), typed(cast.anh, "score", "", "9")]

    assert row_of(subject_grid(cast), cast.anh, *cells).refusals == {}


def test_a_field_of_another_grid_is_refused_with_its_name(cast: Cast) -> None:
    row = row_of(subject_grid(cast), cast.anh, typed(cast.anh, "height_cm", "132"))

    assert "“height_cm”" in row.refusals["height_cm"]


def test_health_is_no_cell_for_whoever_does_not_see_it(cast: Cast) -> None:
    grid = record_grid(cast, shows_health=False)

    row = row_of(grid, cast.anh, typed(cast.anh, "height_cm", "132"))

    assert (set(row.refusals), row.edit.edits) == ({"height_cm"}, {})


def test_a_signed_row_refuses_each_of_its_cells_in_one_sentence(cast: Cast) -> None:
    states.signed_off(cast)
    cells = [typed(cast.anh, "level", "H", "T"), typed(cast.anh, "nonsense", "9")]

    row = row_of(subject_grid(cast), cast.anh, *cells)

    assert row.refusals["level"] == row.refusals["nonsense"] != ""


def test_what_stands_there_already_changes_nothing(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"))

    row = row_of(subject_grid(cast), cast.anh, typed(cast.anh, "level", "T", ""))

    assert not row.changes("level")


def test_a_new_value_changes_its_cell(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"))

    assert row_of(subject_grid(cast), cast.anh, typed(cast.anh, "level", "H", "T")).changes("level")


def test_an_older_base_is_a_conflict_when_merged(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"))

    row = row_of(subject_grid(cast), cast.anh, typed(cast.anh, "level", "H", ""))

    assert list(row.merged.conflicts) == ["level"]


def test_a_measure_is_told_as_it_is_typed_here(cast: Cast) -> None:
    row = row_of(record_grid(cast), cast.anh, typed(cast.anh, "height_cm", "132.5"))

    assert row.text_of("height_cm", row.edit.edits["height_cm"].typed) == "132,5"
