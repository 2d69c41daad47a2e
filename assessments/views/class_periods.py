from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.actions import (
    confirm_subject,
    reopen_class_period,
    request_reopening,
    return_class_period,
    sign_off_class_period,
    submit_class_period,
)
from assessments.calendar import period_in_time, period_name
from assessments.class_header import crumbs, period_sections, state_sentence, summary
from assessments.class_page import ClassPage, class_page
from assessments.forms.steps import AskReopeningForm, ClassReturnForm, ReopenForm
from assessments.history import HistoryEntry
from assessments.history_values import HistoryValues
from assessments.links import class_period_url
from assessments.models import ClassPeriod
from assessments.offers import offers_for
from assessments.permissions import (
    check_user_can_ask_to_reopen,
    check_user_can_see_class,
    check_user_can_sign,
)
from assessments.policies import check_can_move
from assessments.reading import class_period_of, classes_of, records_to_return
from assessments.since_return import changes_since_return
from assessments.views.asked_pages import AskedPage, ask, ask_or_post
from assessments.views.refusals import ReasonPage, ask_for_reason, refusals_as_messages, seen_at
from assessments.wording import subject_name
from assessments.workflow import Status, Step
from schools.access import StaffRequest, staff_only
from schools.models import SchoolClass


@staff_only
@require_safe
def class_period(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    page = class_page(_load(request, school_class_id, period))
    offers = offers_for(request.staff, page)
    context = {
        "page": page,
        "offers": offers,
        "since_return": _since_return(request, page) if offers.is_leader else [],
        "crumbs": crumbs(page),
        "sections": period_sections(page),
        "state": state_sentence(page),
        "summary": summary(page),
        "return_form": ClassReturnForm(auto_id="return_%s", records=page.handed_in),
        "reopen_form": ReopenForm(auto_id="reopen_%s"),
    }
    return render(request, "assessments/class_period.html", context)


def _since_return(request: StaffRequest, page: ClassPage) -> list[HistoryEntry]:
    """Only before she signs: afterwards it is history."""
    if page.class_period.status != Status.SUBMITTED:
        return []
    ruleset = page.school_class.school_year.ruleset
    values = HistoryValues(ruleset, sees_health=True, sees_sensitive=True)
    return changes_since_return(page.class_period, values)


@staff_only
@require_POST
def confirm_one_subject(
    request: StaffRequest, school_class_id: int, period: str, subject_code: str
) -> HttpResponse:
    school_class = _load(request, school_class_id, period).school_class
    with refusals_as_messages(request):
        confirm_subject(
            school_class=school_class, period=period, subject_code=subject_code, by=request.staff
        )
        names = {"subject": subject_name(school_class.school_year.ruleset, subject_code)}
        messages.success(request, _("Đã xác nhận kết quả môn %(subject)s.") % names)
    return redirect("class_period", school_class_id, period)


@staff_only
@require_POST
def submit(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    school_class = _load(request, school_class_id, period).school_class
    with refusals_as_messages(request):
        submit_class_period(school_class=school_class, period=period, by=request.staff)
        messages.success(request, _submitted_sentence(school_class, period))
    return redirect("class_period", school_class_id, period)


def _submitted_sentence(school_class: SchoolClass, period: str) -> str:
    time = period_in_time(school_class.school_year, period, timezone.localdate())
    words = {"name": school_class.name, "late": time.time_left}
    if time.is_over:
        return _("Đã gửi lớp %(name)s lên hiệu trưởng, %(late)s.") % words
    return _("Đã gửi lớp %(name)s lên hiệu trưởng.") % words


@staff_only
@require_POST
def sign_off(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    loaded = _load(request, school_class_id, period)
    with refusals_as_messages(request):
        sign_off_class_period(class_period=loaded, by=request.staff, seen_at=seen_at(request))
        messages.success(
            request, _("Đã ký duyệt lớp %(name)s.") % {"name": loaded.school_class.name}
        )
    return redirect("class_period", school_class_id, period)


@staff_only
@ask_or_post
def return_to_teachers(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    loaded = _load(request, school_class_id, period)
    check_user_can_sign(request.staff, loaded.school_class)
    page = AskedPage(
        title=_("Trả lại lớp %(name)s") % _names(loaded),
        lead=_("Kết quả của cả lớp mở ra cho giáo viên sửa, rồi được gửi lại."),
        button=_("Trả lại lớp %(name)s") % _names(loaded),
        success=_("Đã trả lại lớp %(name)s.") % _names(loaded),
        back_url=class_period_url(loaded.school_class, period),
    )
    return ask(
        request,
        page,
        ClassReturnForm(request.POST or None, records=records_to_return(loaded)),
        partial(return_class_period, class_period=loaded, by=request.staff),
        check=partial(check_can_move, Step.RETURN, loaded),
    )


@staff_only
@ask_or_post
def reopen(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    loaded = _load(request, school_class_id, period)
    check_user_can_sign(request.staff, loaded.school_class)
    page = ReasonPage(
        step=Step.REOPEN,
        holder=loaded,
        form_class=ReopenForm,
        title=_("Mở lại lớp %(name)s") % _names(loaded),
        lead=_(
            "Bản đã ký vẫn giữ nguyên, phụ huynh thấy ghi “đang được xem lại”; "
            "lớp phải được gửi và ký duyệt lại. Chỉ sai một em thì mở lại riêng em đó."
        ),
        button=_("Mở lại lớp %(name)s") % _names(loaded),
        success=_("Đã mở lại lớp %(name)s.") % _names(loaded),
        back_url=class_period_url(loaded.school_class, period),
        take_step=lambda reason: reopen_class_period(
            class_period=loaded, reason=reason, by=request.staff
        ),
    )
    return ask_for_reason(request, page)


@staff_only
@ask_or_post
def ask_reopening(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    loaded = _load(request, school_class_id, period)
    check_user_can_ask_to_reopen(request.staff, loaded.school_class)
    page = ReasonPage(
        step=Step.REOPEN,
        holder=loaded,
        form_class=AskReopeningForm,
        title=_("Đề nghị mở lại lớp %(name)s") % _names(loaded),
        lead=_("Chỉ sai một em thì đề nghị mở lại riêng em đó, các em khác không bị ảnh hưởng."),
        button=_("Gửi đề nghị"),
        success=_("Đã gửi đề nghị mở lại lớp %(name)s.") % _names(loaded),
        back_url=class_period_url(loaded.school_class, period),
        take_step=lambda reason: request_reopening(
            class_period=loaded, reason=reason, by=request.staff
        ),
    )
    return ask_for_reason(request, page)


def _load(request: StaffRequest, school_class_id: int, period: str) -> ClassPeriod:
    school_class = get_object_or_404(classes_of(request.school), pk=school_class_id)
    if period not in school_class.school_year.ruleset.periods:
        raise Http404
    check_user_can_see_class(request.staff, school_class)
    return class_period_of(school_class, period)


def _names(loaded: ClassPeriod) -> dict[str, str]:
    return {"name": loaded.school_class.name, "period": period_name(loaded.period)}
