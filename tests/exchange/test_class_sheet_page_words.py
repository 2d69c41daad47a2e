"""The words of the page of an uploaded class sheet."""

import datetime

import pytest

from exchange.class_sheets.pages import ShownConflict, UploadPage, class_title, columns_of
from exchange.models import EditFate, SheetEdit, SheetUpload
from schools.models import SchoolClass
from tests.exchange.class_sheets import (
    MATHS,
    PERIOD,
    TRAITS,
    VIETNAMESE,
    filled,
    put,
    upload_workbook,
)

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


WRITTEN = datetime.datetime(2027, 1, 5, 13, 30, tzinfo=datetime.UTC)


def page(asked=None, **counts):
    school_class = SchoolClass(name="4A")
    upload = SheetUpload(school_class=school_class, period=PERIOD, file_name="lop.xlsx", **counts)
    return UploadPage(upload, asked)


def conflict(**fields):
    words = {"worksheet": MATHS, "reference": "D5", "column": "Mức", "pupil_name": "Lê Minh Anh"}
    return ShownConflict(SheetEdit(pk=7, **words, **fields))


@pytest.mark.parametrize(
    ("counts", "label"),
    [
        ({"changed": 3}, "Ghi 3 ô vào lớp 4A"),
        ({"changed": 3, "conflicting": 1}, "Ghi 3 ô và các ô đã chọn"),
        ({"conflicting": 1}, "Ghi các ô đã chọn"),
    ],
)
def test_the_button_says_what_it_saves(counts, label):
    assert page(**counts).confirm_label == label


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ({"changed": 3, "saved": 3}, "Mọi thay đổi trong tệp đã được ghi."),
        ({"changed": 3, "saved": 3, "refused": 2}, "2 chỗ khác trong tệp không được ghi."),
        ({"changed": 3, "conflicting": 2, "saved": 4}, "1 chỗ khác trong tệp không được ghi."),
    ],
)
def test_afterwards_it_says_what_was_left_out(counts, text):
    assert page(**counts).done_text == text


def test_what_was_saved_is_counted():
    assert page(saved=12).done_title == "Đã ghi 12 ô"


def test_nothing_is_said_of_a_rest_that_is_none():
    assert page().rest == []


def test_cells_that_stay_are_counted_before_what_was_not_read():
    told = page(unchanged=30, remarks=["Trang «Nháp»"]).rest
    assert told == ["30 ô giữ nguyên.", "Trang «Nháp»"]


def test_empty_cells_over_results_say_how_to_clear_them():
    [told] = page(left_empty=2).rest
    assert "2 ô trong tệp để trống" in told
    assert "«xóa»" in told


@pytest.mark.parametrize(("count", "more"), [(0, 0), (50, 0), (51, 1), (120, 70)])
def test_more_than_fifty_are_counted_as_further(count, more):
    assert (page(refused=count).more_refused, page(changed=count).more_changes) == (more, more)


@pytest.mark.parametrize(
    ("asked", "title"),
    [("refused", "2 chỗ không ghi được"), ("changes", "3 ô thay đổi")],
)
def test_a_whole_list_has_the_title_of_its_part(asked, title):
    assert page(asked, refused=2, changed=3).list_title == title


def test_conflicts_are_counted_in_their_title():
    assert page(conflicting=4).conflicts_title == "4 ô đã đổi từ khi tải tệp về"


@pytest.mark.parametrize(
    ("fate", "last"),
    [(EditFate.REFUSED, ["Trong tệp", "Vì sao"]), (EditFate.CHANGES, ["Đang lưu", "Sẽ là"])],
)
def test_the_columns_follow_what_is_listed(fate, last):
    assert [column["label"] for column in columns_of(fate)][-2:] == last


def test_the_class_is_named_with_its_period():
    assert class_title(SchoolClass(name="4A"), PERIOD) == "Lớp 4A, Cuối học kỳ I"


def test_the_moments_are_told_in_the_schools_time():
    lead = page(made_at=WRITTEN, uploaded_at=WRITTEN + datetime.timedelta(hours=4)).lead
    assert "20:30" in lead
    assert "00:30" in lead


def test_the_preview_says_until_when_it_waits():
    told = page(uploaded_at=WRITTEN).pending_text
    assert told.startswith("Bản xem trước này chờ đến 20:30 06/01/2027")


# Conflicts


def test_a_conflict_asks_about_cell_column_and_pupil():
    assert conflict().question == "Toán!D5: Mức của Lê Minh Anh"


def test_a_conflict_shows_all_three_values():
    shown = conflict(typed="H", stored="C", base="T")
    assert (shown.mine, shown.theirs, shown.before) == ("H", "C", "T")


def test_values_that_are_none_are_called_empty():
    shown = conflict(typed="", stored="", base=None)
    assert {shown.mine, shown.theirs, shown.before} == {"(trống)"}


def test_who_wrote_it_is_told_with_the_moment():
    told = conflict(writer_name="Lê Thị Sương", written_at=WRITTEN).theirs_by
    assert told.startswith("Lê Thị Sương, ")
    assert "20:30" in told


def test_without_a_moment_only_the_name_is_told():
    assert conflict(writer_name="Lê Thị Sương").theirs_by == "Lê Thị Sương"


# Lists


def test_the_changes_of_each_worksheet_stand_together(cast):
    workbook = put(filled(cast, level="T", score=9), TRAITS, cast.anh, {"Yêu nước": "T"})
    put(workbook, VIETNAMESE, cast.duc, {"Mức đạt được": "H"})
    groups = UploadPage(upload_workbook(cast, workbook)).changes
    counted = [(group.title, len(group.rows)) for group in groups]
    assert counted == [(VIETNAMESE, 1), (MATHS, 2), (TRAITS, 1)]


def test_a_change_is_told_from_cell_to_new_value(cast):
    [group] = UploadPage(upload_workbook(cast, filled(cast, level="T"))).changes
    [row] = group.rows
    assert [cell["text"] for cell in row] == [
        "Toán!D5", "Lê Minh Anh", "Mức đạt được", "(trống)", "T",
    ]  # fmt: skip


def test_a_warning_stands_beside_the_new_value(cast):
    upload = upload_workbook(cast, filled(cast, level="T"))
    upload.edits.update(warning="khác thường")
    [group] = UploadPage(upload).changes
    assert group.rows[0][-1]["text"] == "T (khác thường)"


def test_a_refusal_ends_with_its_sentence(cast):
    upload = upload_workbook(cast, filled(cast, score=99))
    [group] = UploadPage(upload).refused
    assert group.rows[0][-1]["text"] == upload.edits.get().sentence


@pytest.mark.parametrize("number", ["7", "chín", "", None])
def test_a_page_that_is_none_is_one_that_there_is(cast, number):
    upload = upload_workbook(cast, filled(cast, level="T"))
    assert UploadPage(upload, "changes", number).page.number == 1
