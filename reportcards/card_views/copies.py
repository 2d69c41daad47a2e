"""The register of copies: who was given what of which card, and the files to give."""

import uuid as uuids

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.views.asked_pages import ask_or_post
from assessments.views.refusals import UNPROCESSABLE, refusals_as_messages, refusals_on
from reportcards.actions.copies import (
    download_card_file,
    download_copy,
    give_certified_copy,
    open_unissued_pdf,
)
from reportcards.card_files import GIVEN_KINDS
from reportcards.card_forms.copies import CopyForm, CopySearchForm
from reportcards.card_marks import marks_of
from reportcards.card_pages.cards import crumbs_of, names_of, summary_of
from reportcards.card_pages.copies import copy_rows, desk_crumbs, files_sentence
from reportcards.card_permissions import check_user_can_give_copies
from reportcards.card_reading import copies_of
from reportcards.card_views.loading import card_or_404
from reportcards.models import CertifiedCopy, FileKind
from reportcards.responses import file_response, shown_file_response
from schools.access import StaffRequest, staff_only

COPIES_A_PAGE = 50


@require_safe
@staff_only
def copies_page(request: StaffRequest) -> HttpResponse:
    check_user_can_give_copies(request.staff, request.school)
    form = CopySearchForm(request.GET)
    found = copies_of(request.school)
    if form.is_valid() and form.cleaned_data["q"]:
        found = found.of_pupils_matching(form.cleaned_data["q"])
    page = Paginator(found.newest_first(), COPIES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "is_search": bool(request.GET.get("q")),
        "crumbs": desk_crumbs(_("Sổ cấp bản sao học bạ")),
    }
    return render(request, "reportcards/copies.html", context)


@staff_only
@ask_or_post
def give_page(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    card = card_or_404(request, uuid)
    check_user_can_give_copies(request.staff, request.school)
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            copy = give_certified_copy(report_card=card, by=request.staff, **form.arguments)
            messages.success(
                request, _("Đã ghi sổ, số %(number)s. Tệp ở dưới đây.") % {"number": copy.number}
            )
            return redirect("given_copy", copy.pk)
    context = {
        "title": _("Cấp bản sao, tệp học bạ của em %(name)s") % names_of(card),
        "crumbs": crumbs_of(card, _("Cấp bản sao")),
        "card": card,
        "marks": marks_of(card),
        "summary": summary_of(card),
        "form": form,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "reportcards/give_copy.html", context, status=status)


@require_safe
@staff_only
def given_copy_page(request: StaffRequest, pk: int) -> HttpResponse:
    copy = _copy_or_404(request, pk)
    context = {
        "copy": copy,
        "rows": copy_rows(copy),
        "files_sentence": files_sentence(copy),
        "marks": marks_of(copy.report_card),
        "crumbs": desk_crumbs(_("Số %(number)s") % {"number": copy.number}, has_register=True),
    }
    return render(request, "reportcards/given_copy.html", context)


@require_safe
@staff_only
def given_copy_file(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    copy, wanted = _copy_or_404(request, pk), kind_or_404(kind)
    with refusals_as_messages(request):
        return file_response(download_copy(copy=copy, kind=wanted, by=request.staff))
    return redirect("given_copy", pk)


@require_safe
@staff_only
def card_pdf(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    """The signed file of an issued card; before that what its next signer signs, to look at."""
    card = card_or_404(request, uuid)
    with refusals_as_messages(request):
        if card.is_in_making:
            return shown_file_response(open_unissued_pdf(report_card=card, by=request.staff))
        file = download_card_file(report_card=card, kind=FileKind.PDF, by=request.staff)
        return file_response(file)
    return redirect("digital_card", uuid)


def kind_or_404(kind: str) -> FileKind:
    if kind not in GIVEN_KINDS:
        raise Http404
    return FileKind(kind)


def _copy_or_404(request: StaffRequest, pk: int) -> CertifiedCopy:
    copy: CertifiedCopy = get_object_or_404(copies_of(request.school), pk=pk)
    check_user_can_give_copies(request.staff, request.school)
    return copy
