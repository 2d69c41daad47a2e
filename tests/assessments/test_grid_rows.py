"""The rows of a class's grids, and the counts of levels that stand in them."""

import pytest
from django.urls import reverse

from assessments.class_page import class_page
from assessments.completeness import Kind
from assessments.grid_rows import GridRow
from assessments.level_counts import level_counts
from assessments.reading import class_period_of
from rulesets import Period
from tests.assessments import states
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


def rows(cast: Cast, period: str = END_TERM_1) -> dict[str, GridRow]:
    page = class_page(class_period_of(cast.school_class, period))
    return {row.name: row for row in page.grids}


def levels(cast: Cast) -> dict[tuple[Kind, str], str]:
    class_period = class_period_of(cast.school_class, END_TERM_1)
    records = list(class_period.records.with_results())
    return level_counts(records, cast.school_year.ruleset)


def test_subjects_stand_in_form_order_before_what_the_homeroom_teacher_enters(cast: Cast) -> None:
    names = list(rows(cast))
    assert names[:3] == ["Tiếng Việt", "Toán", "Ngoại ngữ 1"]
    assert names[-3:] == [
        "Hoạt động trải nghiệm",
        "Phẩm chất, năng lực",
        "Nghỉ học, sức khỏe, nhận xét",
    ]


def test_a_mid_term_asks_for_no_records(cast: Cast) -> None:
    assert "Nghỉ học, sức khỏe, nhận xét" not in rows(cast, Period.MID_TERM_1)


def test_only_the_years_end_asks_for_its_result(cast: Cast) -> None:
    assert "Kết quả năm học" in rows(cast, Period.END_YEAR)
    assert "Kết quả năm học" not in rows(cast)


def test_each_row_leads_to_its_grid(cast: Cast) -> None:
    found = rows(cast, Period.END_YEAR)
    pk = cast.school_class.pk
    assert found["Toán"].url == reverse("subject_grid", args=[pk, Period.END_YEAR, "toan"])
    assert found["Phẩm chất, năng lực"].url == reverse("trait_grid", args=[pk, Period.END_YEAR])
    assert found["Nghỉ học, sức khỏe, nhận xét"].url == reverse(
        "record_grid", args=[pk, Period.END_YEAR]
    )
    assert found["Kết quả năm học"].url == reverse("year_results", args=[pk])


def test_a_row_says_whose_it_is(cast: Cast) -> None:
    found = rows(cast)
    assert found["Ngoại ngữ 1"].teachers == "Y Bình Êban"
    assert found["Phẩm chất, năng lực"].teachers == "Trần Thị Ngọc"
    assert found["Đạo đức"].teachers == ""


def test_what_is_missing_hangs_on_its_row(cast: Cast) -> None:
    states.filled(cast)
    states.correct(cast, "toan", score=(9, None))
    found = rows(cast)
    assert [lack.names for lack in found["Toán"].lacks] == [["Lê Minh Anh"]]
    assert found["Tiếng Việt"].lacks == ()


def test_a_locked_class_lists_nothing_as_missing(cast: Cast) -> None:
    states.signed_off(cast)
    assert all(row.lacks == () for row in rows(cast).values())


def test_levels_are_counted_best_first(cast: Cast) -> None:
    states.filled(cast)
    states.correct(cast, "toan", level=("T", "C"))
    assert levels(cast)[Kind.SUBJECT_LEVEL, "toan"] == "T 2 · C 1"


def test_an_exempt_pupil_is_counted_last(cast: Cast) -> None:
    states.filled(cast)
    states.correct(cast, "giao_duc_the_chat", level=("T", "M"))
    assert levels(cast)[Kind.SUBJECT_LEVEL, "giao_duc_the_chat"] == "T 2 · M 1"


def test_traits_are_counted_together(cast: Cast) -> None:
    states.filled(cast)
    assert levels(cast)[Kind.TRAIT_LEVEL, ""] == f"T {3 * 15}"


@pytest.mark.parametrize("code", ["toan", "dao_duc"])
def test_a_level_not_entered_is_not_counted(cast: Cast, code: str) -> None:
    states.filled(cast)
    states.correct(cast, code, level=("T", ""))
    assert levels(cast)[Kind.SUBJECT_LEVEL, code] == "T 2"
