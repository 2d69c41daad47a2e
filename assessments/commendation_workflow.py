"""The life of a commendation during the year (Điều 13.1.b, 13.2, 13.3), like workflow.py."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommendationKind(models.TextChoices):
    EXTRAORDINARY = "extraordinary", _("Khen thưởng đột xuất")
    HIGHER_LEVEL = "higher_level", _("Cấp trên khen thưởng, giải thưởng")
    PRAISE_LETTER = "praise_letter", _("Thư khen")


# What the school decides or asks of others, and prints on the form; letters are only sent.
DECIDED_KINDS = (CommendationKind.EXTRAORDINARY, CommendationKind.HIGHER_LEVEL)


class CommendationStatus(models.TextChoices):
    PROPOSED = "proposed", _("chờ hiệu trưởng quyết định")
    FORWARDED = "forwarded", _("đã đề nghị cấp trên")
    AWARDED = "awarded", _("đã khen thưởng")
    SENT = "sent", _("thư đã gửi")
    DECLINED = "declined", _("không khen thưởng")
    WITHDRAWN = "withdrawn", _("đã rút")


OPEN = frozenset({CommendationStatus.PROPOSED, CommendationStatus.FORWARDED})
GIVEN = frozenset({CommendationStatus.AWARDED, CommendationStatus.SENT})
DECIDED = frozenset({CommendationStatus.AWARDED, CommendationStatus.DECLINED})


class CommendationStep(models.TextChoices):
    FORWARD = "forward", _("đề nghị cấp trên khen thưởng")
    AWARD = "award", _("khen thưởng")
    DECLINE = "decline", _("không khen thưởng")
    WITHDRAW = "withdraw", _("rút lại")


@dataclass(frozen=True)
class CommendationTransition:
    step: CommendationStep
    sources: tuple[CommendationStatus, ...]
    target: CommendationStatus
    needs_reason: bool = False
    kinds: tuple[CommendationKind, ...] = DECIDED_KINDS

    @property
    def event(self) -> str:
        return f"commendation.{self.target.value}"


PROPOSAL_EVENT = f"commendation.{CommendationStatus.PROPOSED.value}"
LETTER_EVENT = f"commendation.{CommendationStatus.SENT.value}"

TRANSITIONS = (
    CommendationTransition(
        CommendationStep.FORWARD,
        (CommendationStatus.PROPOSED,),
        CommendationStatus.FORWARDED,
        kinds=(CommendationKind.HIGHER_LEVEL,),
    ),
    CommendationTransition(
        CommendationStep.AWARD,
        (CommendationStatus.PROPOSED, CommendationStatus.FORWARDED),
        CommendationStatus.AWARDED,
    ),
    CommendationTransition(
        CommendationStep.DECLINE,
        (CommendationStatus.PROPOSED, CommendationStatus.FORWARDED),
        CommendationStatus.DECLINED,
        needs_reason=True,
    ),
    CommendationTransition(
        CommendationStep.WITHDRAW,
        (CommendationStatus.PROPOSED, CommendationStatus.AWARDED, CommendationStatus.SENT),
        CommendationStatus.WITHDRAWN,
        needs_reason=True,
        kinds=tuple(CommendationKind),
    ),
)


def commendation_transition(step: CommendationStep) -> CommendationTransition:
    return next(transition for transition in TRANSITIONS if transition.step == step)


def can_take(step: CommendationStep, *, kind: str, status: str) -> bool:
    transition = commendation_transition(step)
    return status in transition.sources and kind in transition.kinds
