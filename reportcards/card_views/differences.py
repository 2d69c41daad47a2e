import uuid as uuids

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reportcards.card_marks import marks_of
from reportcards.card_pages.cards import crumbs_of, names_of
from reportcards.card_pages.replacement import Replacement
from reportcards.card_views.loading import card_or_404
from reportcards.differences import differences
from reportcards.models import ReportCard
from schools.access import StaffRequest, staff_only


@require_safe
@staff_only
def difference_page(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    """An old card and the one in its place, from whichever of them she comes."""
    card = card_or_404(request, uuid)
    old, new = _pair(request, card)
    context = {
        "title": _("Học bạ cũ và mới của em %(name)s") % names_of(card),
        "crumbs": crumbs_of(card, _("So sánh")),
        "marks": marks_of(card),
        "old": old,
        "new": new,
        "old_title": _titled(_("Học bạ cũ"), old),
        "new_title": _titled(_("Học bạ mới"), new),
        "differences": differences(old.payload, new.payload),
    }
    return render(request, "reportcards/card_difference.html", context)


def _pair(request: StaffRequest, card: ReportCard) -> tuple[ReportCard, ReportCard]:
    successor = Replacement(card, request.staff).successor if not card.is_standing else None
    if successor is not None:
        return card, successor
    if card.supersedes is not None:
        return card.supersedes, card
    raise Http404


def _titled(label: str, card: ReportCard) -> str:
    return f"{label}, {date_format(card.issued_on)}"
