"""What is decided for a pupil with a disability: whether she is assessed, and her own plan."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audit.errors import DomainError, NotPermitted
from schools.access import StaffRequest, staff_only
from students.actions import settle_assessment, write_individual_plan
from students.forms import AssessmentForm, PlanForm
from students.models import Enrollment
from students.permissions import (
    check_user_can_see_support,
    check_user_can_settle_assessment,
    check_user_can_write_plan,
    user_settles_assessment,
    user_writes_plans,
)
from students.reading import enrollments_of, students_of
from students.support import PupilSupport, support_of

UNPROCESSABLE = 422

ask_or_post = require_http_methods(["GET", "POST"])


@staff_only
@require_safe
def student_support(request: StaffRequest, student_id: int) -> HttpResponse:
    support = _load(request, student_id)
    school_class = support.enrollment.school_class
    context = {
        "support": support,
        "student": support.enrollment.student,
        "writes_plan": user_writes_plans(request.staff, school_class),
        "settles_assessment": user_settles_assessment(request.staff, school_class),
    }
    return render(request, "students/support.html", context)


@staff_only
@ask_or_post
def individual_plan(request: StaffRequest, student_id: int) -> HttpResponse:
    support = _load(request, student_id)
    check_user_can_write_plan(request.staff, support.enrollment)
    plan = support.plan
    initial = {
        "adjustments": plan.adjustments if plan else "",
        "valid_from": plan.valid_from if plan else None,
        "valid_until": plan.valid_until if plan else None,
        "read": plan.pk if plan else None,
    }
    form = PlanForm(request.POST or None, initial=initial)

    def write() -> None:
        typed = dict(form.cleaned_data)
        read = typed.pop("read")
        by_pk = {row.pk: row for row in support.plans}
        write_individual_plan(
            enrollment=support.enrollment, supersedes=by_pk.get(read), by=request.staff, **typed
        )
        messages.success(request, _("Đã lưu kế hoạch giáo dục cá nhân."))

    page = {
        "title": _("Kế hoạch giáo dục cá nhân của em %(name)s") % _names(support),
        "lead": _("Lớp %(class)s. Bản cũ vẫn được giữ.") % _names(support),
        "button": _("Lưu kế hoạch"),
    }
    return _ask(request, support, page, form, write)


@staff_only
@ask_or_post
def student_assessment(request: StaffRequest, student_id: int) -> HttpResponse:
    support = _load(request, student_id)
    enrollment = support.enrollment
    check_user_can_settle_assessment(request.staff, enrollment)
    form = AssessmentForm(request.POST or None)
    is_not_assessed = not enrollment.is_not_assessed

    def settle() -> None:
        settle_assessment(
            enrollment=enrollment,
            is_not_assessed=is_not_assessed,
            by=request.staff,
            **form.cleaned_data,
        )
        messages.success(request, _("Đã ghi quyết định."))

    page = _assessment_page(support, is_not_assessed=is_not_assessed)
    return _ask(request, support, page, form, settle)


def _assessment_page(support: PupilSupport, *, is_not_assessed: bool) -> dict[str, str]:
    names = _names(support)
    if is_not_assessed:
        return {
            "title": _("Không đánh giá em %(name)s") % names,
            "lead": _(
                "Lớp %(class)s. Học sinh khuyết tật không đánh giá thì không ai phải nhập "
                "kết quả của em, và em không có kết quả năm học."
            )
            % names,
            "button": _("Ghi quyết định không đánh giá"),
        }
    return {
        "title": _("Đánh giá lại em %(name)s") % names,
        "lead": _("Lớp %(class)s. Từ nay giáo viên nhập kết quả của em như các bạn.") % names,
        "button": _("Ghi quyết định đánh giá"),
    }


def _ask(
    request: StaffRequest,
    support: PupilSupport,
    page: dict[str, str],
    form: forms.Form,
    write: Callable[[], None],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            write()
            return redirect("student_support", support.enrollment.student_id)
        except NotPermitted:
            raise
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
    context = {"page": page, "form": form, "student": support.enrollment.student}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "students/support_form.html", context, status=status)


def _load(request: StaffRequest, student_id: int) -> PupilSupport:
    student = get_object_or_404(students_of(request.school), pk=student_id)
    enrollment: Enrollment | None = enrollments_of(student, request.school).first()
    if enrollment is None:
        raise Http404
    check_user_can_see_support(request.staff, enrollment)
    enrollment.student = student
    return support_of(enrollment)


def _names(support: PupilSupport) -> dict[str, str]:
    enrollment = support.enrollment
    return {"name": enrollment.student.full_name, "class": enrollment.school_class.name}
