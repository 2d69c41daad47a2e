"""What a client may read: rows of its schools, each with `changed_at`.

`changed_at` moves with everything that a row shows, so that "what changed since" finds it.
"""

from typing import Any

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Greatest

from assessments.models import SignOff
from exchange.api.errors import SchoolNotReadable
from exchange.models import ApiClient
from schools.models import School, SchoolClass
from students.models import Enrollment, Student

Query = dict[str, Any]


def schools_of(client: ApiClient, code: str | None = None) -> QuerySet:
    if code is None:
        return client.schools.all()
    schools = client.schools.filter(ministry_code=code)
    if not schools:
        raise SchoolNotReadable
    return schools


def school_rows(schools: QuerySet, query: Query) -> QuerySet:
    rows = School.objects.filter(pk__in=schools.values("pk")).select_related("department")
    return _since(rows.annotate(changed_at=F("updated_at")), query)


def class_rows(schools: QuerySet, query: Query) -> QuerySet:
    rows = SchoolClass.objects.filter(
        school_year__school__in=schools.values("pk"),
        **_years(query, "school_year__first_year"),
    ).select_related("school_year__school")
    return _since(rows.annotate(changed_at=F("updated_at")), query)


def student_rows(schools: QuerySet, query: Query) -> QuerySet:
    """Each pupil once; `enrollments.all()` holds those that match, the newest first."""
    enrollments = Enrollment.objects.filter(
        school_class__school_year__school__in=schools.values("pk"),
        **_years(query, "school_class__school_year__first_year"),
    )
    newest_change = (
        enrollments.filter(student=OuterRef("pk"))
        .annotate(changed_at=Greatest("updated_at", "school_class__updated_at"))
        .order_by("-changed_at")
        .values("changed_at")[:1]
    )
    found = Prefetch(
        "enrollments",
        enrollments.select_related("school_class__school_year__school").order_by(
            "-enrolled_on", "-pk"
        ),
    )
    rows = (
        Student.objects.annotate(enrollment_changed_at=Subquery(newest_change))
        .filter(enrollment_changed_at__isnull=False)
        .annotate(changed_at=Greatest("updated_at", "enrollment_changed_at"))
        .prefetch_related(found)
    )
    return _since(rows, query)


def sign_off_rows(schools: QuerySet, query: Query) -> QuerySet:
    """The sign-off in force of each period record. It moves when the record is reopened."""
    filters = _years(query, "record__class_period__school_class__school_year__first_year")
    if "period" in query:
        filters["record__class_period__period"] = query["period"]
    rows = (
        SignOff.objects.in_force()
        .filter(
            record__class_period__school_class__school_year__school__in=schools.values("pk"),
            **filters,
        )
        .select_related("record__class_period__school_class__school_year__school")
        .annotate(changed_at=Greatest("signed_at", "record__status_changed_at"))
    )
    return _since(rows, query)


def _years(query: Query, lookup: str) -> dict[str, Any]:
    return {lookup: query["school_year"]} if "school_year" in query else {}


def _since(rows: QuerySet, query: Query) -> QuerySet:
    if "updated_since" not in query:
        return rows
    return rows.filter(changed_at__gte=query["updated_since"])
