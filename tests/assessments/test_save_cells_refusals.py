"""Typed cells: what is refused with which sentence, and that one never stops another."""

import pytest

from assessments.cells import Fate, TypedCell, save_cells
from assessments.errors import RecordLocked
from assessments.models import PeriodRecord, SubjectResult
from audit.errors import NotPermitted
from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.assessments.grid_cells import (
    fates,
    preview_one,
    save,
    save_one,
    saving,
    subject_grid,
    typed,
)
from tests.assessments.pages import result_of
from tests.assessments.pages import save_cells as save_past_the_page
from tests.cast import Cast

# Refused

TOO_LONG = "Nhận xét dài tối đa 500 ký tự; đang có 10000."


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("level", "X", "Mức “X” không có trong quy định; chỉ nhận: T, H, C, M."),
        ("level", "Đ", "Mức “Đ” không có trong quy định; chỉ nhận: T, H, C, M."),
        ("level", "T\x00H", "Mức “TH” không có trong quy định; chỉ nhận: T, H, C, M."),
        ("score", "0", "Điểm là số nguyên từ 1 đến 10; không cho điểm 0."),
        ("score", "11", "Điểm là số nguyên từ 1 đến 10."),
        ("score", "-3", "Điểm là số nguyên từ 1 đến 10."),
        ("score", "9.5", "Không cho điểm thập phân; điểm là số nguyên từ 1 đến 10."),
        ("score", "9,5", "Không cho điểm thập phân; điểm là số nguyên từ 1 đến 10."),
        ("score", "chín", "“chín” không phải là số; điểm là số nguyên từ 1 đến 10."),
        ("score", "9" * 10_000, "Điểm là số nguyên từ 1 đến 10."),
        ("comment", "ă" * 10_000, TOO_LONG),
        ("comment", "a\u0306" * 10_000, TOO_LONG),
        ("coment", "x", "Bảng này không có ô “coment” cho em này; hãy tải lại trang."),
        ("pk", "1", "Bảng này không có ô “pk” cho em này; hãy tải lại trang."),
    ],
    ids=lambda value: str(value)[:12],
)
def test_bad_input_is_refused_at_its_cell_and_the_rest_is_saved(
    cast: Cast, field: str, text: str, sentence: str
) -> None:
    bad, good, hers = save(
        cast,
        subject_grid(cast),
        typed(cast.anh, field, text),
        typed(cast.duc, "level", "T"),
        typed(cast.anh, "level" if field != "level" else "comment", "T"),
    )

    assert (bad.fate, bad.value, bad.sentence) == (Fate.REFUSED, "", sentence)
    assert (good.fate, hers.fate) == (Fate.SAVED, Fate.SAVED)
    assert SubjectResult.objects.count() == 2


@pytest.mark.parametrize("field", ["level", "score"])
def test_a_sentence_quotes_no_more_than_it_needs(cast: Cast, field: str) -> None:
    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, field, "x" * 10_000))

    assert "“xxxxx" in outcome.sentence
    assert len(outcome.sentence) < 150


def test_a_refused_cell_tells_what_is_stored(cast: Cast) -> None:
    save_past_the_page(cast, cast.anh, score=(None, 9))

    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "score", "11", "9"))

    assert (outcome.fate, outcome.value) == (Fate.REFUSED, "9")


def test_a_score_where_no_test_is_due(cast: Cast) -> None:
    factories.assign_teacher(cast.school_class, "dao_duc", cast.ngoc)

    score, level = save(
        cast,
        subject_grid(cast, "dao_duc"),
        typed(cast.anh, "score", "9"),
        typed(cast.anh, "level", "T"),
    )

    assert score.sentence == "Môn này không có bài kiểm tra ở thời điểm này."
    assert level.fate == Fate.SAVED


EXEMPT = "Học sinh được miễn thì không có điểm; hãy xóa điểm hoặc đổi mức."


def test_an_exempt_pupils_score(cast: Cast) -> None:
    save_past_the_page(cast, cast.anh, level=("", "M"))

    score, comment = save(
        cast,
        subject_grid(cast),
        typed(cast.anh, "score", "9"),
        typed(cast.anh, "comment", "Được miễn."),
    )

    assert (score.fate, score.sentence) == (Fate.REFUSED, EXEMPT)
    assert comment.fate == Fate.SAVED


def test_exempting_a_pupil_who_has_a_score(cast: Cast) -> None:
    """The form names the score, which nobody typed: the level is what was refused."""
    save_past_the_page(cast, cast.anh, level=("", "T"), score=(None, 9))

    level, comment = save(
        cast,
        subject_grid(cast),
        typed(cast.anh, "level", "M", "T"),
        typed(cast.anh, "comment", "Chăm."),
    )

    assert (level.fate, level.sentence, level.value) == (Fate.REFUSED, EXEMPT, "T")
    assert comment.fate == Fate.SAVED


def test_exempting_and_clearing_the_score_in_one_block(cast: Cast) -> None:
    save_past_the_page(cast, cast.anh, level=("", "T"), score=(None, 9))

    outcomes = save(
        cast,
        subject_grid(cast),
        typed(cast.anh, "level", "M", "T"),
        typed(cast.anh, "score", "", "9"),
    )

    assert fates(outcomes) == ["saved", "saved"]


def test_exempt_and_scored_in_one_block_keeps_the_level(cast: Cast) -> None:
    outcomes = save(
        cast, subject_grid(cast), typed(cast.anh, "level", "M"), typed(cast.anh, "score", "9")
    )

    assert fates(outcomes) == ["saved", "refused"]
    assert result_of(cast.anh).level == "M"


def test_a_row_that_offends_by_itself_does_not_stop_a_comment(cast: Cast) -> None:
    """Two teachers saved "exempt" and a score at once; each was right when it was checked."""
    save_past_the_page(cast, cast.anh, level=("", "M"), score=(None, 9))

    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "comment", "Chăm."))

    assert outcome.fate == Fate.SAVED


def test_a_pupil_who_left_a_foreign_pupil_and_nobody(cast: Cast) -> None:
    cast.duc.ended_on = "2026-12-01"
    cast.duc.exit_reason = "transferred_out"
    cast.duc.save()

    *gone, hers = save(
        cast,
        subject_grid(cast),
        typed(cast.duc, "level", "T"),
        typed(cast.stranger, "level", "T"),
        TypedCell(10**30, "level", "T", ""),
        TypedCell(-1, "level", "T", ""),
        typed(cast.anh, "level", "T"),
    )

    assert fates(gone) == ["refused"] * 4
    assert {outcome.sentence for outcome in gone} == {
        "Học sinh không có trong danh sách của lớp ở thời điểm này; hãy tải lại trang."
    }
    assert hers.fate == Fate.SAVED


def test_a_cell_that_is_sent_twice_is_saved_once(cast: Cast) -> None:
    outcomes = save(
        cast, subject_grid(cast), typed(cast.anh, "level", "T"), typed(cast.anh, "level", "H")
    )

    assert fates(outcomes) == ["saved", "refused"]
    assert "hai giá trị" in outcomes[1].sentence
    assert result_of(cast.anh).level == "T"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (states.submitted, "đã gửi hiệu trưởng"),
        (states.signed_off, "đã ký duyệt"),
    ],
)
def test_what_is_handed_in_or_signed_is_refused(cast: Cast, state, sentence: str) -> None:
    state(cast)

    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "level", "C", "T"))

    assert (outcome.fate, outcome.value) == (Fate.REFUSED, "T")
    assert sentence in outcome.sentence
    assert result_of(cast.anh).level == "T"


def test_the_pupil_who_was_reopened_is_saved_and_the_others_refused(cast: Cast) -> None:
    states.with_anh_reopened(cast)

    outcomes = save(
        cast,
        subject_grid(cast),
        typed(cast.anh, "level", "H", "T"),
        typed(cast.duc, "level", "H", "T"),
    )

    assert fates(outcomes) == ["saved", "refused"]


def test_a_period_that_has_not_opened(cast: Cast) -> None:
    outcome = save_one(
        cast,
        subject_grid(cast, period=Period.MID_TERM_2),
        typed(cast.anh, "level", "T"),
    )

    assert outcome.sentence == "Thời điểm này mở nhập từ 08/03/2027."
    assert not PeriodRecord.objects.exists()


def test_a_reader_is_told_who_may_write(cast: Cast) -> None:
    grid = subject_grid(cast)
    grid.may_write = False

    outcome = preview_one(grid, typed(cast.anh, "level", "T"))

    assert "người được phân công mới nhập được" in outcome.sentence


def test_a_grade_that_the_teacher_does_not_teach(cast: Cast) -> None:
    grid = subject_grid(cast)
    grid.taught_grade_levels = {5}

    outcome = preview_one(grid, typed(cast.anh, "level", "T"))

    assert outcome.sentence == "Thầy/cô không dạy môn này cho khối của học sinh."


def test_a_missing_permission_is_no_sentence_at_a_cell(cast: Cast) -> None:
    grid = subject_grid(cast)
    with pytest.raises(NotPermitted):
        save(cast, grid, typed(cast.anh, "level", "T"), by=cast.suong)


# Closed between the check and the save


def test_a_row_that_was_signed_meanwhile_does_not_stop_the_others(cast: Cast) -> None:
    """Anh was reopened alone; she is handed in again while Ngọc types."""
    record = states.with_anh_reopened(cast)
    before = subject_grid(cast)
    states.actions.submit_record(record=record, by=cast.ngoc)

    [outcome] = save(cast, before, typed(cast.anh, "level", "H", "T"))

    assert outcome.fate == Fate.REFUSED
    assert "đã gửi hiệu trưởng" in outcome.sentence
    assert outcome.value == "T"


def test_those_who_are_still_open_are_saved(cast: Cast) -> None:
    """The action takes all or nothing; the cells are then tried pupil by pupil."""
    grid = subject_grid(cast)
    action = saving(cast, grid)

    def save_but_for_anh(*, rows):
        if cast.anh.pk in {row.enrollment_id for row in rows}:
            raise RecordLocked("Em vừa được ký duyệt.")
        return action(rows=rows)

    outcomes = save_cells(
        grid,
        [typed(pupil, "level", "T") for pupil in (cast.duc, cast.anh, cast.hhen)],
        save_but_for_anh,
    )

    assert fates(outcomes) == ["saved", "refused", "saved"]
    assert outcomes[1].sentence == "Em vừa được ký duyệt."
    assert SubjectResult.objects.count() == 2


def test_a_refusal_of_the_action_leaves_untouched_cells_alone(cast: Cast) -> None:
    def refuse(*, rows):
        raise RecordLocked("Lớp vừa được gửi.")

    outcomes = save_cells(
        subject_grid(cast),
        [typed(cast.anh, "level", "T"), typed(cast.anh, "comment", "")],
        refuse,
    )

    assert fates(outcomes) == ["refused", "unchanged"]
