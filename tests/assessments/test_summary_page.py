"""The page of a class's summary sheet."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.assessments.summaries import class_of_grade, enter_everything
from tests.cast import Cast
from tests.hocba.rendering import parse
from tests.pages import client_of
from tests.reportcards.year_ends import decide_year
from tests.rulesets.invented import kitetest

__all__ = ["kitetest"]

TERM, YEAR = Period.END_TERM_1, Period.END_YEAR


def url(school_class, period: str = TERM, query: str = "") -> str:
    return reverse("summary_sheet", args=[school_class.pk, period]) + query


def page(cast: Cast, role: str = "ngoc", school_class=None, **where) -> str:
    response = client_of(cast, role).get(url(school_class or cast.school_class, **where))
    assert response.status_code == 200
    return response.content.decode()


def test_the_grid_stands_on_the_page(cast: Cast) -> None:
    enter_everything(cast.anh, TERM, cast.ngoc.user)
    text = parse(page(cast)).text
    assert "Mẫu 8" in text
    for words in ("Bảng tổng hợp lớp 4A", "Lịch sử và Địa lí", "Điểm KTĐK", "Lê Minh Anh"):
        assert words in text


def test_each_pupil_is_the_heading_of_a_row(cast: Cast) -> None:
    source = page(cast)
    assert source.count('<th scope="row"') == 3
    assert 'scope="colgroup"' in source


@pytest.mark.parametrize(
    ("bring", "words"),
    [
        (states.filled, ["Bản nháp", "BẢN NHÁP"]),
        (states.submitted, ["Chờ ký duyệt", "CHỜ KÝ DUYỆT"]),
        (states.with_anh_reopened, ["Được mở lại", "ĐANG XEM LẠI"]),
        (states.signed_off, ["Đã ký duyệt"]),
    ],
)
def test_the_page_says_how_final_the_results_are(cast: Cast, bring, words) -> None:
    bring(cast)
    text = parse(page(cast)).text
    assert all(word in text for word in words)


def test_what_is_signed_needs_no_notice(cast: Cast) -> None:
    states.signed_off(cast)
    assert "Bản in mang dấu" not in page(cast)


def test_who_confirmed_stands_below(cast: Cast) -> None:
    assert "Chưa ai gửi hoặc ký duyệt kết quả này." in page(cast)
    states.signed_off(cast)
    text = parse(page(cast)).text
    assert "Ký duyệt kết quả của 3 học sinh" in text
    assert "Gửi bảng tổng hợp lên hiệu trưởng" in text


def test_paper_and_workbook_are_one_click_away(cast: Cast) -> None:
    source = page(cast)
    for name in ("summary_sheet_pdf", "summary_sheet_xlsx"):
        assert reverse(name, args=[cast.school_class.pk, TERM]) in source


def test_a_class_without_pupils_says_what_will_stand_there(cast: Cast) -> None:
    school_class = class_of_grade(cast, 2)
    assert "Chưa có học sinh" in page(cast, "hanh", school_class)


def test_a_multi_grade_class_shows_its_grades_below_each_other(cast: Cast) -> None:
    text = parse(page(cast, "tam", class_of_grade(cast, 3, 4))).text
    assert text.index("Khối 3 (mẫu 5)") < text.index("Khối 4 (mẫu 8)")


def test_one_grade_is_chosen_and_its_files_are_of_it(cast: Cast) -> None:
    school_class = class_of_grade(cast, 3, 4)
    source = page(cast, "tam", school_class, query="?grade=4")
    assert "mẫu 5" not in source
    assert reverse("summary_sheet_pdf", args=[school_class.pk, TERM]) + "?grade=4" in source


@pytest.mark.parametrize("query", ["?grade=1", "?grade=9", "?grade=x", "?grade=-4"])
def test_a_grade_that_the_class_does_not_have_is_not_found(cast: Cast, query: str) -> None:
    assert client_of(cast, "ngoc").get(url(cast.school_class, query=query)).status_code == 404


@pytest.mark.parametrize("period", [Period.SUPPLEMENTARY])
def test_the_summer_has_no_sheet(cast: Cast, period: str) -> None:
    assert client_of(cast, "ngoc").get(url(cast.school_class, period)).status_code == 404


def test_where_the_regulation_has_no_form_there_is_no_page_and_no_link(cast, kitetest) -> None:
    school_year = factories.make_school_year(cast.school, 2027, ruleset_key="kitetest")
    school_class = factories.make_class(school_year, "2K", (2,))
    hanh = client_of(cast, "hanh")
    assert hanh.get(url(school_class, TERM)).status_code == 404
    assert hanh.get(url(school_class, YEAR)).status_code == 200
    of_term = hanh.get(reverse("class_period", args=[school_class.pk, TERM])).content.decode()
    assert url(school_class, TERM) not in of_term


@pytest.mark.parametrize("role", ["hanh", "phuc", "ngoc", "tam"])
def test_the_classs_page_leads_there_who_may_see_it(cast: Cast, role: str) -> None:
    source = client_of(cast, role).get(reverse("class_period", args=[cast.school_class.pk, TERM]))
    assert url(cast.school_class) in source.content.decode()


def test_a_subject_teacher_is_told_whose_it_is(cast: Cast) -> None:
    of_class = reverse("class_period", args=[cast.school_class.pk, TERM])
    binh = client_of(cast, "binh")
    assert url(cast.school_class) not in binh.get(of_class).content.decode()
    response = binh.get(url(cast.school_class))
    assert response.status_code == 403
    assert "dành cho giáo viên chủ nhiệm, lãnh đạo trường và học vụ" in response.content.decode()


@pytest.mark.parametrize(("role", "sees"), [("hanh", True), ("tam", True), ("ngoc", False)])
def test_files_for_the_ministry_are_for_leaders_and_registrar(cast: Cast, role, sees) -> None:
    link = reverse("ministry_results_of_class", args=[cast.school_class.pk, TERM])
    assert (link in page(cast, role)) == sees


def test_the_ministry_takes_nothing_in_the_middle_of_a_term(cast: Cast) -> None:
    assert "ministry-results" not in page(cast, "tam", period=Period.MID_TERM_1)


@pytest.mark.parametrize(("grades", "is_warned"), [((1, 2), False), ((2, 3), True)])
def test_a_template_that_was_not_seen_is_marked(cast: Cast, grades, is_warned) -> None:
    source = page(cast, "tam", class_of_grade(cast, *grades))
    assert ("chưa đối chiếu với mẫu của Bộ" in source) == is_warned


def test_nothing_that_is_entered_becomes_markup(cast: Cast) -> None:
    factories.enroll(factories.make_student("<b>Mây</b>"), cast.school_class)
    assert "&lt;b&gt;Mây&lt;/b&gt;" in page(cast)


def queries(cast: Cast, period: str) -> int:
    hanh = client_of(cast, "hanh")
    hanh.get(url(cast.school_class, period))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        hanh.get(url(cast.school_class, period))
    return len(captured)


@pytest.mark.parametrize("period", [TERM, YEAR])
def test_many_pupils_take_no_more_queries_than_one(cast: Cast, period: str) -> None:
    enter_everything(cast.anh, period, cast.ngoc.user)
    decide_year(cast.anh, by=cast.ngoc.user)
    few = queries(cast, period)
    for number in range(20):
        pupil = factories.enroll(
            factories.make_student(f"Nông Thị Mây {number}"), cast.school_class
        )
        enter_everything(pupil, period, cast.ngoc.user)
        decide_year(pupil, by=cast.ngoc.user)
    assert queries(cast, period) == few
    assert few <= 25
