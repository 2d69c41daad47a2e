"""The year of the whole school: the leader looks at every class and signs one or many."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions import sign_off_class_period
from assessments.forms.year_end import SignManyForm
from assessments.year_end import YearEnd
from audit.errors import DomainError, NotPermitted
from schools.access import StaffRequest, staff_only
from schools.permissions import check_user_leads_school


@staff_only
@require_http_methods(["GET", "POST"])
def year_end(request: StaffRequest, first_year: int) -> HttpResponse:
    years = request.school.school_years.select_related("school__department")
    school_year = get_object_or_404(years, first_year=first_year)
    check_user_leads_school(request.staff)
    page = YearEnd(school_year)
    if request.method == "POST":
        return _sign(request, page)
    context = {
        "page": page,
        "crumbs": [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": _("Tổng kết năm học %(year)s") % {"year": school_year.name}, "url": ""},
        ],
    }
    return render(request, "assessments/year_end.html", context)


def _sign(request: StaffRequest, page: YearEnd) -> HttpResponse:
    """Each class is signed by itself: one that cannot be does not hold up the others."""
    form = SignManyForm(request.POST, classes=page.classes)
    if form.is_valid() and form.chosen:
        signed = list(_signed_names(request, form))
        if signed:
            words = {"names": ", ".join(signed)}
            messages.success(request, _("Đã ký duyệt kết quả năm học của lớp %(names)s.") % words)
    else:
        messages.error(request, _("Hãy chọn ít nhất một lớp đang chờ ký."))
    return redirect("year_end", page.school_year.first_year)


def _signed_names(request: StaffRequest, form: SignManyForm) -> Iterator[str]:
    for row, seen_at in form.chosen:
        name = row.school_class.name
        try:
            sign_off_class_period(class_period=row.class_period, by=request.staff, seen_at=seen_at)
        except NotPermitted:
            raise
        except DomainError as refusal:
            words = {"name": name, "sentence": refusal.message}
            messages.error(request, _("Lớp %(name)s: %(sentence)s") % words)
        else:
            yield name
