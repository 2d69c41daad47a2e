from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments.actions import send_nudges
from assessments.actions.nudges import NudgeReport
from assessments.calendar import period_name
from assessments.links import class_period_url
from assessments.owing import Owing, owing_in
from assessments.permissions import check_user_sees_readiness
from assessments.progress import progress_of
from assessments.reading import classes_in_order
from assessments.views.grid_page import class_or_404
from schools.access import StaffRequest, staff_only
from schools.models import SchoolClass, SchoolYear, StaffMember
from schools.permissions import check_user_leads_school


@staff_only
@require_http_methods(["GET", "POST"])
def of_school(request: StaffRequest, first_year: int, period: str) -> HttpResponse:
    """A leader reminds whoever owes something, anywhere in the school."""
    school_year = get_object_or_404(request.school.school_years, first_year=first_year)
    if period not in school_year.ruleset.periods:
        raise Http404
    check_user_leads_school(request.staff)
    owing = _owing(request, classes_in_order(school_year), school_year, period)
    return _nudge(
        request,
        owing,
        title=_("Nhắc nhập kết quả, %(period)s") % {"period": period_name(period)},
        back={
            "label": _("Tiến độ toàn trường"),
            "url": reverse("school_readiness", args=[first_year, period]),
        },
    )


@staff_only
@require_http_methods(["GET", "POST"])
def of_class(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    """The homeroom teacher reminds the teachers of her class's subjects."""
    school_class = class_or_404(request, school_class_id, period)
    check_user_sees_readiness(request.staff, school_class)
    owing = _owing(request, [school_class], school_class.school_year, period)
    words = {"name": school_class.name, "period": period_name(period)}
    return _nudge(
        request,
        owing,
        school_class,
        title=_("Nhắc giáo viên lớp %(name)s, %(period)s") % words,
        back={
            "label": _("Lớp %(name)s, %(period)s") % words,
            "url": class_period_url(school_class, period),
        },
    )


def _owing(
    request: StaffRequest, classes: list[SchoolClass], school_year: SchoolYear, period: str
) -> Owing:
    progress = progress_of(classes, school_year=school_year, period=period)
    owing = owing_in(progress, school_year=school_year, today=timezone.localdate())
    return owing.without(request.staff)


def _nudge(
    request: StaffRequest,
    owing: Owing,
    school_class: SchoolClass | None = None,
    *,
    title: str,
    back: dict[str, str],
) -> HttpResponse:
    if request.method == "POST":
        report = send_nudges(
            debtors=owing.to_nudge,
            site_url=request.build_absolute_uri("/"),
            school_class=school_class,
            by=request.staff,
        )
        _tell(request, report)
        return redirect(request.get_full_path())
    crumbs = [
        {"label": _("Bàn làm việc"), "url": reverse("desk")},
        back,
        {"label": _("Nhắc"), "url": ""},
    ]
    context = {"owing": owing, "title": title, "back": back, "crumbs": crumbs}
    return render(request, "assessments/nudges.html", context)


def _tell(request: HttpRequest, report: NudgeReport) -> None:
    sent = len(report.sent)
    if sent:
        sentence = ngettext("Đã nhắc %(n)s thầy/cô.", "Đã nhắc %(n)s thầy/cô.", sent)
        messages.success(request, sentence % {"n": sent})
    if report.failed:
        sentence = _("Không gửi được thư cho %(names)s; hãy gọi điện, hoặc gửi lại sau.")
        messages.error(request, sentence % {"names": _names(report.failed)})
    if report.already_nudged:
        sentence = _("Hôm nay %(names)s đã được nhắc rồi.")
        messages.warning(request, sentence % {"names": _names(report.already_nudged)})
    if not (sent or report.failed or report.already_nudged):
        messages.warning(request, _("Không có ai để nhắc qua thư lúc này."))


def _names(teachers: list[StaffMember]) -> str:
    return ", ".join(teacher.full_name for teacher in teachers)
