"""The digital cards of a class: seeing them, creating them, recording what the Sở answered."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from assessments.views.asked_pages import AskedPage, ask, ask_or_post
from assessments.views.refusals import UNPROCESSABLE, refusals_on
from reportcards.academic_record import classes_of
from reportcards.actions import create_report_cards, record_deliveries
from reportcards.actions.delivery import DELIVERY_STEPS
from reportcards.card_forms.delivery import ClassDeliveryForm
from reportcards.card_forms.making import CreateCardsForm
from reportcards.card_pages.delivery import delivery_words
from reportcards.card_pages.school_class import ClassCardsPage
from reportcards.card_pages.steps import class_steps
from reportcards.card_permissions import (
    check_user_can_make_cards,
    check_user_can_record_delivery,
    check_user_can_see_class_cards,
    user_can_make_cards,
)
from reportcards.models import PrintedDocument
from reportcards.permissions import is_of_the_office
from reportcards.prints.addresses import print_url
from reportcards.workflow import CardStep
from schools.access import StaffRequest, staff_only
from schools.models import SchoolClass


@require_safe
@staff_only
def class_cards(request: StaffRequest, school_class_id: int) -> HttpResponse:
    school_class = _class_or_404(request, school_class_id)
    check_user_can_see_class_cards(request.staff, school_class)
    page = ClassCardsPage(school_class, request.staff)
    return _show(request, page, _form(page))


@require_POST
@staff_only
def create_cards(request: StaffRequest, school_class_id: int) -> HttpResponse:
    school_class = _class_or_404(request, school_class_id)
    check_user_can_make_cards(request.staff, request.school)
    page = ClassCardsPage(school_class, request.staff)
    form = CreateCardsForm(
        request.POST, leaders=page.leaders, pupils=[row.enrollment for row in page.creatable]
    )
    if form.is_valid():
        with refusals_on(form):
            cards = create_report_cards(enrollments=form.chosen, plan=form.plan, by=request.staff)
            messages.success(request, _created_sentence(len(cards), school_class))
            return redirect("class_cards", school_class_id)
    return _show(request, page, form, status=UNPROCESSABLE)


@staff_only
@ask_or_post
def record_class_delivery(request: StaffRequest, school_class_id: int, step: str) -> HttpResponse:
    """A package of the class's cards, or the department's answer to it."""
    school_class = _class_or_404(request, school_class_id)
    check_user_can_record_delivery(request.staff, request.school)
    if step not in DELIVERY_STEPS:
        raise Http404
    taken, page = CardStep(step), ClassCardsPage(school_class, request.staff)
    words = delivery_words(taken)
    form = ClassDeliveryForm(request.POST or None, step=taken, cards=page.deliverable(taken))
    asked = AskedPage(
        title=words.title_of_class % {"name": school_class.name},
        lead=str(words.lead),
        button=str(words.button),
        back_url=page.url,
        success=words.success_of_class % {"name": school_class.name},
    )
    action = partial(record_deliveries, step=taken, by=request.staff)
    return ask(request, asked, form, action)


def _class_or_404(request: StaffRequest, school_class_id: int) -> SchoolClass:
    school_class: SchoolClass = get_object_or_404(classes_of(request.school), pk=school_class_id)
    return school_class


def _form(page: ClassCardsPage) -> CreateCardsForm:
    return CreateCardsForm(leaders=page.leaders, pupils=[row.enrollment for row in page.creatable])


def _show(
    request: StaffRequest, page: ClassCardsPage, form: CreateCardsForm, *, status: int = 200
) -> HttpResponse:
    school_year = page.school_class.school_year
    year_url = reverse("card_year", args=[school_year.first_year])
    context = {
        "page": page,
        "form": form,
        "can_make": user_can_make_cards(request.staff),
        "steps": class_steps(page, request.staff),
        "print_url": print_url(page.school_class, PrintedDocument.DISPLAY),
        "crumbs": [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {
                "label": _("Học bạ số %(year)s") % {"year": school_year.name},
                "url": year_url if is_of_the_office(request.staff) else "",
            },
            {"label": _("Lớp %(name)s") % {"name": page.school_class.name}, "url": ""},
        ],
    }
    return render(request, "reportcards/class_cards.html", context, status=status)


def _created_sentence(count: int, school_class: SchoolClass) -> str:
    return ngettext(
        "Đã khởi tạo %(count)s học bạ số của lớp %(name)s; tiếp theo giáo viên chủ nhiệm ký.",
        "Đã khởi tạo %(count)s học bạ số của lớp %(name)s; tiếp theo giáo viên chủ nhiệm ký.",
        count,
    ) % {"count": count, "name": school_class.name}
