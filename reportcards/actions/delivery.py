"""What the department answers, recorded by hand until the exchange carries it (CV 2088, III.2)."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from audit.events import Scope, record_event
from reportcards.actions._life import lock_card, move_card
from reportcards.card_permissions import (
    check_user_can_ask_withdrawal,
    check_user_can_make_cards,
    check_user_can_record_delivery,
)
from reportcards.errors import (
    ClosingTooEarly,
    StepNotAllowed,
    UuidsNotAcceptable,
    YearAlreadyClosed,
)
from reportcards.models import AllottedUuid, CardYearClosing, ReportCard
from reportcards.workflow import CardStep
from schools.models import School, SchoolYear, StaffMember

DELIVERY_STEPS = (CardStep.SEND, CardStep.ACCEPT, CardStep.CIRCULATE, CardStep.REFUSE)
MOST_NAMED = 5  # of the numbers that are refused


@transaction.atomic
def record_delivery(
    *,
    report_card: ReportCard,
    step: CardStep,
    by: StaffMember,
    reason: str = "",
    reference: str = "",
) -> ReportCard:
    check_user_can_record_delivery(by, report_card.school_year.school)
    if step not in DELIVERY_STEPS:
        raise StepNotAllowed
    card = lock_card(report_card)
    move_card(card, step, by=by.acting_user, reason=reason, reference=reference)
    return card


@transaction.atomic
def record_deliveries(
    *,
    report_cards: Sequence[ReportCard],
    step: CardStep,
    by: StaffMember,
    reason: str = "",
    reference: str = "",
) -> int:
    """Of one package or one answer of the department: all of these cards or none."""
    for card in report_cards:
        record_delivery(report_card=card, step=step, by=by, reason=reason, reference=reference)
    return len(report_cards)


@transaction.atomic
def close_card_year(
    *, school_year: SchoolYear, closed_on: datetime.date, reference: str, by: StaffMember
) -> CardYearClosing:
    """Chốt: recorded once, with the department's document, and never taken back."""
    check_user_can_ask_withdrawal(by, school_year.school)
    if closed_on < school_year.starts_on:
        raise ClosingTooEarly
    SchoolYear.objects.select_for_update().get(pk=school_year.pk)
    if CardYearClosing.objects.filter(school_year=school_year).exists():
        raise YearAlreadyClosed
    closing = CardYearClosing.objects.create(
        school_year=school_year,
        closed_on=closed_on,
        reference=reference,
        recorded_by=by.acting_user,
    )
    record_event(
        "card_year.closed",
        by=by.acting_user,
        target=closing,
        scope=Scope(school_year.school_id),
        changes={"closed_on": (None, closed_on.isoformat()), "reference": (None, reference)},
    )
    return closing


@transaction.atomic
def receive_allotted_uuids(*, uuids: Sequence[uuid.UUID], by: StaffMember) -> int:
    """Numbers of version 4 that the department gave; none of them may have been used before."""
    check_user_can_make_cards(by, by.school)
    School.objects.select_for_update().get(pk=by.school_id)
    _check_none_is_known(uuids)
    AllottedUuid.objects.bulk_create(AllottedUuid(school=by.school, uuid=one) for one in uuids)
    record_event(
        "allotted_uuids.received",
        by=by.acting_user,
        target=by.school,
        scope=Scope(by.school_id),
        changes={"count": (None, len(uuids))},
    )
    return len(uuids)


def _check_none_is_known(uuids: Sequence[uuid.UUID]) -> None:
    received = AllottedUuid.objects.filter(uuid__in=uuids).values_list("uuid", flat=True)
    used = ReportCard.objects.filter(uuid__in=uuids).values_list("uuid", flat=True)
    known = sorted({*received, *used})
    if known:
        raise UuidsNotAcceptable(
            _(
                "%(count)s mã đã được nhận hoặc đã dùng (%(uuids)s). Hãy bỏ các mã ấy, "
                "hoặc hỏi lại Sở; chưa mã nào được ghi."
            )
            % {"count": len(known), "uuids": ", ".join(map(str, known[:MOST_NAMED]))}
        )
