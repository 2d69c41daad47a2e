"""Signed-off and reopened records as rows, without the actions that lead there."""

import datetime

from django.utils import timezone

from assessments.models import ClassPeriod, PeriodRecord, SignOff
from assessments.payload import digest_of, signed_payload
from assessments.workflow import Status
from rulesets import Period
from schools.models import StaffMember
from students.models import Enrollment


def sign_off(
    enrollment: Enrollment,
    signer: StaffMember,
    *,
    period: Period = Period.END_TERM_1,
    at: datetime.datetime | None = None,
) -> SignOff:
    at = at or timezone.now()
    class_period, _ = ClassPeriod.objects.get_or_create(
        school_class=enrollment.school_class, period=period
    )
    record, _ = PeriodRecord.objects.get_or_create(class_period=class_period, enrollment=enrollment)
    PeriodRecord.objects.filter(pk=record.pk).update(
        status=Status.SIGNED_OFF, locked_at=at, status_changed_at=at
    )
    payload = signed_payload(
        PeriodRecord.objects.with_results().get(pk=record.pk), signer=signer, signed_at=at
    )
    return SignOff.objects.create(
        record=record,
        payload=payload,
        digest=digest_of(payload),
        signed_at=at,
        signed_by=signer.user,
        signer=signer,
        supersedes=SignOff.objects.in_force().filter(record=record).first(),
    )


def move(record: PeriodRecord, status: Status, *, at: datetime.datetime | None = None) -> None:
    PeriodRecord.objects.filter(pk=record.pk).update(
        status=status,
        status_reason="Sửa nhận xét môn Toán",
        locked_at=None,
        status_changed_at=at or timezone.now(),
    )
