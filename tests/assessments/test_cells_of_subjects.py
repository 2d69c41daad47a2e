"""Retests and exemptions cell by cell: what autosave, a pasted block and the sheet are told."""

import pytest

from tests.assessments import states
from tests.assessments.grid_cells import fates, save, save_one, subject_grid, typed
from tests.assessments.pages import result_of, save_cells
from tests.cast import Cast

REASON = "Em mổ tim"


@pytest.mark.parametrize("text", ["4", ""])
def test_a_score_in_question_is_refused_and_its_neighbours_are_saved(cast: Cast, text: str) -> None:
    states.agreed_retest(cast)
    outcomes = save(
        cast,
        subject_grid(cast),
        typed(cast.anh, "score", text, "9"),
        typed(cast.anh, "comment", "Có tiến bộ."),
        typed(cast.duc, "score", "8", "9"),
    )
    assert fates(outcomes) == ["refused", "saved", "saved"]
    assert "đang có đề nghị kiểm tra lại" in outcomes[0].sentence
    assert (outcomes[0].value, result_of(cast.anh).effective_score) == ("9", 9)


def test_a_retests_score_is_corrected_and_not_emptied(cast: Cast) -> None:
    states.taken_retest(cast)
    assert save_one(cast, subject_grid(cast), typed(cast.anh, "score", "", "10")).fate == "refused"
    assert save_one(cast, subject_grid(cast), typed(cast.anh, "score", "7", "10")).fate == "saved"
    assert [attempt.score for attempt in result_of(cast.anh).attempts] == [9, 7]


def test_level_and_reason_are_saved_one_after_the_other(cast: Cast) -> None:
    assert save_one(cast, subject_grid(cast), typed(cast.anh, "level", "m")).fate == "saved"
    reason = typed(cast.anh, "exemption_reason", REASON)
    assert save_one(cast, subject_grid(cast), reason).fate == "saved"
    assert (result_of(cast.anh).level, result_of(cast.anh).exemption_reason) == ("M", REASON)


def test_a_reason_alone_is_refused(cast: Cast) -> None:
    outcome = save_one(cast, subject_grid(cast), typed(cast.anh, "exemption_reason", REASON))
    assert outcome.fate == "refused"
    assert "chỉ đi với mức miễn" in outcome.sentence


def test_a_score_of_who_is_exempt_is_refused(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "M"))
    assert save_one(cast, subject_grid(cast), typed(cast.anh, "score", "8")).fate == "refused"


def test_back_from_exempt_the_level_alone_is_enough(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "M"), exemption_reason=("", REASON))
    assert save_one(cast, subject_grid(cast), typed(cast.anh, "level", "T", "M")).fate == "saved"
    assert result_of(cast.anh).exemption_reason == ""
