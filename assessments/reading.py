"""What pages load, always from the school inwards."""

from assessments.models import ClassPeriod, PeriodRecord, ReopenRequest
from assessments.models.periods import PeriodRecordQuerySet, ReopenRequestQuerySet
from schools.models import School, SchoolClass
from schools.models.classes import SchoolClassQuerySet


def classes_of(school: School) -> SchoolClassQuerySet:
    return SchoolClass.objects.for_school(school).select_related("school_year__school")


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


def period_records_of(school: School) -> PeriodRecordQuerySet:
    return PeriodRecord.objects.for_school(school).select_related(
        "class_period__school_class__school_year__school", "enrollment__student"
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
