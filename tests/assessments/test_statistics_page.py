"""What is drawn and written on the page of statistics, and for whom."""

import pytest
from defusedxml import ElementTree
from django.urls import reverse

from assessments.statistics.measures import Topic
from rulesets import Period, Ruleset
from tests import factories
from tests.assessments import states
from tests.assessments.statistics.results import END_YEAR, decide, enter, full_class, pupil
from tests.cast import Cast
from tests.hocba.rendering import Element, parse
from tests.pages import client_of
from tests.rulesets.invented import kitetest

__all__ = ["kitetest"]

SEES_ALL = ["hanh", "phuc", "tam"]
SEES_NO_FEW = ["ngoc", "binh", "suong", "van"]


def address(period: str = Period.END_TERM_1, first_year: int = 2026) -> str:
    return reverse("school_statistics", args=[first_year, period])


def page_of(cast: Cast, role: str = "hanh", period: str = Period.END_TERM_1, **asked: str):
    response = client_of(cast, role).get(address(period), asked)
    assert response.status_code == 200
    return parse(response.content.decode())


def drawings(page: Element) -> list[Element]:
    return page.all("svg", css_class="plot__drawing")


def titles(page: Element) -> list[str]:
    return [figure.one("h2").text for figure in page.all("figure")]


def options(page: Element, name: str) -> list[str]:
    [select] = [found for found in page.all("select") if found["name"] == name]
    return [option.text for option in select.all("option")]


def table(page: Element, title: str) -> list[list[str]]:
    [figure] = [found for found in page.all("figure") if found.one("h2").text.startswith(title)]
    return rows_of(figure.all("table")[0])


def rows_of(table: Element) -> list[list[str]]:
    return [
        [cell.text for cell in row.all() if cell.tag in {"th", "td"}] for row in table.all("tr")
    ]


@pytest.fixture
def with_results(cast: Cast) -> Cast:
    enter(cast, cast.anh, "T", 10)
    enter(cast, cast.hhen, "T", 9)
    enter(cast, cast.duc, "C", 4)
    return cast


def test_the_title_of_a_picture_is_what_it_shows(with_results: Cast) -> None:
    assert "Toán: 67% hoàn thành tốt, 1 em chưa hoàn thành" in titles(page_of(with_results))


def test_the_numbers_stand_behind_the_picture(with_results: Cast) -> None:
    assert table(page_of(with_results), "Toán") == [
        ["Khối", "T", "H", "C", "Cộng"],
        ["Khối 4", "2", "0", "1", "3"],
        ["Toàn trường", "2", "0", "1", "3"],
    ]


def test_who_has_no_value_yet_has_a_column(with_results: Cast) -> None:
    assert table(page_of(with_results), "Tiếng Việt")[0] == [
        "Khối",
        "T",
        "H",
        "C",
        "chưa nhập",
        "Cộng",
    ]


def test_scores_are_a_table_of_scores(with_results: Cast) -> None:
    head, grade, _school = table(page_of(with_results, show=Topic.SCORES), "Toán")
    assert head == ["Khối", *(str(score) for score in range(10, 0, -1)), "Cộng"]
    assert grade == ["Khối 4", "1", "1", "0", "0", "0", "0", "1", "0", "0", "0", "3"]


def test_a_cut_counts_its_pupils_only(with_results: Cast) -> None:
    page = page_of(with_results, cut="girls")
    assert "Toán, nữ: 100% hoàn thành tốt, không em nào chưa hoàn thành" in titles(page)
    assert table(page, "Toán")[1] == ["Khối 4", "2", "0", "0", "2"]


def test_the_cuts_can_stand_side_by_side(with_results: Cast) -> None:
    rows = table(page_of(with_results, by="cut"), "Toán")
    assert [row[0] for row in rows] == [
        "Đối tượng",
        "Tổng số",
        "Nữ",
        "Dân tộc thiểu số",
        "Nữ dân tộc thiểu số",
    ]


def test_classes_are_lines_for_leaders(with_results: Cast) -> None:
    pupil(factories.make_class(with_results.school_year, "4B", (4,)))
    rows = table(page_of(with_results, by="class"), "Toán")
    assert [row[0] for row in rows] == ["Lớp", "Lớp 4A", "Lớp 4B"]


def test_two_periods_stand_side_by_side(with_results: Cast) -> None:
    enter(with_results, with_results.anh, "H", period=Period.MID_TERM_1)
    page = page_of(with_results, compare="2026-mid_term_1")
    [figure] = [found for found in page.all("figure") if "Toán" in found.one("h2").text]
    assert "(so với 0%)" in figure.one("h2").text
    captions = [text.text for text in figure.all("text", css_class="plot__caption")]
    assert captions[:2] == ["(1) T: 2 · C: 1", "(2) H: 1"]
    assert len(figure.all("table")) == 2
    assert "(2) Giữa học kỳ I, năm học 2026-2027" in page.one(css_class="plots-legend").text


def test_two_school_years_stand_side_by_side(with_results: Cast) -> None:
    year = factories.make_school_year(with_results.school, 2025)
    full_class(with_results, year, "4A", 4, pupils=6)
    page = page_of(with_results, compare="2025-end_term_1")
    assert any("(so với 100%)" in title for title in titles(page))


def test_what_the_other_period_does_not_have_is_one_bar(with_results: Cast) -> None:
    decide(with_results, with_results.anh, "good")
    page = page_of(with_results, period=END_YEAR, show=Topic.YEAR, compare="2026-end_term_1")
    assert all("so với" not in title for title in titles(page))


def test_the_periods_that_can_be_compared_are_the_schools_others(cast: Cast) -> None:
    factories.make_school_year(cast.school, 2025)
    found = options(page_of(cast), "compare")
    assert found[:2] == ["Không so sánh", "Giữa học kỳ I, 2026-2027"]
    assert "Cuối học kỳ I, 2025-2026" in found
    assert "Cuối học kỳ I, 2026-2027" not in found
    assert len(found) == 1 + 3 + 4


@pytest.mark.parametrize(
    "asked", [{"show": "?"}, {"by": "?"}, {"cut": "?"}, {"compare": "1999-end_year"}]
)
def test_what_cannot_be_chosen_is_not_chosen(cast: Cast, asked: dict[str, str]) -> None:
    assert drawings(page_of(cast, **asked))


def test_the_year_is_read_at_its_end(cast: Cast) -> None:
    decide(cast, cast.anh, "excellent")
    found = titles(page_of(cast, period=END_YEAR, show=Topic.YEAR))
    assert found == [
        "Kết quả giáo dục: 100% hoàn thành xuất sắc, không em nào chưa hoàn thành",
        (
            "Chương trình lớp học: 100% hoàn thành chương trình lớp học, "
            "không em nào chưa hoàn thành chương trình lớp học"
        ),
        "Lên lớp: 100% được lên lớp",
        "Danh hiệu cuối năm: không em nào đạt danh hiệu Học sinh Xuất sắc",
        "Khen thưởng trong năm: không em nào được khen thưởng trong năm",
    ]


def test_a_drawing_is_an_image_with_a_name_and_a_description(with_results: Cast) -> None:
    page = page_of(with_results)
    assert len(drawings(page)) == len(titles(page)) > 5
    for drawing in drawings(page):
        assert drawing["role"] == "img"
        name, description = (drawing["aria-labelledby"] or "").split()
        assert page.by_id(name).tag == "title"
        assert "Khối 4: 3 em" in page.by_id(description).text


def test_a_drawing_is_well_formed(with_results: Cast) -> None:
    """As XML, stricter than HTML is."""
    page = client_of(with_results, "hanh").get(address()).content.decode()
    pieces = [piece.split("</svg>")[0] for piece in page.split('<svg class="plot__drawing"')[1:]]
    assert pieces
    for piece in pieces:
        root = ElementTree.fromstring(f"<svg {piece}</svg>")
        numbers = [float(rect.get("width")) for rect in root.iter("rect")]
        assert all(number > 0 for number in numbers)


def test_ids_stand_once_on_the_page(with_results: Cast) -> None:
    found = [element["id"] for element in page_of(with_results).all() if element["id"]]
    assert len(found) == len(set(found))


def test_how_many_classes_are_signed_off_is_said(cast: Cast) -> None:
    factories.make_class(cast.school_year, "1A", (1,))
    states.signed_off(cast)
    figures = [found.text for found in page_of(cast).all(css_class="figures__sentence")]
    assert figures == ["3 học sinh trong danh sách", "1/2 lớp đã ký duyệt", "0 ô chưa nhập"]


def test_how_many_pupils_have_no_value_is_said(with_results: Cast) -> None:
    figures = page_of(with_results, show=Topic.SCORES).all(css_class="figures__sentence")
    tested = 7
    assert figures[-1].text == f"{(tested - 1) * 3} ô chưa nhập"


def test_pupils_are_counted_by_grade_and_cut(cast: Cast) -> None:
    [pupils] = [found for found in page_of(cast).all("table") if "Dân tộc" in found.text]
    assert rows_of(pupils)[1] == ["Khối 4", "3", "2", "1", "1", "0", "0"]


def test_unknown_ethnicities_are_said(cast: Cast) -> None:
    pupil(cast.school_class, ethnicity_code="")
    assert "1 em chưa ghi dân tộc" in page_of(cast).text


@pytest.mark.parametrize("role", SEES_ALL)
def test_leaders_and_registrar_choose_among_every_cut_and_class(cast: Cast, role: str) -> None:
    page = page_of(cast, role)
    assert options(page, "by") == ["Khối", "Lớp", "Đối tượng"]
    assert len(options(page, "cut")) == 6
    assert "được ẩn" not in page.text


@pytest.mark.parametrize("role", SEES_NO_FEW)
def test_others_choose_neither_class_nor_origin(with_results: Cast, role: str) -> None:
    page = page_of(with_results, role, by="class", cut="minority")
    assert options(page, "by") == ["Khối", "Đối tượng"]
    assert options(page, "cut") == ["Tổng số", "Nữ"]
    assert "Lớp 4A" not in page.text
    assert "Số dưới 5 em được ẩn" in page.text
    assert "chưa ghi dân tộc" not in page.text


@pytest.mark.parametrize("role", SEES_NO_FEW)
def test_others_see_no_few(with_results: Cast, role: str) -> None:
    """4A has three pupils: nothing of them is left."""
    page = page_of(with_results, role)
    assert {title.partition(": ")[2] for title in titles(page)} == {
        "ít học sinh nên không hiện số liệu"
    }
    cells = {row for found in page.all("table") for rows in rows_of(found)[1:] for row in rows[1:]}
    assert cells == {"ẩn"}
    assert page.all(css_class="figures__sentence")[0].text == "– học sinh trong danh sách"


def test_others_see_large_numbers(cast: Cast) -> None:
    for name in ("1A", "1B"):
        full_class(cast, cast.school_year, name, 1, pupils=20)
    for name in ("2A", "2B"):
        full_class(cast, cast.school_year, name, 2, pupils=20)
    for enrollment in (cast.anh, cast.hhen, cast.duc):
        enrollment.ended_on, enrollment.exit_reason = enrollment.enrolled_on, "withdrawn"
        enrollment.save()
    assert table(page_of(cast, "van"), "Toán")[1:] == [
        ["Khối 1", "40", "0", "0", "40"],
        ["Khối 2", "40", "0", "0", "40"],
        ["Toàn trường", "80", "0", "0", "80"],
    ]


def test_the_administrator_sees_no_results(cast: Cast) -> None:
    assert client_of(cast, "kien").get(address()).status_code == 403


def test_a_mother_finds_nothing(cast: Cast) -> None:
    assert client_of(cast, "hoa").get(address()).status_code == 404


@pytest.mark.parametrize("url", [address(first_year=1999), address(Period.SUPPLEMENTARY)])
def test_what_the_school_does_not_have_is_not_found(cast: Cast, url: str) -> None:
    assert client_of(cast, "hanh").get(url).status_code == 404


def test_an_empty_school_is_told_what_will_stand_here(cast: Cast) -> None:
    year = factories.make_school_year(cast.school, 2025)
    response = client_of(cast, "hanh").get(address(first_year=year.first_year))
    page = parse(response.content.decode())
    assert "Chưa có gì để đếm" in page.text
    assert not drawings(page)


def test_another_ruleset_has_its_own_subjects_and_levels(cast: Cast, kitetest: Ruleset) -> None:
    year = factories.make_school_year(cast.school, 2025, ruleset_key="kitetest")
    kites = factories.make_class(year, "2A", (2,))
    flyer = pupil(kites)
    enter(cast, flyer, "CAO", subject="wind")
    url = reverse("school_statistics", args=[2025, Period.END_TERM_1])
    page = parse(client_of(cast, "hanh").get(url).content.decode())
    assert "Đọc gió: 100% bay cao, không em nào rơi" in titles(page)
    assert [link.text for link in page.all("nav", css_class="sections")[1].all("a")] == [
        "Mức đạt được các môn",
        "Phẩm chất, năng lực",
    ]


@pytest.mark.parametrize("role", [*SEES_ALL, *SEES_NO_FEW])
def test_the_desk_leads_here(cast: Cast, role: str) -> None:
    assert f'href="{address()}"' in client_of(cast, role).get(reverse("desk")).content.decode()


@pytest.mark.parametrize("role", ["kien", "hoa"])
def test_the_desk_of_others_does_not(cast: Cast, role: str) -> None:
    assert "/statistics/" not in client_of(cast, role).get(reverse("desk")).content.decode()


def test_links_to_other_periods_keep_what_was_chosen(cast: Cast) -> None:
    page = page_of(cast, by="cut", show=Topic.TRAITS)
    links = [link["href"] or "" for link in page.all("nav", css_class="sections")[0].all("a")]
    assert len(links) == 4
    assert all("by=cut" in link and "show=traits" in link for link in links)


@pytest.mark.parametrize("classes", [1, 6])
def test_more_classes_cost_no_more_queries(
    cast: Cast, classes: int, django_assert_max_num_queries
) -> None:
    for number in range(classes):
        full_class(cast, cast.school_year, f"2{number}", 2, pupils=3)
    client = client_of(cast, "hanh")
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(address(), {"by": "class", "compare": "2026-end_year"})


MOST_QUERIES = 20
