import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from exchange.columns import COLUMNS, normalise_header
from exchange.errors import FileRefused
from exchange.students_sheet import read_students_sheet
from tests.exchange.workbooks import HEADERS, ROW, saved, students_file, workbook_of

CELLS = dict(zip(["class_name", "full_name", "date_of_birth", "gender"], ROW, strict=True))


def read(file):
    return read_students_sheet(file, "danh-sach.xlsx")


def test_reads_a_row_by_its_headers():
    sheet = read(workbook_of([HEADERS, ROW]))
    assert [row.cells for row in sheet.rows] == [CELLS]


def test_row_numbers_are_those_that_excel_shows():
    sheet = read(workbook_of([["Danh sách"], [], HEADERS, ROW, ROW]))
    assert [row.number for row in sheet.rows] == [4, 5]


def test_header_may_stand_in_the_twelfth_row():
    assert read(workbook_of([*[["Phòng"]] * 11, HEADERS, ROW])).rows[0].number == 13


def test_header_in_the_thirteenth_row_is_not_found():
    with pytest.raises(FileRefused, match="12 dòng đầu"):
        read(workbook_of([*[["Phòng"]] * 12, HEADERS, ROW]))


def test_column_order_and_other_columns_do_not_matter():
    headers = ["Nghề nghiệp cha", *reversed(HEADERS), "Năm sinh cha", "Điểm"]
    row = ["Nông dân", *reversed(ROW), "1980", 10]
    assert read(workbook_of([headers, row])).rows[0].cells == CELLS


def test_headers_may_be_wrapped_starred_and_in_any_letter_case():
    headers = ["MÃ LỚP (*)", "Họ\nvà tên", " ngày   sinh ", "Giới_tính:"]
    assert read(workbook_of([headers, ROW])).rows[0].cells == CELLS


def test_headers_may_be_decomposed():
    headers = [unicodedata.normalize("NFD", header) for header in HEADERS]
    assert read(workbook_of([headers, ROW])).rows[0].cells == CELLS


HEADER_NOISE = st.sampled_from(["", " ", "\n", "\r\n", "  ", "*", " (*)", ":", "_"])


@given(
    column=st.sampled_from(COLUMNS),
    form=st.sampled_from(["NFC", "NFD"]),
    change_case=st.sampled_from([str.upper, str.lower, str.title]),
    before=HEADER_NOISE,
    between=st.sampled_from([" ", "\n", "  ", " \n "]),
    after=HEADER_NOISE,
)
def test_every_header_is_known_however_it_is_written(
    column, form, change_case, before, between, after
):
    text = unicodedata.normalize(form, change_case(column.header).replace(" ", between))
    assert normalise_header(before + text + after) == column.names[0]


def test_no_two_columns_share_a_header():
    names = [name for column in COLUMNS for name in column.names]
    assert len(names) == len(set(names))


def test_the_usual_header_wins_over_another_name_of_the_column():
    sheet = read(workbook_of([["Lớp", *HEADERS], ["lớp bốn", *ROW]]))
    assert sheet.rows[0].cells["class_name"] == "4A"


def test_catalogue_sheets_are_passed_over():
    workbook = Workbook()
    workbook.active.title = "DM_LOP"
    workbook.active.append(["Mã lớp", "Tên lớp"])
    workbook.active.append(["4A", "Lớp 4A"])
    data = workbook.create_sheet("C1-HocSinh")
    data.append(HEADERS)
    data.append(ROW)
    assert [row.cells for row in read(saved(workbook)).rows] == [CELLS]


def test_reads_what_the_writer_writes():
    written = {**CELLS, "personal_id": "066217000001", "home_province": "Đắk Lắk"}
    cells = read(students_file(written)).rows[0].cells
    assert {key: value for key, value in cells.items() if value} == written


def test_empty_rows_between_and_after_are_left_out():
    sheet = read(workbook_of([HEADERS, [], ROW, ["", " ", None], ROW, []]))
    assert [row.number for row in sheet.rows] == [3, 5]


def test_row_with_nothing_but_a_number_in_front_is_empty():
    assert read(workbook_of([["STT", *HEADERS], [1, *ROW], [2]])).rows[-1].number == 2


def test_text_comes_composed_and_without_stray_spaces():
    name = unicodedata.normalize("NFD", "  Nguyễn   Thị\nBé ")
    sheet = read(workbook_of([HEADERS, ["4A", name, *ROW[2:]]]))
    assert sheet.rows[0].cells["full_name"] == "Nguyễn Thị Bé"


def test_text_longer_than_any_field_is_cut():
    sheet = read(workbook_of([HEADERS, ["4A", "a" * 30_000, *ROW[2:]]]))
    assert len(sheet.rows[0].cells["full_name"]) == 256


def test_numbers_and_dates_come_as_they_are():
    born = datetime.datetime(2017, 3, 14)
    sheet = read(workbook_of([HEADERS, [4, "Lê Minh Anh", born, 2], [4, "Đức", 42808, 1]]))
    assert sheet.rows[0].cells["date_of_birth"] == born
    assert sheet.rows[1].cells["date_of_birth"] == 42808


def test_a_workbook_that_counts_from_1904_says_so():
    workbook = Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    workbook.active.append(HEADERS)
    workbook.active.append(ROW)
    assert read(saved(workbook)).epoch == CALENDAR_MAC_1904


def test_missing_required_headers_are_named():
    with pytest.raises(FileRefused, match="«Lop4» thiếu cột: «Ngày sinh», «Giới tính»"):
        read(workbook_of([HEADERS[:2], ROW[:2]], title="Lop4"))


def test_workbook_without_any_known_header_says_which_are_needed():
    with pytest.raises(FileRefused, match="«Mã lớp», «Họ tên», «Ngày sinh», «Giới tính»"):
        read(workbook_of([["a", "b"], [1, 2]]))


def test_repeated_header_is_refused():
    with pytest.raises(FileRefused, match="hai cột cùng tên: «Họ tên»"):
        read(workbook_of([[*HEADERS, "Họ  tên"], [*ROW, "Khác"]]))


def test_file_can_be_read_again():
    file = workbook_of([HEADERS, ROW])
    assert read(file).rows == read(file).rows


def test_invisible_characters_that_came_along_are_left_out():
    row = ["4A\u200b", "\u202aLê\u00a0Minh\ufeff Anh\u202c", *ROW[2:]]
    cells = read(workbook_of([HEADERS, row])).rows[0].cells

    assert (cells["class_name"], cells["full_name"]) == ("4A", "Lê Minh Anh")
