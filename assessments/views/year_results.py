"""The year results of a class: confirmed by its homeroom teacher, looked through by a leader."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assessments import actions
from assessments.completeness import expectations
from assessments.forms.year_decisions import PupilYearForm, RefuseRewardForm
from assessments.grids import period_sheet
from assessments.models import YearDecision
from assessments.permissions import (
    check_user_can_sign,
    check_user_is_homeroom_teacher,
    is_homeroom_teacher,
    user_can_sign,
)
from assessments.policies import check_decision_awaits_signature
from assessments.reading import year_decisions_of
from assessments.views.asked_pages import AskedPage, ask, ask_or_post
from assessments.views.grid_page import class_or_404
from assessments.views.refusals import UNPROCESSABLE, refusals_as_messages, refusals_on
from assessments.year_page import PupilYearPage, YearPage
from assessments.year_results import PupilYear
from assessments.year_results import year_results as results_of_class
from rulesets import Period
from schools.access import StaffRequest, staff_only
from schools.models import SchoolClass


@staff_only
@ask_or_post
def year_results(request: StaffRequest, school_class_id: int) -> HttpResponse:
    """Derived from what was entered; the homeroom teacher confirms them all with one act."""
    school_class = class_or_404(request, school_class_id, Period.END_YEAR)
    if request.method == "POST":
        return _confirm(request, school_class)
    is_homeroom = is_homeroom_teacher(request.staff, school_class)
    is_leader = user_can_sign(request.staff, school_class)
    if not is_homeroom and not is_leader:
        check_user_is_homeroom_teacher(request.staff, school_class)
    page = YearPage(
        period_sheet(school_class, Period.END_YEAR),
        _("Kết quả năm học"),
        may_write=is_homeroom,
    )
    context = {"page": page, "is_leader": is_leader}
    return render(request, "assessments/year_results.html", context)


def _confirm(request: StaffRequest, school_class: SchoolClass) -> HttpResponse:
    check_user_is_homeroom_teacher(request.staff, school_class)
    with refusals_as_messages(request):
        decisions = actions.confirm_year_decisions(school_class=school_class, by=request.staff)
        messages.success(request, _confirmed_sentence(len(decisions)))
    return redirect("year_results", school_class.pk)


def _confirmed_sentence(pupils: int) -> str:
    if not pupils:
        return _("Không có em nào chờ xác nhận.")
    return ngettext(
        "Đã xác nhận kết quả năm học của %(n)s học sinh.",
        "Đã xác nhận kết quả năm học của %(n)s học sinh.",
        pupils,
    ) % {"n": pupils}


@staff_only
@ask_or_post
def pupil_year(request: StaffRequest, school_class_id: int, enrollment_id: int) -> HttpResponse:
    """One pupil: another result than the rule's, with its reason, and the title of Điều 13."""
    school_class = class_or_404(request, school_class_id, Period.END_YEAR)
    check_user_is_homeroom_teacher(request.staff, school_class)
    year = _year_or_404(school_class, enrollment_id)
    if not year.can_be_confirmed:
        messages.error(
            request, _("Kết quả của em còn thiếu, đã gửi hoặc đã ký nên không xét riêng được.")
        )
        return redirect("year_results", school_class.pk)
    expected = expectations(school_class, Period.END_YEAR)[year.enrollment.grade_level]
    form = PupilYearForm(
        request.POST if request.method == "POST" else None,
        year=year,
        ruleset=school_class.school_year.ruleset,
        subjects=list(expected.subjects),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.confirm_year_decision(
                school_class=school_class,
                enrollment_id=enrollment_id,
                **form.arguments,
                by=request.staff,
            )
            messages.success(
                request,
                _("Đã xác nhận kết quả năm học của em %(name)s.")
                % {"name": year.enrollment.student.full_name},
            )
            return redirect("year_results", school_class.pk)
    context = {"page": PupilYearPage(school_class, year), "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "assessments/pupil_year.html", context, status=status)


def _year_or_404(school_class: SchoolClass, enrollment_id: int) -> PupilYear:
    years = {year.enrollment.pk: year for year in results_of_class(school_class)}
    if enrollment_id not in years:
        raise Http404
    return years[enrollment_id]


@staff_only
@ask_or_post
def refuse_reward(request: StaffRequest, pk: int) -> HttpResponse:
    decision = _decision_or_404(request, pk)
    school_class = decision.enrollment.school_class
    check_user_can_sign(request.staff, school_class)
    names = {"name": decision.enrollment.student.full_name, "class": school_class.name}
    page = AskedPage(
        title=_("Không tặng danh hiệu cho em %(name)s") % names,
        lead=_("Lớp %(class)s. Danh hiệu được đề nghị: %(title)s.")
        % {**names, "title": decision.reward or "—"},
        button=_("Không tặng danh hiệu"),
        back_url=reverse("year_results", args=[school_class.pk]),
        success=_("Đã ghi: không tặng danh hiệu cho em %(name)s.") % names,
    )
    return ask(
        request,
        page,
        RefuseRewardForm(request.POST or None),
        partial(actions.refuse_reward, decision=decision, by=request.staff),
        check=partial(check_decision_awaits_signature, decision),
    )


@staff_only
@require_POST
def restore_reward(request: StaffRequest, pk: int) -> HttpResponse:
    decision = _decision_or_404(request, pk)
    with refusals_as_messages(request):
        actions.restore_reward(decision=decision, by=request.staff)
        messages.success(
            request,
            _("Em %(name)s lại được đề nghị danh hiệu.")
            % {"name": decision.enrollment.student.full_name},
        )
    return redirect("year_results", decision.enrollment.school_class_id)


def _decision_or_404(request: StaffRequest, pk: int) -> YearDecision:
    decision = get_object_or_404(year_decisions_of(request.school), pk=pk)
    class_or_404(request, decision.enrollment.school_class_id, Period.END_YEAR)
    return decision
