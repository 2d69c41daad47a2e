"""Passing a class on at the year's end (Điều 12)."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.actions import (
    hand_over_class,
    name_receiver,
    receive_class,
    return_handover,
    save_handover,
)
from assessments.forms.handovers import HandoverForm, ReceiverForm
from assessments.forms.steps import ReturnForm
from assessments.handover_page import HandoverPage, handover_page, handover_url
from assessments.handovers import handover_of, handovers_of, possible_receivers
from assessments.models import Handover
from assessments.permissions import (
    check_user_can_name_receiver,
    check_user_can_read_handover,
    check_user_is_homeroom_teacher,
    check_user_is_receiver,
)
from assessments.reading import classes_of
from assessments.views.asked_pages import AskedPage, ask
from assessments.views.refusals import UNPROCESSABLE, refusals_as_messages, refusals_on
from schools.access import StaffRequest, staff_only

HAND_OVER = "hand_over"


@staff_only
@require_safe
def class_handover(request: StaffRequest, school_class_id: int) -> HttpResponse:
    """Of a class's lowest grade; a multi-grade class has one of each."""
    school_class = get_object_or_404(classes_of(request.school), pk=school_class_id)
    handover = handover_of(school_class, school_class.lowest_grade)
    check_user_can_read_handover(request.staff, handover)
    return redirect(handover_url(handover))


@staff_only
@require_http_methods(["GET", "POST"])
def grade_handover(request: StaffRequest, school_class_id: int, grade_level: int) -> HttpResponse:
    handover = handover_or_404(request, school_class_id, grade_level)
    check_user_can_read_handover(request.staff, handover)
    page = handover_page(handover, request.staff)
    if request.method == "POST":
        check_user_is_homeroom_teacher(request.staff, handover.school_class)
        return _save(request, page)
    return _show(request, page, _form(page))


def handover_or_404(request: StaffRequest, school_class_id: int, grade_level: int) -> Handover:
    school_class = get_object_or_404(classes_of(request.school), pk=school_class_id)
    if grade_level not in school_class.grade_levels:
        raise Http404
    return handover_of(school_class, grade_level)


def _form(page: HandoverPage, typed: QueryDict | None = None) -> HandoverForm:
    return HandoverForm(typed, handover=page.handover, pupils=page.pupils)


def _save(request: StaffRequest, page: HandoverPage) -> HttpResponse:
    """What was typed is kept even where handing over is refused."""
    form = _form(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            handover = save_handover(
                school_class=page.school_class,
                grade_level=page.handover.grade_level,
                draft=form.draft,
                by=request.staff,
            )
            _saved(request, page, handover)
            return redirect(page.url)
    return _show(request, page, form)


def _saved(request: StaffRequest, page: HandoverPage, handover: Handover) -> None:
    if request.POST.get("step") != HAND_OVER:
        messages.success(request, _("Đã lưu ghi chú bàn giao."))
        return
    with refusals_as_messages(request):
        hand_over_class(handover=handover, by=request.staff)
        messages.success(request, _("Đã bàn giao lớp %(name)s; chờ ký nhận.") % page.names)


def _show(request: StaffRequest, page: HandoverPage, form: HandoverForm) -> HttpResponse:
    context = {
        "page": page,
        "form": form if page.can_write else None,
        "receiver_form": _receiver_form(page) if page.offers_receiver else None,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "assessments/handover.html", context, status=status)


def _receiver_form(page: HandoverPage, typed: QueryDict | None = None) -> ReceiverForm:
    receivers = possible_receivers(page.school_class, page.handover.grade_level)
    return ReceiverForm(typed, handover=page.handover, receivers=receivers)


@staff_only
@require_POST
def set_receiver(request: StaffRequest, school_class_id: int, grade_level: int) -> HttpResponse:
    handover = handover_or_404(request, school_class_id, grade_level)
    check_user_can_name_receiver(request.staff, handover.school_class)
    page = handover_page(handover, request.staff)
    form = _receiver_form(page, request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["receiver"])))
        return redirect(page.url)
    with refusals_as_messages(request):
        name_receiver(
            school_class=page.school_class,
            grade_level=grade_level,
            receiver=form.chosen,
            by=request.staff,
        )
        names = {"name": form.chosen.full_name}
        messages.success(request, _("Người nhận là %(name)s.") % names)
    return redirect(page.url)


@staff_only
@require_POST
def receive(request: StaffRequest, pk: int) -> HttpResponse:
    handover = _load_to_receive(request, pk)
    with refusals_as_messages(request):
        receive_class(handover=handover, by=request.staff)
        names = {"name": handover.school_class.name}
        messages.success(request, _("Thầy/cô đã ký nhận bàn giao lớp %(name)s.") % names)
    return redirect(handover_url(handover))


@staff_only
@require_http_methods(["GET", "POST"])
def return_to_giver(request: StaffRequest, pk: int) -> HttpResponse:
    handover = _load_to_receive(request, pk)
    names = {"name": handover.school_class.name}
    page = AskedPage(
        title=_("Trả lại biên bản bàn giao lớp %(name)s") % names,
        lead=_("Giáo viên giao sửa rồi bàn giao lại; đến lúc ấy coi như chưa bàn giao."),
        button=_("Trả lại biên bản"),
        back_url=handover_url(handover),
        next_url=reverse("desk"),
        success=_("Đã trả lại; giáo viên giao đọc được lý do."),
    )
    form = ReturnForm(request.POST or None)
    step = partial(return_handover, handover=handover, by=request.staff)
    return ask(request, page, form, step)


def _load_to_receive(request: StaffRequest, pk: int) -> Handover:
    handover = get_object_or_404(handovers_of(request.school), pk=pk)
    check_user_is_receiver(request.staff, handover)
    return handover
