import datetime
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import to_excel

from exchange import cell_values
from schools.names import fold
from students.ministry_codes import ETHNICITIES, STUDENT_STATUSES

DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31))


@given(DAYS)
def test_date_as_text_as_serial_and_as_date_is_the_same_day(day):
    spellings = [
        day,
        datetime.datetime.combine(day, datetime.time(7, 30)),
        day.strftime("%d/%m/%Y"),
        f"{day.day}/{day.month}/{day.year}",
        day.strftime("%d-%m-%Y"),
        day.strftime("%d.%m.%Y"),
        day.isoformat(),
        to_excel(day),
        to_excel(day) + 0.5,
        str(int(to_excel(day))),
    ]
    assert {cell_values.read_date(spelling) for spelling in spellings} == {day}


def test_serial_of_the_ministrys_file():
    assert cell_values.read_date(44096) == datetime.date(2020, 9, 22)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "31/02/2017",
        "14/3/17",
        "3/14/2017",
        "2017",
        "14 tháng 3",
        0,
        -5,
        10_000_000,
        True,
        "#N/A",
    ],
)
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(ValueError, match=r"ngày|lỗi"):
        cell_values.read_date(cell)


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_refused_with_a_sentence(text):
    with suppress(ValueError):
        assert isinstance(cell_values.read_date(text), datetime.date)


@pytest.mark.parametrize("cell", ["066217000001", "'066217000001", "066 217 000 001", 366217000001])
def test_personal_id_of_twelve_digits(cell):
    assert len(cell_values.read_personal_id(cell)) == 12


@pytest.mark.parametrize("cell", [66217000001, 66217000001.0, "66217000001"])
def test_personal_id_that_lost_a_zero_is_flagged_and_not_guessed(cell):
    with pytest.raises(ValueError, match="11 chữ số, có thể đã mất số 0"):
        cell_values.read_personal_id(cell)


@pytest.mark.parametrize(
    "cell", ["0662170000012", "06621700000A", "không có", "０６６２１７００００01"]
)
def test_personal_id_of_another_form_is_refused(cell):
    with pytest.raises(ValueError, match="chữ số"):
        cell_values.read_personal_id(cell)


@pytest.mark.parametrize(
    ("cell", "code"), [("0112345678", "0112345678"), ("66A12", "66A12"), (6612345678, "6612345678")]
)
def test_ministry_code_stays_as_written(cell, code):
    assert cell_values.read_ministry_code(cell) == code


@pytest.mark.parametrize("cell", [112345678, 112345678.0, 1234567890123456789])
def test_ministry_code_that_a_number_cell_may_have_spoilt_is_flagged(cell):
    with pytest.raises(ValueError, match="mất số 0 ở đầu"):
        cell_values.read_ministry_code(cell)


def test_ministry_code_with_other_characters_is_refused():
    with pytest.raises(ValueError, match="chữ cái không dấu"):
        cell_values.read_ministry_code("66/123")


@pytest.mark.parametrize("cell", ["Nam", "NAM", " nam".strip(), "01", "1", 1, 1.0])
def test_boys(cell):
    assert cell_values.read_gender(cell) == "male"


@pytest.mark.parametrize("cell", ["Nữ", "NỮ", "nu", "02", "2", 2])
def test_girls(cell):
    assert cell_values.read_gender(cell) == "female"


@pytest.mark.parametrize("cell", ["x", "0", 0, 3, "Nam Nữ"])
def test_other_genders_are_refused(cell):
    with pytest.raises(ValueError, match="Nam hoặc Nữ"):
        cell_values.read_gender(cell)


@pytest.mark.parametrize("code", ETHNICITIES)
def test_every_ethnicity_is_read_by_code_and_by_name(code):
    name = ETHNICITIES[code]
    for cell in (code, int(code), name, name.upper(), fold(name), name.replace("-", " ")):
        assert cell_values.read_ethnicity(cell) == code


@pytest.mark.parametrize(("cell", "code"), [("H'Mông", "08"), ("Ê Đê", "12"), ("KINH", "01")])
def test_ethnicity_in_other_spellings(cell, code):
    assert cell_values.read_ethnicity(cell) == code


@pytest.mark.parametrize("cell", ["Sao Hỏa", "57", 0, "099", "-"])
def test_ethnicity_outside_the_list_is_refused(cell):
    with pytest.raises(ValueError, match="54 dân tộc"):
        cell_values.read_ethnicity(cell)


@pytest.mark.parametrize("code", STUDENT_STATUSES)
def test_every_status_is_read_by_code_and_by_name(code):
    status = STUDENT_STATUSES[code]
    for cell in (code, int(code), status.name, status.name.upper(), fold(status.name)):
        assert cell_values.read_status(cell) == status


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Chuyển đến học kỳ I", "Chuyển đến kỳ 1"),
        ("Chuyển đi HK2", "Chuyển đi kỳ 2"),
        ("Thôi học học kì II", "Thôi học kỳ 2"),
        ("Thôi học kì 1", "Thôi học kỳ 1"),
    ],
)
def test_status_in_other_spellings(cell, name):
    assert cell_values.read_status(cell).name == name


@pytest.mark.parametrize(
    "cell", ["Nghỉ học xin học lại", "Nghỉ học xin học lại kỳ 1", "nghỉ học xin học lại kì II"]
)
def test_who_stopped_and_asked_to_come_back_is_studying(cell):
    assert cell_values.read_status(cell).is_studying
    assert cell_values.read_status(cell).entry_reason == "readmitted"


@pytest.mark.parametrize("cell", ["Thôi học", "Chuyển đi", "04", 5, "08", "09", 11, "12"])
def test_who_left_is_not_studying(cell):
    assert not cell_values.read_status(cell).is_studying


@pytest.mark.parametrize("cell", ["Nghỉ học", "13", 0, "Đang chơi"])
def test_status_outside_the_list_is_refused(cell):
    with pytest.raises(ValueError, match="12 trạng thái"):
        cell_values.read_status(cell)


@pytest.mark.parametrize("cell", [4, "4", "Khối 4", "khối4", "Lớp 4", 4.0])
def test_grade(cell):
    assert cell_values.read_grade(cell) == 4


@pytest.mark.parametrize("cell", [0, 6, "bốn", "4A"])
def test_grade_outside_primary_school_is_refused(cell):
    with pytest.raises(ValueError, match="từ 1 đến 5"):
        cell_values.read_grade(cell)


@pytest.mark.parametrize("cell", ["4A", "4a", "Lớp 4A", "LỚP 4A", "4 A"])
def test_class_names_that_are_one(cell):
    assert cell_values.read_class_name(cell) == "4a"


def test_phone_that_lost_its_zero_is_flagged():
    with pytest.raises(ValueError, match="mất số 0"):
        cell_values.read_phone(905123456)


def test_phone_as_text_stays_as_written():
    assert cell_values.read_phone("0905 123 456") == "0905 123 456"


@pytest.mark.parametrize(("cell", "text"), [(4, "4"), (4.0, "4"), (None, ""), ("'=1", "=1")])
def test_text(cell, text):
    assert cell_values.read_text(cell) == text


def test_text_of_a_date_cell_is_a_date():
    assert cell_values.read_text(datetime.datetime(2017, 3, 14)) == "14/03/2017"


@pytest.mark.parametrize("cell", sorted(cell_values.EXCEL_ERRORS))
def test_failed_formula_is_refused(cell):
    with pytest.raises(ValueError, match="Công thức trong ô bị lỗi"):
        cell_values.read_text(cell)
