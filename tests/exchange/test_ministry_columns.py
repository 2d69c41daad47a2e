"""The ministry's file cell by cell: its header's areas, and what each column takes."""

import io
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from assessments.models import SubjectResult, YearDecision
from exchange.ministry_results.columns import (
    GRADES_1_2,
    TEMPLATES,
    ResultColumn,
    ResultsTemplate,
    Source,
    template_for,
)
from exchange.ministry_results.rows import PupilResults, value_in
from exchange.ministry_results.writer import HEADER_ROWS, WORKSHEET, write_ministry_results
from rulesets import Period
from rulesets.tt27 import TT27
from students.models import Enrollment, Student
from tests.factories import YEAR_START

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


every_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: each.name)


def sheet_of(*columns: ResultColumn) -> Worksheet:
    file = io.BytesIO()
    write_ministry_results(file, ResultsTemplate("mẫu", frozenset({1}), columns), [])
    return load_workbook(file)[WORKSHEET]


def pupil(decision: YearDecision | None = None, **subjects: SubjectResult) -> PupilResults:
    student = Student(full_name="Nông Thị Mây", date_of_birth=YEAR_START, ministry_code="0661")
    traits = {"yeu_nuoc": "T"}
    return PupilResults(1, "1A", Enrollment(student=student), subjects, traits, decision)


def value(source: Source, code: str = "", of: PupilResults | None = None) -> Any:
    return value_in(ResultColumn(source, ("",), code), of or pupil())


def decided(outcome: str, **fields: Any) -> PupilResults:
    return pupil(YearDecision(ruleset_key="tt27", confirmed_result=outcome, **fields))


# The header


@every_template
def test_no_two_merged_areas_of_a_header_lie_on_each_other(template: ResultsTemplate) -> None:
    worksheet = sheet_of(*template.columns)
    cells = [cell for area in worksheet.merged_cells.ranges for cell in area.cells]
    assert len(set(cells)) == len(cells)


@every_template
def test_every_columns_own_header_is_written_above_it(template: ResultsTemplate) -> None:
    worksheet = sheet_of(*template.columns)
    for position, column in enumerate(template.columns, 1):
        if column.headers:
            written = worksheet.cell(len(column.headers), position).value
            assert written == column.headers[-1]


paths = st.lists(
    st.lists(st.sampled_from("ABC"), min_size=0, max_size=3).map(tuple), min_size=1, max_size=9
)


@given(paths)
def test_whatever_a_header_says_its_areas_keep_apart(headers: list[tuple[str, ...]]) -> None:
    worksheet = sheet_of(*(ResultColumn(Source.NOTHING, path) for path in headers))
    cells = [cell for area in worksheet.merged_cells.ranges for cell in area.cells]
    assert len(set(cells)) == len(cells)
    assert all(row <= HEADER_ROWS and column <= len(headers) for row, column in cells)


def test_a_column_with_one_header_reaches_down_to_the_pupils() -> None:
    worksheet = sheet_of(ResultColumn(Source.NUMBER, ("STT",)))
    assert [str(area) for area in worksheet.merged_cells.ranges] == ["A1:A3"]


def test_a_column_without_a_header_is_not_merged() -> None:
    worksheet = sheet_of(ResultColumn(Source.NOTHING, ()))
    assert not worksheet.merged_cells.ranges


def test_neighbours_of_the_same_name_under_different_ones_stay_apart() -> None:
    columns = [ResultColumn(Source.TRAIT, (group, "Khoa học", "T")) for group in ("NL", "PC")]
    areas = {str(area) for area in sheet_of(*columns).merged_cells.ranges}
    assert areas == set()


# The templates


@pytest.mark.parametrize("grade_level", TT27.grade_levels)
@pytest.mark.parametrize("period", [Period.END_TERM_1, Period.END_YEAR])
def test_each_grade_is_in_one_template(grade_level: int, period: Period) -> None:
    found = [each for each in TEMPLATES if grade_level in each.grade_levels]
    assert [template_for("tt27", period, grade_level)] == found


@every_template
def test_a_template_begins_with_who_it_is_and_ends_with_the_year(template) -> None:
    sources = [column.source for column in template.columns]
    assert sources[:5] == [
        Source.NUMBER,
        Source.CLASS_NAME,
        Source.MINISTRY_CODE,
        Source.FULL_NAME,
        Source.DATE_OF_BIRTH,
    ]
    assert sources[-4:] == [Source.COMPLETED, Source.PROMOTED, Source.OUTCOME, Source.NOTHING]


@every_template
def test_a_score_stands_right_of_its_level(template) -> None:
    columns = template.columns
    for before, column in itertools.pairwise(columns):
        if column.source == Source.SCORE:
            assert (before.source, before.code) == (Source.LEVEL, column.code)


def test_only_the_template_that_was_seen_is_confirmed() -> None:
    assert [each for each in TEMPLATES if each.is_confirmed] == [GRADES_1_2]


# Cells


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (Source.NUMBER, 1),
        (Source.CLASS_NAME, "1A"),
        (Source.MINISTRY_CODE, "0661"),
        (Source.FULL_NAME, "Nông Thị Mây"),
        (Source.DATE_OF_BIRTH, "05/09/2026"),
        (Source.NOTHING, None),
    ],
)
def test_who_a_pupil_is(source: Source, expected: Any) -> None:
    assert value(source) == expected


def test_what_is_not_entered_is_no_text() -> None:
    empty = pupil(toan=SubjectResult(level=""))
    assert value(Source.LEVEL, "toan", empty) is None
    assert value(Source.LEVEL, "tieng_viet", empty) is None
    assert value(Source.TRAIT, "nhan_ai", empty) is None


def test_a_subject_and_a_trait_of_the_same_code_are_not_taken_for_each_other() -> None:
    """ "khoa_hoc", "tin_hoc" and "cong_nghe" are subjects and competences."""
    science = pupil(khoa_hoc=SubjectResult(level="H"))
    assert value(Source.LEVEL, "khoa_hoc", science) == "H"
    assert value(Source.TRAIT, "khoa_hoc", science) is None


@pytest.mark.parametrize(
    ("outcome", "short"),
    [("excellent", "HTXS"), ("good", "HTT"), ("completed", "HT"), ("not_completed", "CHT")],
)
def test_the_result_of_the_year_is_said_in_the_ministrys_letters(outcome, short) -> None:
    assert value(Source.OUTCOME, of=decided(outcome, has_completed=True)) == short


@pytest.mark.parametrize(("is_promoted", "tick"), [(True, "x"), (False, None), (None, None)])
def test_only_who_is_promoted_has_the_tick_of_it(is_promoted, tick) -> None:
    row = decided("completed", has_completed=True, is_promoted=is_promoted)
    assert (value(Source.COMPLETED, of=row), value(Source.PROMOTED, of=row)) == ("x", tick)


@pytest.mark.parametrize("source", [Source.COMPLETED, Source.PROMOTED, Source.OUTCOME])
def test_before_the_year_is_decided_its_columns_are_empty(source: Source) -> None:
    assert value(source) is None
