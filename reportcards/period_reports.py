"""What a period's report for a family is made from: the sign-off that stands."""

from assessments.models import SignOff
from assessments.models.sign_off import SignOffQuerySet
from students.models import Student


def signed_periods(student: Student, *, first_year: int, period: str) -> SignOffQuerySet:
    """Newest last: whoever changed class in mid-year may have one in each."""
    return (
        SignOff.objects.in_force()
        .filter(
            record__enrollment__student=student,
            record__class_period__period=period,
            record__class_period__school_class__school_year__first_year=first_year,
        )
        .select_related(
            "record__class_period", "record__enrollment__school_class__school_year__school"
        )
        .order_by("pk")
    )
