from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.actions import decide_reopen_request
from assessments.forms.steps import DecisionForm
from assessments.links import class_period_url
from assessments.permissions import check_user_can_sign
from assessments.reading import reopen_requests_of
from assessments.views.refusals import refusals_as_messages
from schools.access import StaffRequest, staff_only


@staff_only
@require_POST
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(reopen_requests_of(request.school), pk=pk)
    class_period = asked.class_period
    check_user_can_sign(request.staff, class_period.school_class)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy chọn mở lại hoặc không mở lại."))
    else:
        with refusals_as_messages(request):
            is_granted = form.cleaned_data["is_granted"]
            decide_reopen_request(request=asked, is_granted=is_granted, by=request.staff)
            answer = _("Đã mở lại theo đề nghị.") if is_granted else _("Đã từ chối đề nghị mở lại.")
            messages.success(request, answer)
    return redirect(class_period_url(class_period.school_class, class_period.period))
