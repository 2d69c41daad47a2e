"""The digital cards of a whole school year, its closing, and the numbers that the Sở allots."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.views.refusals import UNPROCESSABLE, refusals_on
from reportcards import actions
from reportcards.card_forms.delivery import AllottedUuidsForm, ClosingForm
from reportcards.card_pages.allotted import Allotted
from reportcards.card_pages.steps import year_steps
from reportcards.card_pages.year import CardYear
from reportcards.card_permissions import (
    check_user_can_ask_withdrawal,
    check_user_can_make_cards,
    check_user_can_oversee_cards,
)
from reportcards.card_policies import closing_of
from reportcards.prints.addresses import year_print_url
from schools.access import StaffRequest, staff_only
from schools.models import SchoolYear

ask_or_post = require_http_methods(["GET", "POST"])


@require_safe
@staff_only
def card_year(request: StaffRequest, first_year: int) -> HttpResponse:
    school_year = _year_or_404(request, first_year)
    check_user_can_oversee_cards(request.staff, request.school)
    page = CardYear(school_year, request.staff)
    context = {
        "page": page,
        "crumbs": _crumbs(school_year)[:2],
        "steps": year_steps(school_year, request.staff, is_closed=page.closing is not None),
        "print_url": year_print_url(school_year),
    }
    return render(request, "reportcards/card_year.html", context)


@staff_only
@ask_or_post
def close_card_year(request: StaffRequest, first_year: int) -> HttpResponse:
    school_year = _year_or_404(request, first_year)
    check_user_can_ask_withdrawal(request.staff, request.school)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            step = partial(actions.close_card_year, school_year=school_year, by=request.staff)
            step(**form.arguments)
            names = {"year": school_year.name}
            messages.success(request, _("Đã ghi việc chốt học bạ năm học %(year)s.") % names)
            return redirect("card_year", first_year)
    context = {
        "school_year": school_year,
        "closing": closing_of(school_year),
        "form": form,
        "crumbs": [*_crumbs(school_year), {"label": _("Chốt học bạ"), "url": ""}],
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "reportcards/close_card_year.html", context, status=status)


@staff_only
@ask_or_post
def allotted_uuids(request: StaffRequest) -> HttpResponse:
    """Only where the department gives the numbers; elsewhere this page does not exist."""
    page = Allotted(request.school)
    if not page.is_used:
        raise Http404
    check_user_can_make_cards(request.staff, request.school)
    form = AllottedUuidsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            count = actions.receive_allotted_uuids(by=request.staff, **form.cleaned_data)
            messages.success(request, _("Đã ghi %(count)s mã do Sở cấp.") % {"count": count})
            return redirect("allotted_uuids")
    context = {
        "page": page,
        "form": form,
        "crumbs": [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": _("Mã tra cứu do Sở cấp"), "url": ""},
        ],
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "reportcards/allotted_uuids.html", context, status=status)


def _year_or_404(request: StaffRequest, first_year: int) -> SchoolYear:
    years = request.school.school_years.select_related("school__department")
    return get_object_or_404(years, first_year=first_year)


def _crumbs(school_year: SchoolYear) -> list[dict[str, str]]:
    return [
        {"label": _("Bàn làm việc"), "url": reverse("desk")},
        {
            "label": _("Học bạ số %(year)s") % {"year": school_year.name},
            "url": reverse("card_year", args=[school_year.first_year]),
        },
    ]
