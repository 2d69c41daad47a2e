"""The next steps of a card, or of a class's cards, that this person may take now."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reportcards.actions.delivery import DELIVERY_STEPS
from reportcards.card_pages.school_class import ClassCardsPage
from reportcards.card_permissions import (
    user_can_give_copies,
    user_can_keep_register,
    user_can_make_cards,
    user_can_record_delivery,
    user_can_sign_slot,
)
from reportcards.cards_waiting import cards_to_sign_by
from reportcards.models import ReportCard, SlotKey
from reportcards.workflow import SIGNING_STEPS, CardState, CardStep, can_move
from schools.models import SchoolClass, SchoolYear, StaffMember
from schools.models.school import UuidSource
from schools.permissions import is_school_leader


@dataclass(frozen=True)
class NextStep:
    """As components/button.html shows it."""

    label: str
    url: str
    icon: str
    variant: str = "secondary"


SIGNING_LABELS: dict[str, str | Promise] = {
    SlotKey.HOMEROOM: gettext_lazy("Ký ở ô chủ nhiệm"),
    SlotKey.LEADER: gettext_lazy("Ký ở ô lãnh đạo"),
    SlotKey.SEAL: gettext_lazy("Đóng dấu số và phát hành"),
}
DELIVERY_LABELS: dict[CardStep, str | Promise] = {
    CardStep.SEND: gettext_lazy("Ghi đã gửi Sở"),
    CardStep.ACCEPT: gettext_lazy("Ghi Sở đã tiếp nhận"),
    CardStep.CIRCULATE: gettext_lazy("Ghi đang lưu hành"),
    CardStep.REFUSE: gettext_lazy("Ghi Sở từ chối"),
}
DELIVERY_ICONS = {
    CardStep.SEND: "send",
    CardStep.ACCEPT: "check",
    CardStep.CIRCULATE: "check",
    CardStep.REFUSE: "return",
}


def sign_url(first_year: int, slot: str, *, class_pk: int | None = None) -> str:
    """The page where one chooses cards and a certificate, with this class chosen."""
    asked = {"slot": str(slot), **({"classes": str(class_pk)} if class_pk else {})}
    return f"{reverse('sign_cards', args=[first_year])}?{urlencode(asked)}"


def card_steps(card: ReportCard, staff: StaffMember, *, is_closed: bool) -> list[NextStep]:
    """The next one first. Once the year's cards are closed, the page of a withdrawal says what
    the law leaves open."""
    return [
        *_signing(card, staff),
        *_delivery(card, staff),
        *_making(card, staff),
        *_withdrawal(card, staff, is_closed=is_closed),
        *_replacement(card, staff),
        *_copies(card, staff),
    ]


def class_steps(page: ClassCardsPage, staff: StaffMember) -> list[NextStep]:
    cards = [row.card for row in page.rows if row.card]
    return [
        *_signing_of_class(page.school_class, cards, staff),
        *_delivery_of_class(page, staff),
    ]


def year_steps(school_year: SchoolYear, staff: StaffMember, *, is_closed: bool) -> list[NextStep]:
    return [
        *_signing_of_year(school_year, staff),
        *_settings_of_year(school_year, staff, is_closed=is_closed),
    ]


def slot_in_turn(card: ReportCard) -> str | None:
    """The slot that waits for its signature."""
    slots = (slot for slot, step in SIGNING_STEPS.items() if can_move(step, state=card.state))
    return next(slots, None)


def _signing(card: ReportCard, staff: StaffMember) -> Iterator[NextStep]:
    slot = slot_in_turn(card)
    if slot is not None and user_can_sign_slot(staff, card, slot):
        first_year, class_pk = card.school_year.first_year, card.enrollment.school_class_id
        url = sign_url(first_year, slot, class_pk=class_pk)
        yield NextStep(str(SIGNING_LABELS[slot]), url, "sealed", "primary")


def _signing_of_class(
    school_class: SchoolClass, cards: list[ReportCard], staff: StaffMember
) -> Iterator[NextStep]:
    for slot in SIGNING_STEPS:
        mine = [
            card
            for card in cards
            if slot_in_turn(card) == slot and user_can_sign_slot(staff, card, slot)
        ]
        if mine:
            label = ngettext("%(label)s: %(count)s em", "%(label)s: %(count)s em", len(mine)) % {
                "label": SIGNING_LABELS[slot],
                "count": len(mine),
            }
            first_year = school_class.school_year.first_year
            url = sign_url(first_year, slot, class_pk=school_class.pk)
            yield NextStep(label, url, "sealed", "primary")


def _signing_of_year(school_year: SchoolYear, staff: StaffMember) -> Iterator[NextStep]:
    """One page for whatever is hers to sign in this year."""
    for slot, count in cards_to_sign_by(staff, school_year).items():
        label = ngettext("%(label)s: %(count)s em", "%(label)s: %(count)s em", count) % {
            "label": SIGNING_LABELS[slot],
            "count": count,
        }
        yield NextStep(label, sign_url(school_year.first_year, slot), "sealed", "primary")


def _settings_of_year(
    school_year: SchoolYear, staff: StaffMember, *, is_closed: bool
) -> Iterator[NextStep]:
    uuid_source = school_year.school.department.uuid_source
    if uuid_source == UuidSource.DEPARTMENT and user_can_make_cards(staff):
        yield NextStep(_("Mã tra cứu do Sở cấp"), reverse("allotted_uuids"), "key")
    if user_can_keep_register(staff):
        yield NextStep(_("Sổ chứng thư số"), reverse("certificate_register"), "key")
    if is_school_leader(staff) and not is_closed:
        url = reverse("close_card_year", args=[school_year.first_year])
        yield NextStep(_("Chốt học bạ năm học"), url, "lock")


def _delivery(card: ReportCard, staff: StaffMember) -> Iterator[NextStep]:
    if not user_can_record_delivery(staff):
        return
    for step in DELIVERY_STEPS:
        if can_move(step, state=card.state):
            url = reverse("record_delivery", args=[card.uuid, step])
            yield NextStep(str(DELIVERY_LABELS[step]), url, DELIVERY_ICONS[step])


def _delivery_of_class(page: ClassCardsPage, staff: StaffMember) -> Iterator[NextStep]:
    if not user_can_record_delivery(staff):
        return
    for step in DELIVERY_STEPS:
        count = len(page.deliverable(step))
        if count:
            label = ngettext("%(label)s: %(count)s em", "%(label)s: %(count)s em", count) % {
                "label": DELIVERY_LABELS[step],
                "count": count,
            }
            url = reverse("record_class_delivery", args=[page.school_class.pk, step])
            yield NextStep(label, url, DELIVERY_ICONS[step])


def _making(card: ReportCard, staff: StaffMember) -> Iterator[NextStep]:
    if card.is_in_making and user_can_make_cards(staff):
        yield NextStep(_("Khởi tạo lại"), reverse("recreate_card", args=[card.uuid]), "return")
        yield NextStep(_("Bỏ bản này"), reverse("discard_card", args=[card.uuid]), "cross")


def _withdrawal(card: ReportCard, staff: StaffMember, *, is_closed: bool) -> Iterator[NextStep]:
    is_leader = is_school_leader(staff)
    if is_leader and can_move(CardStep.TAKE_BACK, state=card.state):
        yield NextStep(_("Rút học bạ về"), reverse("take_back_card", args=[card.uuid]), "return")
    if is_leader and can_move(CardStep.REQUEST_WITHDRAWAL, state=card.state):
        url = reverse("request_withdrawal", args=[card.uuid])
        label = _("Năm đã chốt: học bạ sai thì làm gì") if is_closed else _("Đề nghị thu hồi")
        yield NextStep(label, url, "return")
    if card.state == CardState.WITHDRAWAL_REQUESTED:
        label = (
            _("Ghi trả lời của Sở") if user_can_record_delivery(staff) else _("Xem đề nghị thu hồi")
        )
        yield NextStep(label, reverse("decide_withdrawal", args=[card.uuid]), "hourglass")


def _replacement(card: ReportCard, staff: StaffMember) -> Iterator[NextStep]:
    if card.state == CardState.WITHDRAWN:
        url = reverse("replace_card", args=[card.uuid])
        yield NextStep(_("Lập học bạ thay thế"), url, "card", "primary")
    if card.state == CardState.SUPERSEDED or card.supersedes_id is not None:
        url = reverse("card_difference", args=[card.uuid])
        yield NextStep(_("So với bản kia"), url, "history")


def _copies(card: ReportCard, staff: StaffMember) -> Iterator[NextStep]:
    if card.is_in_force and user_can_give_copies(staff):
        yield NextStep(_("Cấp bản sao"), reverse("give_copy", args=[card.uuid]), "printer")
