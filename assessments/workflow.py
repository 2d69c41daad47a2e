"""The life of a term record, as a table: docs/workflow.md is drawn from it."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    OPEN = "open", _("đang nhập")
    SUBMITTED = "submitted", _("chờ ký duyệt")
    RETURNED = "returned", _("bị trả lại")
    SIGNED_OFF = "signed_off", _("đã ký duyệt")
    REOPENED = "reopened", _("được mở lại")


class Owner(models.TextChoices):
    """Who has the next move."""

    TEACHERS = "teachers", _("giáo viên")
    SCHOOL_LEADER = "school_leader", _("hiệu trưởng")


OWNERS = {
    Status.OPEN: Owner.TEACHERS,
    Status.SUBMITTED: Owner.SCHOOL_LEADER,
    Status.RETURNED: Owner.TEACHERS,
    Status.SIGNED_OFF: Owner.SCHOOL_LEADER,
    Status.REOPENED: Owner.TEACHERS,
}


class Step(models.TextChoices):
    SUBMIT = "submit", _("gửi lên hiệu trưởng")
    RETURN = "return", _("trả lại")
    SIGN_OFF = "sign_off", _("ký duyệt")
    REOPEN = "reopen", _("mở lại")


@dataclass(frozen=True)
class Transition:
    step: Step
    sources: tuple[Status, ...]
    target: Status
    event: str
    needs_reason: bool = False


TRANSITIONS = (
    Transition(
        Step.SUBMIT, (Status.OPEN, Status.RETURNED, Status.REOPENED), Status.SUBMITTED, "submitted"
    ),
    Transition(Step.RETURN, (Status.SUBMITTED,), Status.RETURNED, "returned", needs_reason=True),
    Transition(Step.SIGN_OFF, (Status.SUBMITTED,), Status.SIGNED_OFF, "signed_off"),
    Transition(Step.REOPEN, (Status.SIGNED_OFF,), Status.REOPENED, "reopened", needs_reason=True),
)

EDITABLE = frozenset(status for status, owner in OWNERS.items() if owner == Owner.TEACHERS)


def transition_for(step: Step) -> Transition:
    return next(transition for transition in TRANSITIONS if transition.step == step)


def can_move(step: Step, *, status: str) -> bool:
    return status in transition_for(step).sources


def steps_from(status: str) -> list[Step]:
    return [transition.step for transition in TRANSITIONS if status in transition.sources]
