"""The digital cards that wait for somebody's signature, and the way to all of the school's."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.calendar import PeriodInTime
from hocba.desks.teacher import WorkRow
from reportcards.card_pages.steps import SIGNING_LABELS, sign_url
from reportcards.cards_waiting import WaitingClass, classes_to_sign_by
from reportcards.permissions import is_of_the_office
from schools.models import StaffMember


@dataclass(frozen=True)
class CardDesk:
    """`year_url`: of the cards of the whole school year, for whoever oversees them."""

    rows: list[WorkRow]
    year_url: str = ""

    def __bool__(self) -> bool:
        return bool(self.rows or self.year_url)


def card_desk(staff: StaffMember, moment: PeriodInTime | None) -> CardDesk:
    year_url = ""
    if moment is not None and is_of_the_office(staff):
        year_url = reverse("card_year", args=[moment.school_year.first_year])
    waiting = sorted(classes_to_sign_by(staff), key=_kind)
    return CardDesk([_row(list(rows)) for _key, rows in groupby(waiting, _kind)], year_url)


def _kind(row: WaitingClass) -> tuple[int, str]:
    return row.first_year, row.slot


def _row(classes: Sequence[WaitingClass]) -> WorkRow:
    """One for each year and slot: a leader signs twenty-five classes at one page."""
    first, count = classes[0], sum(row.count for row in classes)
    year = f"{first.first_year}-{first.first_year + 1}"
    if len(classes) == 1:
        title = _("Học bạ số lớp %(name)s, %(year)s") % {"name": first.class_name, "year": year}
        url = sign_url(first.first_year, first.slot, class_pk=first.class_pk)
    else:
        title = _("Học bạ số của %(count)s lớp, %(year)s") % {"count": len(classes), "year": year}
        url = sign_url(first.first_year, first.slot)
    missing = ngettext("%(count)s học bạ chờ thầy/cô", "%(count)s học bạ chờ thầy/cô", count)
    return WorkRow(
        title=title,
        status="to_sign",
        url=url,
        url_label=str(SIGNING_LABELS[first.slot]),
        missing=missing % {"count": count},
    )
