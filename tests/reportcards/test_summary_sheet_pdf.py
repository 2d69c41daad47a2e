"""The printed summary sheet, read back."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from assessments import actions
from assessments.models import SubjectResult
from assessments.summary_sheets.confirmations import Confirmation
from audit.errors import NotPermitted
from audit.models import AuditEvent
from reportcards.summary_sheets.actions import print_summary_sheet
from reportcards.summary_sheets.documents import summary_document
from rulesets import Period
from schools.models import SchoolClass
from tests import factories
from tests.assessments import states
from tests.assessments.summaries import class_of_grade, enter_everything, loaded, sheet_of
from tests.cast import NOW, Cast
from tests.pages import client_of
from tests.reportcards.reading import (
    MARK,
    assert_in_order,
    fonts_of,
    has_mark,
    pages_of,
    sizes_of,
    text_of,
    title_of,
)
from tests.reportcards.year_ends import decide_year

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


TERM, YEAR = Period.END_TERM_1, Period.END_YEAR
A4_LANDSCAPE = (842, 595)
LONG_NAME = "Công Tằng Tôn Nữ Hoàng Thị Nguyễn Phương Khánh Linh Thảo Nguyên"


def printed(
    cast: Cast, school_class: SchoolClass | None = None, period: str = TERM, **who
) -> bytes:
    school_class = loaded(school_class or cast.school_class, period)
    by = who.pop("by", cast.hanh)
    return print_summary_sheet(school_class=school_class, period=period, by=by, **who).content


def class_of(cast: Cast, pupils: int, *grades: int) -> SchoolClass:
    school_class = class_of_grade(cast, *grades)
    for number in range(1, pupils + 1):
        factories.enroll(factories.make_student(f"Nông Thị Mây {number:02}"), school_class)
    return school_class


def test_the_sheet_is_a4_landscape_in_the_documents_typeface(cast: Cast) -> None:
    document = printed(cast)
    assert sizes_of(document) == {A4_LANDSCAPE}
    assert all(name.startswith("Document-Serif") for name in fonts_of(document))


def test_the_heading_names_school_class_year_moment_and_form(cast: Cast) -> None:
    text = text_of(printed(cast, period=Period.MID_TERM_2))
    for words in (
        "BẢNG TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC CỦA LỚP",
        "Trường: Tiểu học Kim Đồng",
        "Lớp: 4A",
        "Năm học: 2026-2027",
        "Thời điểm: Giữa học kỳ II",
        "Mẫu 7",
        "Sĩ số: 3",
    ):
        assert words in text


def test_a_pupils_row_stands_in_the_order_of_the_form(cast: Cast) -> None:
    enter_everything(cast.anh, TERM, cast.ngoc.user)
    text = text_of(printed(cast))
    row = "1 Lê Minh Anh T 10 H 9 C 8 T 7 H 6 C 5 T 10 H C T H C T Đ C T Đ C T Đ C T Đ C T Đ C"
    assert row in text


def test_the_years_crosses_are_printed(cast: Cast) -> None:
    decide_year(cast.anh, by=cast.ngoc.user, reward="Giấy khen", reward_title="excellent_pupil")
    assert "1 Lê Minh Anh X X" in text_of(printed(cast, period=YEAR))


def test_the_legend_and_the_signatures_stand_below(cast: Cast) -> None:
    assert_in_order(
        text_of(printed(cast)),
        "H'Hen Niê",
        "M Miễn",
        "HIỆU TRƯỞNG",
        "Nguyễn Thị Hạnh",
        "GIÁO VIÊN CHỦ NHIỆM",
        "Trần Thị Ngọc",
    )


def test_a_signed_sheet_has_place_day_and_confirmations(cast: Cast) -> None:
    states.signed_off(cast)
    text = text_of(printed(cast))
    assert "Buôn Hồ, ngày 05 tháng 01 năm 2027" in text
    assert "Gửi bảng tổng hợp lên hiệu trưởng: Trần Thị Ngọc, 20:30 05/01/2027" in text
    assert "Ký duyệt kết quả của 3 học sinh: Nguyễn Thị Hạnh, 20:30 05/01/2027" in text


def test_before_the_signature_the_day_is_left_open(cast: Cast) -> None:
    assert "Buôn Hồ, ngày …… tháng …… năm ………" in text_of(printed(cast))


def test_a_deputy_signs_for_the_principal(cast: Cast) -> None:
    actions.sign_off_class_period(class_period=states.submitted(cast), by=cast.phuc)
    assert_in_order(
        text_of(printed(cast)), "HIỆU TRƯỞNG", "KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", "Đỗ Văn Phúc"
    )


@pytest.mark.parametrize(
    ("bring", "mark"),
    [
        (states.filled, MARK),
        (states.submitted, "CHỜ KÝ DUYỆT"),
        (states.with_anh_reopened, "ĐANG XEM LẠI"),
    ],
)
def test_what_is_not_final_is_marked(cast: Cast, bring, mark: str) -> None:
    bring(cast)
    assert has_mark(text_of(printed(cast)), mark)


def test_what_is_signed_bears_no_mark(cast: Cast) -> None:
    states.signed_off(cast)
    text = text_of(printed(cast))
    for mark in (MARK, "CHỜ KÝ DUYỆT", "ĐANG XEM LẠI"):
        assert not has_mark(text, mark)


@pytest.mark.parametrize(
    ("pupils", "grade_level", "period", "pages"),
    [
        (20, 4, YEAR, 1),
        (28, 4, YEAR, 1),
        (30, 1, Period.MID_TERM_1, 1),
        (45, 4, YEAR, 2),
        (45, 1, Period.MID_TERM_1, 2),
    ],
)
def test_a_class_takes_one_page_where_it_fits(cast, pupils, grade_level, period, pages) -> None:
    document = printed(cast, class_of(cast, pupils, grade_level), period)
    found = pages_of(document)
    assert len(found) == pages
    assert all("Họ và tên" in page for page in found)  # the header is repeated
    assert "GIÁO VIÊN CHỦ NHIỆM" in found[-1]
    assert f"Nông Thị Mây {pupils:02}" in found[-1]  # beside the signatures
    numbers = re.findall(r"(\d+) Nông Thị Mây", " ".join(found))
    assert numbers == [str(number) for number in range(1, pupils + 1)]


def test_a_class_of_long_names_still_has_them_whole(cast: Cast) -> None:
    school_class = class_of(cast, 0, 4)
    for _ in range(45):
        factories.enroll(factories.make_student(LONG_NAME), school_class)
    found = pages_of(printed(cast, school_class, YEAR))
    assert " ".join(found).count(LONG_NAME) == 45
    assert LONG_NAME in found[-1]


def test_a_class_without_pupils_prints_an_empty_form(cast: Cast) -> None:
    [page] = pages_of(printed(cast, class_of(cast, 0, 2)))
    assert "Mẫu 2" in page
    assert "Sĩ số: 0" in page


def test_each_grade_of_a_multi_grade_class_begins_a_page(cast: Cast) -> None:
    school_class = class_of(cast, 2, 3, 4)
    factories.enroll(factories.make_student("Sùng Thị Pà"), school_class, grade_level=4)
    third, fourth = pages_of(printed(cast, school_class))
    assert "(lớp ghép), khối 3" in third
    assert "(lớp ghép), khối 4" in fourth
    assert "1 Sùng Thị Pà" in fourth


def test_one_grade_can_be_printed_alone(cast: Cast) -> None:
    [page] = pages_of(printed(cast, class_of(cast, 2, 3, 4), grade_level=4))
    assert "khối 4" in page


def test_a_grade_without_pupils_has_no_page_beside_others(cast: Cast) -> None:
    [page] = pages_of(printed(cast, class_of(cast, 2, 3, 4)))
    assert "khối 3" in page


def test_many_confirmations_find_room(cast: Cast) -> None:
    teachers = [Confirmation(f"Môn {number}", "Y Bình Êban", NOW) for number in range(14)]
    sheet = replace(sheet_of(class_of(cast, 20, 4), YEAR), confirmations=teachers)
    [page] = pages_of(summary_document(sheet).content)
    assert "Môn 13: Y Bình Êban" in page


def test_the_reason_of_an_exemption_is_not_printed(cast: Cast) -> None:
    record = enter_everything(cast.anh, TERM, cast.ngoc.user)
    SubjectResult.objects.filter(record=record, subject_code="toan").update(
        level="M", exemption_reason="Bệnh tim"
    )
    text = text_of(printed(cast))
    assert "Miễn học Toán" in text
    assert "Bệnh tim" not in text


def test_it_is_vietnamese_whoever_prints_it(cast: Cast) -> None:
    hanh = client_of(cast, "hanh")
    hanh.cookies["django_language"] = "en"
    response = hanh.get(reverse("summary_sheet_pdf", args=[cast.school_class.pk, TERM]))
    text = text_of(response.content)
    assert "Mức đạt được" in text
    assert "Họ và tên" in text


def test_the_response_is_a_file_that_no_cache_keeps(cast: Cast) -> None:
    url = reverse("summary_sheet_pdf", args=[cast.school_class.pk, TERM])
    response = client_of(cast, "ngoc").get(url)
    assert response["Content-Type"] == "application/pdf"
    assert "bang-tong-hop-lop-4a-cuoi-hoc-ky-i-2026-2027.pdf" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    assert title_of(response.content) == "Bảng tổng hợp lớp 4A, Cuối học kỳ I, 2026-2027"


def test_printing_is_recorded(cast: Cast) -> None:
    printed(cast, by=cast.tam)
    event = AuditEvent.objects.get(event="summary_sheet.printed")
    assert (event.actor, event.school_class_id) == (cast.tam.user, cast.school_class.pk)
    assert event.changes == {"period": [None, "end_term_1"]}


@pytest.mark.parametrize("name", ["binh", "suong", "van", "kien", "quang"])
def test_nobody_else_prints_it(cast: Cast, name: str) -> None:
    with pytest.raises(NotPermitted):
        printed(cast, by=getattr(cast, name))
    assert not AuditEvent.objects.filter(event="summary_sheet.printed").exists()


def test_a_grade_that_the_class_does_not_have_is_not_found(cast: Cast) -> None:
    url = reverse("summary_sheet_pdf", args=[cast.school_class.pk, TERM])
    assert client_of(cast, "hanh").get(f"{url}?grade=3").status_code == 404
