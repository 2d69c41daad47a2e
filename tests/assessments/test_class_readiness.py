"""Pupils x things to enter: each gap leads to its very cell."""

import datetime
import re

import pytest
import time_machine
from django.urls import reverse

from assessments import actions
from assessments.class_readiness import ClassReadiness, class_readiness
from assessments.merge import Edit, RowEdit
from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.assessments.filling import record_row, subject_row
from tests.cast import Cast
from tests.hocba.rendering import parse
from tests.pages import client_of

END_TERM_1 = Period.END_TERM_1


def readiness(cast: Cast, staff=None) -> ClassReadiness:
    return class_readiness(cast.school_class, END_TERM_1, staff or cast.ngoc)


def enter_maths(cast: Cast, *pupils, score: int | None = 9) -> None:
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code="toan",
        rows=[subject_row(pupil.pk, level="T", score=score) for pupil in pupils],
        by=cast.ngoc,
    )


def cells(page: ClassReadiness) -> dict[str, list[str]]:
    return {row.name: [gap.url for gap in row.cells if gap] for row in page.rows}


def url(cast: Cast) -> str:
    return reverse("class_readiness", args=[cast.school_class.pk, END_TERM_1])


def test_what_nobody_has_is_one_link_a_grid(cast: Cast) -> None:
    page = readiness(cast)
    labels = [column.label for column in page.untouched]
    assert page.rows == []
    assert labels[:2] == ["Tiếng Việt", "Toán"]
    assert labels[-2:] == ["Phẩm chất, năng lực", "Nghỉ học, sức khỏe, nhận xét"]


def test_a_pupil_who_lacks_what_others_have_is_a_row(cast: Cast) -> None:
    enter_maths(cast, cast.anh, cast.hhen)
    page = readiness(cast)
    assert [row.name for row in page.rows] == ["Võ Trí Đức"]
    assert [(column.label, column.pupils) for column in page.columns] == [
        ("Toán, mức", 1),
        ("Toán, điểm", 1),
    ]


def test_level_and_score_are_two_things(cast: Cast) -> None:
    enter_maths(cast, cast.anh, cast.hhen, cast.duc)
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code="toan",
        rows=[RowEdit(cast.duc.pk, {"score": Edit(9, None)})],
        by=cast.ngoc,
    )
    assert [column.label for column in readiness(cast).columns] == ["Toán, điểm"]


def test_a_gap_of_her_own_leads_to_the_control(cast: Cast) -> None:
    enter_maths(cast, cast.anh, cast.hhen)
    [level, score] = cells(readiness(cast))["Võ Trí Đức"]
    assert level.endswith(f"/subjects/toan/#id_e{cast.duc.pk}-level")
    assert score.endswith(f"/subjects/toan/#id_e{cast.duc.pk}-score")


def test_the_control_stands_on_the_page_that_the_gap_leads_to(cast: Cast) -> None:
    enter_maths(cast, cast.anh, cast.hhen)
    [level, _score] = cells(readiness(cast))["Võ Trí Đức"]
    address, _, target = level.partition("#")
    page = client_of(cast, "ngoc").get(address).content.decode()
    assert f'id="{target}"' in page


@pytest.mark.parametrize("kind", ["traits", "records"])
def test_traits_and_fields_lead_to_their_controls(cast: Cast, kind: str) -> None:
    if kind == "traits":
        rows = [RowEdit(cast.anh.pk, {"nhan_ai": Edit("", "T")})]
        actions.save_trait_results(
            school_class=cast.school_class, period=END_TERM_1, rows=rows, by=cast.ngoc
        )
    else:
        actions.save_period_records(
            school_class=cast.school_class,
            period=END_TERM_1,
            rows=[record_row(cast.anh.pk)],
            by=cast.ngoc,
        )
    gap = cells(readiness(cast))["Võ Trí Đức"][0]
    address, _, target = gap.partition("#")
    assert f"/{kind}/" in address
    assert f'id="{target}"' in client_of(cast, "ngoc").get(address).content.decode()


def test_a_gap_that_is_another_teachers_leads_to_the_row(cast: Cast) -> None:
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code="ngoai_ngu_1",
        rows=[subject_row(cast.anh.pk, level="T", score=9)],
        by=cast.binh,
    )
    gaps = cells(readiness(cast))["Võ Trí Đức"]
    assert all(gap.endswith(f"#row-{cast.duc.pk}") for gap in gaps)
    page = client_of(cast, "ngoc").get(gaps[0].partition("#")[0]).content.decode()
    assert f'id="row-{cast.duc.pk}"' in page


def test_after_closing_gaps_lead_to_rows(cast: Cast) -> None:
    enter_maths(cast, cast.anh, cast.hhen)
    with time_machine.travel(datetime.datetime(2027, 1, 20, 5, tzinfo=datetime.UTC)):
        gaps = cells(readiness(cast))["Võ Trí Đức"]
    assert all(gap.endswith(f"#row-{cast.duc.pk}") for gap in gaps)


def test_a_leader_who_writes_nothing_is_led_to_rows(cast: Cast) -> None:
    enter_maths(cast, cast.anh, cast.hhen)
    gaps = cells(readiness(cast, cast.hanh))["Võ Trí Đức"]
    assert all(gap.endswith(f"#row-{cast.duc.pk}") for gap in gaps)


def test_the_title_counts_every_gap(cast: Cast) -> None:
    before = readiness(cast)
    enter_maths(cast, cast.anh)
    after = readiness(cast)
    assert before.gaps - after.gaps == 2
    assert after.title == f"Lớp 4A còn {after.gaps} chỗ thiếu"


def test_a_complete_class_says_so(cast: Cast) -> None:
    states.filled(cast)
    page = readiness(cast)
    assert page.title == "Lớp 4A đã nhập đủ"
    assert (page.columns, page.rows, page.untouched) == ([], [], [])
    assert page.lead == "Cuối học kỳ I · 3 trong 3 em đã đủ"


def test_a_class_without_pupils_says_so(cast: Cast) -> None:
    empty = factories.make_class(cast.school_year, "4B", (4,))
    assert class_readiness(empty, END_TERM_1, cast.hanh).title == "Lớp 4B chưa có học sinh"


def test_a_pupil_who_is_not_assessed_owes_nothing(cast: Cast) -> None:
    cast.duc.is_not_assessed = True
    cast.duc.save()
    enter_maths(cast, cast.anh, cast.hhen)
    page = readiness(cast)
    assert page.pupils == 2
    assert not page.rows


def test_every_cell_of_the_table_stands_under_its_column(cast: Cast) -> None:
    enter_maths(cast, cast.anh)
    page = readiness(cast)
    assert all(len(row.cells) == len(page.columns) for row in page.rows)


def test_the_page_has_a_link_for_each_gap_with_the_pupils_name(cast: Cast) -> None:
    enter_maths(cast, cast.anh, cast.hhen)
    page = parse(client_of(cast, "ngoc").get(url(cast)).content.decode())
    links = [link for link in page.all("a") if link["class"] == "gap"]
    assert len(links) == 2
    assert re.sub(r"[\s:]+", " ", links[0].text).strip() == "Toán, mức Võ Trí Đức"


def test_the_homeroom_teachers_desk_and_class_page_lead_here(cast: Cast) -> None:
    client = client_of(cast, "ngoc")
    class_url = reverse("class_period", args=[cast.school_class.pk, END_TERM_1])
    for address in (reverse("desk"), class_url):
        assert f'href="{url(cast)}"' in client.get(address).content.decode()


def test_more_pupils_cost_no_more_queries(cast: Cast, django_assert_num_queries) -> None:
    enter_maths(cast, cast.anh)
    client = client_of(cast, "ngoc")
    client.get(url(cast))
    with django_assert_num_queries(FIXED):
        client.get(url(cast))
    for number in range(42):
        factories.enroll(factories.make_student(f"Phan Gia Bảo {number}"), cast.school_class)
    with django_assert_num_queries(FIXED):
        client.get(url(cast))


FIXED = 17
