"""The words around a summary sheet on its page, of a sheet that no database knows."""

import pytest

from assessments.summary_sheets.confirmations import Signatures
from assessments.summary_sheets.page import STATUS_OF_STATE, SummaryPage, grade_heading
from assessments.summary_sheets.sheet import GradeSheet, SheetState, SummarySheet
from rulesets import Period
from schools.models import SchoolClass

MIXED = SchoolClass(pk=7, name="1+2", lowest_grade=1, highest_grade=2)


def page_of(
    *grades: int, grade_level: int | None = None, state: SheetState = SheetState.DRAFT
) -> SummaryPage:
    sheet = SummarySheet(
        school_name="Trường Tiểu học Kim Đồng",
        class_name="1+2",
        school_year="2026-2027",
        period=Period.END_TERM_1,
        period_name="Cuối học kỳ I",
        is_multigrade=len(grades) > 1,
        state=state,
        grades=tuple(GradeSheet(2, grade, (), ()) for grade in grades),
        legends=(),
        signatures=Signatures("", None, "", "", ""),
        confirmations=(),
    )
    return SummaryPage(sheet, MIXED, [*grades], grade_level)


def test_every_state_has_a_status_of_its_own() -> None:
    assert len({STATUS_OF_STATE[state] for state in SheetState}) == len(SheetState)


@pytest.mark.parametrize("state", SheetState)
def test_what_is_not_final_is_said_with_the_mark_of_its_print(state: SheetState) -> None:
    notice = page_of(1, state=state).notice
    assert (notice is None) is (state == SheetState.SIGNED_OFF)
    assert notice is None or "Bản in mang dấu" in notice.text


def test_a_class_of_one_grade_has_nothing_to_choose() -> None:
    assert page_of(1).sections == []


@pytest.mark.parametrize(("chosen", "current"), [(None, "Cả lớp"), (1, "Khối 1"), (2, "Khối 2")])
def test_one_of_a_multi_grade_classs_parts_is_chosen(chosen: int | None, current: str) -> None:
    page = page_of(1, 2, grade_level=chosen)
    assert [part["label"] for part in page.sections] == ["Cả lớp", "Khối 1", "Khối 2"]
    assert [part["label"] for part in page.sections if part["is_current"]] == [current]


@pytest.mark.parametrize(("chosen", "query"), [(None, ""), (2, "?grade=2")])
def test_files_are_asked_for_what_is_shown(chosen: int | None, query: str) -> None:
    assert page_of(1, 2, grade_level=chosen).query == query


def test_a_form_is_named_with_its_grade_where_there_are_several() -> None:
    one, several = page_of(1).sheet, page_of(1, 2).sheet
    assert grade_heading(one, one.grades[0]) == "Mẫu 2"
    assert [grade_heading(several, grade) for grade in several.grades] == [
        "Khối 1 (mẫu 2)",
        "Khối 2 (mẫu 2)",
    ]


def test_the_lead_names_period_year_and_school() -> None:
    assert page_of(1).lead == "Cuối học kỳ I · 2026-2027 · Trường Tiểu học Kim Đồng"


def test_the_way_back_leads_over_the_class() -> None:
    crumbs = page_of(1).crumbs
    assert [crumb["label"] for crumb in crumbs] == [
        "Bàn làm việc",
        "Lớp 1+2, Cuối học kỳ I",
        "Bảng tổng hợp",
    ]
    assert [bool(crumb["url"]) for crumb in crumbs] == [True, True, False]
