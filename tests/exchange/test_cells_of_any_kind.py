"""Whatever stands in a cell, it is understood or refused with a sentence."""

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from exchange import cell_values
from exchange.cell_values import fold_name, fold_status
from students.ministry_codes import ETHNICITIES, STUDENT_STATUSES

READERS = [
    cell_values.read_class_name,
    cell_values.read_date,
    cell_values.read_ethnicity,
    cell_values.read_gender,
    cell_values.read_grade,
    cell_values.read_ministry_code,
    cell_values.read_nationality,
    cell_values.read_personal_id,
    cell_values.read_phone,
    cell_values.read_status,
    cell_values.read_text,
]
CELLS = st.one_of(
    st.text(max_size=20),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text("0123456789²٣", max_size=14),
)


def sentence_of(read, cell):
    try:
        read(cell)
    except ValueError as refusal:
        return str(refusal)
    return "Understood."


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@given(cell=CELLS)
def test_a_cell_is_read_or_refused_with_a_sentence(read, cell):
    assert sentence_of(read, cell).endswith(".")


@pytest.mark.parametrize("cell", [math.nan, math.inf, -math.inf, -1, 0, 73_051, 1e300])
def test_a_number_that_is_no_day_is_refused(cell):
    with pytest.raises(ValueError, match="không phải là một ngày"):
        cell_values.read_date(cell)


@given(st.integers(min_value=62, max_value=73_050))
def test_serials_follow_one_another_day_by_day(serial):
    before, day = cell_values.read_date(serial - 1), cell_values.read_date(serial)
    assert day - before == datetime.timedelta(days=1)


def test_a_workbook_that_counts_from_1904_has_other_days():
    day = cell_values.read_date(41_346, CALENDAR_MAC_1904)
    assert day == datetime.date(2017, 3, 14)


def test_the_time_of_a_date_does_not_count():
    assert cell_values.read_date(42_808.75) == datetime.date(2017, 3, 14)


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_personal_id_is_taken_in_groups_of_digits(number):
    digits = f"{number:012}"
    grouped = " ".join(digits[start : start + 3] for start in range(0, 12, 3))
    assert cell_values.read_personal_id(grouped) == digits


@given(st.integers(min_value=0, max_value=10**11 - 1))
def test_a_personal_id_of_a_number_cell_is_never_filled_up(number):
    with pytest.raises(ValueError, match="mất số 0"):
        cell_values.read_personal_id(number)


@pytest.mark.parametrize("digits", ["٠٦٦٣١٧٠٠٠٠٠١", "²²²²²²²²²²²²"])
def test_digits_of_other_scripts_are_no_personal_id(digits):
    with pytest.raises(ValueError, match="chữ số"):
        cell_values.read_personal_id(digits)


@given(st.sampled_from(sorted(ETHNICITIES)), st.sampled_from([str.upper, str.lower, str.title]))
def test_letter_case_never_changes_an_ethnicity(code, change_case):
    assert cell_values.read_ethnicity(change_case(ETHNICITIES[code])) == code


def test_no_two_ethnicities_are_spelt_alike():
    assert len({fold_name(name) for name in ETHNICITIES.values()}) == len(ETHNICITIES)


def test_no_two_statuses_are_spelt_alike():
    spellings = {fold_status(status.name) for status in STUDENT_STATUSES.values()}
    assert len(spellings) == len(STUDENT_STATUSES)


@pytest.mark.parametrize("number", range(1, 10))
def test_a_code_that_lost_its_zero_is_still_the_code(number):
    assert cell_values.read_ethnicity(number) == f"{number:02}"


@pytest.mark.parametrize("text", ["VN", "vn", "VNM", "Việt Nam", "VIET NAM", "việt  nam"])
def test_every_name_of_the_country_is_one(text):
    assert cell_values.read_nationality(text) == "Việt Nam"


def test_another_country_stays_as_written():
    assert cell_values.read_nationality("Lào") == "Lào"


@given(st.text(max_size=20))
def test_the_word_for_class_in_front_never_matters(text):
    name = f"4{text}"
    assert cell_values.read_class_name(f"LỚP {name}") == cell_values.read_class_name(name)


@pytest.mark.parametrize("cell", [None, ""])
def test_nothing_is_blank(cell):
    assert cell_values.is_blank(cell)


@pytest.mark.parametrize("cell", [0, False, " ", "'", 0.0])
def test_something_is_not_blank(cell):
    assert not cell_values.is_blank(cell)


@pytest.mark.parametrize("error", sorted(cell_values.EXCEL_ERRORS))
@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_a_failed_formula_is_no_value_of_any_kind(read, error):
    with pytest.raises(ValueError, match="Công thức trong ô bị lỗi"):
        read(error)


@pytest.mark.parametrize("day", [datetime.date(1900, 1, 1), datetime.date(2027, 1, 5)])
def test_a_day_of_birth_may_be_the_first_of_1900_or_today(now, day):
    assert cell_values.read_date_of_birth(day) == day


@pytest.mark.parametrize("day", [datetime.date(1899, 12, 31), datetime.date(2027, 1, 6)])
def test_a_day_of_birth_is_neither_before_1900_nor_tomorrow(now, day):
    with pytest.raises(ValueError, match="quá khứ"):
        cell_values.read_date_of_birth(day)
