"""The summer of who has not completed: its list, plan, later results, and the decision."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments import actions
from assessments.completeness import expectations
from assessments.forms.steps import ReturnForm
from assessments.forms.supplementary import (
    CaseForm,
    LaterResultsForm,
    NoCaseForm,
    PlanForm,
    PromotionForm,
    ReopenSummerForm,
)
from assessments.models import SupplementaryAssessment
from assessments.permissions import (
    check_user_can_see_class,
    check_user_can_sign,
    check_user_is_homeroom_teacher,
    is_homeroom_teacher,
    taught_subjects,
    user_can_sign,
)
from assessments.policies import check_can_move, check_record_is_editable
from assessments.supplementary import (
    Reassessed,
    assessment_of,
    assessments_of,
    first_result,
    later_result,
    not_completed,
    shortfalls,
)
from assessments.supplementary_page import SummerList, SummerPage
from assessments.views.asked_pages import AskedPage, ask, ask_or_post
from assessments.views.grid_page import class_or_404
from assessments.views.refusals import UNPROCESSABLE, refusals_on
from assessments.workflow import Step
from rulesets import Period
from schools.access import StaffRequest, staff_only
from schools.models import SchoolClass
from schools.models.classes import HIGHEST_GRADE
from students.models import Enrollment


@staff_only
@require_safe
def of_class(request: StaffRequest, school_class_id: int) -> HttpResponse:
    school_class = _class(request, school_class_id)
    context = {
        "page": SummerList(school_class),
        "is_homeroom": is_homeroom_teacher(request.staff, school_class),
    }
    return render(request, "assessments/supplementary_list.html", context)


@staff_only
@ask_or_post
def plan(request: StaffRequest, school_class_id: int, enrollment_id: int) -> HttpResponse:
    school_class = class_or_404(request, school_class_id, Period.END_YEAR)
    check_user_is_homeroom_teacher(request.staff, school_class)
    enrollment = get_object_or_404(
        not_completed().filter(school_class=school_class).select_related("student"),
        pk=enrollment_id,
    )
    enrollment.school_class = school_class
    names = {"name": enrollment.student.full_name, "class": school_class.name}
    page = AskedPage(
        title=_("Kế hoạch đánh giá bổ sung cho em %(name)s") % names,
        lead=_("Lớp %(class)s. Nội dung em chưa đạt đã được chọn sẵn.") % names,
        button=_("Lưu kế hoạch"),
        back_url=reverse("supplementary_assessments", args=[school_class.pk]),
        success=_("Đã lưu kế hoạch đánh giá bổ sung cho em %(name)s.") % names,
    )
    take_step = partial(
        actions.plan_supplementary_assessment, enrollment=enrollment, by=request.staff
    )
    return ask(request, page, _plan_form(request, enrollment), take_step)


def _plan_form(request: StaffRequest, enrollment: Enrollment) -> PlanForm:
    school_class = enrollment.school_class
    expected = expectations(school_class, Period.END_YEAR)[enrollment.grade_level]
    known = assessment_of(enrollment)
    ruleset = school_class.school_year.ruleset
    lacking = shortfalls(ruleset, first_result(school_class, enrollment))
    return PlanForm(
        request.POST or None,
        ruleset=ruleset,
        possible=Reassessed(expected.subjects, expected.traits),
        initial={
            "plan": known.plan if known else "",
            "subject_codes": known.subject_codes if known else lacking.subjects,
            "trait_codes": known.trait_codes if known else lacking.traits,
        },
    )


@staff_only
@ask_or_post
def assessment(request: StaffRequest, pk: int) -> HttpResponse:
    """First and later results; teachers write what is theirs."""
    found = _load(request, pk)
    form = _later_form(request, found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            check_record_is_editable(found.record)
            actions.save_supplementary_results(assessment=found, **form.arguments, by=request.staff)
            messages.success(request, _("Đã lưu kết quả đánh giá bổ sung."))
            return redirect("supplementary_assessment", pk)
    school_class = found.record.class_period.school_class
    context = {
        "page": SummerPage(found, form),
        "is_homeroom": is_homeroom_teacher(request.staff, school_class),
        "is_leader": user_can_sign(request.staff, school_class),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "assessments/supplementary.html", context, status=status)


def _later_form(request: StaffRequest, found: SupplementaryAssessment) -> LaterResultsForm:
    """Empty, and the page is text, where the reader writes nothing."""
    school_class = found.record.class_period.school_class
    is_open = found.record.is_editable
    taught = taught_subjects(request.staff, school_class) if is_open else {}
    own = [
        code
        for code, grades in taught.items()
        if any(grade.is_taught and grade.grade_level == found.grade_level for grade in grades)
    ]
    writes_traits = is_open and is_homeroom_teacher(request.staff, school_class)
    if request.method == "POST" and not set(own) & set(found.subject_codes) and not writes_traits:
        check_user_is_homeroom_teacher(request.staff, school_class)
    return LaterResultsForm(
        request.POST if request.method == "POST" else None,
        assessment=found,
        subject_codes=own,
        writes_traits=writes_traits,
    )


@staff_only
@ask_or_post
def submit(request: StaffRequest, pk: int) -> HttpResponse:
    found = _load(request, pk)
    school_class = found.record.class_period.school_class
    check_user_is_homeroom_teacher(request.staff, school_class)
    has_completed = school_class.school_year.ruleset.is_completed(later_result(found).outcome)
    page = AskedPage(
        title=_("Gửi hiệu trưởng kết quả đánh giá bổ sung của em %(name)s") % _names(found),
        lead=_("Em đã hoàn thành chương trình sau đánh giá bổ sung.")
        if has_completed
        else _("Em vẫn chưa hoàn thành chương trình; hiệu trưởng xét em được lên lớp hay chưa."),
        button=_("Gửi hiệu trưởng"),
        back_url=_url(found),
        success=_("Đã gửi hiệu trưởng kết quả của em %(name)s.") % _names(found),
    )
    form_class = NoCaseForm if has_completed else CaseForm
    form = form_class(request.POST if request.method == "POST" else None)
    take_step = partial(actions.submit_supplementary_assessment, assessment=found, by=request.staff)
    check = partial(check_can_move, Step.SUBMIT, found.record)
    return ask(request, page, form, take_step, check=check)


@staff_only
@ask_or_post
def return_to_teacher(request: StaffRequest, pk: int) -> HttpResponse:
    found = _load(request, pk)
    check_user_can_sign(request.staff, found.record.class_period.school_class)
    page = AskedPage(
        title=_("Trả lại kết quả đánh giá bổ sung của em %(name)s") % _names(found),
        lead=_("Lớp %(class)s. Giáo viên sửa rồi gửi lại.") % _names(found),
        button=_("Trả lại"),
        back_url=_url(found),
        success=_("Đã trả lại kết quả của em %(name)s.") % _names(found),
    )
    take_step = partial(actions.return_supplementary_assessment, assessment=found, by=request.staff)
    check = partial(check_can_move, Step.RETURN, found.record)
    return ask(request, page, ReturnForm(request.POST or None), take_step, check=check)


@staff_only
@ask_or_post
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    found = _load(request, pk)
    school_class = found.record.class_period.school_class
    check_user_can_sign(request.staff, school_class)
    has_completed = school_class.school_year.ruleset.is_completed(later_result(found).outcome)
    page = AskedPage(
        title=_("Quyết định về em %(name)s") % _names(found),
        lead=_decision_lead(found, has_completed=has_completed),
        button=_("Ký duyệt"),
        back_url=_url(found),
        success=_("Đã ký duyệt kết quả đánh giá bổ sung của em %(name)s.") % _names(found),
    )
    form = PromotionForm(
        request.POST if request.method == "POST" else None,
        is_last_grade=found.grade_level == HIGHEST_GRADE,
        has_completed=has_completed,
    )
    take_step = partial(actions.decide_supplementary_assessment, assessment=found, by=request.staff)
    check = partial(check_can_move, Step.SIGN_OFF, found.record)
    return ask(request, page, form, take_step, check=check)


def _decision_lead(found: SupplementaryAssessment, *, has_completed: bool) -> str:
    if has_completed and found.grade_level == HIGHEST_GRADE:
        return _("Em đã hoàn thành chương trình tiểu học sau đánh giá bổ sung.")
    if has_completed:
        return _("Em đã hoàn thành chương trình sau đánh giá bổ sung, nên được lên lớp.")
    words = {"reason": found.case_reason}
    return _("Em chưa hoàn thành chương trình. Giáo viên trình: “%(reason)s”") % words


@staff_only
@ask_or_post
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    found = _load(request, pk)
    check_user_can_sign(request.staff, found.record.class_period.school_class)
    page = AskedPage(
        title=_("Mở lại quyết định về em %(name)s") % _names(found),
        lead=_("Bản đã ký vẫn được giữ; giáo viên sửa, gửi lại, thầy/cô quyết định lại."),
        button=_("Mở lại"),
        back_url=_url(found),
        success=_("Đã mở lại kết quả đánh giá bổ sung của em %(name)s.") % _names(found),
    )
    take_step = partial(actions.reopen_supplementary_assessment, assessment=found, by=request.staff)
    check = partial(check_can_move, Step.REOPEN, found.record)
    return ask(request, page, ReopenSummerForm(request.POST or None), take_step, check=check)


def _load(request: StaffRequest, pk: int) -> SupplementaryAssessment:
    found = get_object_or_404(assessments_of(request.school), pk=pk)
    school_class = found.record.class_period.school_class
    found.record.class_period.school_class = _class(request, school_class.pk)
    return found


def _class(request: StaffRequest, school_class_id: int) -> SchoolClass:
    school_class = class_or_404(request, school_class_id, Period.END_YEAR)
    check_user_can_see_class(request.staff, school_class)
    return school_class


def _names(found: SupplementaryAssessment) -> dict[str, str]:
    record = found.record
    return {
        "name": record.enrollment.student.full_name,
        "class": record.class_period.school_class.name,
    }


def _url(found: SupplementaryAssessment) -> str:
    return reverse("supplementary_assessment", args=[found.pk])
