"""The subjects of a class, grade by grade: what is compulsory, what may be taken, what is taken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessments.calendar import period_name
from assessments.models import SubjectResult
from assessments.wording import lowered, translated
from rulesets import Period, Subject
from schools.models import SchoolClass, SubjectOffering

LANGUAGES = frozenset({"ngoai_ngu_1", "tieng_dan_toc"})
"""Subjects of which the form prints which language it is."""

Offerings = dict[tuple[int, str], SubjectOffering]


@dataclass(frozen=True)
class OfferedSubject:
    """A subject that a grade takes or may take."""

    grade_level: int
    subject: Subject
    is_compulsory: bool
    is_offered: bool
    language_name: str

    @property
    def name(self) -> str:
        return translated(self.subject.name)

    @property
    def has_language(self) -> bool:
        return self.subject.code in LANGUAGES


@dataclass(frozen=True)
class ClassSubjects:
    school_class: SchoolClass

    @cached_property
    def offerings(self) -> Offerings:
        return {
            (row.grade_level, row.subject_code): row
            for row in self.school_class.subject_offerings.all()
        }

    @cached_property
    def grades(self) -> dict[int, list[OfferedSubject]]:
        """In form order."""
        return {
            grade_level: list(self._of_grade(grade_level))
            for grade_level in self.school_class.grade_levels
        }

    def _of_grade(self, grade_level: int) -> Iterator[OfferedSubject]:
        ruleset, is_special = self.school_class.school_year.ruleset, self.school_class.is_special
        compulsory = ruleset.compulsory_subjects(grade_level, is_special_class=is_special)
        optional = () if is_special else ruleset.optional_subjects(grade_level)
        for subject in ruleset.subjects:
            if subject in compulsory or subject in optional:
                offering = self.offerings.get((grade_level, subject.code))
                yield OfferedSubject(
                    grade_level=grade_level,
                    subject=subject,
                    is_compulsory=subject in compulsory,
                    is_offered=offering is not None,
                    language_name=offering.language_name if offering else "",
                )


def results_by_period(
    school_class: SchoolClass, grade_level: int, subject_code: str
) -> Mapping[str, int]:
    """How many pupils of a grade have something entered in a subject, by period."""
    entered = SubjectResult.objects.filter(
        record__class_period__school_class=school_class,
        record__enrollment__grade_level=grade_level,
        subject_code=subject_code,
    ).exclude(level="", comment="", test_scores__isnull=True)
    periods = entered.order_by().values_list("record__class_period__period", "record").distinct()
    counts: dict[str, int] = {}
    for period, _record in periods:
        counts[period] = counts.get(period, 0) + 1
    return {period: counts[period] for period in Period if period in counts}


def in_words(counts: Mapping[str, int]) -> str:
    return ", ".join(
        _("%(period)s: %(count)s em") % {"period": lowered(period_name(period)), "count": count}
        for period, count in counts.items()
    )


def subject_title(name: str, language_names: list[str]) -> str:
    """ "Ngoại ngữ 1 (Tiếng Anh)"; grades of one class may learn different ones."""
    languages = ", ".join(dict.fromkeys(filter(None, language_names)))
    return capfirst(f"{name} ({languages})") if languages else name


def offered_subject_name(school_class: SchoolClass, subject_code: str) -> str:
    """With the class's language; its offerings are prefetched by whoever lists many."""
    name = translated(school_class.school_year.ruleset.subject(subject_code).name)
    return subject_title(
        name,
        [
            row.language_name
            for row in school_class.subject_offerings.all()
            if row.subject_code == subject_code
        ],
    )
