"""The life of a digital report card, as a table: docs/report-card-states.md is drawn from it.

Source: Công văn 2088, phần III.2 (making and issue) and III.3 (withdrawal).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class CardState(models.TextChoices):
    CREATED = "created", _("đã khởi tạo")
    HOMEROOM_SIGNED = "homeroom_signed", _("chủ nhiệm đã ký")
    LEADER_SIGNED = "leader_signed", _("lãnh đạo đã ký")
    ISSUED = "issued", _("đã phát hành")
    SENT = "sent", _("đã gửi Sở")
    ACCEPTED = "accepted", _("Sở đã tiếp nhận")
    CIRCULATED = "circulated", _("đang lưu hành")
    REFUSED = "refused", _("Sở từ chối")
    WITHDRAWAL_REQUESTED = "withdrawal_requested", _("chờ Sở cho thu hồi")
    WITHDRAWN = "withdrawn", _("đã thu hồi")
    SUPERSEDED = "superseded", _("đã được thay thế")
    DISCARDED = "discarded", _("đã bỏ")


class CardStep(models.TextChoices):
    SIGN_HOMEROOM = "sign_homeroom", _("giáo viên chủ nhiệm ký")
    SIGN_LEADER = "sign_leader", _("lãnh đạo ký")
    SEAL = "seal", _("đóng dấu số và phát hành")
    DISCARD = "discard", _("bỏ bản này")
    SEND = "send", _("gửi Sở")
    ACCEPT = "accept", _("Sở tiếp nhận")
    CIRCULATE = "circulate", _("Sở cho lưu hành")
    REFUSE = "refuse", _("Sở từ chối")
    TAKE_BACK = "take_back", _("rút về")
    REQUEST_WITHDRAWAL = "request_withdrawal", _("đề nghị thu hồi")
    REFUSE_WITHDRAWAL = "refuse_withdrawal", _("Sở không cho thu hồi")
    WITHDRAW = "withdraw", _("Sở cho thu hồi")
    SUPERSEDE = "supersede", _("bản mới thay thế")


@dataclass(frozen=True)
class Transition:
    """Without a target the card goes back to where it stood before its state."""

    step: CardStep
    sources: tuple[CardState, ...]
    target: CardState | None
    event: str
    needs_reason: bool = False


CREATED = "created"  # a card's first event

IN_MAKING = (CardState.CREATED, CardState.HOMEROOM_SIGNED, CardState.LEADER_SIGNED)
DELIVERED = (CardState.SENT, CardState.ACCEPTED, CardState.CIRCULATED)
WITHDRAWABLE = (CardState.ISSUED, *DELIVERED)
IN_FORCE = (*WITHDRAWABLE, CardState.REFUSED, CardState.WITHDRAWAL_REQUESTED)
OVER = (CardState.WITHDRAWN, CardState.SUPERSEDED, CardState.DISCARDED)

TRANSITIONS = (
    Transition(
        CardStep.SIGN_HOMEROOM,
        (CardState.CREATED,),
        CardState.HOMEROOM_SIGNED,
        "signed_by_homeroom_teacher",
    ),
    Transition(
        CardStep.SIGN_LEADER,
        (CardState.HOMEROOM_SIGNED,),
        CardState.LEADER_SIGNED,
        "signed_by_leader",
    ),
    Transition(CardStep.SEAL, (CardState.LEADER_SIGNED,), CardState.ISSUED, "issued"),
    Transition(CardStep.DISCARD, IN_MAKING, CardState.DISCARDED, "discarded", needs_reason=True),
    Transition(CardStep.SEND, (CardState.ISSUED,), CardState.SENT, "sent"),
    Transition(CardStep.ACCEPT, (CardState.SENT,), CardState.ACCEPTED, "accepted"),
    Transition(CardStep.CIRCULATE, (CardState.ACCEPTED,), CardState.CIRCULATED, "circulated"),
    Transition(
        CardStep.REFUSE,
        (CardState.SENT, CardState.ACCEPTED),
        CardState.REFUSED,
        "refused",
        needs_reason=True,
    ),
    Transition(
        CardStep.TAKE_BACK,
        (CardState.REFUSED,),
        CardState.WITHDRAWN,
        "taken_back",
        needs_reason=True,
    ),
    Transition(
        CardStep.REQUEST_WITHDRAWAL,
        WITHDRAWABLE,
        CardState.WITHDRAWAL_REQUESTED,
        "withdrawal_requested",
        needs_reason=True,
    ),
    Transition(
        CardStep.REFUSE_WITHDRAWAL,
        (CardState.WITHDRAWAL_REQUESTED,),
        None,
        "withdrawal_refused",
        needs_reason=True,
    ),
    Transition(
        CardStep.WITHDRAW, (CardState.WITHDRAWAL_REQUESTED,), CardState.WITHDRAWN, "withdrawn"
    ),
    Transition(CardStep.SUPERSEDE, (CardState.WITHDRAWN,), CardState.SUPERSEDED, "superseded"),
)

SIGNING_STEPS: Mapping[str, CardStep] = {
    "homeroom": CardStep.SIGN_HOMEROOM,
    "leader": CardStep.SIGN_LEADER,
    "seal": CardStep.SEAL,
}


def transition_for(step: CardStep) -> Transition:
    return next(transition for transition in TRANSITIONS if transition.step == step)


def can_move(step: CardStep, *, state: str) -> bool:
    return state in transition_for(step).sources


def steps_from(state: str) -> list[CardStep]:
    return [transition.step for transition in TRANSITIONS if state in transition.sources]


def targets_of(transition: Transition) -> tuple[CardState, ...]:
    if transition.target is not None:
        return (transition.target,)
    into = [other for other in TRANSITIONS if other.target in transition.sources]
    return tuple(source for other in into for source in other.sources)


def moves() -> frozenset[tuple[str, str]]:
    """Every pair of states that a card may go between: the database refuses all others."""
    return frozenset(
        (source.value, target.value)
        for transition in TRANSITIONS
        for source in transition.sources
        for target in targets_of(transition)
    )
