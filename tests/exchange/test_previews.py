import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from exchange.models import ImportRow, Outcome
from exchange.previews import digest_of, refusal_sentences
from tests.exchange.imports import MAY, only_row, row_of, upload

CHANGES = {"mother_name": ["Hòa", "Hoa"]}


def row(number=4, outcome=Outcome.CHANGED, changes=CHANGES, **said):
    return ImportRow(number=number, outcome=outcome, changes=changes, **said)


def test_the_same_rows_have_the_same_digest():
    assert digest_of([row(), row(5)]) == digest_of([row(), row(5)])


@pytest.mark.parametrize(
    "other",
    [
        {"number": 5},
        {"outcome": Outcome.CREATED},
        {"changes": {"mother_name": ["Hòa", "Hoan"]}},
        {"changes": {"mother_name": ["Hóa", "Hoa"]}},
        {"changes": {"father_name": ["Hòa", "Hoa"]}},
        {"changes": {}},
    ],
    ids=str,
)
def test_what_would_be_done_otherwise_has_another_digest(other):
    assert digest_of([row()]) != digest_of([row(**other)])


def test_another_order_of_the_rows_has_another_digest():
    assert digest_of([row(4), row(5)]) != digest_of([row(5), row(4)])


def test_the_words_of_a_refusal_do_not_matter():
    refused = {"outcome": Outcome.REFUSED, "changes": {}}
    assert digest_of([row(**refused, remarks=["Lỗi"])]) == digest_of(
        [row(**refused, remarks=["Error"])]
    )


@given(st.dictionaries(st.text(max_size=5), st.lists(st.text(max_size=5)), min_size=2))
def test_the_order_of_the_changes_does_not_matter(changes):
    reversed_changes = dict(reversed(changes.items()))
    assert digest_of([row(changes=changes)]) == digest_of([row(changes=reversed_changes)])


def test_the_digest_of_nothing_fits_its_column():
    assert len(digest_of([])) == ImportRow.batch.field.related_model.preview_digest.field.max_length


def test_a_refusal_of_a_cell_says_its_header():
    refusal = ValidationError({"ethnicity_code": "Sai."})
    assert refusal_sentences(refusal) == ["Dân tộc: Sai."]


def test_a_refusal_of_a_place_says_the_header_of_its_first_column():
    refusal = ValidationError({"residence": "Dài quá."})
    assert refusal_sentences(refusal) == ["Chỗ ở hiện nay: Dài quá."]


def test_a_refusal_of_the_whole_row_says_no_header():
    assert refusal_sentences(ValidationError("Hãy ghi lớp.")) == ["Hãy ghi lớp."]


def test_several_refusals_of_one_cell_are_several_sentences():
    refusal = ValidationError({"gender": ["Trống.", "Sai."]})
    assert refusal_sentences(refusal) == ["Giới tính: Trống.", "Giới tính: Sai."]


def test_a_refusal_without_a_cell_beside_others_says_no_header():
    refusal = ValidationError({"__all__": ["Trùng."], "gender": ["Sai."]})
    assert refusal_sentences(refusal) == ["Trùng.", "Giới tính: Sai."]


def test_a_refused_row_keeps_only_the_cells_that_say_something(cast):
    kept = only_row(upload(cast, {**MAY, "gender": "x", "home_town": ""})).cells
    assert all(kept.values())
    assert kept["gender"] == "x"


def test_a_row_that_is_not_refused_keeps_no_cells(cast):
    assert only_row(upload(cast, MAY)).cells == {}


def test_a_row_that_changes_nothing_still_says_who_is_meant(cast):
    row = only_row(upload(cast, row_of(cast.anh.student)))
    assert (row.student, row.changes, row.outcome) == (cast.anh.student, {}, "unchanged")


def test_a_failed_formula_in_a_name_is_shown_as_it_is(cast):
    row = only_row(upload(cast, {**MAY, "full_name": "#REF!"}))
    assert (row.outcome, row.full_name) == ("refused", "#REF!")


def test_a_preview_names_the_enrolment_that_would_end(cast):
    batch = upload(cast, row_of(cast.anh.student, status="05", status_on="20/11/2026"))
    assert only_row(batch).ended_enrollment == cast.anh


def test_a_preview_of_a_new_pupil_points_to_nobody(cast):
    row = only_row(upload(cast, MAY))
    assert (row.student, row.started_enrollment) == (None, None)
