"""The school years that stand signed off: what paper and digital cards are made from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.models import SignOff
from assessments.payload_of_summer import after_summer
from assessments.workflow import Status
from reportcards.documents.paper_form import Payload, YearState
from rulesets import Period
from students.models import Enrollment


@dataclass(frozen=True)
class SignedYear:
    """`payload` is the year as it is printed: with what was assessed again in the summer."""

    state: YearState
    payload: Payload
    sign_offs: tuple[SignOff, ...]

    @property
    def awaits_summer(self) -> bool:
        decision = self.payload["year_decision"]
        return bool(decision) and not decision["has_completed"] and len(self.sign_offs) == 1


def signed_years(enrollments: Sequence[Enrollment]) -> dict[int, SignedYear]:
    """By enrolment, also those that are drafts again; whoever was never signed is not in it."""
    ends = _in_force(enrollments, Period.END_YEAR)
    summers = {
        sign_off.record.enrollment_id: sign_off
        for sign_off in _in_force(enrollments, Period.SUPPLEMENTARY)
        if sign_off.record.status == Status.SIGNED_OFF
    }
    return {
        sign_off.record.enrollment_id: _signed_year(
            sign_off, summers.get(sign_off.record.enrollment_id)
        )
        for sign_off in ends
    }


def _in_force(enrollments: Sequence[Enrollment], period: Period) -> Iterable[SignOff]:
    return (
        SignOff.objects.in_force()
        .filter(record__enrollment__in=enrollments, record__class_period__period=period)
        .select_related("record__enrollment__year_decision")
    )


def _signed_year(end: SignOff, summer: SignOff | None) -> SignedYear:
    if summer is None:
        return SignedYear(_state(end), end.payload, (end,))
    payload = after_summer(end.payload, summer.payload)
    return SignedYear(_state(end), payload, (end, summer))


def _state(sign_off: SignOff) -> YearState:
    """A year is signed off with its decision, which a pupil who is not assessed has none of."""
    payload = sign_off.payload
    if not payload["is_not_assessed"] and payload["year_decision"] is None:
        return YearState.DRAFT
    if sign_off.record.status != Status.SIGNED_OFF:
        return YearState.UNDER_REVIEW
    decision = getattr(sign_off.record.enrollment, "year_decision", None)
    is_pending = decision is not None and decision.signed_off_at is None
    return YearState.DRAFT if is_pending else YearState.SIGNED_OFF
