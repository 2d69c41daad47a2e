"""One pupil alone: reopened, submitted again, returned or signed, while the class stays signed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.actions import (
    reopen_record,
    request_reopening,
    return_record,
    sign_off_record,
    submit_record,
)
from assessments.calendar import period_name
from assessments.forms.steps import AskReopeningForm, ReopenForm, ReturnForm
from assessments.links import class_period_url
from assessments.models import PeriodRecord
from assessments.permissions import (
    check_user_can_ask_to_reopen,
    check_user_can_see_class,
    check_user_can_sign,
)
from assessments.reading import period_records_of
from assessments.views.asked_pages import ask_or_post
from assessments.views.refusals import (
    ReasonPage,
    ask_for_reason,
    refusals_as_messages,
    seen_at,
)
from assessments.workflow import Step
from schools.access import StaffRequest, staff_only


@staff_only
@require_POST
def submit(request: StaffRequest, pk: int) -> HttpResponse:
    record = _load(request, pk)
    with refusals_as_messages(request):
        submit_record(record=record, by=request.staff)
        messages.success(
            request, _("Đã gửi kết quả của em %(name)s lên hiệu trưởng.") % _names(record)
        )
    return redirect(_class_url(record))


@staff_only
@require_POST
def sign_off(request: StaffRequest, pk: int) -> HttpResponse:
    record = _load(request, pk)
    with refusals_as_messages(request):
        sign_off_record(record=record, by=request.staff, seen_at=seen_at(request))
        messages.success(request, _("Đã ký duyệt kết quả của em %(name)s.") % _names(record))
    return redirect(_class_url(record))


@staff_only
@ask_or_post
def return_to_teachers(request: StaffRequest, pk: int) -> HttpResponse:
    record = _load(request, pk)
    check_user_can_sign(request.staff, record.class_period.school_class)
    page = ReasonPage(
        step=Step.RETURN,
        holder=record,
        form_class=ReturnForm,
        title=_("Trả lại kết quả của em %(name)s") % _names(record),
        lead=_("Lớp %(class)s, %(period)s. Chỉ kết quả của em này mở ra để sửa.") % _names(record),
        button=_("Trả lại kết quả của em %(name)s") % _names(record),
        success=_("Đã trả lại kết quả của em %(name)s.") % _names(record),
        back_url=_class_url(record),
        take_step=lambda reason: return_record(record=record, reason=reason, by=request.staff),
    )
    return ask_for_reason(request, page)


@staff_only
@ask_or_post
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    record = _load(request, pk)
    check_user_can_sign(request.staff, record.class_period.school_class)
    page = ReasonPage(
        step=Step.REOPEN,
        holder=record,
        form_class=ReopenForm,
        title=_("Mở lại kết quả của em %(name)s") % _names(record),
        lead=_(
            "Lớp %(class)s, %(period)s. Chỉ kết quả của em này mở ra để sửa rồi ký lại riêng; "
            "phụ huynh vẫn đọc bản đã ký, có ghi “đang được xem lại”."
        )
        % _names(record),
        button=_("Mở lại kết quả của em %(name)s") % _names(record),
        success=_("Đã mở lại kết quả của em %(name)s.") % _names(record),
        back_url=_class_url(record),
        take_step=lambda reason: reopen_record(record=record, reason=reason, by=request.staff),
    )
    return ask_for_reason(request, page)


@staff_only
@ask_or_post
def ask_reopening(request: StaffRequest, pk: int) -> HttpResponse:
    record = _load(request, pk)
    check_user_can_ask_to_reopen(request.staff, record.class_period.school_class)
    page = ReasonPage(
        step=Step.REOPEN,
        holder=record,
        form_class=AskReopeningForm,
        title=_("Đề nghị mở lại kết quả của em %(name)s") % _names(record),
        lead=_("Lớp %(class)s, %(period)s.") % _names(record),
        button=_("Gửi đề nghị"),
        success=_("Đã gửi đề nghị mở lại kết quả của em %(name)s.") % _names(record),
        back_url=_class_url(record),
        take_step=lambda reason: request_reopening(
            class_period=record.class_period, record=record, reason=reason, by=request.staff
        ),
    )
    return ask_for_reason(request, page)


def _load(request: StaffRequest, pk: int) -> PeriodRecord:
    record = get_object_or_404(period_records_of(request.school), pk=pk)
    check_user_can_see_class(request.staff, record.class_period.school_class)
    return record


def _names(record: PeriodRecord) -> dict[str, str]:
    return {
        "name": record.enrollment.student.full_name,
        "class": record.class_period.school_class.name,
        "period": period_name(record.class_period.period),
    }


def _class_url(record: PeriodRecord) -> str:
    return class_period_url(record.class_period.school_class, record.class_period.period)
