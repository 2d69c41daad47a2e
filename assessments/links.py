"""Where each thing that may be missing is entered."""

from django.urls import reverse

from assessments.completeness import OF_A_SUBJECT, Kind
from schools.models import SchoolClass


def grid_url(school_class: SchoolClass, period: str, kind: Kind, code: str = "") -> str:
    if kind in OF_A_SUBJECT:
        return reverse("subject_grid", args=[school_class.pk, period, code])
    if kind == Kind.TRAIT_LEVEL:
        return reverse("trait_grid", args=[school_class.pk, period])
    if kind == Kind.RECORD_FIELD:
        return reverse("record_grid", args=[school_class.pk, period])
    return reverse("year_results", args=[school_class.pk])


def class_period_url(school_class: SchoolClass, period: str) -> str:
    return reverse("class_period", args=[school_class.pk, period])


def subject_retests_url(school_class: SchoolClass, period: str, subject_code: str) -> str:
    return reverse("subject_retests", args=[school_class.pk, period, subject_code])
