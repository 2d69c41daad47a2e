"""Commendations during the year: a class's, what awaits a leader, and the steps of each."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.actions import (
    award_commendation,
    decline_commendation,
    forward_commendation,
    propose_commendation,
    withdraw_commendation,
    write_praise_letter,
)
from assessments.actions.commendations import AwardDecision
from assessments.commendation_page import (
    ShownCommendation,
    class_commendations_title,
    class_commendations_url,
    commendation_crumbs,
    shown_commendations,
)
from assessments.commendation_policies import pupils_to_commend
from assessments.forms.commendations import (
    AwardForm,
    CommendationProposalForm,
    DeclineCommendationForm,
    PraiseLetterForm,
    WithdrawCommendationForm,
)
from assessments.models import Commendation
from assessments.permissions import (
    check_user_can_commend,
    check_user_can_see_class,
    check_user_can_sign,
    check_user_can_withdraw_commendation,
    user_can_commend,
)
from assessments.reading import classes_of, commendations_in, commendations_of
from assessments.standing import open_commendations
from assessments.views.asked_pages import AskedPage, ask, ask_or_post
from assessments.views.refusals import UNPROCESSABLE, refusals_as_messages, refusals_on
from schools.access import StaffRequest, staff_only
from schools.models import SchoolClass
from schools.permissions import check_user_leads_school


@staff_only
@ask_or_post
def class_commendations(request: StaffRequest, school_class_id: int) -> HttpResponse:
    school_class = get_object_or_404(classes_of(request.school), pk=school_class_id)
    check_user_can_see_class(request.staff, school_class)
    if request.method == "POST":
        check_user_can_commend(request.staff, school_class)
    form = CommendationProposalForm(
        request.POST if request.method == "POST" else None, pupils=pupils_to_commend(school_class)
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            propose_commendation(**form.cleaned_data, by=request.staff)
            messages.success(request, _("Đã gửi đề nghị khen thưởng lên hiệu trưởng."))
            return redirect(request.path)
    return _class_page(request, school_class, form)


def _class_page(
    request: StaffRequest, school_class: SchoolClass, form: CommendationProposalForm
) -> HttpResponse:
    context = {
        "title": class_commendations_title(school_class),
        "crumbs": commendation_crumbs(school_class),
        "school_class": school_class,
        "commendations": shown_commendations(
            commendations_in(school_class), request.staff, school_class=school_class
        ),
        "form": form if user_can_commend(request.staff, school_class) else None,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "assessments/class_commendations.html", context, status=status)


@staff_only
@ask_or_post
def new_praise_letter(request: StaffRequest, school_class_id: int) -> HttpResponse:
    school_class = get_object_or_404(classes_of(request.school), pk=school_class_id)
    check_user_can_commend(request.staff, school_class)
    page = AskedPage(
        title=_("Viết thư khen, lớp %(name)s") % {"name": school_class.name},
        lead=_("Gửi em có thành tích, có cố gắng hoặc đã làm việc tốt. Gia đình em đọc được ngay."),
        button=_("Gửi thư khen"),
        back_url=class_commendations_url(school_class),
        success=_("Đã gửi thư khen."),
    )
    form = PraiseLetterForm(request.POST or None, pupils=pupils_to_commend(school_class))
    return ask(request, page, form, partial(write_praise_letter, by=request.staff))


@require_safe
@staff_only
def commendations(request: StaffRequest) -> HttpResponse:
    """What awaits a leader, the longest waiting first."""
    check_user_leads_school(request.staff)
    waiting = shown_commendations(open_commendations(request.school), request.staff)
    crumbs = [
        {"label": _("Bàn làm việc"), "url": reverse("desk")},
        {"label": _("Khen thưởng chờ quyết định"), "url": ""},
    ]
    context = {"commendations": waiting, "crumbs": crumbs}
    return render(request, "assessments/commendations.html", context)


@staff_only
@ask_or_post
def award(request: StaffRequest, pk: int) -> HttpResponse:
    commendation = _load_to_decide(request, pk)
    shown = ShownCommendation(commendation)
    page = AskedPage(
        title=_("Khen thưởng em %(name)s, lớp %(class)s") % shown.names,
        lead=_("%(achievement)s Học bạ sẽ ghi: “%(wording)s”.")
        % {"achievement": commendation.achievement, "wording": commendation.wording},
        button=_("Khen thưởng"),
        back_url=reverse("commendations"),
        success=_("Đã khen thưởng em %(name)s; gia đình em đọc được trên phiếu của con.")
        % shown.names,
    )
    form = AwardForm(request.POST or None, is_of_higher_level=commendation.is_of_higher_level)
    return ask(request, page, form, partial(_award, commendation, request))


def _award(commendation: Commendation, request: StaffRequest, **typed: object) -> Commendation:
    decision = AwardDecision(**typed)  # type: ignore[arg-type]
    return award_commendation(commendation=commendation, decision=decision, by=request.staff)


@staff_only
@ask_or_post
def decline(request: StaffRequest, pk: int) -> HttpResponse:
    commendation = _load_to_decide(request, pk)
    shown = ShownCommendation(commendation)
    page = AskedPage(
        title=_("Không khen thưởng em %(name)s, lớp %(class)s") % shown.names,
        lead=commendation.achievement,
        button=_("Trả lời không khen thưởng"),
        back_url=reverse("commendations"),
        success=_("Đã trả lời; giáo viên đề nghị đọc được lý do."),
    )
    form = DeclineCommendationForm(request.POST or None)
    step = partial(decline_commendation, commendation=commendation, by=request.staff)
    return ask(request, page, form, step)


@staff_only
@require_POST
def forward(request: StaffRequest, pk: int) -> HttpResponse:
    commendation = _load_to_decide(request, pk)
    with refusals_as_messages(request):
        forward_commendation(commendation=commendation, by=request.staff)
        names = ShownCommendation(commendation).names
        messages.success(
            request,
            _("Đã ghi: trường đề nghị cấp trên khen thưởng em %(name)s, lớp %(class)s.") % names,
        )
    return redirect("commendations")


@staff_only
@ask_or_post
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    commendation = _load(request, pk)
    check_user_can_withdraw_commendation(request.staff, commendation)
    shown = ShownCommendation(commendation)
    page = AskedPage(
        title=_("Rút lại khen thưởng của em %(name)s, lớp %(class)s") % shown.names,
        lead=_("%(kind)s: %(achievement)s")
        % {**shown.names, "achievement": commendation.achievement},
        button=_("Rút lại"),
        back_url=shown.url,
        success=_("Đã rút lại."),
    )
    form = WithdrawCommendationForm(request.POST or None)
    step = partial(withdraw_commendation, commendation=commendation, by=request.staff)
    return ask(request, page, form, step)


def _load(request: StaffRequest, pk: int) -> Commendation:
    commendation = get_object_or_404(commendations_of(request.school), pk=pk)
    check_user_can_see_class(request.staff, commendation.enrollment.school_class)
    return commendation


def _load_to_decide(request: StaffRequest, pk: int) -> Commendation:
    commendation = _load(request, pk)
    check_user_can_sign(request.staff, commendation.enrollment.school_class)
    return commendation
