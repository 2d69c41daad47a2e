"""A pupil's summer as its readers see it: the plan, first and later results side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.forms import BoundField
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.forms.supplementary import LaterResultsForm
from assessments.links import class_period_url
from assessments.models import SubjectResult, SupplementaryAssessment
from assessments.sentences import missing_sentence, reason_sentence
from assessments.supplementary import (
    SummerCase,
    end_of_year_record,
    later_result,
    lowest_completed,
    summer_cases,
)
from assessments.wording import subject_name, trait_name, translated
from assessments.workflow import Step, can_move
from assessments.year_page import outcome_name
from assessments.year_results import levels_by_trait, results_by_subject
from rulesets import Period, Ruleset, YearOutcome, YearResult
from schools.models import SchoolClass
from schools.models.classes import HIGHEST_GRADE


@dataclass(frozen=True)
class LaterRow:
    """One thing that is assessed again; the fields are those that the reader may write."""

    name: str
    first: str
    later: str
    comment: str
    fields: Sequence[BoundField]


class SummerList:
    """Those of a class who have not completed the programme."""

    def __init__(self, school_class: SchoolClass) -> None:
        self.school_class = school_class

    @cached_property
    def cases(self) -> list[SummerCase]:
        return summer_cases(self.school_class)

    @property
    def title(self) -> str:
        return _("Đánh giá bổ sung, lớp %(name)s") % {"name": self.school_class.name}

    @property
    def deadline(self) -> str:
        """Nothing is due any more once every pupil is decided upon."""
        undecided = [case for case in self.cases if not case.is_decided]
        return deadline_sentence(self.school_class) if undecided else ""

    @property
    def crumbs(self) -> list[dict[str, str]]:
        words = {"name": self.school_class.name}
        url = class_period_url(self.school_class, Period.END_YEAR)
        return [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": _("Lớp %(name)s, cuối năm học") % words, "url": url},
            {"label": _("Đánh giá bổ sung"), "url": ""},
        ]


class SummerPage:
    def __init__(self, assessment: SupplementaryAssessment, form: LaterResultsForm) -> None:
        self.assessment = assessment
        self.form = form

    @property
    def school_class(self) -> SchoolClass:
        return self.assessment.record.class_period.school_class

    @property
    def ruleset(self) -> Ruleset:
        return self.school_class.school_year.ruleset

    @property
    def name(self) -> str:
        return self.assessment.record.enrollment.student.full_name

    @property
    def title(self) -> str:
        return _("Đánh giá bổ sung của em %(name)s") % {"name": self.name}

    @property
    def lead(self) -> str:
        decided_by, decided_at = self.assessment.decided_by, self.assessment.decided_at
        if decided_by is None or decided_at is None:
            return deadline_sentence(self.school_class)
        return _("%(name)s ký duyệt lúc %(at)s.") % {
            "name": decided_by.full_name,
            "at": date_format(localtime(decided_at), "DATETIME_FORMAT"),
        }

    @property
    def crumbs(self) -> list[dict[str, str]]:
        words = {"name": self.school_class.name}
        url = reverse("supplementary_assessments", args=[self.school_class.pk])
        return [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": _("Đánh giá bổ sung, lớp %(name)s") % words, "url": url},
            {"label": self.name, "url": ""},
        ]

    @cached_property
    def rows(self) -> list[LaterRow]:
        enrollment = self.assessment.record.enrollment
        first, later = end_of_year_record(enrollment), self.assessment.record
        subjects = zip(
            self.assessment.subject_codes,
            *(
                [results_by_subject(record).get(code) for code in self.assessment.subject_codes]
                for record in (first, later)
            ),
            strict=True,
        )
        before, after = levels_by_trait(first), levels_by_trait(later)
        traits = [
            LaterRow(
                name=trait_name(self.ruleset, code),
                first=self._trait_level(before.get(code, "")),
                later=self._trait_level(after.get(code, "")),
                comment="",
                fields=self._fields(f"trait_{code}"),
            )
            for code in self.assessment.trait_codes
        ]
        return [*(self._subject_row(*row) for row in subjects), *traits]

    def _subject_row(
        self, code: str, first: SubjectResult | None, later: SubjectResult | None
    ) -> LaterRow:
        return LaterRow(
            name=subject_name(self.ruleset, code),
            first=self._level_and_score(first),
            later=self._level_and_score(later),
            comment=later.comment if later else "",
            fields=self._fields(f"level_{code}", f"score_{code}", f"comment_{code}"),
        )

    def _level_and_score(self, result: SubjectResult | None) -> str:
        if result is None or not result.level:
            return ""
        level = translated(self.ruleset.subject_level_name(result.level))
        if result.effective_score is None:
            return level
        words = {"level": level, "score": result.effective_score}
        return _("%(level)s, %(score)s điểm") % words

    def _trait_level(self, code: str) -> str:
        return translated(self.ruleset.trait_level_name(code)) if code else ""

    def _fields(self, *names: str) -> list[BoundField]:
        return [self.form[name] for name in names if name in self.form.fields]

    @cached_property
    def derived(self) -> YearResult:
        return later_result(self.assessment)

    @property
    def outcome(self) -> str:
        return outcome_name(self.ruleset, self.derived.outcome)

    @property
    def has_completed(self) -> bool:
        return self.ruleset.is_completed(self.derived.outcome)

    @property
    def is_complete(self) -> bool:
        return self.derived.outcome != YearOutcome.INCOMPLETE

    @property
    def missing(self) -> list[str]:
        return [missing_sentence(self.ruleset, missing) for missing in self.derived.missing]

    @property
    def reasons(self) -> list[str]:
        """Why the programme is still not completed."""
        reasons = self.derived.reasons_against(lowest_completed(self.ruleset).outcome)
        return [reason_sentence(self.ruleset, reason) for reason in reasons]

    @property
    def can_be_submitted(self) -> bool:
        return self.is_complete and can_move(Step.SUBMIT, status=self.assessment.record.status)

    @property
    def can_be_signed(self) -> bool:
        return can_move(Step.SIGN_OFF, status=self.assessment.record.status)

    @property
    def can_be_reopened(self) -> bool:
        return can_move(Step.REOPEN, status=self.assessment.record.status)

    @property
    def decision(self) -> str:
        return decision_sentence(self.assessment) if self.assessment.is_decided else ""


def decision_sentence(assessment: SupplementaryAssessment) -> str:
    """Completion and promotion are two facts, and said as two (Phụ lục 1, mục 6)."""
    if assessment.grade_level == HIGHEST_GRADE:
        if assessment.has_completed:
            return _("Hoàn thành chương trình tiểu học")
        return _("Chưa hoàn thành chương trình tiểu học")
    words = {
        "completed": _("Hoàn thành chương trình lớp %(grade)s")
        if assessment.has_completed
        else _("Chưa hoàn thành chương trình lớp %(grade)s"),
        "promoted": _("Được lên lớp") if assessment.is_promoted else _("Chưa được lên lớp"),
    }
    completed = words["completed"] % {"grade": assessment.grade_level}
    return f"{completed}; {words['promoted']}"


def deadline_sentence(school_class: SchoolClass) -> str:
    year = school_class.school_year
    due_on = year.school.department.supplementary_due_on(year.first_year)
    words = {"day": date_format(due_on)}
    if timezone.localdate() > due_on:
        return _("Đã quá hạn đánh giá bổ sung của Sở (%(day)s).") % words
    return _("Hạn đánh giá bổ sung của Sở: %(day)s.") % words
