"""What is written is read back the same, and no cell of it is calculated."""

import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from exchange.cell_values import read_date, read_text
from exchange.columns import COLUMN_BY_KEY, COLUMNS
from exchange.students_sheet import read_students_sheet
from exchange.students_sheet_writer import harmless, write_refused_rows, write_students_sheet
from students.ministry_codes import ETHNICITIES, STUDENT_STATUSES
from tests.exchange.workbooks import students_file

CALCULATED = ("=", "+", "-", "@")
NAMES = st.text(st.sampled_from("aăâđêôơưẮỆ hHNn-=+@'.,0123"), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
)
ROW = {"class_name": "4A", "full_name": "Nông Thị Mây", "gender": "Nữ"}


def read(file):
    return read_students_sheet(file, "danh-sach.xlsx").rows


def refused_file(*rows):
    file = io.BytesIO()
    write_refused_rows(file, rows)
    file.seek(0)
    return file


def sheet_of(file, name):
    return load_workbook(file)[name]


@given(
    st.dictionaries(
        st.sampled_from([column.key for column in COLUMNS]),
        NAMES.filter(lambda text: text and not text.startswith("'")),
        min_size=1,
        max_size=6,
    )
)
def test_texts_are_read_back_as_they_were(row):
    cells = read(students_file(row))[0].cells
    assert {key: read_text(cell) for key, cell in cells.items() if cell} == row


@given(st.dates(datetime.date(1900, 3, 1), datetime.date(2099, 12, 31)))
def test_dates_are_read_back_as_they_were(day):
    cells = read(students_file({**ROW, "date_of_birth": day}))[0].cells
    assert read_date(cells["date_of_birth"]) == day


@given(st.lists(NAMES.filter(bool), min_size=1, max_size=8))
def test_every_row_is_read_back_in_its_order(names):
    rows = read(students_file(*({**ROW, "full_name": name} for name in names)))
    expected = [read_text(name) for name in names]
    assert [read_text(row.cells["full_name"]) for row in rows] == expected


@given(st.text(max_size=30))
def test_no_text_begins_like_a_formula(text):
    assert not harmless(text).startswith(CALCULATED)


@given(st.text(max_size=30).filter(lambda text: not text.startswith("'")))
def test_a_marked_text_is_read_as_it_was(text):
    assert read_text(harmless(text)) == text


@pytest.mark.parametrize("value", [None, 7, 1.5, datetime.date(2017, 5, 1), "", "Mây"])
def test_what_cannot_be_a_formula_gets_no_mark(value):
    assert harmless(value) == value


def test_a_number_below_zero_is_no_formula():
    assert harmless(-3) == -3


@pytest.mark.parametrize("start", CALCULATED)
def test_a_cell_of_the_sample_file_is_never_a_formula(start):
    sheet = sheet_of(students_file({**ROW, "full_name": f"{start}1+1"}), "C1-HocSinh")
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_leading_zeros_stay():
    cells = read(students_file({**ROW, "personal_id": "001317000001"}))[0].cells
    assert cells["personal_id"] == "001317000001"


def test_a_code_stays_text_for_excel():
    sheet = sheet_of(students_file({**ROW, "personal_id": "001317000001"}), "C1-HocSinh")
    [kind] = [cell.data_type for cell in sheet[4] if cell.value == "001317000001"]
    assert kind == "s"


def test_rows_are_numbered_from_one():
    sheet = sheet_of(students_file(ROW, ROW, ROW), "C1-HocSinh")
    assert [sheet.cell(number, 1).value for number in (4, 5, 6)] == [1, 2, 3]


def test_a_file_without_pupils_has_the_headers_only():
    assert read(students_file()) == []


def test_every_column_that_is_read_stands_in_the_sample():
    headers = [cell.value for cell in sheet_of(students_file(), "C1-HocSinh")[3]]
    assert [header.replace("\n", " ") for header in headers[1:]] == [
        column.header for column in COLUMNS
    ]


@pytest.mark.parametrize(
    ("name", "catalogue"),
    [
        ("GIOI_TINH", {"01": "Nam", "02": "Nữ"}),
        ("DAN_TOC", ETHNICITIES),
        ("TRANG_THAI", {code: status.name for code, status in STUDENT_STATUSES.items()}),
    ],
)
def test_the_catalogues_stand_on_sheets_of_their_own(name, catalogue):
    sheet = sheet_of(students_file(ROW), name)
    assert dict(list(sheet.iter_rows(values_only=True))[1:]) == catalogue


def test_a_refused_row_comes_with_its_number_and_its_reason():
    sheet = sheet_of(refused_file((17, "Giới tính: còn trống.", ROW)), "C1-HocSinh")
    assert [sheet["A2"].value, sheet["B2"].value] == [17, "Giới tính: còn trống."]


def test_a_reason_is_no_formula_either():
    sheet = sheet_of(refused_file((17, "=1+1", ROW)), "C1-HocSinh")
    assert (sheet["B2"].data_type, sheet["B2"].value) == ("s", "'=1+1")


@given(st.fixed_dictionaries({"class_name": NAMES, "full_name": NAMES, "home_town": NAMES}))
def test_refused_rows_never_hold_a_formula(row):
    sheet = sheet_of(refused_file((4, "Lỗi", row)), "C1-HocSinh")
    assert "f" not in {cell.data_type for line in sheet.iter_rows() for cell in line}


def test_refused_rows_can_be_uploaded_as_they_are():
    [row] = read(refused_file((17, "Ngày sinh: còn trống.", ROW)))
    assert {key: cell for key, cell in row.cells.items() if cell} == ROW


def test_what_is_not_collected_is_not_written():
    sheet = sheet_of(refused_file((4, "Lỗi", {**ROW, "father_job": "Nông dân"})), "C1-HocSinh")
    assert "Nông dân" not in [cell.value for cell in sheet[2]]


def test_the_headers_of_refused_rows_are_the_usual_ones():
    headers = [cell.value for cell in sheet_of(refused_file(), "C1-HocSinh")[1]]
    assert headers[2:] == [column.header for column in COLUMN_BY_KEY.values()]


def test_a_file_is_written_to_a_path(tmp_path):
    write_students_sheet(tmp_path / "mau.xlsx", [ROW])
    with (tmp_path / "mau.xlsx").open("rb") as file:
        assert read(file)[0].cells["full_name"] == "Nông Thị Mây"
