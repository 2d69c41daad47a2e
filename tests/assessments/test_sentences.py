import pytest
from django.utils import translation

from assessments.sentences import missing_sentence, reason_sentence, score_error_sentence
from rulesets import EntryKind, Missing, Reason, ReasonCode, ScoreError, ScoreScale, get_ruleset

TT27 = get_ruleset("tt27")


def score_error(typed: str, scale: ScoreScale) -> ScoreError:
    with pytest.raises(ScoreError) as refusal:
        scale.parse(typed)
    return refusal.value


@pytest.mark.parametrize(
    ("typed", "scale", "sentence"),
    [
        ("8,5", ScoreScale(), "Không cho điểm thập phân; điểm là số nguyên từ 1 đến 10."),
        ("0", ScoreScale(), "Điểm là số nguyên từ 1 đến 10; không cho điểm 0."),
        ("12", ScoreScale(), "Điểm là số nguyên từ 1 đến 10."),
        ("tám", ScoreScale(), "“tám” không phải là số; điểm là số nguyên từ 1 đến 10."),
        ("21", ScoreScale(2, 20), "Điểm là số nguyên từ 2 đến 20."),
        ("100%s", ScoreScale(), "“100%s” không phải là số; điểm là số nguyên từ 1 đến 10."),
    ],
)
def test_a_score_is_refused_in_words(typed: str, scale: ScoreScale, sentence: str):
    assert score_error_sentence(score_error(typed, scale)) == sentence


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (
            Reason(ReasonCode.SCORE_BELOW, {"subject": "toan", "score": 8, "required": 9}),
            "Toán: 8 điểm, cần từ 9 trở lên",
        ),
        (
            Reason(
                ReasonCode.SUBJECT_LEVEL_BELOW,
                {"subject": "khoa_hoc", "level": "C", "required": "H"},
            ),
            "Khoa học: mức Chưa hoàn thành, cần từ mức Hoàn thành trở lên",
        ),
        (
            Reason(
                ReasonCode.SUBJECT_LEVEL_BELOW,
                {"subject": "khoa_hoc", "level": "H", "required": "T"},
            ),
            "Khoa học: mức Hoàn thành, cần mức Hoàn thành tốt",
        ),
        (
            Reason(
                ReasonCode.TRAIT_LEVEL_BELOW,
                {"trait": "khoa_hoc", "level": "C", "required": "Đ"},
            ),
            "Khoa học: mức Cần cố gắng, cần từ mức Đạt trở lên",
        ),
    ],
    ids=str,
)
def test_a_reason_says_what_is_and_what_it_takes(reason: Reason, sentence: str):
    assert reason_sentence(TT27, reason) == sentence


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        (Missing(EntryKind.SUBJECT_LEVEL, "toan"), "Toán: chưa có mức đạt được"),
        (Missing(EntryKind.TEST_SCORE, "toan"), "Toán: chưa có điểm kiểm tra cuối năm"),
        (Missing(EntryKind.TRAIT_LEVEL, "yeu_nuoc"), "Yêu nước: chưa có mức"),
    ],
    ids=str,
)
def test_what_is_missing_is_named(missing: Missing, sentence: str):
    assert missing_sentence(TT27, missing) == sentence


@pytest.mark.parametrize("code", list(ReasonCode))
def test_every_code_has_its_sentence_in_both_languages(code: ReasonCode):
    noun = "trait" if code == ReasonCode.TRAIT_LEVEL_BELOW else "subject"
    place = {"trait": "tin_hoc", "subject": "toan"}[noun]
    values = {"score": 4, "required": 5}
    if code != ReasonCode.SCORE_BELOW:
        worst = (TT27.trait_levels if noun == "trait" else TT27.subject_levels)[-1]
        better = (TT27.trait_levels if noun == "trait" else TT27.subject_levels)[-2]
        values = {"level": worst.code, "required": better.code}
    reason = Reason(code, {noun: place, **values})

    vietnamese = reason_sentence(TT27, reason)
    with translation.override("en"):
        assert reason_sentence(TT27, reason) != vietnamese
