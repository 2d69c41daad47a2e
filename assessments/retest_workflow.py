"""The life of a retest (bài kiểm tra khác, Điều 7.1.d), as a table like workflow.py."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.workflow import Owner


class RetestStatus(models.TextChoices):
    PROPOSED = "proposed", _("chờ hiệu trưởng trả lời")
    AGREED = "agreed", _("chờ điểm kiểm tra lại")
    DECLINED = "declined", _("không được đồng ý")
    TAKEN = "taken", _("đã kiểm tra lại")
    WITHDRAWN = "withdrawn", _("giáo viên đã rút")


OWNERS = {RetestStatus.PROPOSED: Owner.SCHOOL_LEADER, RetestStatus.AGREED: Owner.TEACHERS}

OPEN = frozenset(OWNERS)


class RetestStep(models.TextChoices):
    AGREE = "agree", _("đồng ý cho kiểm tra lại")
    DECLINE = "decline", _("không đồng ý cho kiểm tra lại")
    TAKE = "take", _("ghi điểm kiểm tra lại")
    WITHDRAW = "withdraw", _("rút đề nghị kiểm tra lại")


@dataclass(frozen=True)
class RetestTransition:
    step: RetestStep
    sources: tuple[RetestStatus, ...]
    target: RetestStatus
    needs_reason: bool = False

    @property
    def event(self) -> str:
        return f"retest.{self.target.value}"


PROPOSAL_EVENT = f"retest.{RetestStatus.PROPOSED.value}"

TRANSITIONS = (
    RetestTransition(RetestStep.AGREE, (RetestStatus.PROPOSED,), RetestStatus.AGREED),
    RetestTransition(
        RetestStep.DECLINE, (RetestStatus.PROPOSED,), RetestStatus.DECLINED, needs_reason=True
    ),
    RetestTransition(RetestStep.TAKE, (RetestStatus.AGREED,), RetestStatus.TAKEN),
    RetestTransition(
        RetestStep.WITHDRAW,
        (RetestStatus.PROPOSED, RetestStatus.AGREED),
        RetestStatus.WITHDRAWN,
        needs_reason=True,
    ),
)


def retest_transition(step: RetestStep) -> RetestTransition:
    return next(transition for transition in TRANSITIONS if transition.step == step)
