"""What pages load, always from the school inwards."""

from assessments.models import (
    ClassPeriod,
    Commendation,
    Extension,
    ExtensionRequest,
    PeriodRecord,
    ReopenRequest,
    Retest,
    YearDecision,
)
from assessments.models.commendations import CommendationQuerySet
from assessments.models.extensions import ExtensionQuerySet, ExtensionRequestQuerySet
from assessments.models.periods import PeriodRecordQuerySet, ReopenRequestQuerySet
from assessments.models.retests import RetestQuerySet
from assessments.models.year import YearDecisionQuerySet
from assessments.workflow import Status
from schools.models import School, SchoolClass, SchoolYear
from schools.models.classes import SchoolClassQuerySet


def classes_of(school: School) -> SchoolClassQuerySet:
    return SchoolClass.objects.for_school(school).select_related("school_year__school")


def classes_in_order(school_year: SchoolYear) -> list[SchoolClass]:
    """Each with this very school year, whose ruleset everything asks."""
    classes = list(school_year.classes.in_order())
    for school_class in classes:
        school_class.school_year = school_year
    return classes


def class_period_of(school_class: SchoolClass, period: str) -> ClassPeriod:
    """Not saved while nobody has entered anything."""
    stored = (
        ClassPeriod.objects.filter(school_class=school_class, period=period)
        .select_related("status_changed_by")
        .first()
    )
    class_period = stored or ClassPeriod(school_class=school_class, period=period)
    class_period.school_class = school_class
    return class_period


def records_to_return(class_period: ClassPeriod) -> PeriodRecordQuerySet:
    """Of the pupils whose results lie with the principal, in roll order."""
    return (
        PeriodRecord.objects.filter(class_period=class_period.pk, status=Status.SUBMITTED)
        .select_related("enrollment__student")
        .in_roll_order()
    )


def period_records_of(school: School) -> PeriodRecordQuerySet:
    return PeriodRecord.objects.for_school(school).select_related(
        "class_period__school_class__school_year__school", "enrollment__student"
    )


def year_decisions_of(school: School) -> YearDecisionQuerySet:
    return YearDecision.objects.for_school(school).select_related(
        "enrollment__student", "enrollment__school_class__school_year__school"
    )


def reopen_requests_of(school: School) -> ReopenRequestQuerySet:
    return ReopenRequest.objects.filter(
        class_period__school_class__school_year__school=school
    ).select_related(
        "class_period__school_class__school_year__school",
        "record__enrollment__student",
        "record__class_period__school_class__school_year__school",
        "asked_by",
    )


def extension_requests_of(school: School) -> ExtensionRequestQuerySet:
    return ExtensionRequest.objects.for_school(school).select_related(
        "class_period__school_class__school_year__school", "asked_by"
    )


def extensions_of(school: School) -> ExtensionQuerySet:
    return Extension.objects.for_school(school).select_related(
        "window__school_year__school", "school_class", "staff_member"
    )


def retests_of(school: School) -> RetestQuerySet:
    return Retest.objects.for_school(school).with_pupil()


def retests_in(school_class: SchoolClass, period: str, subject_code: str) -> RetestQuerySet:
    """Of one subject of a class at a period, the newest first."""
    return (
        Retest.objects.filter(
            record__class_period__school_class=school_class,
            record__class_period__period=period,
            subject_code=subject_code,
        )
        .with_pupil()
        .order_by("-proposed_at", "-pk")
    )


def commendations_of(school: School) -> CommendationQuerySet:
    return Commendation.objects.for_school(school).with_pupil()


def commendations_in(school_class: SchoolClass) -> CommendationQuerySet:
    return Commendation.objects.of_class(school_class).with_pupil().in_roll_order()
