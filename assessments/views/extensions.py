from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.actions import (
    grant_extension,
    refuse_extension_request,
    request_extension,
    revoke_extension,
)
from assessments.calendar import period_name
from assessments.extension_page import ExtensionPage, extension_page
from assessments.forms.extensions import AskExtensionForm, ExtendForm
from assessments.links import class_period_url
from assessments.permissions import check_user_can_ask_for_extension, check_user_can_extend
from assessments.policies import check_class_can_be_extended
from assessments.reading import extension_requests_of, extensions_of
from assessments.views.asked_pages import ask_or_post
from assessments.views.grid_page import class_or_404
from assessments.views.refusals import (
    UNPROCESSABLE,
    AskPage,
    ask_for_reason,
    refusals_as_messages,
    refusals_on,
)
from schools.access import StaffRequest, staff_only


@staff_only
@ask_or_post
def ask_extension(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    school_class = class_or_404(request, school_class_id, period)
    check_user_can_ask_for_extension(request.staff, school_class)
    names = {"name": school_class.name, "period": period_name(period)}
    page = AskPage(
        form_class=AskExtensionForm,
        title=_("Đề nghị gia hạn lớp %(name)s, %(period)s") % names,
        lead=_("Hiệu trưởng chấp thuận thì thầy/cô nhập tiếp được đến ngày hiệu trưởng ghi."),
        button=_("Gửi đề nghị"),
        success=_("Đã gửi đề nghị gia hạn lớp %(name)s.") % names,
        back_url=class_period_url(school_class, period),
        check=lambda: check_class_can_be_extended(school_class, period),
        take_step=lambda reason: request_extension(
            school_class=school_class, period=period, reason=reason, by=request.staff
        ),
    )
    return ask_for_reason(request, page)


@staff_only
@ask_or_post
def extend(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    """A leader gives a class or one of its teachers more time; a request may stand behind it."""
    school_class = class_or_404(request, school_class_id, period)
    check_user_can_extend(request.staff, request.school)
    with refusals_as_messages(request):
        window = check_class_can_be_extended(school_class, period)
        asked = request.GET.get("asked", "")
        return _extend(request, extension_page(school_class, window, asked=asked))
    return redirect("class_period", school_class_id, period)


def _extend(request: StaffRequest, page: ExtensionPage) -> HttpResponse:
    form = ExtendForm(
        request.POST if request.method == "POST" else None,
        school_class=page.school_class,
        window=page.window,
        teachers=page.teachers,
        initial=page.initial,
    )
    if form.is_valid():
        with refusals_on(form):
            grant_extension(
                school_class=page.school_class,
                period=page.window.period,
                ends_on=form.cleaned_data["ends_on"],
                reason=form.cleaned_data["reason"],
                staff_member=form.chosen_teacher,
                in_all_classes=form.cleaned_data["in_all_classes"],
                by=request.staff,
            )
            messages.success(request, page.granted_sentence)
            return redirect(page.back_url)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "assessments/reason.html", {"form": form, "page": page}, status=status)


@staff_only
@require_POST
def refuse_request(request: StaffRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(extension_requests_of(request.school), pk=pk)
    check_user_can_extend(request.staff, request.school)
    with refusals_as_messages(request):
        refuse_extension_request(request=asked, by=request.staff)
        messages.success(request, _("Đã từ chối đề nghị gia hạn."))
    return redirect(class_period_url(asked.class_period.school_class, asked.class_period.period))


@staff_only
@require_POST
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    extension = get_object_or_404(extensions_of(request.school), pk=pk)
    check_user_can_extend(request.staff, request.school)
    with refusals_as_messages(request):
        revoke_extension(extension=extension, by=request.staff)
        messages.success(request, _("Đã thu hồi gia hạn."))
    if extension.school_class is None:
        return redirect("desk")
    return redirect(class_period_url(extension.school_class, extension.window.period))
