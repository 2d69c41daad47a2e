"""What the ruleset gives as codes with parameters, as sentences for a teacher."""

from django.utils.translation import gettext as _

from assessments.wording import shortened, subject_name, trait_name
from rulesets import EntryKind, Missing, Reason, ReasonCode, Ruleset, ScoreError


def score_error_sentence(error: ScoreError) -> str:
    sentences = {
        "not_a_number": _(
            "“%(raw)s” không phải là số; điểm là số nguyên từ %(minimum)s đến %(maximum)s."
        ),
        "decimal": _("Không cho điểm thập phân; điểm là số nguyên từ %(minimum)s đến %(maximum)s."),
        "zero": _("Điểm là số nguyên từ %(minimum)s đến %(maximum)s; không cho điểm 0."),
        "out_of_range": _("Điểm là số nguyên từ %(minimum)s đến %(maximum)s."),
    }
    return sentences[error.code] % {**error.params, "raw": shortened(str(error.params["raw"]))}


def reason_sentence(ruleset: Ruleset, reason: Reason) -> str:
    """Why a better year result was not reached: "Toán: 8 điểm, cần từ 9 trở lên"."""
    params = {**reason.params, "place": _place(ruleset, reason)}
    if reason.code == ReasonCode.SCORE_BELOW:
        return _("%(place)s: %(score)s điểm, cần từ %(required)s trở lên") % params
    name = (
        ruleset.trait_level_name
        if reason.code == ReasonCode.TRAIT_LEVEL_BELOW
        else ruleset.subject_level_name
    )
    levels = {
        "level": _(name(str(reason.params["level"]))),
        "required": _(name(str(reason.params["required"]))),
    }
    if reason.params["required"] == _best(ruleset, reason):
        return _("%(place)s: mức %(level)s, cần mức %(required)s") % (params | levels)
    return _("%(place)s: mức %(level)s, cần từ mức %(required)s trở lên") % (params | levels)


def _place(ruleset: Ruleset, reason: Reason) -> str:
    if "trait" in reason.params:
        return trait_name(ruleset, str(reason.params["trait"]))
    return subject_name(ruleset, str(reason.params["subject"]))


def _best(ruleset: Ruleset, reason: Reason) -> str:
    is_trait = reason.code == ReasonCode.TRAIT_LEVEL_BELOW
    return (ruleset.trait_levels if is_trait else ruleset.subject_levels)[0].code


def missing_sentence(ruleset: Ruleset, missing: Missing) -> str:
    """What the year result still waits for: "Toán: chưa có điểm kiểm tra cuối năm"."""
    sentences = {
        EntryKind.SUBJECT_LEVEL: _("%(place)s: chưa có mức đạt được"),
        EntryKind.TEST_SCORE: _("%(place)s: chưa có điểm kiểm tra cuối năm"),
        EntryKind.TRAIT_LEVEL: _("%(place)s: chưa có mức"),
    }
    name = trait_name if missing.kind == EntryKind.TRAIT_LEVEL else subject_name
    return sentences[missing.kind] % {"place": name(ruleset, missing.code)}
