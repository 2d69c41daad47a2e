"""Who stands for which subject's results of a class (QĐ 1789, Điều 14)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, OuterRef, Subquery

from assessments.models import ClassPeriod, SubjectConfirmation, SubjectResult
from schools.models import SchoolClass


@dataclass(frozen=True)
class ConfirmedSubject:
    subject_code: str
    teacher_name: str
    confirmed_at: datetime.datetime
    has_changed_since: bool


def confirmed_subjects(class_period: ClassPeriod) -> dict[str, ConfirmedSubject]:
    """The last confirmation of each subject, and whether something was saved after it."""
    if class_period.pk is None:
        return {}
    same = SubjectConfirmation.objects.filter(
        class_period=class_period, subject_code=OuterRef("subject_code")
    )
    newest = same.order_by("-confirmed_at", "-pk").values("pk")[:1]
    rows = SubjectConfirmation.objects.filter(
        class_period=class_period, pk=Subquery(newest)
    ).select_related("teacher")
    saved = _last_saved(class_period) if rows else {}
    return {
        row.subject_code: ConfirmedSubject(
            row.subject_code,
            row.teacher.full_name,
            row.confirmed_at,
            saved.get(row.subject_code, row.confirmed_at) > row.confirmed_at,
        )
        for row in rows
    }


def _last_saved(class_period: ClassPeriod) -> dict[str, datetime.datetime]:
    results = SubjectResult.objects.filter(record__class_period=class_period)
    return dict(results.values_list("subject_code").annotate(Max("saved_at")).order_by())


def unconfirmed_subjects(school_class: SchoolClass, class_period: ClassPeriod) -> Sequence[str]:
    """Offered subjects, in form order, for which nobody stands as they are now."""
    confirmed = confirmed_subjects(class_period)
    standing = {code for code, row in confirmed.items() if not row.has_changed_since}
    offered = {row.subject_code for row in school_class.subject_offerings.all()}
    ruleset = school_class.school_year.ruleset
    return [subject.code for subject in ruleset.subjects if subject.code in offered - standing]
