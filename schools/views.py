from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from schools.access import StaffRequest, posts_of, remember_post, staff_only
from schools.actions import set_period_windows
from schools.forms import PeriodWindowsForm, PostForm
from schools.models import SchoolYear
from schools.permissions import check_user_can_set_windows

UNPROCESSABLE = 422


@staff_only
@require_http_methods(["GET", "POST"])
def choose_post(request: StaffRequest) -> HttpResponse:
    """For somebody who works at two schools."""
    form = PostForm(
        request.POST or None, posts=posts_of(request), initial={"post": request.staff.pk}
    )
    if request.method == "POST" and form.is_valid():
        remember_post(request, form.chosen)
        return redirect("desk")
    return render(request, "schools/choose_post.html", {"form": form})


@staff_only
@require_http_methods(["GET", "POST"])
def period_windows(request: StaffRequest, first_year: int) -> HttpResponse:
    """When each period of a year opens and closes, and the day of its roster."""
    school_year = get_object_or_404(request.school.school_years, first_year=first_year)
    check_user_can_set_windows(request.staff, request.school)
    typed = request.POST if request.method == "POST" else None
    form = PeriodWindowsForm(typed, school_year=school_year)
    if form.is_valid():
        changed = set_period_windows(
            school_year=school_year, windows=form.windows, by=request.staff
        )
        messages.success(request, _saved_sentence(len(changed)))
        return redirect("period_windows", first_year)
    context = {
        "form": form,
        "school_year": school_year,
        "sections": _years(request, school_year),
        "crumbs": [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": _("Thời gian nhập"), "url": ""},
        ],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "schools/period_windows.html", context, status=status)


def _saved_sentence(changed: int) -> str:
    if not changed:
        return _("Không có thay đổi nào để lưu.")
    return ngettext(
        "Đã lưu thời gian nhập của %(n)s thời điểm.",
        "Đã lưu thời gian nhập của %(n)s thời điểm.",
        changed,
    ) % {"n": changed}


def _years(request: StaffRequest, current: SchoolYear) -> list[dict[str, object]]:
    return [
        {
            "label": year.name,
            "url": reverse("period_windows", args=[year.first_year]),
            "is_current": year.pk == current.pk,
        }
        for year in request.school.school_years.newest_first()
    ]
