from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.calendar import period_name
from assessments.class_readiness import class_readiness
from assessments.permissions import check_user_sees_readiness
from assessments.progress import progress_of
from assessments.reading import classes_in_order
from assessments.school_readiness import finding, school_pictures
from assessments.views.grid_page import class_or_404
from schools.access import StaffRequest, staff_only
from schools.permissions import check_user_leads_school


@staff_only
@require_safe
def of_class(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    """What each pupil lacks, for the homeroom teacher and whoever signs."""
    school_class = class_or_404(request, school_class_id, period)
    check_user_sees_readiness(request.staff, school_class)
    page = class_readiness(school_class, period, request.staff)
    crumbs = [
        {"label": _("Bàn làm việc"), "url": reverse("desk")},
        {
            "label": _("Lớp %(name)s, %(period)s")
            % {"name": school_class.name, "period": period_name(period)},
            "url": page.url,
        },
        {"label": _("Còn thiếu"), "url": ""},
    ]
    return render(request, "assessments/class_readiness.html", {"page": page, "crumbs": crumbs})


@staff_only
@require_safe
def of_school(request: StaffRequest, first_year: int, period: str) -> HttpResponse:
    """Which classes lack what, drawn."""
    school_year = get_object_or_404(request.school.school_years, first_year=first_year)
    if period not in school_year.ruleset.periods:
        raise Http404
    check_user_leads_school(request.staff)
    classes = classes_in_order(school_year)
    progress = progress_of(classes, school_year=school_year, period=period)
    context = {
        "school_year": school_year,
        "period": period,
        "period_name": period_name(period),
        "title": finding(progress),
        "pictures": school_pictures(progress, period),
        "crumbs": [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": _("Tiến độ toàn trường"), "url": ""},
        ],
        "sections": [
            {
                "label": period_name(each),
                "url": reverse("school_readiness", args=[first_year, each]),
                "is_current": each == period,
            }
            for each in school_year.ruleset.periods
        ],
    }
    return render(request, "assessments/school_readiness.html", context)
