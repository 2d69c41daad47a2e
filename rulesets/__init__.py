"""The regulation, in pure Python; a school year names its ruleset by key."""

from rulesets.rewards import RewardTitle
from rulesets.ruleset import (
    DueTests,
    EntryKind,
    FormPart,
    Level,
    Missing,
    Period,
    Reason,
    ReasonCode,
    Ruleset,
    ScoreError,
    ScoreScale,
    Subject,
    SubjectOutcome,
    SummaryForm,
    Trait,
    TraitGroup,
    TraitHeading,
    UnknownCode,
    YearOutcome,
    YearResult,
    YearRow,
    YearSource,
)
from rulesets.tt27 import TT27

__all__ = [
    "RULESETS",
    "DueTests",
    "DuplicateRuleset",
    "EntryKind",
    "FormPart",
    "Level",
    "Missing",
    "Period",
    "Reason",
    "ReasonCode",
    "RewardTitle",
    "Ruleset",
    "ScoreError",
    "ScoreScale",
    "Subject",
    "SubjectOutcome",
    "SummaryForm",
    "Trait",
    "TraitGroup",
    "TraitHeading",
    "UnknownCode",
    "UnknownRuleset",
    "YearOutcome",
    "YearResult",
    "YearRow",
    "YearSource",
    "get_ruleset",
    "register",
]

RULESETS: dict[str, Ruleset] = {}


class UnknownRuleset(LookupError):
    """No ruleset is registered under this key."""


class DuplicateRuleset(ValueError):
    """Another ruleset holds this key."""


def get_ruleset(key: str) -> Ruleset:
    if key not in RULESETS:
        raise UnknownRuleset(key)
    return RULESETS[key]


def register(ruleset: Ruleset) -> None:
    if ruleset.key in RULESETS:
        raise DuplicateRuleset(ruleset.key)
    RULESETS[ruleset.key] = ruleset


register(TT27)
