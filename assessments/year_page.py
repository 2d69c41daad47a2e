"""The year results of a class as its homeroom teacher reads them before she confirms them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ObjectDoesNotExist

from assessments.models import YearDecision
from assessments.sentences import missing_sentence, reason_sentence
from assessments.sheet_page import Notice, SheetPage
from assessments.wording import translated
from assessments.year_results import PupilYear, year_results
from rulesets import Ruleset, UnknownCode, YearOutcome
from schools.models import PeriodWindow


@dataclass(frozen=True)
class YearRow:
    """`outcome` is empty where the result cannot be derived yet, or never is."""

    number: int
    name: str
    is_not_assessed: bool
    outcome: str
    better_outcome: str
    reasons: Sequence[str]
    missing: Sequence[str]
    decision: YearDecision | None
    derived: YearOutcome
    can_be_confirmed: bool

    @property
    def is_confirmed(self) -> bool:
        return self.decision is not None and self.decision.derived_result == self.derived

    @property
    def has_changed_since(self) -> bool:
        """Something was corrected after the confirmation."""
        return self.decision is not None and not self.is_confirmed

    @property
    def awaits_confirmation(self) -> bool:
        return self.can_be_confirmed and not self.is_confirmed


class YearPage(SheetPage):
    @cached_property
    def rows(self) -> list[YearRow]:
        ruleset = self.sheet.ruleset
        return [
            _year_row(number, pupil, ruleset)
            for number, pupil in enumerate(year_results(self.sheet.school_class), start=1)
        ]

    @property
    def can_write(self) -> bool:
        return self.may_write and self.sheet.time.has_opened and self.ready_count > 0

    def _closed_notice(self, window: PeriodWindow) -> Notice | None:
        """Nothing is entered here: confirming belongs to handing in, which may be late."""
        return None

    @property
    def ready_count(self) -> int:
        return sum(row.can_be_confirmed for row in self.rows)

    @property
    def waiting_count(self) -> int:
        return sum(row.awaits_confirmation for row in self.rows)

    @property
    def incomplete_count(self) -> int:
        return sum(bool(row.missing) for row in self.rows)


def _year_row(number: int, pupil: PupilYear, ruleset: Ruleset) -> YearRow:
    derived = pupil.derived
    better = _next_better(ruleset, derived.outcome)
    reasons = derived.reasons_against(better) if better else ()
    return YearRow(
        number=number,
        name=pupil.enrollment.student.full_name,
        is_not_assessed=derived.outcome == YearOutcome.NOT_ASSESSED,
        outcome=outcome_name(ruleset, derived.outcome),
        better_outcome=outcome_name(ruleset, better) if better else "",
        reasons=[reason_sentence(ruleset, reason) for reason in reasons],
        missing=[missing_sentence(ruleset, missing) for missing in derived.missing],
        decision=_decision_of(pupil),
        derived=derived.outcome,
        can_be_confirmed=pupil.can_be_confirmed,
    )


def outcome_name(ruleset: Ruleset, outcome: YearOutcome) -> str:
    try:
        return translated(ruleset.outcome_name(outcome))
    except UnknownCode:
        return ""


def _next_better(ruleset: Ruleset, outcome: YearOutcome) -> YearOutcome | None:
    outcomes = [row.outcome for row in ruleset.year_rows]
    if outcome not in outcomes or outcome == outcomes[0]:
        return None
    return outcomes[outcomes.index(outcome) - 1]


def _decision_of(pupil: PupilYear) -> YearDecision | None:
    try:
        return pupil.enrollment.year_decision
    except ObjectDoesNotExist:
        return None
