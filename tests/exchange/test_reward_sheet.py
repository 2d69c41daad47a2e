"""The list of rewards as a workbook."""

import io

from django.http import HttpResponse
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import AuditEvent
from tests.assessments import commendations as made
from tests.assessments.commendations import WORDING
from tests.cast import Cast
from tests.pages import client_of

ATTACHMENT = (
    "(Kèm theo Quyết định số 15/QĐ-THKĐ ngày 31 tháng 05 năm 2027"
    " của Hiệu trưởng Trường Tiểu học Kim Đồng)"
)


def answer(cast: Cast, **query: str) -> HttpResponse:
    return client_of(cast, "van").get(reverse("reward_list_sheet", args=[2026]), query)


def rows_of(response: HttpResponse) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_workbook_says_what_the_paper_says(cast: Cast) -> None:
    made.awarded(cast)
    response = answer(cast, number="15/QĐ-THKĐ", signed_on="31/05/2027")
    rows = rows_of(response)
    assert [row[0] for row in rows[:4]] == [
        "TRƯỜNG TIỂU HỌC KIM ĐỒNG",
        "DANH SÁCH HỌC SINH ĐƯỢC KHEN THƯỞNG",
        "Năm học 2026-2027",
        ATTACHMENT,
    ]
    assert rows[5] == ["STT", "Họ và tên", "Ngày sinh", "Lớp", "Nội dung khen thưởng"]
    assert rows[6] == [1, "Lê Minh Anh", "14/03/2017", "4A", WORDING]
    assert rows[8][0] == "Danh sách này có 1 học sinh, 1 khen thưởng."
    assert [row[4] for row in rows[10:12]] == [
        "Buôn Hồ, ngày 31 tháng 05 năm 2027",
        "HIỆU TRƯỞNG",
    ]


def test_the_file_is_named_after_the_year_and_kept_by_no_cache(cast: Cast) -> None:
    response = answer(cast)
    assert 'filename="danh-sach-khen-thuong-2026-2027.xlsx"' in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"


def test_no_text_becomes_a_formula(cast: Cast) -> None:
    made.awarded(cast, wording="=HYPERLINK(1)")
    sheet = load_workbook(io.BytesIO(answer(cast).content)).worksheets[0]
    assert (sheet["E7"].value, sheet["E7"].data_type) == ("=HYPERLINK(1)", "s")


def test_it_prints_one_page_wide_with_its_headers(cast: Cast) -> None:
    sheet = load_workbook(io.BytesIO(answer(cast).content)).worksheets[0]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$6:$6"


def test_taking_it_out_is_recorded(cast: Cast) -> None:
    made.awarded(cast)
    answer(cast)
    event = AuditEvent.objects.get(event="reward_list.printed")
    assert (event.actor, event.student_id) == (cast.van.user, cast.anh.student_id)


def test_a_wrong_choice_has_no_file(cast: Cast) -> None:
    assert answer(cast, since="hôm qua").status_code == 404
