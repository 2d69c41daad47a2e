"""The retests of one subject of a class at a period, and what its reader can do with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.calendar import period_name
from assessments.completeness import Kind
from assessments.links import class_period_url, grid_url
from assessments.models import PeriodRecord, Retest
from assessments.models.periods import PeriodRecordQuerySet
from assessments.permissions import OfferedGrade
from assessments.retest_policies import retest_is_allowed
from assessments.wording import lowered, subject_name
from rulesets import Ruleset
from schools.models import SchoolClass


@dataclass(frozen=True)
class ShownRetest:
    retest: Retest
    can_answer: bool = False
    can_enter: bool = False
    is_named_fully: bool = False

    @property
    def ruleset(self) -> Ruleset:
        return self.retest.record.class_period.school_class.school_year.ruleset

    @property
    def names(self) -> dict[str, str]:
        class_period = self.retest.record.class_period
        return {
            "name": self.retest.record.enrollment.student.full_name,
            "class": class_period.school_class.name,
            "subject": subject_name(self.ruleset, self.retest.subject_code),
            "period": period_name(class_period.period),
        }

    @property
    def title(self) -> str:
        if self.is_named_fully:
            return _("Em %(name)s, lớp %(class)s · %(subject)s · %(period)s") % self.names
        return _("Em %(name)s") % self.names

    @property
    def url(self) -> str:
        class_period = self.retest.record.class_period
        return reverse(
            "subject_retests",
            args=[class_period.school_class_id, class_period.period, self.retest.subject_code],
        )

    @property
    def scores(self) -> str:
        """The score that was questioned, and the new one where there is one."""
        old = _("Điểm đã có: %(score)s") % {"score": self.retest.questioned_score}
        new = getattr(self.retest, "test_score", None)
        if new is None:
            return old
        return _("%(old)s. Kiểm tra lại ngày %(day)s: %(score)s") % {
            "old": old,
            "day": date_format(new.taken_on),
            "score": new.score,
        }


@dataclass(frozen=True)
class RetestPage:
    school_class: SchoolClass
    period: str
    subject_code: str
    retests: list[ShownRetest]

    @property
    def title(self) -> str:
        name = subject_name(self.school_class.school_year.ruleset, self.subject_code)
        return _("Kiểm tra lại %(subject)s") % {"subject": name}

    @property
    def lead(self) -> str:
        names = {"name": self.school_class.name, "period": period_name(self.period)}
        return _("Lớp %(name)s · %(period)s") % names

    @property
    def grid_url(self) -> str:
        return grid_url(self.school_class, self.period, Kind.SUBJECT_LEVEL, self.subject_code)

    @property
    def crumbs(self) -> list[dict[str, str]]:
        ruleset = self.school_class.school_year.ruleset
        words = {"name": self.school_class.name, "period": lowered(period_name(self.period))}
        return [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {
                "label": _("Lớp %(name)s, %(period)s") % words,
                "url": class_period_url(self.school_class, self.period),
            },
            {"label": subject_name(ruleset, self.subject_code), "url": self.grid_url},
            {"label": _("Kiểm tra lại"), "url": ""},
        ]


def grades_with_retests(
    school_class: SchoolClass, period: str, subject_code: str, grades: Sequence[OfferedGrade]
) -> list[OfferedGrade]:
    return [
        grade
        for grade in grades
        if retest_is_allowed(school_class, period, subject_code, grade.grade_level)
    ]


def records_to_propose(
    school_class: SchoolClass, period: str, subject_code: str, grades: Sequence[OfferedGrade]
) -> PeriodRecordQuerySet:
    """Of pupils whom the reader teaches, who have a score and no proposal under way."""
    taught = [grade.grade_level for grade in grades if grade.is_taught]
    waiting = Retest.objects.open().filter(subject_code=subject_code)
    return (
        PeriodRecord.objects.filter(
            class_period__school_class=school_class,
            class_period__period=period,
            enrollment__grade_level__in=taught,
            subject_results__subject_code=subject_code,
            subject_results__test_scores__attempt=1,
        )
        .exclude(pk__in=waiting.values("record"))
        .select_related("enrollment__student", "class_period__school_class__school_year")
        .in_roll_order()
    )
