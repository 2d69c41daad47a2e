"""The end of a school year as its leader sees it: every class, what stands out, what waits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.models import ClassPeriod, PeriodRecord, YearDecision
from assessments.reading import classes_in_order
from assessments.wording import translated
from assessments.workflow import Status
from rulesets import Period
from schools.models import SchoolClass, SchoolYear

COUNTS: dict[str, Any] = {
    "deviations": Count("pk", filter=~Q(confirmed_result=F("derived_result"))),
    "titles": Count("pk", filter=~Q(reward="")),
    "refused_titles": Count("pk", filter=~Q(reward_refusal="")),
    "without_completion": Count("pk", filter=Q(has_completed=False)),
}


@dataclass(frozen=True)
class ClassYear:
    """A class at the year's end; `results` counts its pupils by confirmed result, best first."""

    school_class: SchoolClass
    class_period: ClassPeriod
    results: list[int]
    counts: Mapping[str, int]
    pupils_apart: int

    @property
    def status(self) -> str:
        return self.class_period.status

    @property
    def can_be_signed(self) -> bool:
        return self.status == Status.SUBMITTED

    @property
    def url(self) -> str:
        return reverse("class_period", args=[self.school_class.pk, Period.END_YEAR])


class YearEnd:
    def __init__(self, school_year: SchoolYear) -> None:
        self.school_year = school_year

    @cached_property
    def classes(self) -> list[ClassYear]:
        classes = classes_in_order(self.school_year)
        periods = _class_periods(classes)
        counted, apart = self._counted(), _pupils_apart(classes)
        outcomes = [str(row.outcome) for row in self.school_year.ruleset.year_rows]
        return [
            ClassYear(
                school_class=school_class,
                class_period=periods.get(school_class.pk)
                or ClassPeriod(school_class=school_class, period=Period.END_YEAR),
                results=[counted.get(school_class.pk, {}).get(code, 0) for code in outcomes],
                counts=counted.get(school_class.pk, {}),
                pupils_apart=apart.get(school_class.pk, 0),
            )
            for school_class in classes
        ]

    def _counted(self) -> dict[int, Any]:
        """By class, in one query for the school."""
        outcomes = {
            str(row.outcome): Count("pk", filter=Q(confirmed_result=row.outcome))
            for row in self.school_year.ruleset.year_rows
        }
        rows = (
            YearDecision.objects.filter(enrollment__school_class__school_year=self.school_year)
            .values(class_pk=F("enrollment__school_class"))
            .annotate(**outcomes, **COUNTS)
            .order_by()
        )
        return {row["class_pk"]: row for row in rows}

    @property
    def outcome_names(self) -> list[str]:
        ruleset = self.school_year.ruleset
        return [translated(ruleset.outcome_short_name(row.outcome)) for row in ruleset.year_rows]

    @property
    def waiting_count(self) -> int:
        return sum(row.can_be_signed for row in self.classes)

    @property
    def deadline(self) -> str:
        """How long there is; the department's day, which only it can move."""
        due_on = self.school_year.school.department.year_due_on(self.school_year.first_year)
        words = {"day": date_format(due_on)}
        if all(row.status == Status.SIGNED_OFF for row in self.classes):
            return _("Mọi lớp đã ký duyệt. Hạn của Sở: %(day)s.") % words
        if timezone.localdate() > due_on:
            return _("Đã quá hạn của Sở (%(day)s); còn lớp chưa ký duyệt.") % words
        return _("Hạn của Sở: %(day)s.") % words


def _class_periods(classes: Iterable[SchoolClass]) -> dict[int, ClassPeriod]:
    """Each with the class that the page holds."""
    by_pk = {school_class.pk: school_class for school_class in classes}
    stored = ClassPeriod.objects.filter(school_class__in=by_pk, period=Period.END_YEAR)
    periods = {row.school_class_id: row for row in stored.select_related("status_changed_by")}
    for pk, class_period in periods.items():
        class_period.school_class = by_pk[pk]
    return periods


def _pupils_apart(classes: Iterable[SchoolClass]) -> dict[int, int]:
    """Pupils on their own way while their class is signed off."""
    records = PeriodRecord.objects.handed_in().filter(
        class_period__school_class__in=classes,
        class_period__period=Period.END_YEAR,
        class_period__status=Status.SIGNED_OFF,
    )
    rows = records.exclude(status=Status.SIGNED_OFF).values_list("class_period__school_class")
    return dict(rows.annotate(Count("pk")).order_by())
