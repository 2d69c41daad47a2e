"""The comment bank as a spreadsheet: what is read from cells, what is written into them."""

import io
from zipfile import ZipFile

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from assessments.comment_drafts import CommentDraft, draft_errors, with_one_mark
from assessments.forms.text import plain_text
from exchange.comments.sheet import MOST_ENTRIES, read_comment_sheet, write_comment_sheet
from exchange.errors import FileRefused
from rulesets import get_ruleset
from tests.exchange.workbooks import repacked, saved, workbook_of

TT27 = get_ruleset("tt27")
HEADERS = ["Mã", "Môn học", "Mức", "Nội dung"]
ROW = ["T1", "Toán", "T", "{tên} tính nhanh."]


def read(*rows, headers=HEADERS):
    return read_comment_sheet(workbook_of([headers, *rows]), "ma.xlsx", TT27)


def read_one(*cells):
    [row] = read(cells)
    return row


def written(*drafts):
    file = io.BytesIO()
    write_comment_sheet(file, drafts, TT27)
    file.seek(0)
    return file


def texts_in(file):
    sheet = load_workbook(file).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_row_is_read_as_a_draft():
    row = read_one(*ROW)
    assert (row.number, row.remarks) == (2, [])
    assert row.draft == CommentDraft("T1", "toan", "T", "{tên} tính nhanh.")


@pytest.mark.parametrize(
    ("cell", "purpose"),
    [
        ("Toán", "toan"),
        ("TOÁN ", "toan"),
        ("toan", "toan"),
        ("To\u0301an", "toan"),
        ("Tiếng Việt", "tieng_viet"),
        ("TN&XH", "tu_nhien_va_xa_hoi"),
        ("ngoai_ngu_1", "ngoai_ngu_1"),
        ("Nhận xét của giáo viên chủ nhiệm", "homeroom_comment"),
        ("Nhận xét phẩm chất", "quality_comment"),
        ("Mọi ô nhận xét", ""),
        (None, ""),
        ("Hóa học", "Hóa học"),
    ],
)
def test_a_subject_goes_by_its_names(cell, purpose):
    assert read_one("T1", cell, "", "Tốt.").draft.purpose == purpose


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        ("T", "T"),
        ("h", "H"),
        ("Đ", "Đ"),
        ("d", "Đ"),
        ("Hoàn thành tốt", "T"),
        ("chưa hoàn thành", "C"),
        ("Cần cố gắng", "C"),
        (None, ""),
        ("giỏi", "giỏi"),
    ],
)
def test_a_level_goes_by_its_letter_or_its_name(cell, level):
    assert read_one("T1", "Toán", cell, "Tốt.").draft.level == level


@pytest.mark.parametrize(
    ("cell", "code"), [("t1", "T1"), (" T1 ", "T1"), (7, "7"), (7.0, "7"), (None, "")]
)
def test_a_code_is_read_in_capitals(cell, code):
    assert read_one(cell, "Toán", "T", "Tốt.").draft.code == code


def test_an_error_of_the_spreadsheet_is_a_remark():
    row = read_one("T1", "Toán", "T", "#N/A")
    assert row.remarks == ["Nội dung: Công thức trong ô bị lỗi (#N/A)."]


def test_columns_may_stand_anywhere_and_two_may_be_missing():
    [row] = read(["Tốt.", "x", "T1"], headers=["Nội dung nhận xét", "Ghi chú", "MÃ NHẬN XÉT"])
    assert row.draft == CommentDraft("T1", "", "", "Tốt.")


def test_titles_may_stand_above_and_empty_rows_between():
    file = workbook_of([["BẢNG MÃ NHẬN XÉT"], [], HEADERS, ROW, [None] * 4, ["T2", *ROW[1:]]])
    rows = read_comment_sheet(file, "ma.xlsx", TT27)
    assert [(row.number, row.draft.code) for row in rows] == [(4, "T1"), (6, "T2")]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["Tên", "Lớp"]], "Không tìm thấy dòng tiêu đề"),
        ([["Mã", "Môn học"]], "thiếu cột: «Nội dung»"),
        ([["Mã", "Nội dung", "Mã"]], "hai cột cùng tên: «Mã»"),
    ],
)
def test_a_file_without_its_columns_is_refused(rows, words):
    with pytest.raises(FileRefused, match=words):
        read_comment_sheet(workbook_of(rows), "ma.xlsx", TT27)


def test_a_file_that_is_no_workbook_is_refused():
    with pytest.raises(FileRefused):
        read_comment_sheet(io.BytesIO(b"Ma;Noi dung"), "ma.csv", TT27)


def test_a_formula_without_a_value_is_an_empty_cell_and_so_an_error():
    row = read_one("T1", "Toán", "T", '="Em "&"ngoan"')
    assert "text" in draft_errors(row.draft, TT27)


def test_a_formula_that_was_never_calculated_is_refused():
    file = workbook_of([HEADERS, ["T1", "Toán", "T", "=1+1"]])
    name = "xl/worksheets/sheet1.xml"
    with ZipFile(file) as archive:
        sheet = archive.read(name).replace(b"<v></v>", b"").replace(b"<v />", b"")
    with pytest.raises(FileRefused, match="công thức"):
        read_comment_sheet(repacked(file, {name: sheet}), "ma.xlsx", TT27)


def test_a_calculated_formula_is_read_as_its_value():
    file = workbook_of([HEADERS, ["T1", "Toán", "T", "=1+1"]])
    name = "xl/worksheets/sheet1.xml"
    with ZipFile(file) as archive:
        sheet = archive.read(name).replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
    [row] = read_comment_sheet(repacked(file, {name: sheet}), "ma.xlsx", TT27)
    assert row.draft.text == "2"


def test_too_many_rows_are_refused():
    rows = [[f"T{number}", "Toán", "T", "Tốt."] for number in range(MOST_ENTRIES + 1)]
    with pytest.raises(FileRefused, match="chia thành nhiều tệp"):
        read(*rows)


def test_the_file_says_in_words_what_an_entry_is_for():
    file = written(
        CommentDraft("T1", "toan", "T", "Tốt."), CommentDraft("N1", "", "", "{tên} ngoan.")
    )
    assert texts_in(file) == [
        HEADERS,
        ["T1", "Toán", "T", "Tốt."],
        ["N1", "Mọi ô nhận xét", None, "{tên} ngoan."],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5 điểm", "@em", "=HYPERLINK(1)"])
def test_no_text_is_a_formula(text):
    [_headers, row] = texts_in(written(CommentDraft("T1", "toan", "T", text)))
    assert row[3] == f"'{text}"
    sheet = load_workbook(written(CommentDraft("T1", "toan", "T", text))).worksheets[0]
    assert sheet["D2"].data_type == "s"


right_texts = (
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
    .map(plain_text)
    .map(with_one_mark)
    .filter(bool)
)
drafts = st.builds(
    CommentDraft,
    code=st.text("ABCDHT0123456789", min_size=1, max_size=12),
    purpose=st.sampled_from(["toan", "am_nhac", "homeroom_comment", "quality_comment", ""]),
    level=st.sampled_from(["", "T", "H", "C", "Đ"]),
    text=right_texts | st.sampled_from(["=1", "'a", "''", "-x", "@y", "#N/A", "#REF!", "_x0041_"]),
)


@given(st.lists(drafts, max_size=6))
def test_what_is_written_is_read_back_as_it_was(entries):
    rows = read_comment_sheet(written(*entries), "ma.xlsx", TT27)
    assert [row.draft for row in rows] == entries
    assert not any(row.remarks for row in rows)


def test_a_file_taken_out_in_english_is_read_in_either_language():
    entry = CommentDraft("T1", "homeroom_comment", "T", "Tốt.")
    with translation.override("en"):
        file = written(entry)
        assert [row.draft for row in read_comment_sheet(file, "ma.xlsx", TT27)] == [entry]
        english = workbook_of([HEADERS, ["T1", "Homeroom teacher’s comment", "T", "Tốt."]])
        [row] = read_comment_sheet(english, "ma.xlsx", TT27)
    assert row.draft == entry
    assert [row.draft for row in read_comment_sheet(file, "ma.xlsx", TT27)] == [entry]


def test_a_saved_file_can_be_opened_and_saved_by_a_spreadsheet_program():
    entry = CommentDraft("T1", "toan", "T", "=Em ngoan.\nEm giỏi.")
    again = saved(load_workbook(written(entry)))
    assert [row.draft for row in read_comment_sheet(again, "ma.xlsx", TT27)] == [entry]
