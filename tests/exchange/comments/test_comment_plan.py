"""What a file of comments would do to a bank, and how its preview says so."""

import pytest

from exchange.comments.pages import CommentPreview
from exchange.comments.plan import make_plan
from exchange.comments.sheet import DraftRow
from exchange.models import Outcome
from tests.assessments.banks import draft, own_entry, school_entry

WRONG = draft(code="?")


def rows_of(*drafts):
    return [DraftRow(number, entry) for number, entry in enumerate(drafts, 2)]


def plan_of(cast, *drafts):
    return make_plan(rows_of(*drafts), cast.school, cast.ngoc)


def preview_of(cast, *drafts):
    return CommentPreview(rows_of(*drafts), "own", cast.ngoc)


def outcomes(plan):
    return [row.outcome for row in plan.rows]


def texts(section):
    return [[cell["text"] for cell in row] for row in section.rows]


def test_the_schools_entry_is_not_changed_by_a_file_for_ones_own(cast):
    school_entry(cast)
    assert outcomes(plan_of(cast, draft(level="H"))) == [Outcome.CREATED]


def test_a_colleagues_entry_is_not_changed_by_a_file_for_ones_own(cast):
    own_entry(cast.binh)
    assert outcomes(plan_of(cast, draft(level="H"))) == [Outcome.CREATED]


def test_a_code_for_another_purpose_is_another_entry(cast):
    own_entry(cast.ngoc)
    assert outcomes(plan_of(cast, draft(purpose=""))) == [Outcome.CREATED]


@pytest.mark.parametrize("fields", [{"level": "H"}, {"level": ""}, {"text": "Ngoan."}], ids=str)
def test_a_level_or_a_text_changes_an_entry(cast, fields):
    own_entry(cast.ngoc)
    assert outcomes(plan_of(cast, draft(**fields))) == [Outcome.CHANGED]


def test_only_what_is_new_or_changed_is_written(cast):
    own_entry(cast.ngoc)
    own_entry(cast.ngoc, code="T2")
    changed, new = draft(code="T2", text="Ngoan."), draft(code="T3")
    plan = plan_of(cast, draft(), changed, new, WRONG)
    assert plan.to_write == [changed, new]


def test_a_row_after_a_refused_one_of_its_code_is_refused_too(cast):
    assert outcomes(plan_of(cast, draft(text=""), draft())) == [Outcome.REFUSED] * 2


def test_a_row_that_could_not_be_read_says_only_that(cast):
    row = DraftRow(2, draft(text=""), ["Nội dung: ô có lỗi #N/A"])
    [planned] = make_plan([row], cast.school, cast.ngoc).rows
    assert planned.remarks == ["Nội dung: ô có lỗi #N/A"]


def test_a_remark_begins_with_the_header_of_its_column(cast):
    [planned] = plan_of(cast, draft(level="G")).rows
    assert [remark.split(":")[0] for remark in planned.remarks] == ["Mức"]


@pytest.mark.parametrize("other", [draft(text="Ngoan."), draft(level="H"), draft(code="T2")])
def test_a_digest_is_of_what_would_be_written(cast, other):
    assert plan_of(cast, draft()).digest != plan_of(cast, other).digest


def test_a_digest_changes_when_the_bank_does(cast):
    before = plan_of(cast, draft()).digest
    own_entry(cast.ngoc)
    assert plan_of(cast, draft()).digest != before


def test_a_preview_has_no_section_for_what_does_not_occur(cast):
    titles = [section.title for section in preview_of(cast, draft()).sections]
    assert titles == ["Thêm mới (1)"]


def test_a_new_entry_is_shown_with_what_it_is_for(cast):
    [section] = preview_of(cast, draft(purpose="", text="Ngoan.")).sections
    assert texts(section) == [[2, "T1", "Mọi ô nhận xét", "T", "Ngoan."]]


def test_a_changed_entry_is_shown_before_and_after(cast):
    own_entry(cast.ngoc, text="Cũ.")
    [section] = preview_of(cast, draft(level="", text="Mới.")).sections
    assert texts(section) == [[2, "T1", "Toán", "T: Cũ.", "Mới."]]


def test_each_row_of_a_section_has_a_cell_for_each_column(cast):
    own_entry(cast.ngoc)
    preview = preview_of(cast, draft(level="H"), draft(code="T2"), WRONG)
    widths = [(len(part.columns), {len(row) for row in part.rows}) for part in preview.sections]
    assert widths == [(3, {3}), (5, {5}), (5, {5})]


def test_what_is_already_right_is_counted_and_not_listed(cast):
    own_entry(cast.ngoc)
    preview = preview_of(cast, draft())
    assert (preview.unchanged_count, preview.sections) == (1, [])


def test_a_preview_says_whose_bank_it_is_about(cast):
    leads = {CommentPreview([], bank, cast.hanh).lead for bank in ("own", "school")}
    assert len(leads) == 2
