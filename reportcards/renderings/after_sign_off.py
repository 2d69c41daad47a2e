"""Documents are laid out when results are signed off, not when somebody wants to print them."""

from collections.abc import Iterator, Sequence

from django.db import transaction

from assessments.models import SignOff
from audit.events import Actor
from reportcards.actions import ask_for_renderings
from reportcards.renderings.contents import Content, report_content, signed_year_content
from reportcards.renderings.on_demand import is_printed_on_demand
from reportcards.signed_years import signed_years
from students.models import Enrollment

YEARS_CLASSES = "school_class__school_year__school"


def ask_for_documents(sign_offs: Sequence[SignOff], *, by: Actor) -> None:
    """Once they stand: it saves time later, and neither holds up a signature nor undoes it."""
    if sign_offs and not is_printed_on_demand():
        pks = [sign_off.pk for sign_off in sign_offs]
        transaction.on_commit(lambda: _ask(pks, by), robust=True)


def _ask(pks: Sequence[int], by: Actor) -> None:
    sign_offs = (
        SignOff.objects.in_force()
        .filter(pk__in=pks)
        .select_related(f"record__enrollment__{YEARS_CLASSES}", "record__class_period")
    )
    reports = [report_content(sign_off) for sign_off in sign_offs]
    enrollments = [sign_off.record.enrollment for sign_off in sign_offs]
    ask_for_renderings(contents=[*reports, *_years_of(enrollments)], by=by)


def _years_of(enrollments: Sequence[Enrollment]) -> Iterator[Content]:
    """Those that are signed off with these results: at the year's end and after the summer."""
    by_pk = {row.pk: row for row in enrollments}
    for pk, year in signed_years(enrollments).items():
        content = signed_year_content(by_pk[pk], year)
        if content.sign_off is not None:
            yield content
