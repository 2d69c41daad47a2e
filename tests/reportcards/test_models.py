import datetime
import uuid

import pytest
from django.utils import timezone

from assessments.models import SignOff
from reportcards.models import (
    ArchivedFile,
    CardYearClosing,
    CertifiedCopy,
    DigitalSignature,
    LookUpCount,
    PrintPart,
    PrintRun,
    Rendering,
    RenderingState,
    ReportCard,
    SigningCertificate,
    SigningRun,
    SigningTask,
    SlotKey,
    TaskState,
    WithdrawalCause,
    WithdrawalRequest,
)
from reportcards.workflow import CardState
from tests.constraints import Forbidden, check_database_refuses, check_form_is_told
from tests.reportcards.rows import DAY, DIGEST, NOW
from tests.rows import saved_row

ANOTHER_NUMBER = {"uuid": lambda _cast: uuid.uuid4()}
APPROVED = {
    "approved_on": DAY,
    "approved_at": NOW,
    "approved_by": lambda cast: cast.van.user,
    "approval_reference": "12/SGDĐT",
}
DECIDED = {
    "is_granted": True,
    "decided_at": NOW,
    "decided_by": lambda cast: cast.van.user,
    "decision_number": "45/SGDĐT",
    "decided_on": DAY,
}
READY = {
    "state": RenderingState.READY,
    "name": "front/00/tệp.pdf",
    "digest": DIGEST,
    "page_count": 3,
}


def another_run(cast):
    return SigningRun.objects.create(
        school=cast.school,
        slot=SlotKey.HOMEROOM,
        certificate=SigningCertificate.objects.get(),
        signer=cast.ngoc,
    )


CASES = [
    Forbidden("report_card_one_standing", ReportCard, ANOTHER_NUMBER, after={}),
    Forbidden("report_card_digest_sha256", ReportCard, {"digest": "0" * 63}),
    Forbidden("report_card_state_known", ReportCard, {"state": "lost"}),
    Forbidden("report_card_kind_known", ReportCard, {"kind": "month"}),
    Forbidden("look_up_count_key_sha256", LookUpCount, {"key": "0" * 63}),
    Forbidden("card_year_closing_reference_present", CardYearClosing, {"reference": ""}),
    Forbidden("signing_certificate_registered_once", SigningCertificate, after={}),
    Forbidden("signing_certificate_fingerprint_sha256", SigningCertificate, {"fingerprint": "0"}),
    Forbidden("signing_certificate_validity_in_order", SigningCertificate, {"valid_until": NOW}),
    Forbidden(
        "signing_certificate_approved_at_and_by",
        SigningCertificate,
        {**APPROVED, "approved_by": None},
    ),
    Forbidden(
        "signing_certificate_approval_is_whole", SigningCertificate, {"approval_reference": "12"}
    ),
    Forbidden(
        "signing_certificate_approval_is_whole",
        SigningCertificate,
        {**APPROVED, "approval_reference": ""},
    ),
    Forbidden("signing_certificate_ended_at_and_by", SigningCertificate, {"ended_at": NOW}),
    Forbidden("digital_signature_one_a_slot", DigitalSignature, after={}),
    Forbidden("signing_run_cancelled_at_and_by", SigningRun, {"cancelled_at": NOW}),
    Forbidden("signing_task_once_a_run", SigningTask, after={"state": TaskState.SIGNED}),
    Forbidden("signing_task_one_pending", SigningTask, {"run": another_run}, after={}),
    Forbidden("signing_task_state_known", SigningTask, {"state": "lost"}),
    Forbidden("signing_task_failure_has_reason", SigningTask, {"state": TaskState.FAILED}),
    Forbidden("signing_task_prepared_is_whole", SigningTask, {"state": TaskState.PREPARED}),
    Forbidden(
        "signing_task_prepared_is_whole",
        SigningTask,
        {"state": TaskState.PREPARED, "prepared": "<HOC_BA/>"},
    ),
    Forbidden("rendering_once", Rendering, after={}),
    Forbidden("rendering_kind_known", Rendering, {"kind": "poster"}),
    Forbidden("rendering_state_known", Rendering, {"state": "lost"}),
    Forbidden(
        "rendering_one_source",
        Rendering,
        {
            "report_card": lambda cast: saved_row(ReportCard, cast),
            "sign_off": lambda cast: saved_row(SignOff, cast),
        },
    ),
    Forbidden("rendering_ready_has_file", Rendering, {"state": RenderingState.READY}),
    Forbidden("rendering_ready_has_file", Rendering, {**READY, "page_count": 0}),
    Forbidden("rendering_ready_has_file", Rendering, {**READY, "digest": "0"}),
    Forbidden("rendering_failure_has_reason", Rendering, {"state": RenderingState.FAILED}),
    Forbidden("rendering_waiting_has_content", Rendering, {"content": None}),
    Forbidden("print_run_document_known", PrintRun, {"document": "poster"}),
    Forbidden("print_run_output_known", PrintRun, {"output": "screen"}),
    Forbidden("print_run_cancelled_at_and_by", PrintRun, {"cancelled_at": NOW}),
    Forbidden(
        "print_run_finished_or_cancelled",
        PrintRun,
        {"finished_at": NOW, "cancelled_at": NOW, "cancelled_by": lambda cast: cast.hanh.user},
    ),
    Forbidden("print_part_once", PrintPart, after={}),
    Forbidden("archived_file_once", ArchivedFile, after={}),
    Forbidden("archived_file_digest_sha256", ArchivedFile, {"digest": "0"}),
    Forbidden("certified_copy_number_once", CertifiedCopy, after={}),
    Forbidden("certified_copy_says_to_whom_and_why", CertifiedCopy, {"recipient_name": ""}),
    Forbidden("certified_copy_says_to_whom_and_why", CertifiedCopy, {"recipient_identity": ""}),
    Forbidden("certified_copy_says_to_whom_and_why", CertifiedCopy, {"purpose": ""}),
    Forbidden("withdrawal_request_one_pending", WithdrawalRequest, after={}),
    Forbidden("withdrawal_request_reason_present", WithdrawalRequest, {"reason": ""}),
    Forbidden(
        "withdrawal_request_decided_at_and_by", WithdrawalRequest, {**DECIDED, "decided_by": None}
    ),
    Forbidden(
        "withdrawal_request_decision_is_named", WithdrawalRequest, {**DECIDED, "decided_on": None}
    ),
    Forbidden(
        "withdrawal_request_decision_is_named",
        WithdrawalRequest,
        {**DECIDED, "decision_number": ""},
    ),
    Forbidden(
        "withdrawal_request_civil_status_has_decision",
        WithdrawalRequest,
        {"cause": WithdrawalCause.CIVIL_STATUS},
    ),
]

every_case = pytest.mark.parametrize("case", CASES, ids=str)


@every_case
def test_the_database_refuses(case, cast):
    check_database_refuses(case, cast)


@every_case
def test_a_form_is_told_why(case, cast):
    check_form_is_told(case, cast)


@pytest.mark.parametrize("state", [CardState.WITHDRAWN, CardState.DISCARDED, CardState.SUPERSEDED])
def test_a_card_that_is_over_leaves_room_for_the_next(cast, state):
    saved_row(ReportCard, cast, state=state)
    assert saved_row(ReportCard, cast).is_in_making


def test_a_certificate_that_is_used_no_more_may_be_registered_again(cast):
    ended = {"ended_at": timezone.now(), "ended_by": cast.ngoc.user}
    saved_row(SigningCertificate, cast, **ended)
    assert not saved_row(SigningCertificate, cast).is_approved


def test_a_certificate_without_a_person_is_the_schools_seal(cast):
    assert saved_row(SigningCertificate, cast, staff_member=None).is_seal


def test_a_card_whose_task_failed_may_wait_in_another_run(cast):
    task = saved_row(SigningTask, cast, state=TaskState.FAILED, refusal="Chứng thư hết hạn")
    again = SigningTask.objects.create(run=another_run(cast), report_card=task.report_card)
    assert list(SigningTask.objects.pending()) == [again]


def test_a_leased_task_is_nobody_elses_until_the_lease_is_over(cast):
    soon = timezone.now() + datetime.timedelta(minutes=1)
    task = saved_row(SigningTask, cast, leased_until=soon)
    assert not SigningTask.objects.free().exists()
    SigningTask.objects.update(leased_until=timezone.now() - datetime.timedelta(seconds=1))
    assert list(SigningTask.objects.free()) == [task]
