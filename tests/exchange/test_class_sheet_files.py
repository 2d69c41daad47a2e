"""Files that are refused as a whole, each with its sentence, and what of a file is not read."""

import io

import pytest

from exchange.class_sheets.layout import STAMP_TITLE
from exchange.errors import FileRefused
from exchange.models import SheetUpload
from schools.models import School, SchoolClass, SchoolYear
from tests import factories
from tests.exchange.class_sheets import (
    COMMENT,
    LEVEL,
    MATHS,
    changes_of,
    downloaded,
    filled,
    header_row,
    refusal_of,
    row_of,
    upload_file,
    upload_workbook,
)
from tests.exchange.workbooks import HEADERS, ROW, repacked, saved, workbook_of

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


BOMB = b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>"


def refusal(cast, file, **fields):
    with pytest.raises(FileRefused) as refused:
        upload_file(cast, file, **fields)
    assert not SheetUpload.objects.exists()
    return str(refused.value)


# What is no class sheet


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"%PDF-1.7", "lop.pdf", "không phải là bảng tính .xlsx"),
        (b"a,b\n1,2", "lop.csv", "không phải là bảng tính .xlsx"),
        (b"PK\x03\x04hong", "lop.xlsx", "bị hỏng"),
        (b"PK\x03\x04", "lop.xlsm", "macro"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100), "lop.xls", "đời cũ"),
        (b"PK" + bytes(21 * 1024 * 1024), "lop.xlsx", "lớn hơn 20 MB"),
    ],
)
def test_not_a_spreadsheet_that_is_read(cast, content, name, said):
    assert said in refusal(cast, io.BytesIO(content), file_name=name)


def test_a_macro_inside(cast):
    file = repacked(saved(downloaded(cast)), {"xl/vbaProject.bin": b"x"})
    assert "macro" in refusal(cast, file)


def test_a_bomb(cast):
    file = repacked(saved(downloaded(cast)), {"xl/worksheets/sheet1.xml": BOMB})
    assert "quá lớn" in refusal(cast, file)


def test_another_workbook(cast):
    assert "không phải là tệp của lớp" in refusal(cast, workbook_of([HEADERS, ROW]))


def test_a_sheet_whose_stamp_was_removed(cast):
    workbook = filled(cast, level="T")
    del workbook[STAMP_TITLE]
    assert "«hocba»" in refusal(cast, saved(workbook))


def test_a_sheet_of_another_format(cast):
    workbook = filled(cast, level="T")
    workbook[STAMP_TITLE]["B1"] = 99
    assert "tải tệp mới" in refusal(cast, saved(workbook))


def test_a_worksheet_with_thousands_of_rows(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].cell(3000, 3, "x")
    assert "hơn 500 dòng" in refusal(cast, saved(workbook))


# Whose it is


def test_another_schools(cast):
    file = saved(downloaded(cast))
    School.objects.filter(pk=cast.school.pk).update(ministry_code="66000999")
    assert "của trường khác" in refusal(cast, file)


def test_another_classs(cast):
    other = factories.make_class(cast.school_year, "4B", (4,))
    factories.assign_homeroom(other, cast.suong)
    file = saved(downloaded(cast))
    said = refusal(cast, file, school_class=other, by=cast.suong)
    assert "của lớp 4A, không phải lớp 4B" in said


def test_another_periods(cast):
    said = refusal(cast, saved(downloaded(cast)), period="mid_term_1")
    assert "“Cuối học kỳ I”, không phải “Giữa học kỳ I”" in said


def test_a_period_that_nobody_knows(cast):
    workbook = downloaded(cast)
    for row in workbook[STAMP_TITLE].iter_rows():
        if row[0].value == "period":
            row[1].value = "hè"
    assert "“hè”" in refusal(cast, saved(workbook))


def test_another_rulesets(cast, monkeypatch):
    workbook = downloaded(cast)
    for row in workbook[STAMP_TITLE].iter_rows():
        if row[0].value == "ruleset":
            row[1].value = "tt22"
    assert "Quy định đánh giá đã đổi" in refusal(cast, saved(workbook))


def test_last_years_class_of_the_same_name(cast):
    file = saved(downloaded(cast))
    SchoolClass.objects.filter(pk=cast.school_class.pk).update(name="3A")
    assert SchoolYear.objects.count() == 2
    next_class = factories.make_class(cast.school_year, "4A", (4,))
    factories.assign_homeroom(next_class, cast.suong)
    assert "của lớp 4A" in refusal(cast, file, school_class=next_class, by=cast.suong)


# Moved, renamed, added, removed


def test_columns_are_found_by_their_headers(cast):
    workbook = filled(cast, level="T", comment="Chăm học.")
    workbook[MATHS].unmerge_cells("A2:F2")
    workbook[MATHS].move_range("B4:F7", cols=3)
    changes = changes_of(upload_workbook(cast, workbook))
    assert changes == [("level", "", "T"), ("comment", "", "Chăm học.")]


def test_columns_in_another_order(cast):
    workbook = filled(cast, level="T")
    worksheet = workbook[MATHS]
    for row in range(4, 8):
        first, last = worksheet.cell(row, 2), worksheet.cell(row, 4)
        first.value, last.value = last.value, first.value
    assert changes_of(upload_workbook(cast, workbook)) == [("level", "", "T")]


def test_rows_in_another_order(cast):
    workbook = filled(cast, level="T")
    worksheet = workbook[MATHS]
    last = row_of(worksheet, cast.hhen)
    for column in range(1, 7):
        first, other = worksheet.cell(5, column), worksheet.cell(last, column)
        first.value, other.value = other.value, first.value
    [row] = upload_workbook(cast, workbook).edits.all()
    assert (row.enrollment, row.place) == (cast.anh, f"Toán!D{last}")


def test_a_blank_row_after_the_header(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].insert_rows(5)
    assert changes_of(upload_workbook(cast, workbook)) == [("level", "", "T")]


def test_headers_in_other_letters(cast):
    workbook = filled(cast, level="T")
    worksheet = workbook[MATHS]
    worksheet.cell(header_row(worksheet), 4).value = "MỨC  ĐẠT\nĐƯỢC *"
    assert changes_of(upload_workbook(cast, workbook)) == [("level", "", "T")]


def test_a_removed_column_changes_nothing(cast):
    workbook = filled(cast, level="T", comment="Chăm học.")
    workbook[MATHS].delete_cols(6)
    assert changes_of(upload_workbook(cast, workbook)) == [("level", "", "T")]


def test_a_removed_worksheet_changes_nothing(cast):
    workbook = filled(cast, level="T")
    del workbook["Tiếng Việt"]
    upload = upload_workbook(cast, workbook)
    assert changes_of(upload) == [("level", "", "T")]
    assert upload.remarks == []


def test_a_removed_row_changes_nothing(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].delete_rows(row_of(workbook[MATHS], cast.duc))
    assert changes_of(upload_workbook(cast, workbook)) == [("level", "", "T")]


def test_a_further_column_is_not_read_and_said(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].cell(4, 7, "Ghi chú riêng")
    workbook[MATHS].cell(5, 7, "gọi mẹ em")
    upload = upload_workbook(cast, workbook)
    assert upload.remarks == ["Trang «Toán»: không đọc cột «Ghi chú riêng»."]
    assert changes_of(upload) == [("level", "", "T")]


def test_a_further_worksheet_is_not_read_and_said(cast):
    workbook = filled(cast, level="T")
    workbook.create_sheet("Nháp")["A1"] = "Mã học sinh"
    assert "«Nháp»" in upload_workbook(cast, workbook).remarks[0]


def test_a_column_that_stands_twice(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].cell(4, 7, LEVEL)
    assert "hai cột «Mức đạt được»" in refusal_of(upload_workbook(cast, workbook))


def test_a_worksheet_without_the_header_of_the_codes(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].cell(4, 2).value = "Số"
    assert "cột «Mã học sinh»" in refusal_of(upload_workbook(cast, workbook))


def test_a_refused_worksheet_names_itself(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].cell(4, 7, COMMENT)
    [row] = upload_workbook(cast, workbook).edits.all()
    assert (row.place, row.reference) == (MATHS, "")
