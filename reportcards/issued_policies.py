"""What the state of an issued card allows."""

from django.utils.translation import gettext as _

from reportcards.errors import CopyRefused, NotIssued, StepNotAllowed
from reportcards.models import CopyKind, ReportCard
from reportcards.workflow import WITHDRAWABLE, CardState, CardStep, can_move


def check_is_issued(card: ReportCard) -> None:
    if card.is_in_making or card.state == CardState.DISCARDED:
        raise NotIssued


def check_is_in_making(card: ReportCard) -> None:
    if not card.is_in_making:
        raise StepNotAllowed


def check_can_step(step: CardStep, card: ReportCard) -> None:
    if not can_move(step, state=card.state):
        raise StepNotAllowed


def check_is_being_replaced(card: ReportCard) -> None:
    """Withdrawn, and no other card of the year has been made yet."""
    others = ReportCard.objects.standing().filter(enrollment=card.enrollment_id)
    if card.state != CardState.WITHDRAWN or others.exists():
        raise StepNotAllowed


def check_can_be_copied(card: ReportCard, kind: str) -> None:
    """Nothing is certified from a card that is not in force; a lost file is given again."""
    check_is_issued(card)
    if kind == CopyKind.FILE_AGAIN:
        return
    if card.state not in {*WITHDRAWABLE, CardState.WITHDRAWAL_REQUESTED}:
        raise CopyRefused(
            _(
                "Học bạ này %(state)s nên không cấp bản sao có xác nhận hay trích lục từ nó. "
                "Hãy cấp từ bản thay thế khi bản ấy đã phát hành."
            )
            % {"state": card.get_state_display()}
        )
