"""Another test: proposed by the teacher, answered by a leader, its score entered by the teacher."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.actions import (
    agree_to_retest,
    decline_retest,
    enter_retest_score,
    propose_retest,
    withdraw_retest,
)
from assessments.forms.retests import DeclineForm, ProposalForm, RetestScoreForm, WithdrawalForm
from assessments.models import Retest
from assessments.permissions import (
    OfferedGrade,
    check_user_can_see_class,
    check_user_can_sign,
    check_user_teaches,
    check_user_teaches_pupil,
    offered_grades,
    user_can_sign,
)
from assessments.reading import classes_of, retests_in, retests_of
from assessments.retest_page import (
    RetestPage,
    ShownRetest,
    grades_with_retests,
    records_to_propose,
)
from assessments.views.asked_pages import AskedPage, ask, ask_or_post
from assessments.views.refusals import UNPROCESSABLE, refusals_as_messages, refusals_on
from schools.access import StaffRequest, staff_only
from schools.models import SchoolClass


@staff_only
@ask_or_post
def subject_retests(
    request: StaffRequest, school_class_id: int, period: str, subject_code: str
) -> HttpResponse:
    school_class = get_object_or_404(classes_of(request.school), pk=school_class_id)
    grades = offered_grades(request.staff, school_class, subject_code)
    grades = _grades_or_404(school_class, period, subject_code, grades)
    check_user_can_see_class(request.staff, school_class)
    if request.method == "POST":
        check_user_teaches(request.staff, school_class, subject_code)
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        records=records_to_propose(school_class, period, subject_code, grades),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            propose_retest(**form.cleaned_data, subject_code=subject_code, by=request.staff)
            messages.success(request, _("Đã gửi đề nghị kiểm tra lại lên hiệu trưởng."))
            return redirect(request.path)
    context = {
        "page": _page(request, school_class, period, subject_code, grades),
        "form": form if any(grade.is_taught for grade in grades) else None,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "assessments/retests.html", context, status=status)


def _grades_or_404(
    school_class: SchoolClass, period: str, subject_code: str, grades: list[OfferedGrade]
) -> list[OfferedGrade]:
    if period not in school_class.school_year.ruleset.periods:
        raise Http404
    found = grades_with_retests(school_class, period, subject_code, grades)
    if not found:
        raise Http404
    return found


def _page(
    request: StaffRequest,
    school_class: SchoolClass,
    period: str,
    subject_code: str,
    grades: list[OfferedGrade],
) -> RetestPage:
    taught = {grade.grade_level for grade in grades if grade.is_taught}
    is_leader = user_can_sign(request.staff, school_class)
    retests = retests_in(school_class, period, subject_code)
    shown = [
        ShownRetest(
            retest,
            can_answer=is_leader,
            can_enter=retest.record.enrollment.grade_level in taught,
        )
        for retest in retests
    ]
    return RetestPage(school_class, period, subject_code, shown)


@staff_only
@require_POST
def agree(request: StaffRequest, pk: int) -> HttpResponse:
    retest = _load(request, pk)
    check_user_can_sign(request.staff, retest.record.class_period.school_class)
    shown = ShownRetest(retest)
    with refusals_as_messages(request):
        agree_to_retest(retest=retest, by=request.staff)
        messages.success(
            request, _("Đã đồng ý cho em %(name)s kiểm tra lại %(subject)s.") % shown.names
        )
    return redirect(shown.url)


@staff_only
@ask_or_post
def decline(request: StaffRequest, pk: int) -> HttpResponse:
    retest = _load(request, pk)
    check_user_can_sign(request.staff, retest.record.class_period.school_class)
    shown = ShownRetest(retest)
    page = AskedPage(
        title=_("Không đồng ý cho em %(name)s kiểm tra lại") % shown.names,
        lead=_("%(subject)s, lớp %(class)s, %(period)s. Điểm đang có vẫn được tính.") % shown.names,
        button=_("Trả lời không đồng ý"),
        back_url=shown.url,
        success=_("Đã trả lời không đồng ý; giáo viên đọc được lý do."),
    )
    form = DeclineForm(request.POST or None)
    return ask(request, page, form, partial(decline_retest, retest=retest, by=request.staff))


@staff_only
@ask_or_post
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    retest = _load(request, pk)
    _check_teacher(request, retest)
    shown = ShownRetest(retest)
    page = AskedPage(
        title=_("Rút đề nghị cho em %(name)s kiểm tra lại") % shown.names,
        lead=_("%(subject)s, lớp %(class)s, %(period)s. Điểm đang có vẫn được tính.") % shown.names,
        button=_("Rút đề nghị"),
        back_url=shown.url,
        success=_("Đã rút đề nghị kiểm tra lại."),
    )
    form = WithdrawalForm(request.POST or None)
    return ask(request, page, form, partial(withdraw_retest, retest=retest, by=request.staff))


@staff_only
@ask_or_post
def enter_score(request: StaffRequest, pk: int) -> HttpResponse:
    retest = _load(request, pk)
    _check_teacher(request, retest)
    shown = ShownRetest(retest)
    page = AskedPage(
        title=_("Ghi điểm kiểm tra lại của em %(name)s") % shown.names,
        lead=_("%(subject)s, lớp %(class)s, %(period)s. %(scores)s.")
        % {**shown.names, "scores": shown.scores},
        button=_("Ghi điểm kiểm tra lại"),
        back_url=shown.url,
        success=_("Đã ghi điểm kiểm tra lại của em %(name)s.") % shown.names,
    )
    form = RetestScoreForm(request.POST or None, scale=shown.ruleset.score_scale)
    return ask(request, page, form, partial(enter_retest_score, retest=retest, by=request.staff))


def _load(request: StaffRequest, pk: int) -> Retest:
    retest = get_object_or_404(retests_of(request.school), pk=pk)
    check_user_can_see_class(request.staff, retest.record.class_period.school_class)
    return retest


def _check_teacher(request: StaffRequest, retest: Retest) -> None:
    school_class = retest.record.class_period.school_class
    grade_level = retest.record.enrollment.grade_level
    check_user_teaches_pupil(request.staff, school_class, grade_level, retest.subject_code)
