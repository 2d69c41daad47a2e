"""A leader, or a homeroom teacher in her class, reminds those who owe results."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.models import Nudge
from assessments.nudge_email import nudge_email
from assessments.owing import Debtor
from assessments.permissions import check_user_can_nudge
from audit.events import Scope, record_event
from schools.models import SchoolClass, StaffMember

logger = logging.getLogger(__name__)


@dataclass
class NudgeReport:
    """Filled while the e-mails go out, after the transaction."""

    sent: list[StaffMember] = field(default_factory=list)
    failed: list[StaffMember] = field(default_factory=list)
    already_nudged: list[StaffMember] = field(default_factory=list)


@transaction.atomic
def send_nudges(
    *,
    debtors: Sequence[Debtor],
    site_url: str,
    by: StaffMember,
    school_class: SchoolClass | None = None,
) -> NudgeReport:
    """One e-mail to each who has an address and had none today; without a class, the school's."""
    check_user_can_nudge(by, debtors, school_class)
    report = NudgeReport()
    for debtor in debtors:
        if not debtor.address:
            continue
        nudge = _claim_today(debtor.teacher, by)
        if nudge is None:
            report.already_nudged.append(debtor.teacher)
            continue
        _record("nudge.sent", nudge, by)
        email = nudge_email(debtor, sender=by, site_url=site_url)
        transaction.on_commit(partial(_deliver, email, nudge, report, by))
    return report


def _claim_today(teacher: StaffMember, by: StaffMember) -> Nudge | None:
    """The day is taken before anything is sent: two who press at once send one e-mail."""
    try:
        with transaction.atomic():
            return Nudge.objects.create(
                staff_member=teacher,
                sent_on=timezone.localdate(),
                sent_at=timezone.now(),
                sent_by=by.acting_user,
            )
    except IntegrityError:
        return None


def _deliver(email: EmailMessage, nudge: Nudge, report: NudgeReport, by: StaffMember) -> None:
    try:
        email.send()
    except OSError:  # SMTP errors among them: she was not reached, and the others still are
        logger.exception("Nudge %s could not be sent", nudge.pk)
        report.failed.append(nudge.staff_member)
        _free_the_day(nudge, by)
    else:
        report.sent.append(nudge.staff_member)


@transaction.atomic
def _free_the_day(nudge: Nudge, by: StaffMember) -> None:
    Nudge.objects.filter(pk=nudge.pk).update(has_failed=True)
    _record("nudge.failed", nudge, by)


def _record(event: str, nudge: Nudge, by: StaffMember) -> None:
    record_event(
        event,
        by=by.acting_user,
        target=nudge,
        scope=Scope(nudge.staff_member.school_id),
        changes={"teacher": (None, nudge.staff_member.full_name)},
    )
