"""Classes by grade x what is entered, as a picture with its numbers behind it."""

import pytest
from django.urls import reverse

from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.progress import progress_of
from assessments.reading import classes_in_order
from assessments.school_readiness import Cell, GradePicture, finding, school_pictures
from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.assessments.filling import subject_row
from tests.cast import Cast
from tests.hocba.rendering import parse
from tests.pages import client_of

END_TERM_1 = Period.END_TERM_1
URL = reverse("school_readiness", args=[2026, END_TERM_1])


def progress(cast: Cast, period: str = END_TERM_1):
    classes = classes_in_order(cast.school_year)
    return progress_of(classes, school_year=cast.school_year, period=period)


def pictures(cast: Cast) -> list[GradePicture]:
    return school_pictures(progress(cast), END_TERM_1)


def cell(cast: Cast, label: str) -> Cell:
    [picture] = pictures(cast)
    [row] = [row for row in picture.rows if row.label == label]
    return row.cells[0]


def enter_maths(cast: Cast, *pupils) -> None:
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code="toan",
        rows=[subject_row(pupil.pk, level="T", score=9) for pupil in pupils],
        by=cast.ngoc,
    )


def test_an_untouched_part_says_that_all_pupils_lack_it(cast: Cast) -> None:
    maths = cell(cast, "Toán")
    assert (maths.state, maths.lacking, maths.filled_width) == ("none", 3, 0)


def test_a_part_under_way_is_filled_as_far_as_it_has_come(cast: Cast) -> None:
    enter_maths(cast, cast.anh, cast.hhen)
    maths = cell(cast, "Toán")
    assert (maths.state, maths.lacking) == ("part", 1)
    assert maths.filled_width == round(maths.width * 2 / 3)
    assert maths.sentence == "Lớp 4A, Toán: còn 1 em"


def test_a_complete_part_is_done(cast: Cast) -> None:
    enter_maths(cast, cast.anh, cast.hhen, cast.duc)
    assert cell(cast, "Toán").state == "done"


def test_each_cell_leads_to_its_grid(cast: Cast) -> None:
    addresses = [cell(cast, label).url for label in ("Toán", "Phẩm chất, năng lực")]
    assert addresses[0].endswith("/subjects/toan/")
    assert addresses[1].endswith("/traits/")


def test_long_names_of_the_form_are_drawn_short(cast: Cast) -> None:
    labels = [row.label for row in pictures(cast)[0].rows]
    assert {"Âm nhạc", "Mĩ thuật", "Tin học", "Công nghệ"} <= set(labels)


def test_grades_are_pictures_in_order(cast: Cast) -> None:
    factories.make_class(cast.school_year, "1A", (1,))
    assert [picture.label for picture in pictures(cast)] == ["Khối 1", "Khối 4"]


def test_nothing_is_drawn_over_another_or_outside(cast: Cast) -> None:
    second = factories.make_class(cast.school_year, "4B", (4,))
    factories.enroll(factories.make_student("Phan Gia Bảo"), second)
    [picture] = pictures(cast)
    cells = [found for row in picture.rows for found in row.cells if found]
    assert len({(found.x, found.y) for found in cells}) == len(cells)
    assert max(found.x + found.width for found in cells) <= picture.width
    assert max(found.y + found.height for found in cells) <= picture.height


def test_a_multigrade_class_stands_once(cast: Cast) -> None:
    mixed = factories.make_class(cast.school_year, "1+4", (1, 4))
    factories.enroll(factories.make_student("Phan Gia Bảo"), mixed)
    heads = [head.school_class.name for picture in pictures(cast) for head in picture.heads]
    assert sorted(heads) == ["1+4", "4A"]


def test_the_finding_names_what_most_classes_lack(cast: Cast) -> None:
    second = factories.make_class(cast.school_year, "4B", (4,))
    factories.enroll(factories.make_student("Phan Gia Bảo"), second)
    assert finding(progress(cast)) == "Còn 2 lớp chưa đủ mức đạt được môn Tiếng Việt"


def test_the_finding_tells_scores_from_levels(cast: Cast) -> None:
    states.filled(cast)
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code="toan",
        rows=[RowEdit(cast.anh.pk, {"score": Edit(9, None)})],
        by=cast.ngoc,
    )
    assert finding(progress(cast)) == "Còn 1 lớp chưa đủ điểm Toán"


def test_when_all_is_there_the_finding_says_so(cast: Cast) -> None:
    states.filled(cast)
    assert finding(progress(cast)) == "Cả 1 lớp đã nhập đủ"
    assert pictures(cast)[0].finding == "Khối 4: đã nhập đủ"


def test_a_year_without_classes_says_so(cast: Cast) -> None:
    assert finding([]) == "Năm học này chưa có lớp nào"
    assert school_pictures([], END_TERM_1) == []


def page_of(cast: Cast):
    return parse(client_of(cast, "hanh").get(URL).content.decode())


def test_the_title_of_the_page_is_the_finding(cast: Cast) -> None:
    [heading] = page_of(cast).all("h1")
    assert heading.text.strip() == "Còn 1 lớp chưa đủ mức đạt được môn Tiếng Việt"


def test_each_gap_is_a_link_that_says_what_it_is(cast: Cast) -> None:
    enter_maths(cast, cast.anh)
    [drawing] = [svg for svg in page_of(cast).all("svg") if svg["role"] == "group"]
    titles = [title.text for title in drawing.all("title")]
    assert "Lớp 4A, Toán: còn 2 em" in titles
    assert len(titles) == len(pictures(cast)[0].rows)


def test_the_numbers_stand_behind_the_picture(cast: Cast) -> None:
    enter_maths(cast, cast.anh)
    [details] = [row for row in page_of(cast).all("details") if "Bảng số liệu" in row.text]
    assert "1/3" in details.text


def test_the_leaders_desk_leads_here(cast: Cast) -> None:
    assert f'href="{URL}"' in client_of(cast, "hanh").get(reverse("desk")).content.decode()


@pytest.mark.parametrize("classes", [1, 6])
def test_more_classes_cost_no_more_queries(
    cast: Cast, classes: int, django_assert_max_num_queries
) -> None:
    for number in range(classes):
        school_class = factories.make_class(cast.school_year, f"2{number}", (2,))
        factories.enroll(factories.make_student("Phan Gia Bảo"), school_class)
    client = client_of(cast, "hanh")
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(URL)


MOST_QUERIES = 16
