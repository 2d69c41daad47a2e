"""One digital card: its page, its files, making it anew, and what the Sở answered."""

import uuid as uuids
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.views.asked_pages import AskedPage, ask, ask_or_post
from assessments.views.refusals import UNPROCESSABLE, refusals_as_messages, refusals_on
from reportcards import actions
from reportcards.actions.copies import download_card_file
from reportcards.actions.delivery import DELIVERY_STEPS
from reportcards.card_forms.delivery import DeliveryForm
from reportcards.card_forms.making import DiscardForm, RecreateForm
from reportcards.card_pages.card import CardPage
from reportcards.card_pages.cards import names_of
from reportcards.card_pages.delivery import delivery_words
from reportcards.card_permissions import (
    check_user_can_make_cards,
    check_user_can_record_delivery,
)
from reportcards.card_qr import qr_svg
from reportcards.card_views.loading import card_or_404
from reportcards.issued_policies import check_can_step
from reportcards.models import FileKind, ReportCard
from reportcards.responses import file_response
from reportcards.signers import leaders_in_post
from reportcards.workflow import CardStep
from schools.access import StaffRequest, staff_only


@require_safe
@staff_only
def digital_card(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    card = card_or_404(request, uuid)
    page = CardPage(card, request.staff)
    context = {"page": page, "card": card, "crumbs": _crumbs(card)}
    return render(request, "reportcards/digital_card.html", context)


@require_safe
@staff_only
def card_xml(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    return _file(request, uuid, FileKind.XML)


@require_safe
@staff_only
def card_content(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    """The frozen payload as it is archived."""
    return _file(request, uuid, FileKind.PAYLOAD)


@require_safe
@staff_only
def card_qr(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    card = card_or_404(request, uuid)
    address = request.build_absolute_uri(reverse("verify_card", args=[card.uuid]))
    return HttpResponse(qr_svg(address), content_type="image/svg+xml")


@staff_only
@ask_or_post
def recreate_card(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    card = card_or_404(request, uuid)
    check_user_can_make_cards(request.staff, request.school)
    if request.method != "POST" and not card.is_in_making:
        with refusals_as_messages(request):
            check_can_step(CardStep.DISCARD, card)
        return redirect("digital_card", card.uuid)
    form = _recreate_form(request, card)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            created = actions.recreate_report_card(
                report_card=card, by=request.staff, **form.arguments
            )
            messages.success(request, _("Đã khởi tạo lại học bạ của em %(name)s.") % names_of(card))
            return redirect("digital_card", created.uuid)
    context = {
        "page": CardPage(card, request.staff),
        "card": card,
        "form": form,
        "names": names_of(card),
        "crumbs": _crumbs(card, _("Khởi tạo lại")),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "reportcards/recreate_card.html", context, status=status)


def _recreate_form(request: StaffRequest, card: ReportCard) -> RecreateForm:
    """As it was frozen, where that leader is still in post."""
    leaders = leaders_in_post(request.school)
    initial = {"leader": card.leader_id} if card.leader in leaders else {}
    return RecreateForm(request.POST or None, leaders=leaders, initial=initial)


@staff_only
@ask_or_post
def discard_card(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    card = card_or_404(request, uuid)
    check_user_can_make_cards(request.staff, request.school)
    page = AskedPage(
        title=_("Bỏ bản học bạ số của em %(name)s") % names_of(card),
        lead=_(
            "Bản này và các chữ ký đã có được giữ lại, ghi là đã bỏ; mã tra cứu của nó không dùng "
            "lại. Sau đó có thể khởi tạo bản khác."
        ),
        button=_("Bỏ bản này"),
        back_url=reverse("digital_card", args=[card.uuid]),
        success=_("Đã bỏ bản học bạ số của em %(name)s.") % names_of(card),
        next_url=reverse("class_cards", args=[card.enrollment.school_class_id]),
    )
    step = partial(actions.discard_report_card, report_card=card, by=request.staff)
    check = partial(check_can_step, CardStep.DISCARD, card)
    return ask(request, page, DiscardForm(request.POST or None), step, check=check)


@staff_only
@ask_or_post
def record_delivery(request: StaffRequest, uuid: uuids.UUID, step: str) -> HttpResponse:
    card = card_or_404(request, uuid)
    check_user_can_record_delivery(request.staff, request.school)
    if step not in DELIVERY_STEPS:
        raise Http404
    taken = CardStep(step)
    words = delivery_words(taken)
    page = AskedPage(
        title=words.title % names_of(card),
        lead=str(words.lead),
        button=str(words.button),
        back_url=reverse("digital_card", args=[card.uuid]),
        success=words.success % names_of(card),
    )
    action = partial(actions.record_delivery, report_card=card, step=taken, by=request.staff)
    check = partial(check_can_step, taken, card)
    typed = request.POST if request.method == "POST" else None
    return ask(request, page, DeliveryForm(typed, step=taken), action, check=check)


def _file(request: StaffRequest, uuid: uuids.UUID, kind: FileKind) -> HttpResponse:
    """Of an issued card; a lost file is told to whoever asks for it."""
    card = card_or_404(request, uuid)
    with refusals_as_messages(request):
        return file_response(download_card_file(report_card=card, kind=kind, by=request.staff))
    return redirect("digital_card", card.uuid)


def _crumbs(card: ReportCard, last: str = "") -> list[dict[str, str]]:
    names = names_of(card)
    card_url = reverse("digital_card", args=[card.uuid])
    crumbs = [
        {"label": _("Bàn làm việc"), "url": reverse("desk")},
        {
            "label": _("Học bạ số lớp %(class)s, %(year)s") % names,
            "url": reverse("class_cards", args=[card.enrollment.school_class_id]),
        },
        {"label": names["name"], "url": card_url if last else ""},
    ]
    return [*crumbs, {"label": last, "url": ""}] if last else crumbs
