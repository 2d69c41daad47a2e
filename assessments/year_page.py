"""The year results of a class as its homeroom teacher reads them before she confirms them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessments.models import YearDecision
from assessments.sentences import missing_sentence, reason_sentence
from assessments.sheet_page import Notice, SheetPage
from assessments.wording import lowered, subject_name, trait_name, translated
from assessments.year_results import PupilYear, year_results
from rulesets import Ruleset, UnknownCode, YearOutcome
from schools.models import PeriodWindow, SchoolClass


@dataclass(frozen=True)
class YearRow:
    """`outcome` is empty where the result cannot be derived yet, or never is."""

    number: int
    enrollment_id: int
    name: str
    is_not_assessed: bool
    outcome: str
    better_outcome: str
    reasons: Sequence[str]
    missing: Sequence[str]
    decision: YearDecision | None
    derived: YearOutcome
    can_be_confirmed: bool
    confirmed: str = ""
    ground: str = ""
    can_settle_reward: bool = False

    @property
    def is_confirmed(self) -> bool:
        return self.decision is not None and self.decision.derived_result == self.derived

    @property
    def deviates(self) -> bool:
        """Confirmed otherwise than by the rule, with a reason."""
        decision = self.decision
        return decision is not None and decision.confirmed_result != decision.derived_result

    @property
    def has_changed_since(self) -> bool:
        """Something was corrected after the confirmation."""
        return self.decision is not None and not self.is_confirmed

    @property
    def awaits_confirmation(self) -> bool:
        return self.can_be_confirmed and not self.is_confirmed

    @property
    def needs_a_look(self) -> bool:
        """What a person decided otherwise than the rule is not confirmed with the others."""
        return self.awaits_confirmation and self.deviates


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
        """Those that one act confirms."""
        return sum(row.awaits_confirmation and not row.deviates for row in self.rows)

    @property
    def counts(self) -> list[dict[str, str | int]]:
        """How many pupils have which confirmed result, best first."""
        confirmed = [row.decision.confirmed_result for row in self.rows if row.decision]
        if not confirmed:
            return []
        return [
            {"number": confirmed.count(row.outcome), "sentence": translated(row.name)}
            for row in self.sheet.ruleset.year_rows
        ]

    @property
    def incomplete_count(self) -> int:
        return sum(bool(row.missing) for row in self.rows)


def _year_row(number: int, pupil: PupilYear, ruleset: Ruleset) -> YearRow:
    derived = pupil.derived
    better = _next_better(ruleset, derived.outcome)
    reasons = derived.reasons_against(better) if better else ()
    decision = pupil.decision
    return YearRow(
        number=number,
        enrollment_id=pupil.enrollment.pk,
        name=pupil.enrollment.student.full_name,
        is_not_assessed=derived.outcome == YearOutcome.NOT_ASSESSED,
        outcome=outcome_name(ruleset, derived.outcome),
        better_outcome=outcome_name(ruleset, better) if better else "",
        reasons=[reason_sentence(ruleset, reason) for reason in reasons],
        missing=[missing_sentence(ruleset, missing) for missing in derived.missing],
        decision=decision,
        derived=derived.outcome,
        can_be_confirmed=pupil.can_be_confirmed,
        confirmed=outcome_name(ruleset, YearOutcome(decision.confirmed_result)) if decision else "",
        ground=ground_sentence(ruleset, decision) if decision else "",
        can_settle_reward=pupil.is_handed_in and bool(decision and decision.reward_title),
    )


def ground_sentence(ruleset: Ruleset, decision: YearDecision) -> str:
    """What a recognised title rests on (Điều 13.1.a)."""
    if decision.recognised_on is None:
        return ""
    grounds = []
    if decision.outstanding_subject:
        name = subject_name(ruleset, decision.outstanding_subject)
        grounds.append(_("thành tích xuất sắc môn %(name)s") % {"name": name})
    if decision.progress_trait:
        name = trait_name(ruleset, decision.progress_trait)
        grounds.append(_("tiến bộ rõ rệt về %(name)s") % {"name": lowered(name)})
    return _("%(grounds)s; lớp công nhận ngày %(day)s") % {
        "grounds": capfirst(", ".join(grounds)),
        "day": date_format(decision.recognised_on),
    }


def outcome_name(ruleset: Ruleset, outcome: YearOutcome) -> str:
    try:
        return translated(ruleset.outcome_name(outcome))
    except UnknownCode:
        return ""


@dataclass(frozen=True)
class PupilYearPage:
    """One pupil's year, for her teacher to look at alone."""

    school_class: SchoolClass
    year: PupilYear

    @property
    def title(self) -> str:
        return _("Kết quả năm học của em %(name)s") % {
            "name": self.year.enrollment.student.full_name
        }

    @property
    def row(self) -> YearRow:
        return _year_row(0, self.year, self.school_class.school_year.ruleset)

    @property
    def back_url(self) -> str:
        return reverse("year_results", args=[self.school_class.pk])

    @property
    def crumbs(self) -> list[dict[str, str]]:
        words = {"name": self.school_class.name}
        return [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": _("Kết quả năm học, lớp %(name)s") % words, "url": self.back_url},
            {"label": self.year.enrollment.student.full_name, "url": ""},
        ]


def _next_better(ruleset: Ruleset, outcome: YearOutcome) -> YearOutcome | None:
    outcomes = [row.outcome for row in ruleset.year_rows]
    if outcome not in outcomes or outcome == outcomes[0]:
        return None
    return outcomes[outcomes.index(outcome) - 1]
