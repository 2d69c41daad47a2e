"""A ruleset: one regulation as data, and the questions that the rest of the house asks it."""

from dataclasses import dataclass

from rulesets.catalogue import (
    DueTests,
    Level,
    Period,
    Subject,
    Trait,
    TraitGroup,
    UnknownCode,
    by_code,
)
from rulesets.rewards import RewardTitle
from rulesets.scores import ScoreError, ScoreScale
from rulesets.summary_forms import FormPart, SummaryForm, TraitHeading
from rulesets.year import (
    EntryKind,
    Missing,
    Reason,
    ReasonCode,
    SubjectOutcome,
    YearOutcome,
    YearResult,
    YearRow,
    YearSource,
    derive_year_result,
)

__all__ = [
    "DueTests",
    "EntryKind",
    "FormPart",
    "Level",
    "Missing",
    "Period",
    "Reason",
    "ReasonCode",
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
    "YearOutcome",
    "YearResult",
    "YearRow",
    "YearSource",
]


@dataclass(frozen=True, eq=False, kw_only=True)
class Ruleset:
    """Subjects and traits stand in form order, periods in the year's, levels and rows best first.

    The last of `year_rows` is for all whom the rows above it do not take.
    """

    key: str
    title: str
    circular: str
    grade_levels: tuple[int, ...]
    subjects: tuple[Subject, ...]
    special_class_subjects: frozenset[str]
    trait_groups: tuple[TraitGroup, ...]
    traits: tuple[Trait, ...]
    subject_levels: tuple[Level, ...]
    exempt_level: Level
    trait_levels: tuple[Level, ...]
    periods: tuple[Period, ...]
    supplementary_period: Period
    due_tests: tuple[DueTests, ...]
    retest_periods: frozenset[Period] = frozenset()
    score_scale: ScoreScale
    year_rows: tuple[YearRow, ...]
    reward_titles: tuple[RewardTitle, ...] = ()
    summary_forms: tuple[SummaryForm, ...] = ()

    def __repr__(self) -> str:
        return f"<Ruleset {self.key}>"

    def subject(self, code: str) -> Subject:
        return by_code(self.subjects, code)

    def trait(self, code: str) -> Trait:
        return by_code(self.traits, code)

    def subject_level_name(self, code: str) -> str:
        return by_code((*self.subject_levels, self.exempt_level), code).name

    def trait_level_name(self, code: str) -> str:
        return by_code(self.trait_levels, code).name

    def outcome_name(self, outcome: YearOutcome) -> str:
        """The words of the form; an outcome that stands on no form has none (UnknownCode)."""
        return self._year_row(outcome).name

    def outcome_short_name(self, outcome: YearOutcome) -> str:
        return self._year_row(outcome).short_name

    def reward_title(self, code: str) -> RewardTitle:
        return by_code(self.reward_titles, code)

    def title_by_result(self, outcome: YearOutcome) -> RewardTitle | None:
        """The title that the outcome itself brings (Điều 13.1.a)."""
        titles = (title for title in self.reward_titles if title.outcome == outcome)
        return next((title for title in titles if not title.needs_recognition), None)

    def title_by_recognition(self, outcome: YearOutcome) -> RewardTitle | None:
        """The title that people may give to a pupil of this outcome; nobody has it by the rule."""
        titles = (title for title in self.reward_titles if title.outcome == outcome)
        return next((title for title in titles if title.needs_recognition), None)

    def is_completed(self, outcome: YearOutcome) -> bool:
        """Whether the class's programme is completed: every result but the last (Điều 11)."""
        return outcome in {row.outcome for row in self.year_rows[:-1]}

    def compulsory_subjects(
        self, grade_level: int, *, is_special_class: bool = False
    ) -> tuple[Subject, ...]:
        self._check_grade_level(grade_level)
        return tuple(
            subject
            for subject in self.subjects
            if grade_level in subject.compulsory_grades
            and (not is_special_class or subject.code in self.special_class_subjects)
        )

    def optional_subjects(self, grade_level: int) -> tuple[Subject, ...]:
        self._check_grade_level(grade_level)
        return tuple(entry for entry in self.subjects if grade_level in entry.optional_grades)

    def traits_for(self, grade_level: int) -> tuple[Trait, ...]:
        self._check_grade_level(grade_level)
        return tuple(trait for trait in self.traits if grade_level in trait.grades)

    def has_test(
        self,
        subject_code: str,
        *,
        grade_level: int,
        period: Period,
        is_special_class: bool = False,
    ) -> bool:
        self.subject(subject_code)
        tested = self.tested_subjects(
            grade_level=grade_level, period=period, is_special_class=is_special_class
        )
        return any(subject.code == subject_code for subject in tested)

    def allows_retest(
        self,
        subject_code: str,
        *,
        grade_level: int,
        period: Period,
        is_special_class: bool = False,
    ) -> bool:
        """Whether the school may give another test when this one's score is abnormal."""
        return period in self.retest_periods and self.has_test(
            subject_code,
            grade_level=grade_level,
            period=period,
            is_special_class=is_special_class,
        )

    def tested_subjects(
        self, *, grade_level: int, period: Period, is_special_class: bool = False
    ) -> tuple[Subject, ...]:
        compulsory = self.compulsory_subjects(grade_level, is_special_class=is_special_class)
        due = {
            code
            for tests in self.due_tests
            if period in tests.periods and grade_level in tests.grade_levels
            for code in tests.subjects
        }
        return tuple(subject for subject in compulsory if subject.code in due)

    def summary_form(self, grade_level: int, period: Period) -> SummaryForm | None:
        """The class's form for a grade at a moment; None: the regulation prescribes none."""
        forms = (form for form in self.summary_forms if form.serves(grade_level, period))
        return next(forms, None)

    def year_result(self, source: YearSource) -> YearResult:
        return derive_year_result(self, source)

    def _year_row(self, outcome: YearOutcome) -> YearRow:
        for row in self.year_rows:
            if row.outcome == outcome:
                return row
        raise UnknownCode(outcome)

    def _check_grade_level(self, grade_level: int) -> None:
        if grade_level not in self.grade_levels:
            raise UnknownCode(f"grade level {grade_level}")
