"""Choosing cards and a certificate, and seeing exactly what will be signed."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments.reading import classes_in_order
from assessments.views.refusals import UNPROCESSABLE, refusals_on
from reportcards.actions import start_signing_run
from reportcards.card_forms.sign_cards import ChooseCardsForm, StartRunForm
from reportcards.cards_to_sign import CardsToSign, check_user_signs, slot_with_work, slots_for
from reportcards.models import SlotKey
from reportcards.own_certificates import OwnCertificate, own_certificates
from schools.access import StaffRequest, staff_only
from schools.models import SchoolYear, StaffMember


@dataclass(frozen=True)
class SigningPage:
    school_year: SchoolYear
    staff: StaffMember
    slots: list[str]
    cards: CardsToSign

    @cached_property
    def certificates(self) -> list[OwnCertificate]:
        return own_certificates(self.staff, self.cards.slot)

    @property
    def is_seal(self) -> bool:
        return self.cards.slot == SlotKey.SEAL

    @property
    def lead(self) -> str:
        return {
            SlotKey.HOMEROOM: _("Thầy/cô ký ở ô giáo viên chủ nhiệm, trước lãnh đạo trường."),
            SlotKey.LEADER: _("Thầy/cô ký ở ô cán bộ quản lý, sau giáo viên chủ nhiệm."),
            SlotKey.SEAL: _("Văn thư đóng dấu số của trường sau khi lãnh đạo đã ký."),
        }[SlotKey(self.cards.slot)]

    @property
    def button(self) -> str:
        count = len(self.cards.ready)
        if self.is_seal:
            sentence = ngettext("Đóng dấu %(count)s học bạ", "Đóng dấu %(count)s học bạ", count)
        else:
            sentence = ngettext("Ký %(count)s học bạ", "Ký %(count)s học bạ", count)
        return sentence % {"count": count}

    @property
    def summary(self) -> list[dict[str, str]]:
        return [
            {"term": _("Ngày ghi trên học bạ"), "value": self.cards.issue_dates},
            {"term": _("Lãnh đạo ký"), "value": self.cards.leaders},
        ]

    @property
    def own_runs(self) -> set[int]:
        tasks = (row.pending for row in self.cards.refused)
        return {task.run_id for task in tasks if task and task.run.signer_id == self.staff.pk}

    @property
    def register_url_name(self) -> str:
        return "certificate_register" if self.is_seal else "my_certificates"

    @property
    def can_sign(self) -> bool:
        return bool(self.cards.ready) and any(own.is_usable for own in self.certificates)

    @property
    def uses_demo(self) -> bool:
        return any(own.certificate.is_demo for own in self.certificates)

    @property
    def sections(self) -> list[dict[str, object]]:
        """For whoever signs in more than one slot."""
        if len(self.slots) < 2:
            return []
        url = reverse("sign_cards", args=[self.school_year.first_year])
        return [
            {
                "label": SlotKey(slot).label,
                "url": f"{url}?slot={slot}",
                "is_current": slot == self.cards.slot,
                "count": None,
            }
            for slot in self.slots
        ]


@staff_only
@require_http_methods(["GET", "POST"])
def sign_cards(request: StaffRequest, first_year: int) -> HttpResponse:
    page = _page_or_404(request, first_year)
    if request.method == "POST":
        return _start(request, page)
    return _show(request, page, StartRunForm(certificates=page.certificates))


def _page_or_404(request: StaffRequest, first_year: int) -> SigningPage:
    years = request.school.school_years.select_related("school")
    school_year = get_object_or_404(years, first_year=first_year)
    slots = slots_for(request.staff, school_year)
    check_user_signs(slots)
    classes = [school_class.pk for school_class in classes_in_order(school_year)]
    asked = ChooseCardsForm(request.GET, slots=slots, classes=classes)
    if not asked.is_valid():
        raise Http404
    slot = asked.cleaned_data["slot"] or slot_with_work(slots, request.staff, school_year)
    cards = CardsToSign(school_year, slot, request.staff, classes=asked.cleaned_data["classes"])
    return SigningPage(school_year, request.staff, slots, cards)


def _start(request: StaffRequest, page: SigningPage) -> HttpResponse:
    form = StartRunForm(request.POST, certificates=page.certificates)
    if form.is_valid() and form.cleaned_data["seen"] != page.cards.seen:
        form.add_error(
            None,
            _("Danh sách vừa thay đổi nên chưa ký gì. Hãy xem lại các học bạ dưới đây rồi ký."),
        )
    if form.is_valid():
        with refusals_on(form):
            run = start_signing_run(
                report_cards=page.cards.ready,
                slot=page.cards.slot,
                certificate=form.chosen,
                by=request.staff,
            )
            return redirect("signing_run", run.pk)
    return _show(request, page, form, status=UNPROCESSABLE)


def _show(
    request: StaffRequest, page: SigningPage, form: StartRunForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "crumbs": [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": _("Ký học bạ số"), "url": ""},
        ],
    }
    return render(request, "reportcards/sign_cards.html", context, status=status)
