"""The summary sheet as a workbook, read back."""

import io
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from audit.errors import NotPermitted
from audit.models import AuditEvent
from exchange.summary_sheets.actions import download_summary_sheet
from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.assessments.summaries import class_of_grade, enter_everything, loaded, sheet_of
from tests.cast import Cast
from tests.pages import client_of

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


TERM, YEAR = Period.END_TERM_1, Period.END_YEAR
HEADER = 5


def downloaded(cast: Cast, school_class=None, period: str = TERM, **options: Any) -> Workbook:
    school_class = loaded(school_class or cast.school_class, period)
    arguments = {"school_class": school_class, "period": period, "by": cast.hanh, **options}
    _name, content = download_summary_sheet(**arguments)
    return load_workbook(io.BytesIO(content))


def only(workbook: Workbook) -> Worksheet:
    [worksheet] = workbook.worksheets
    return worksheet


def texts(worksheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in worksheet.iter_rows() for cell in row if cell.value]


def test_the_head_names_school_class_moment_and_form(cast: Cast) -> None:
    worksheet = only(downloaded(cast, period=Period.MID_TERM_1))
    assert [worksheet.cell(row, 1).value for row in range(1, 5)] == [
        "Trường Tiểu học Kim Đồng",
        "BẢNG TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC CỦA LỚP",
        "Lớp 4A, Giữa học kỳ I, Năm học 2026-2027",
        "Mẫu 7. BẢN NHÁP",
    ]
    assert worksheet.title == "Khối 4 - mẫu 7"


@pytest.mark.parametrize(
    ("bring", "words"),
    [
        (states.submitted, "Mẫu 8. Chờ ký duyệt"),
        (states.with_anh_reopened, "Mẫu 8. Đang được xem lại"),
        (states.signed_off, "Mẫu 8. Đã ký duyệt"),
    ],
)
def test_it_says_how_final_it_is(cast: Cast, bring, words) -> None:
    bring(cast)
    assert only(downloaded(cast)).cell(4, 1).value == words


@pytest.mark.parametrize(("grade_level", "period"), [(1, Period.MID_TERM_1), (4, TERM), (5, YEAR)])
def test_cells_stand_where_the_sheet_has_them(cast: Cast, grade_level: int, period) -> None:
    school_class = class_of_grade(cast, grade_level)
    pupil = factories.enroll(factories.make_student("Nông Thị Mây"), school_class)
    enter_everything(pupil, period, cast.ngoc.user)
    [grade] = sheet_of(school_class, period).grades
    worksheet = only(downloaded(cast, school_class, period))
    row = HEADER + len(grade.header)
    written = [worksheet.cell(row, place).value for place in range(1, len(grade.columns) + 1)]
    assert [value if value is not None else "" for value in written] == list(grade.rows[0].texts)


def test_scores_are_numbers_and_levels_text(cast: Cast) -> None:
    enter_everything(cast.anh, TERM, cast.ngoc.user)
    worksheet = only(downloaded(cast))
    assert (worksheet.cell(9, 3).value, worksheet.cell(9, 4).value) == ("T", 10)


def test_headings_are_merged_as_the_form_has_them(cast: Cast) -> None:
    [grade] = sheet_of(cast.school_class).grades
    worksheet = only(downloaded(cast))
    expected = {
        f"{get_column_letter(cell.column + 1)}{HEADER + number}"
        f":{get_column_letter(cell.column + cell.columns)}{HEADER + number + cell.rows - 1}"
        for number, row in enumerate(grade.header)
        for cell in row
        if cell.columns > 1 or cell.rows > 1
    }
    assert {str(merged) for merged in worksheet.merged_cells.ranges} == expected
    assert worksheet["C5"].value == "Môn học và hoạt động giáo dục"
    assert worksheet["C6"].value == "Tiếng Việt"
    assert [worksheet["C8"].value, worksheet["D8"].value] == ["Mức đạt được", "Điểm KTĐK"]


def test_headings_of_narrow_columns_are_turned(cast: Cast) -> None:
    worksheet = only(downloaded(cast))
    assert worksheet["C8"].alignment.textRotation == 90
    assert not worksheet["C6"].alignment.textRotation


def test_it_prints_on_a4_landscape_with_its_header_on_each_page(cast: Cast) -> None:
    worksheet = only(downloaded(cast))
    setup = worksheet.page_setup
    assert (setup.orientation, str(setup.paperSize)) == ("landscape", "9")
    assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
    assert worksheet.sheet_properties.pageSetUpPr.fitToPage
    assert worksheet.print_title_rows == "$5:$8"
    assert worksheet.freeze_panes == "C9"


def test_it_is_not_protected(cast: Cast) -> None:
    assert not only(downloaded(cast)).protection.sheet


def test_each_grade_has_its_worksheet(cast: Cast) -> None:
    school_class = class_of_grade(cast, 3, 4)
    factories.enroll(factories.make_student("Nông Thị Mây"), school_class, grade_level=4)
    workbook = downloaded(cast, school_class)
    assert workbook.sheetnames == ["Khối 3 - mẫu 5", "Khối 4 - mẫu 8"]
    assert "Nông Thị Mây" in texts(workbook["Khối 4 - mẫu 8"])
    assert workbook["Khối 4 - mẫu 8"]["A3"].value.startswith("Lớp L, khối 4")
    assert downloaded(cast, school_class, grade_level=3).sheetnames == ["Khối 3 - mẫu 5"]


def test_a_class_without_pupils_is_a_form_to_look_at(cast: Cast) -> None:
    worksheet = only(downloaded(cast, class_of_grade(cast, 2)))
    assert worksheet["A5"].value == "STT"
    assert "Giáo viên chủ nhiệm" in texts(worksheet)


@pytest.mark.parametrize("name", ["=1+1", "+84", "@Mây", "-Mây"])
def test_a_name_is_text_whatever_it_begins_with(cast: Cast, name: str) -> None:
    school_class = class_of_grade(cast, 2)
    factories.enroll(factories.make_student(name), school_class)
    cell = only(downloaded(cast, school_class)).cell(9, 2)
    assert (cell.value, cell.data_type) == (name, "s")


def test_legend_confirmations_and_names_stand_below(cast: Cast) -> None:
    states.signed_off(cast)
    found = texts(only(downloaded(cast)))
    assert "Phẩm chất, năng lực: T = Tốt, Đ = Đạt, C = Cần cố gắng" in found
    assert "Ký duyệt kết quả của 3 học sinh: Nguyễn Thị Hạnh, 20:30 05/01/2027" in found
    assert {"Hiệu trưởng", "Nguyễn Thị Hạnh", "Giáo viên chủ nhiệm", "Trần Thị Ngọc"} <= {*found}
    assert "Buôn Hồ, 05/01/2027" in found


def test_it_is_vietnamese_whoever_downloads_it(cast: Cast) -> None:
    hanh = client_of(cast, "hanh")
    hanh.cookies["django_language"] = "en"
    url = reverse("summary_sheet_xlsx", args=[cast.school_class.pk, TERM])
    found = texts(only(load_workbook(io.BytesIO(hanh.get(url).content))))
    assert {"Họ và tên", "Mức đạt được", "Năng lực cốt lõi"} <= {*found}


def test_the_response_is_a_file_that_no_cache_keeps(cast: Cast) -> None:
    url = reverse("summary_sheet_xlsx", args=[cast.school_class.pk, TERM])
    response = client_of(cast, "ngoc").get(url)
    assert "bang-tong-hop-lop-4a-cuoi-hoc-ky-i-2026-2027.xlsx" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"


def test_the_download_is_recorded(cast: Cast) -> None:
    downloaded(cast, by=cast.ngoc)
    event = AuditEvent.objects.get(event="summary_sheet.downloaded")
    assert (event.actor, event.target_id) == (cast.ngoc.user, cast.school_class.pk)


@pytest.mark.parametrize("name", ["binh", "suong", "van", "kien", "quang"])
def test_nobody_else_downloads_it(cast: Cast, name: str) -> None:
    with pytest.raises(NotPermitted):
        downloaded(cast, by=getattr(cast, name))
    assert not AuditEvent.objects.filter(event="summary_sheet.downloaded").exists()
