"""What a row says of who is meant, without a school."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange import cell_values
from exchange.identities import Identity, RepeatedRows, Unidentified, read_identity

READERS = {
    "ministry_code": cell_values.read_ministry_code,
    "personal_id": cell_values.read_personal_id,
    "full_name": cell_values.read_text,
    "date_of_birth": cell_values.read_date_of_birth,
}
BORN = datetime.date(2017, 5, 1)
CELLS = {
    "ministry_code": "6612345678",
    "personal_id": "066317000001",
    "full_name": "Nông Thị Mây",
    "date_of_birth": "01/05/2017",
    "class_name": "Lớp 4A",
}


def identity(**cells):
    return read_identity({**CELLS, **cells}, READERS)


def nameless(**cells):
    return identity(ministry_code="", personal_id="", **cells)


def repeated(*identities):
    return RepeatedRows(dict(enumerate(identities, 4)))


def refusal(rows, one):
    with pytest.raises(Unidentified) as refused:
        rows.check(one)
    return str(refused.value)


def test_everything_that_is_given_is_read():
    assert identity() == Identity(
        ministry_code="6612345678",
        personal_id="066317000001",
        full_name="Nông Thị Mây",
        date_of_birth=BORN,
        class_name="4a",
        claims_id=True,
    )


@pytest.mark.parametrize("cell", list(READERS))
def test_an_empty_cell_says_nothing(cell):
    assert getattr(identity(**{cell: None}), cell) is None


@pytest.mark.parametrize(
    ("cell", "value"), [("personal_id", "66317000001"), ("date_of_birth", "31/02/2017")]
)
def test_what_cannot_be_read_says_nothing(cell, value):
    assert getattr(identity(**{cell: value}), cell) is None


def test_a_row_without_a_class_belongs_to_none():
    assert identity(class_name=None).class_name == ""


def test_a_row_without_ids_claims_none():
    assert not nameless().claims_id


def test_an_id_that_cannot_be_read_is_still_claimed():
    assert identity(ministry_code="", personal_id="123").has_unreadable_id_only


def test_a_second_id_that_can_be_read_is_enough():
    assert not identity(personal_id="123").has_unreadable_id_only


def test_a_name_is_compared_without_tones_and_letter_case():
    assert identity(full_name="NONG THI MAY").name_and_birth == identity().name_and_birth


@pytest.mark.parametrize("cell", ["full_name", "date_of_birth"])
def test_half_of_name_and_birth_identifies_nobody(cell):
    assert identity(**{cell: ""}).name_birth_and_class is None


def test_rows_of_different_pupils_pass():
    one, other = identity(), identity(ministry_code="6612345679", personal_id="066317000002")
    repeated(one, other).check(one)


def test_a_code_in_two_rows_names_both_rows():
    one, other = identity(personal_id=""), identity(personal_id="", full_name="Nông Thị Mưa")
    assert "4, 5" in refusal(repeated(one, other), one)


def test_an_id_in_three_rows_names_the_three():
    rows = [identity(ministry_code="", full_name=f"Mây {number}") for number in range(3)]
    assert "4, 5, 6" in refusal(repeated(*rows), rows[2])


def test_namesakes_without_ids_in_one_class_are_asked_for_an_id():
    assert "Hãy ghi mã học sinh" in refusal(repeated(nameless(), nameless()), nameless())


def test_a_class_written_otherwise_is_the_same_class():
    other = nameless(class_name="4 a")
    assert "cùng họ tên" in refusal(repeated(nameless(), other), other)


def test_namesakes_without_ids_in_two_classes_pass():
    one, other = nameless(), nameless(class_name="4B")
    repeated(one, other).check(one)


def test_namesakes_born_on_other_days_pass():
    one, other = nameless(), nameless(date_of_birth="02/05/2017")
    repeated(one, other).check(one)


def test_the_namesake_with_an_id_passes():
    one, other = nameless(), identity()
    repeated(one, other).check(other)


def test_the_namesake_without_an_id_is_refused():
    one, other = nameless(), identity()
    assert "4, 5" in refusal(repeated(one, other), one)


def test_two_rows_without_any_identity_are_not_the_same_pupil():
    empty = nameless(full_name="", date_of_birth="")
    repeated(empty, empty).check(empty)


@given(st.lists(st.integers(min_value=10**11, max_value=10**12 - 1), unique=True, max_size=8))
def test_rows_with_ids_of_their_own_always_pass(ids):
    rows = [identity(ministry_code="", personal_id=str(number)) for number in ids]
    together = repeated(*rows)
    for row in rows:
        together.check(row)


@given(st.dictionaries(st.sampled_from(sorted(CELLS)), st.text(max_size=20)))
def test_no_text_stops_the_reading_of_an_identity(cells):
    assert isinstance(identity(**cells), Identity)
