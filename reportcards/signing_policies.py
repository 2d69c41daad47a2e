"""What must hold before a card is signed in a slot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.payload import digest_of
from reportcards.card_policies import check_is_among, check_rests_on
from reportcards.errors import NotReady, SignersChanged, StepNotAllowed
from reportcards.models import ReportCard, SlotKey
from reportcards.signed_years import SignedYear, signed_years
from reportcards.signers import leaders_in_post
from reportcards.workflow import SIGNING_STEPS, can_move, transition_for
from schools.models import StaffMember


@dataclass(frozen=True)
class SigningFacts:
    """What the checks of many cards ask of the database, asked for all of them at once."""

    years: Mapping[int, SignedYear]  # by enrolment
    leaders: frozenset[StaffMember]


def facts_for(cards: Sequence[ReportCard], slot: str) -> SigningFacts:
    """Of cards of one school, which come with their enrolment and their school."""
    if not cards:
        return SigningFacts({}, frozenset())
    leaders = leaders_in_post(cards[0].school) if slot != SlotKey.SEAL else ()
    years = signed_years([card.enrollment for card in cards])
    return SigningFacts(years, frozenset(leaders))


def check_can_be_signed(card: ReportCard, slot: str, facts: SigningFacts) -> None:
    check_turn(card, slot)
    check_day_has_come(card)
    check_content_is_whole(card)
    check_rests_on(card, facts.years.get(card.enrollment_id))
    if slot != SlotKey.SEAL:
        check_is_among(facts.leaders, card.leader)


def check_turn(card: ReportCard, slot: str) -> None:
    step = SIGNING_STEPS[slot]
    if can_move(step, state=card.state):
        return
    if card.state == transition_for(step).target:
        raise StepNotAllowed(_("Ô này của học bạ đã ký xong."))
    if not card.is_in_making:
        raise StepNotAllowed(
            _("Học bạ %(state)s nên không ký được nữa.") % {"state": card.get_state_display()}
        )
    raise StepNotAllowed(
        _("Chưa đến lượt: ký theo thứ tự chủ nhiệm, lãnh đạo, rồi dấu của trường.")
    )


def check_day_has_come(card: ReportCard) -> None:
    if timezone.localdate() < card.issued_on:
        raise NotReady(
            _("Học bạ ghi ngày ký %(day)s; hãy ký từ ngày đó, hoặc khởi tạo lại với ngày khác.")
            % {"day": date_format(card.issued_on)}
        )


def check_content_is_whole(card: ReportCard) -> None:
    """Nothing but the database's owner could have changed it; then nobody signs it."""
    if digest_of(card.payload) != card.digest:
        raise SignersChanged
