"""The year result: a table of outcomes, best first, and why each better one was not reached."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from rulesets.catalogue import Period, Subject

if TYPE_CHECKING:
    from rulesets.ruleset import Ruleset


class YearOutcome(StrEnum):
    """Đánh giá kết quả giáo dục; the last two stand on no form."""

    EXCELLENT = "excellent"
    GOOD = "good"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"
    INCOMPLETE = "incomplete"
    NOT_ASSESSED = "not_assessed"


class EntryKind(StrEnum):
    """What a teacher enters that the year result is derived from."""

    SUBJECT_LEVEL = "subject_level"
    TEST_SCORE = "test_score"
    TRAIT_LEVEL = "trait_level"


class ReasonCode(StrEnum):
    SUBJECT_LEVEL_BELOW = "subject_level_below"
    SCORE_BELOW = "score_below"
    TRAIT_LEVEL_BELOW = "trait_level_below"


@dataclass(frozen=True)
class YearRow:
    """An outcome and the least that it takes, for every entry of a kind."""

    outcome: YearOutcome
    name: str
    short_name: str
    least: Mapping[EntryKind, str | int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class SubjectOutcome:
    """Level and score (of the last attempt) of one subject at the end of the year."""

    subject: str
    level: str | None = None
    score: int | None = None


@dataclass(frozen=True)
class YearSource:
    """What the year result is derived from; a compulsory subject or a trait left out is missing."""

    grade_level: int
    subjects: tuple[SubjectOutcome, ...]
    traits: Mapping[str, str | None] = field(hash=False)
    is_special_class: bool = False
    is_not_assessed: bool = False

    def __post_init__(self) -> None:
        if len({entry.subject for entry in self.subjects}) < len(self.subjects):
            raise ValueError("a subject stands twice in the year's source")


@dataclass(frozen=True)
class Reason:
    code: ReasonCode
    params: Mapping[str, str | int] = field(hash=False)


@dataclass(frozen=True)
class Missing:
    kind: EntryKind
    code: str


@dataclass(frozen=True)
class YearResult:
    """Reasons stand by outcome, the nearest better one first, and inside it in form order."""

    outcome: YearOutcome
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Missing, ...] = ()

    def reasons_against(self, outcome: YearOutcome) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason.params["outcome"] == outcome)


@dataclass(frozen=True)
class Entry:
    """One thing that counts towards the year result."""

    kind: EntryKind
    code: str
    value: str | int | None


REASON_WORDS = {
    EntryKind.SUBJECT_LEVEL: (ReasonCode.SUBJECT_LEVEL_BELOW, "subject", "level"),
    EntryKind.TEST_SCORE: (ReasonCode.SCORE_BELOW, "subject", "score"),
    EntryKind.TRAIT_LEVEL: (ReasonCode.TRAIT_LEVEL_BELOW, "trait", "level"),
}


def derive_year_result(ruleset: "Ruleset", source: YearSource) -> YearResult:
    if source.is_not_assessed:
        return YearResult(YearOutcome.NOT_ASSESSED)
    check_source(ruleset, source)
    entries = (*subject_entries(ruleset, source), *trait_entries(ruleset, source))
    missing = tuple(Missing(entry.kind, entry.code) for entry in entries if entry.value is None)
    if missing:
        return YearResult(YearOutcome.INCOMPLETE, missing=missing)
    return first_row_reached(ruleset, entries)


def check_source(ruleset: "Ruleset", source: YearSource) -> None:
    """Refuse what the ruleset does not know rather than judge a child by it."""
    for entry in source.subjects:
        ruleset.subject(entry.subject)
        if entry.level is not None:
            ruleset.subject_level_name(entry.level)
        if entry.score is not None:
            ruleset.score_scale.parse(entry.score)
    for code, level in source.traits.items():
        ruleset.trait(code)
        if level is not None:
            ruleset.trait_level_name(level)


def subject_entries(ruleset: "Ruleset", source: YearSource) -> Iterator[Entry]:
    taken = {entry.subject: entry for entry in source.subjects}
    for subject in subjects_that_count(ruleset, source):
        result = taken.get(subject.code, SubjectOutcome(subject.code))
        if result.level == ruleset.exempt_level.code:
            continue
        yield Entry(EntryKind.SUBJECT_LEVEL, subject.code, result.level)
        if is_tested(ruleset, source, subject):
            yield Entry(EntryKind.TEST_SCORE, subject.code, result.score)


def subjects_that_count(ruleset: "Ruleset", source: YearSource) -> Iterator[Subject]:
    """Every compulsory subject, and of the optional ones those that the pupil takes."""
    taken = {entry.subject for entry in source.subjects}
    compulsory = ruleset.compulsory_subjects(
        source.grade_level, is_special_class=source.is_special_class
    )
    optional = () if source.is_special_class else ruleset.optional_subjects(source.grade_level)
    for subject in ruleset.subjects:
        is_counted = subject in compulsory or (subject in optional and subject.code in taken)
        if is_counted and subject.counts_towards_result:
            yield subject


def is_tested(ruleset: "Ruleset", source: YearSource, subject: Subject) -> bool:
    return ruleset.has_test(
        subject.code,
        grade_level=source.grade_level,
        period=Period.END_YEAR,
        is_special_class=source.is_special_class,
    )


def trait_entries(ruleset: "Ruleset", source: YearSource) -> Iterator[Entry]:
    for trait in ruleset.traits_for(source.grade_level):
        yield Entry(EntryKind.TRAIT_LEVEL, trait.code, source.traits.get(trait.code))


def first_row_reached(ruleset: "Ruleset", entries: tuple[Entry, ...]) -> YearResult:
    reasons: tuple[Reason, ...] = ()
    standings = [
        (entry, standing(ruleset, entry.kind, entry.value))
        for entry in entries
        if entry.value is not None
    ]
    *demanding, all_others = ruleset.year_rows
    for row in demanding:
        shortfalls = tuple(shortfalls_against(ruleset, row, standings))
        if not shortfalls:
            return YearResult(row.outcome, reasons)
        reasons = shortfalls + reasons
    return YearResult(all_others.outcome, reasons)


def shortfalls_against(
    ruleset: "Ruleset", row: YearRow, standings: Sequence[tuple[Entry, int]]
) -> Iterator[Reason]:
    least = {kind: standing(ruleset, kind, value) for kind, value in row.least.items()}
    outcome = row.outcome.value
    for entry, stands in standings:
        if entry.value is not None and entry.kind in least and stands < least[entry.kind]:
            code, noun, measure = REASON_WORDS[entry.kind]
            required = {"required": row.least[entry.kind], "outcome": outcome}
            yield Reason(code, {noun: entry.code, measure: entry.value} | required)


def standing(ruleset: "Ruleset", kind: EntryKind, value: str | int) -> int:
    """Higher is better; levels are listed best first."""
    if kind == EntryKind.TEST_SCORE:
        return int(value)
    levels = ruleset.trait_levels if kind == EntryKind.TRAIT_LEVEL else ruleset.subject_levels
    return -[level.code for level in levels].index(str(value))
