"""The workbook of statistics, written and read back."""

import io

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from audit.errors import NotPermitted
from audit.models import AuditEvent
from exchange.statistics.actions import download_statistics
from rulesets import Period
from schools.models import StaffMember
from tests import factories
from tests.assessments import states
from tests.assessments.statistics.results import (
    END_TERM_1,
    END_YEAR,
    decide,
    enter,
    full_class,
    pupil,
)
from tests.cast import Cast
from tests.pages import client_of

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


CUTS = ["Tổng số", "Nữ", "Dân tộc thiểu số", "Nữ dân tộc thiểu số", "Lớp ghép", "Khuyết tật"]


def workbook_of(cast: Cast, by: StaffMember | None = None, period: Period = END_TERM_1) -> Workbook:
    content = download_statistics(school_year=cast.school_year, period=period, by=by or cast.hanh)
    return load_workbook(io.BytesIO(content))


def row_of(worksheet: Worksheet, label: str) -> list[object]:
    [found] = [row for row in worksheet.iter_rows(values_only=True) if row[0] == label]
    return list(found[1:])


def under(worksheet: Worksheet, value: str, label: str) -> list[object]:
    """The six cuts under one value, in the row of a grade."""
    heads = [cell.value for cell in worksheet[3]]
    first, cuts = heads.index(value), len({cell.value for cell in worksheet[4][1:]})
    return row_of(worksheet, label)[first - 1 : first - 1 + cuts]


def test_each_table_has_a_worksheet(cast: Cast) -> None:
    titles = workbook_of(cast).sheetnames
    assert titles[:3] == ["Học sinh", "Mức Tiếng Việt", "Mức Toán"]
    assert "Điểm Toán" in titles
    assert "PC-NL Nhân ái" in titles
    assert "Kết quả giáo dục" not in titles
    assert "Kết quả giáo dục" in workbook_of(cast, period=END_YEAR).sheetnames


def test_titles_fit_on_a_tab(cast: Cast) -> None:
    titles = workbook_of(cast).sheetnames
    assert max(map(len, titles)) <= 31
    assert {"Mức Âm nhạc", "Mức Mĩ thuật", "Điểm Tin học"} <= set(titles)


def test_pupils_stand_by_grade_and_cut(cast: Cast) -> None:
    worksheet = workbook_of(cast)["Học sinh"]
    assert [cell.value for cell in worksheet[4]][1:] == CUTS
    assert row_of(worksheet, "Khối 4") == row_of(worksheet, "Toàn trường") == [3, 2, 1, 1, 0, 0]


def test_each_level_has_every_cut(cast: Cast) -> None:
    enter(cast, cast.anh, "T")
    enter(cast, cast.hhen, "T")
    enter(cast, cast.duc, "H")
    worksheet = workbook_of(cast)["Mức Toán"]
    assert under(worksheet, "Cộng", "Khối 4") == [3, 2, 1, 1, 0, 0]
    assert under(worksheet, "T", "Khối 4") == [2, 2, 1, 1, 0, 0]
    assert under(worksheet, "H", "Toàn trường") == [1, 0, 0, 0, 0, 0]
    assert under(worksheet, "chưa nhập", "Toàn trường") == [0] * 6


def test_each_score_has_every_cut(cast: Cast) -> None:
    enter(cast, cast.hhen, "T", 9)
    worksheet = workbook_of(cast)["Điểm Toán"]
    assert under(worksheet, "9", "Khối 4") == [1, 1, 1, 1, 0, 0]
    assert under(worksheet, "10", "Khối 4") == [0] * 6
    assert under(worksheet, "chưa nhập", "Khối 4") == [2, 1, 0, 0, 0, 0]


def test_the_headings_of_a_value_span_its_cuts(cast: Cast) -> None:
    worksheet = workbook_of(cast)["Mức Toán"]
    merged = {str(found) for found in worksheet.merged_cells.ranges}
    assert {"A3:A4", "B3:G3", "H3:M3"} <= merged
    assert [worksheet[f"{column}3"].value for column in "BHN"] == ["Cộng", "T", "H"]


def test_a_multigrade_class_is_in_its_cut(cast: Cast) -> None:
    mixed = factories.make_class(cast.school_year, "4+5", (4, 5))
    enter(cast, pupil(mixed, grade_level=5), "H")
    worksheet = workbook_of(cast)["Mức Toán"]
    assert under(worksheet, "H", "Khối 5") == [1, 0, 0, 0, 1, 0]


def test_the_years_end_has_results_completion_promotion_and_rewards(cast: Cast) -> None:
    decide(cast, cast.anh, "excellent", reward="Xuất sắc", reward_title="excellent_pupil")
    workbook = workbook_of(cast, period=END_YEAR)
    assert under(workbook["Kết quả giáo dục"], "HTXS", "Khối 4") == [1, 1, 0, 0, 0, 0]
    assert under(workbook["Chương trình lớp học"], "Hoàn thành", "Khối 4")[0] == 1
    assert under(workbook["Lên lớp"], "Được lên lớp", "Khối 4")[0] == 1
    assert under(workbook["Danh hiệu cuối năm"], "Học sinh Xuất sắc", "Toàn trường")[0] == 1


def test_what_it_is_of_stands_on_each_worksheet(cast: Cast) -> None:
    states.signed_off(cast)
    pupil(cast.school_class, ethnicity_code="")
    for worksheet in workbook_of(cast):
        assert worksheet["A1"].value.endswith("Cuối học kỳ I, năm học 2026-2027")
        assert worksheet["A2"].value.startswith("Trường Tiểu học Kim Đồng. Đã ký duyệt 1/1 lớp.")


def test_unknown_ethnicities_are_said(cast: Cast) -> None:
    pupil(cast.school_class, ethnicity_code="")
    note = workbook_of(cast)["Học sinh"]["A2"].value
    assert note.endswith("1 em chưa ghi dân tộc, không tính là dân tộc thiểu số.")


@pytest.mark.parametrize("person", ["ngoc", "van"])
def test_others_get_no_few_and_two_cuts(cast: Cast, person: str) -> None:
    full_class(cast, cast.school_year, "1A", 1, pupils=20)
    enter(cast, cast.duc, "C", 4)
    for worksheet in workbook_of(cast, getattr(cast, person)):
        assert [cell.value for cell in worksheet[4]][1:3] == ["Tổng số", "Nữ"]
        assert "Dân tộc thiểu số" not in {cell.value for cell in worksheet[4]}
        assert worksheet["A2"].value.endswith("Số dưới 5 em được ẩn.")
        counts = {
            value for row in worksheet.iter_rows(min_row=5, values_only=True) for value in row
        }
        assert not counts & {1, 2, 3, 4}


def test_others_get_neither_rewards_nor_promotion(cast: Cast) -> None:
    titles = workbook_of(cast, cast.van, END_YEAR).sheetnames
    assert "Kết quả giáo dục" in titles
    assert not {"Lên lớp", "Khen thưởng cuối năm"} & set(titles)


def test_no_cell_is_a_formula(cast: Cast) -> None:
    cast.school.name = '=HYPERLINK("http://x")'
    cast.school.save()
    cast.school_year.refresh_from_db()
    for worksheet in workbook_of(cast):
        for row in worksheet.iter_rows():
            assert not [cell for cell in row if cell.data_type == "f"]


def test_taking_it_out_is_recorded(cast: Cast) -> None:
    workbook_of(cast)
    event = AuditEvent.objects.get(event="statistics.downloaded")
    assert (event.actor, event.school_id) == (cast.hanh.user, cast.school.pk)
    assert event.changes == {"period": [None, "end_term_1"]}


@pytest.mark.parametrize("person", ["kien", "quang"])
def test_whoever_may_not_gets_no_file_and_leaves_no_event(cast: Cast, person: str) -> None:
    with pytest.raises(NotPermitted):
        workbook_of(cast, getattr(cast, person))
    assert not AuditEvent.objects.filter(event="statistics.downloaded").exists()


def test_the_page_leads_to_a_file_with_a_name(cast: Cast) -> None:
    url = reverse("school_statistics_file", args=[2026, END_TERM_1])
    client = client_of(cast, "hanh")
    page = client.get(reverse("school_statistics", args=[2026, END_TERM_1]))
    assert f'href="{url}"' in page.content.decode()
    answer = client.get(url)
    assert "thong-ke-cuoi-hoc-ky-i-2026-2027.xlsx" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    assert load_workbook(io.BytesIO(answer.content)).sheetnames


def test_a_school_without_pupils_gets_a_file_too(cast: Cast) -> None:
    year = factories.make_school_year(cast.school, 2025)
    content = download_statistics(school_year=year, period=END_TERM_1, by=cast.hanh)
    assert load_workbook(io.BytesIO(content)).sheetnames == ["Học sinh"]


@pytest.mark.parametrize("classes", [1, 5])
def test_more_classes_cost_no_more_queries(
    cast: Cast, classes: int, django_assert_max_num_queries
) -> None:
    for number in range(classes):
        full_class(cast, cast.school_year, f"2{number}", 2, pupils=3)
    with django_assert_max_num_queries(MOST_QUERIES):
        workbook_of(cast)


MOST_QUERIES = 18
