"""Written, filled in, read: exactly what was typed comes back, whatever it was."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assessments.forms.text import plain_text
from exchange.class_sheets.actions import download_class_sheet
from exchange.class_sheets.edits import worksheet_edits
from exchange.class_sheets.grids import class_sheet
from exchange.class_sheets.layout import pupil_code
from exchange.class_sheets.reader import read_class_sheet
from exchange.class_sheets.typed_texts import is_clear_mark
from tests.assessments import states
from tests.exchange.class_sheets import MATHS, PERIOD, column_of, row_of
from tests.exchange.workbooks import saved
from tests.printable import printable_texts

pytestmark = pytest.mark.any_database

HEADERS = {"level": "Mức đạt được", "score": "Điểm KTĐK", "comment": "Nhận xét"}

# A lone mark of clearing is no comment.
COMMENTS = printable_texts(min_size=1).filter(
    lambda text: plain_text(text) and not is_clear_mark(text) and text[0] != "="
)
LEVELS = st.sampled_from(["T", "H", "C"])
SCORES = st.integers(1, 10)
ROW = st.fixed_dictionaries({}, optional={"level": LEVELS, "score": SCORES, "comment": COMMENTS})
PUPILS = ("anh", "hhen", "duc")


@pytest.fixture
def blank(cast):
    """Downloaded once; each example fills in a copy."""
    return download_class_sheet(school_class=cast.school_class, period=PERIOD, by=cast.ngoc)


@pytest.fixture
def sheet(cast):
    return class_sheet(cast.school_class, PERIOD, cast.ngoc)


def fill(content, cast, typed):
    workbook = load_workbook(io.BytesIO(content))
    worksheet = workbook[MATHS]
    for name, values in typed.items():
        row = row_of(worksheet, getattr(cast, name))
        for field, value in values.items():
            cell = worksheet.cell(row, column_of(worksheet, HEADERS[field]))
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # as typed into a cell of the format "text"
    return saved(workbook)


def edits_of(sheet, file):
    read = worksheet_edits(sheet, read_class_sheet(file, "lop.xlsx"))
    assert not [refusal for worksheet in read for refusal in worksheet.refusals]
    return [edit for worksheet in read for edit in worksheet.edits]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.fixed_dictionaries(dict.fromkeys(PUPILS, ROW)))
def test_exactly_what_was_typed_is_read(cast, blank, sheet, typed):
    edits = edits_of(sheet, fill(blank, cast, typed))
    read = {(edit.pupil.enrollment, edit.field): plain_text(edit.typed) for edit in edits}
    assert read == {
        (getattr(cast, name), field): plain_text(str(value))
        for name, values in typed.items()
        for field, value in values.items()
    }


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(comment=st.text(min_size=1, max_size=60).map(plain_text).filter(bool))
def test_what_is_stored_comes_back_unchanged(cast, comment):
    """Whatever it begins with, in whatever letters."""
    from assessments.models import SubjectResult

    if not SubjectResult.objects.exists():
        states.filled(cast)
    SubjectResult.objects.filter(subject_code="toan").update(comment=comment)
    content = download_class_sheet(school_class=cast.school_class, period=PERIOD, by=cast.ngoc)
    sheet = class_sheet(cast.school_class, PERIOD, cast.ngoc)
    if is_clear_mark(comment):
        return
    assert edits_of(sheet, io.BytesIO(content)) == []


@pytest.mark.parametrize(
    "comment",
    ["=1+1", "'trích", "_x000D_", "a_x0041_b", "dòng một\ndòng hai", "+84", "@x", "#N/A?", "  x"],
)
def test_comments_that_programs_stumble_over_come_back(cast, comment):
    from assessments.models import SubjectResult

    states.filled(cast)
    SubjectResult.objects.filter(subject_code="toan").update(comment=plain_text(comment))
    content = download_class_sheet(school_class=cast.school_class, period=PERIOD, by=cast.ngoc)
    sheet = class_sheet(cast.school_class, PERIOD, cast.ngoc)
    assert edits_of(sheet, io.BytesIO(content)) == []
    codes = {pupil_code(pupil.enrollment.student) for pupil in sheet.sheet.pupils}
    stamp = read_class_sheet(io.BytesIO(content), "x.xlsx").stamp
    assert {stamp.bases["subject.toan", code]["comment"] for code in codes} == {plain_text(comment)}
