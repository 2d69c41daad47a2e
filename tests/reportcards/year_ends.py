"""A pupil's END_YEAR rows, made plainly: entered, decided, signed off, reopened."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from assessments.models import (
    ClassPeriod,
    PeriodRecord,
    SignOff,
    SubjectResult,
    TestScore,
    TraitResult,
    YearDecision,
)
from assessments.payload import digest_of, signed_payload
from assessments.workflow import Status
from rulesets import Period
from schools.models import StaffMember
from students.models import Enrollment


def enter_year(enrollment: Enrollment, *, by: User, comment: str = "Chăm học.") -> PeriodRecord:
    """Every subject T with a score of 9 in Toán, every trait T, everything else filled in."""
    class_period, _ = ClassPeriod.objects.get_or_create(
        school_class=enrollment.school_class, period=Period.END_YEAR
    )
    record = PeriodRecord.objects.create(
        class_period=class_period,
        enrollment=enrollment,
        absences_with_leave=3,
        absences_without_leave=0,
        height_cm=Decimal("128.5"),
        weight_kg=Decimal("26.0"),
        quality_comment="Biết giúp đỡ bạn.",
        general_competence_comment="Tự học tốt.",
        specific_competence_comment="Tính toán nhanh.",
    )
    saved = {"record": record, "saved_at": timezone.now(), "saved_by": by}
    offerings = enrollment.school_class.subject_offerings.filter(grade_level=enrollment.grade_level)
    for offering in offerings:
        result = SubjectResult.objects.create(
            subject_code=offering.subject_code, level="T", comment=comment, **saved
        )
        if offering.subject_code == "toan":
            TestScore.objects.create(result=result, score=9)
    ruleset = enrollment.school_class.school_year.ruleset
    for trait in ruleset.traits_for(enrollment.grade_level):
        TraitResult.objects.create(trait_code=trait.code, level="T", **saved)
    return record


def decide_year(enrollment: Enrollment, *, by: User, **fields: Any) -> YearDecision:
    return YearDecision.objects.create(
        **{
            "enrollment": enrollment,
            "grade_level": enrollment.grade_level,
            "ruleset_key": "tt27",
            "derived_result": "good",
            "confirmed_result": "good",
            "has_completed": True,
            "is_promoted": None if enrollment.grade_level == 5 else True,
            "decided_at": timezone.now(),
            "decided_by": by,
            "signed_off_at": timezone.now(),
            "locked_at": fields.get("signed_off_at", timezone.now()),
            "signed_off_by": by,
            **fields,
        }
    )


def sign_off(record: PeriodRecord, *, signer: StaffMember) -> SignOff:
    now = timezone.now()
    loaded = PeriodRecord.objects.with_results().get(pk=record.pk)
    payload = signed_payload(loaded, signer=signer, signed_at=now)
    PeriodRecord.objects.filter(pk=record.pk).update(status=Status.SIGNED_OFF, locked_at=now)
    return SignOff.objects.create(
        record=record,
        payload=payload,
        digest=digest_of(payload),
        signed_at=now,
        signed_by=signer.acting_user,
        signer=signer,
    )


def signed_year(
    enrollment: Enrollment, *, signer: StaffMember, comment: str = "Chăm học."
) -> PeriodRecord:
    record = enter_year(enrollment, by=signer.acting_user, comment=comment)
    decide_year(enrollment, by=signer.acting_user)
    sign_off(record, signer=signer)
    return record


def reopen(record: PeriodRecord) -> None:
    PeriodRecord.objects.filter(pk=record.pk).update(
        status=Status.REOPENED, status_reason="Sửa nhận xét", locked_at=None
    )
