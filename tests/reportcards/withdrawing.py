"""Steps of a withdrawal, as the tests take them."""

import datetime

from assessments import actions as assessing
from assessments.merge import Edit, RowEdit
from assessments.models import PeriodRecord
from reportcards import actions
from reportcards.actions import Attachment, Decision
from reportcards.models import ReportCard, WithdrawalCause, WithdrawalRequest
from reportcards.workflow import CardStep
from rulesets import Period
from students.models import Enrollment
from tests.cast import Cast
from tests.reportcards.digital_cards import ISSUED_ON, Keys, freeze, issue, pupils_of

REASON = "Ghi nhầm mức Toán: H, không phải T."
NUMBER = "45/SGDĐT-GDTH"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40 + b"\x00\x00\x00\x00IEND\xae\x42\x60\x82"
GRANTED = Decision(True, NUMBER, ISSUED_ON)
REFUSED = Decision(False, NUMBER, ISSUED_ON, "Học bạ đúng với hồ sơ.")


def requested(cast: Cast, card: ReportCard) -> WithdrawalRequest:
    return actions.request_withdrawal(
        report_card=card, cause=WithdrawalCause.MISTAKE, reason=REASON, by=cast.hanh
    )


def requested_for_civil_status(cast: Cast, card: ReportCard) -> WithdrawalRequest:
    return actions.request_withdrawal(
        report_card=card,
        cause=WithdrawalCause.CIVIL_STATUS,
        reason="Đổi họ theo quyết định của Ủy ban nhân dân phường.",
        attachment=Attachment(PDF),
        by=cast.hanh,
    )


def answered(
    cast: Cast, request: WithdrawalRequest, decision: Decision = GRANTED
) -> WithdrawalRequest:
    return actions.decide_withdrawal(request=request, decision=decision, by=cast.van)


def withdrawn(cast: Cast, card: ReportCard) -> ReportCard:
    answered(cast, requested(cast, card))
    return ReportCard.objects.get(pk=card.pk)


def withdrawn_for_civil_status(cast: Cast, card: ReportCard) -> ReportCard:
    answered(cast, requested_for_civil_status(cast, card))
    return ReportCard.objects.get(pk=card.pk)


def refused_by_department(cast: Cast, card: ReportCard) -> ReportCard:
    for step, reason in ((CardStep.SEND, ""), (CardStep.REFUSE, "Sai mã trường.")):
        actions.record_delivery(report_card=card, step=step, reason=reason, by=cast.van)
    return ReportCard.objects.get(pk=card.pk)


def record_of(enrollment: Enrollment) -> PeriodRecord:
    return PeriodRecord.objects.get(enrollment=enrollment, class_period__period=Period.END_YEAR)


def reopened(cast: Cast, enrollment: Enrollment) -> PeriodRecord:
    return assessing.reopen_record(
        record=record_of(enrollment), reason="Học bạ đã thu hồi", by=cast.hanh
    )


def maths_corrected(cast: Cast, enrollment: Enrollment) -> None:
    """Reopened, put right and signed off again."""
    record = reopened(cast, enrollment)
    assessing.save_subject_results(
        school_class=cast.school_class,
        period=Period.END_YEAR,
        subject_code="toan",
        rows=[RowEdit(enrollment.pk, {"level": Edit("T", "H")})],
        by=cast.ngoc,
    )
    assessing.confirm_year_decisions(school_class=cast.school_class, by=cast.ngoc)
    assessing.submit_record(record=record, by=cast.ngoc)
    assessing.sign_off_record(record=record, by=cast.hanh)


def made_anew(cast: Cast, enrollment: Enrollment) -> ReportCard:
    [card] = freeze(cast, [row for row in pupils_of(cast) if row == enrollment])
    return card


def issued_anew(cast: Cast, enrollment: Enrollment, keys: Keys) -> ReportCard:
    card = made_anew(cast, enrollment)
    issue(cast, [card], keys)
    return ReportCard.objects.get(pk=card.pk)


def in_days(days: int) -> datetime.date:
    return ISSUED_ON + datetime.timedelta(days=days)
