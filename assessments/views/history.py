from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.history import class_events, history_entries, student_events
from assessments.history_values import HistoryValues
from assessments.permissions import (
    check_user_can_see_class,
    user_sees_health_in,
)
from assessments.reading import classes_of
from audit.models import AuditEventQuerySet
from rulesets import Ruleset
from schools.access import StaffRequest, staff_only
from schools.permissions import user_sees_all_classes
from students.permissions import check_user_can_see_file
from students.reading import last_class_of, students_of

EVENTS_A_PAGE = 100


@staff_only
@require_safe
def class_history(request: StaffRequest, school_class_id: int) -> HttpResponse:
    school_class = get_object_or_404(classes_of(request.school), pk=school_class_id)
    check_user_can_see_class(request.staff, school_class)
    title = _("Lịch sử lớp %(name)s, năm học %(year)s") % {
        "name": school_class.name,
        "year": school_class.school_year.name,
    }
    return _history(
        request,
        class_events(school_class),
        title=title,
        ruleset=school_class.school_year.ruleset,
        sees_health=user_sees_health_in(request.staff, school_class),
    )


@staff_only
@require_safe
def student_history(request: StaffRequest, student_id: int) -> HttpResponse:
    student = get_object_or_404(students_of(request.school), pk=student_id)
    check_user_can_see_file(request.staff, student)
    return _history(
        request,
        student_events(student, school_id=request.school.pk),
        title=_("Lịch sử của em %(name)s") % {"name": student.full_name},
        ruleset=last_class_of(student, request.school).school_year.ruleset,
        sees_health=True,
        back={"label": student.full_name, "url": reverse("student", args=[student.pk])},
    )


def _history(
    request: StaffRequest,
    events: AuditEventQuerySet,
    *,
    title: str,
    ruleset: Ruleset,
    sees_health: bool,
    back: dict[str, str] | None = None,
) -> HttpResponse:
    page = Paginator(events, EVENTS_A_PAGE).get_page(request.GET.get("page"))
    values = HistoryValues(
        ruleset, sees_health=sees_health, sees_sensitive=user_sees_all_classes(request.staff)
    )
    crumbs = [{"label": _("Bàn làm việc"), "url": reverse("desk")}, {"label": title}]
    if back:
        crumbs.insert(1, back)
    context = {
        "title": title,
        "crumbs": crumbs,
        "page": page,
        "entries": history_entries(list(page.object_list), values),
    }
    return render(request, "assessments/history.html", context)
