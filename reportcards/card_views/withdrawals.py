"""Withdrawing an issued card, and what leads from there to the card in its place."""

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
from reportcards.actions.copies import download_decision
from reportcards.actions.withdrawals import (
    Decision,
    correct_pupil,
    decide_withdrawal,
    request_withdrawal,
    take_back_report_card,
)
from reportcards.card_forms.withdrawals import (
    PupilCorrectionForm,
    TakeBackForm,
    WithdrawalDecisionForm,
    WithdrawalForm,
)
from reportcards.card_marks import latest_request, marks_of
from reportcards.card_pages.cards import crumbs_of, names_of, summary_of
from reportcards.card_pages.replacement import WITHDRAWN, Replacement
from reportcards.card_permissions import (
    check_user_can_ask_withdrawal,
    check_user_can_record_delivery,
    user_can_record_delivery,
)
from reportcards.card_policies import (
    check_year_is_not_closed,
)
from reportcards.card_reading import pupil_of
from reportcards.card_views.loading import card_or_404
from reportcards.errors import WithdrawalAnswered, YearClosed
from reportcards.issued_policies import (
    check_can_step,
    check_is_being_replaced,
)
from reportcards.models import ReportCard, WithdrawalRequest
from reportcards.permissions import is_of_the_office
from reportcards.responses import file_response
from reportcards.workflow import CardStep, can_move
from schools.access import StaffRequest, staff_only
from schools.permissions import check_user_is_registrar


@staff_only
@ask_or_post
def request_page(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    """While the year is not closed; after that it says what the law leaves open."""
    card = card_or_404(request, uuid)
    check_user_can_ask_withdrawal(request.staff, request.school)
    form = WithdrawalForm(request.POST or None, request.FILES or None)
    try:
        check_year_is_not_closed(card.school_year)
    except YearClosed as closed:
        return _request_page(request, card, form=None, closed=str(closed.message))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            request_withdrawal(report_card=card, by=request.staff, **form.cleaned_data)
            messages.success(
                request, _("Đã ghi đề nghị thu hồi. Hãy gửi đề nghị này đến Sở rồi ghi trả lời.")
            )
            return redirect("decide_withdrawal", card.uuid)
    return _request_page(request, card, form=form)


def _request_page(
    request: StaffRequest, card: ReportCard, *, form: WithdrawalForm | None, closed: str = ""
) -> HttpResponse:
    title = _("Đề nghị thu hồi học bạ của em %(name)s") % names_of(card)
    context = {
        "title": title,
        "crumbs": crumbs_of(card, _("Đề nghị thu hồi")),
        "card": card,
        "summary": summary_of(card),
        "marks": marks_of(card),
        "form": form,
        "closed": closed,
        "is_possible": can_move(CardStep.REQUEST_WITHDRAWAL, state=card.state),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "reportcards/request_withdrawal.html", context, status=status)


@staff_only
@ask_or_post
def decide_page(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    """What was asked, and the department's answer, which clerk or registrar record."""
    card = card_or_404(request, uuid)
    asked = latest_request(card)
    if asked is None:
        raise Http404
    if request.method == "POST":
        check_user_can_record_delivery(request.staff, request.school)
        if asked.decided_at is not None:
            messages.error(request, str(WithdrawalAnswered.message))
            return redirect(request.path)
    form = WithdrawalDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            decision = Decision(**form.cleaned_data)
            decide_withdrawal(request=asked, decision=decision, by=request.staff)
            return _after_decision(request, card, decision)
    context = {
        "title": _("Đề nghị thu hồi học bạ của em %(name)s") % names_of(card),
        "crumbs": crumbs_of(card, _("Đề nghị thu hồi")),
        "card": card,
        "asked": asked,
        "marks": marks_of(card),
        "sees_attachment": is_of_the_office(request.staff),
        "form": form if _is_answered_by(request, asked) else None,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "reportcards/decide_withdrawal.html", context, status=status)


def _is_answered_by(request: StaffRequest, asked: WithdrawalRequest) -> bool:
    return asked.decided_at is None and user_can_record_delivery(request.staff)


def _after_decision(request: StaffRequest, card: ReportCard, decision: Decision) -> HttpResponse:
    if decision.is_granted:
        messages.success(request, _("Đã ghi: Sở cho thu hồi. Học bạ này không còn hiệu lực."))
        return redirect("replace_card", card.uuid)
    messages.success(request, _("Đã ghi: Sở không cho thu hồi. Học bạ tiếp tục có hiệu lực."))
    return redirect("digital_card", card.uuid)


@require_safe
@staff_only
def withdrawal_attachment(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    card = card_or_404(request, uuid)
    asked = latest_request(card)
    if asked is None or asked.attachment is None:
        raise Http404
    with refusals_as_messages(request):
        return file_response(download_decision(request=asked, by=request.staff))
    return redirect("decide_withdrawal", uuid)


@staff_only
@ask_or_post
def take_back_page(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    card = card_or_404(request, uuid)
    check_user_can_ask_withdrawal(request.staff, request.school)
    page = AskedPage(
        title=_("Rút học bạ của em %(name)s về") % names_of(card),
        lead=_(
            "Sở đã từ chối học bạ này nên không cần quyết định của Sở. Học bạ sẽ hết hiệu lực, "
            "kết quả của riêng em được mở khóa để sửa, rồi trường khởi tạo học bạ mới."
        ),
        button=_("Rút học bạ về"),
        back_url=reverse("digital_card", args=[card.uuid]),
        success=_("Đã rút học bạ về. Làm tiếp các bước dưới đây để có học bạ thay thế."),
        next_url=reverse("replace_card", args=[card.uuid]),
    )
    step = partial(take_back_report_card, report_card=card, by=request.staff)
    check = partial(check_can_step, CardStep.TAKE_BACK, card)
    return ask(request, page, TakeBackForm(request.POST or None), step, check=check)


@require_safe
@staff_only
def replace_page(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    card = card_or_404(request, uuid)
    if card.state not in WITHDRAWN:
        raise Http404
    context = {
        "replacement": Replacement(card, request.staff),
        "card": card,
        "crumbs": crumbs_of(card, _("Thay học bạ đã thu hồi")),
        "marks": marks_of(card),
    }
    return render(request, "reportcards/replace_card.html", context)


@staff_only
@ask_or_post
def correct_page(request: StaffRequest, uuid: uuids.UUID) -> HttpResponse:
    card = card_or_404(request, uuid)
    check_user_is_registrar(request.staff)
    page = AskedPage(
        title=_("Sửa thông tin của em %(name)s, lớp %(class)s") % names_of(card),
        lead=_("Đúng như quyết định hoặc giấy khai sinh; học bạ mới lấy thông tin từ đây."),
        button=_("Lưu thông tin"),
        back_url=reverse("replace_card", args=[card.uuid]),
        success=_("Đã sửa thông tin của em."),
    )
    form = PupilCorrectionForm(request.POST or None, instance=pupil_of(card))

    def correct(**details: object) -> None:
        correct_pupil(report_card=card, details=details, by=request.staff)

    return ask(request, page, form, correct, check=partial(check_is_being_replaced, card))
