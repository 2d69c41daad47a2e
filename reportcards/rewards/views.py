from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.rewards import RewardChoice, rewards_in, titles_awaiting_signature
from reportcards.permissions import check_user_can_list_rewards
from reportcards.responses import pdf_response
from reportcards.rewards.actions import print_reward_list
from reportcards.rewards.forms import RewardListForm
from reportcards.rewards.paper import DecisionReference, RewardList
from schools.access import StaffRequest, staff_only
from schools.models import SchoolYear

UNPROCESSABLE = 422


@require_safe
@staff_only
def reward_list(request: StaffRequest, first_year: int) -> HttpResponse:
    school_year = school_year_or_404(request, first_year)
    form = RewardListForm(request.GET)
    shown = RewardList(_chosen(form, school_year), DecisionReference(), ())
    rewards = rewards_in(shown.choice) if form.is_valid() else []
    context = {
        "school_year": school_year,
        "form": form,
        "columns": _columns(),
        "rows": _rows(RewardList(shown.choice, shown.reference, tuple(rewards))),
        "unsigned": titles_awaiting_signature(school_year),
        "query": request.GET.urlencode(),
        "crumbs": [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": _("Danh sách khen thưởng"), "url": ""},
        ],
    }
    status = 200 if form.is_valid() else UNPROCESSABLE
    return render(request, "reportcards/rewards/page.html", context, status=status)


def _chosen(form: RewardListForm, school_year: SchoolYear) -> RewardChoice:
    return form.choice(school_year) if form.is_valid() else RewardChoice(school_year)


@require_safe
@staff_only
def reward_list_pdf(request: StaffRequest, first_year: int) -> HttpResponse:
    school_year = school_year_or_404(request, first_year)
    form = valid_form_or_404(request)
    document = print_reward_list(
        choice=form.choice(school_year), reference=form.reference, by=request.staff
    )
    return pdf_response(document)


def school_year_or_404(request: StaffRequest, first_year: int) -> SchoolYear:
    years = request.school.school_years.select_related("school")
    school_year = get_object_or_404(years, first_year=first_year)
    check_user_can_list_rewards(request.staff, school_year.school)
    return school_year


def valid_form_or_404(request: StaffRequest) -> RewardListForm:
    form = RewardListForm(request.GET)
    if not form.is_valid():
        raise Http404
    return form


def _columns() -> list[dict[str, str]]:
    return [
        {"label": _("STT"), "kind": "number"},
        {"label": _("Họ và tên")},
        {"label": _("Ngày sinh"), "kind": "date"},
        {"label": _("Lớp")},
        {"label": _("Nội dung khen thưởng")},
    ]


def _rows(shown: RewardList) -> list[list[dict[str, object]]]:
    return [
        [
            {"text": row.number, "kind": "number"},
            {"text": row.full_name},
            {"text": date_format(row.date_of_birth), "kind": "date"},
            {"text": row.class_name},
            {"text": row.wording},
        ]
        for row in shown.rows
    ]
