"""Another test for a pupil: what a class waits for, and what it does to what was signed."""

from collections.abc import Callable

import pytest

from assessments import actions
from assessments.completeness import Kind, missing_in_class
from assessments.errors import ClassIncomplete, InvalidEntry, RecordLocked, StepNotAllowed
from assessments.merge import Edit, RowEdit
from assessments.models import ClassPeriod, PeriodRecord, Retest, SignOff, TestScore
from assessments.payload import draft_payload
from assessments.payload_changes import payload_changes
from assessments.progress import progress_of
from assessments.retest_workflow import RetestStatus
from assessments.workflow import Status
from audit.errors import NotPermitted
from rulesets import Period
from tests.assessments import states
from tests.assessments.filling import assign_every_subject
from tests.assessments.pages import result_of
from tests.assessments.retests import JAN_5, record_of, withdrawn_retest
from tests.cast import Cast


def test_a_class_waits_for_the_agreed_score(cast: Cast) -> None:
    states.agreed_retest(cast)
    missing = missing_in_class(cast.school_class, Period.END_TERM_1)
    assert [(row.enrollment, row.kind, row.code) for row in missing] == [
        (cast.anh, Kind.RETEST_SCORE, "toan")
    ]
    with pytest.raises(ClassIncomplete):
        states.submit(cast)


def test_the_progress_of_the_class_says_so_too(cast: Cast) -> None:
    states.agreed_retest(cast)
    (progress,) = progress_of(
        [cast.school_class], school_year=cast.school_year, period=Period.END_TERM_1
    )
    part = progress.subjects["toan"]
    assert (part.done, part.total, part.missing[Kind.RETEST_SCORE]) == (2, 3, 1)


@pytest.mark.parametrize("make", [states.proposed_retest, states.taken_retest, withdrawn_retest])
def test_a_class_waits_for_nothing_else_of_a_retest(
    cast: Cast, make: Callable[[Cast], Retest]
) -> None:
    make(cast)
    assert states.submit(cast).status == Status.SUBMITTED


def test_agreeing_after_the_signature_reopens_that_pupil_alone(cast: Cast) -> None:
    signed = states.signed_off(cast)
    states.agreed_retest(cast, signed)
    statuses = dict(signed.records.values_list("enrollment__student__full_name", "status"))
    assert statuses == {
        "Lê Minh Anh": Status.REOPENED,
        "H'Hen Niê": Status.SIGNED_OFF,
        "Võ Trí Đức": Status.SIGNED_OFF,
    }
    signed.refresh_from_db()
    assert signed.status == Status.SIGNED_OFF
    assert record_of(cast).status_reason == "Hằng ngày em làm tốt, hôm kiểm tra em mệt"


def test_declining_after_the_signature_reopens_nobody(cast: Cast) -> None:
    retest = states.proposed_retest(cast, states.signed_off(cast))
    actions.decline_retest(retest=retest, reason="Chênh lệch chưa nhiều", by=cast.hanh)
    assert record_of(cast).status == Status.SIGNED_OFF


def test_what_waits_for_a_signature_is_not_opened_by_agreeing(cast: Cast) -> None:
    retest = states.proposed_retest(cast, states.submitted(cast))
    with pytest.raises(StepNotAllowed, match="ký duyệt hoặc trả lại trước"):
        actions.agree_to_retest(retest=retest, by=cast.hanh)
    retest.refresh_from_db()
    assert retest.status == RetestStatus.PROPOSED


def test_a_pupil_who_waits_for_her_own_signature_is_not_opened_either(cast: Cast) -> None:
    actions.submit_record(record=states.with_anh_reopened(cast), by=cast.ngoc)
    retest = states.proposed_retest(cast, cast.school_class.class_periods.get())
    with pytest.raises(StepNotAllowed, match="ký duyệt hoặc trả lại trước"):
        actions.agree_to_retest(retest=retest, by=cast.hanh)


def test_a_locked_record_takes_no_score(cast: Cast) -> None:
    """It was handed in although the retest had been agreed: by an older version, say."""
    retest = states.agreed_retest(cast)
    PeriodRecord.objects.filter(pk=retest.record_id).update(status=Status.SUBMITTED)
    with pytest.raises(RecordLocked):
        actions.enter_retest_score(retest=retest, score=8, taken_on=JAN_5, by=cast.ngoc)


def test_from_the_signature_to_the_new_signature(cast: Cast) -> None:
    """The chain: signed, proposed, agreed, reopened alone, entered, handed in, signed anew."""
    signed = states.signed_off(cast)
    states.taken_retest(cast, signed)
    record = actions.submit_record(record=record_of(cast), by=cast.ngoc)
    actions.sign_off_record(record=record, by=cast.hanh)
    before, after = SignOff.objects.filter(record=record).order_by("pk")
    toan = {row["code"]: row for row in after.payload["subjects"]}["toan"]
    assert toan["score"] == 10
    assert toan["attempts"] == [
        {"score": 9, "taken_on": None},
        {"score": 10, "taken_on": "2027-01-05"},
    ]
    changes = [
        (change.label, change.before, change.after)
        for change in payload_changes(before.payload, after.payload)
    ]
    assert changes == [
        ("Toán, điểm kiểm tra", "9", "10"),
        ("Toán, kiểm tra lần 2", "", "10 điểm, ngày 05/01/2027"),
    ]
    assert TestScore.objects.filter(result__record=record, locked_at__isnull=True).count() == 0


def test_a_card_that_was_signed_before_attempts_were_kept_is_compared(cast: Cast) -> None:
    states.filled(cast)
    record = PeriodRecord.objects.with_results().get(enrollment=cast.anh)
    new, old = draft_payload(record), draft_payload(record)
    for subject in old["subjects"]:
        del subject["attempts"]
    assert payload_changes(old, new) == []


def test_a_pupil_of_the_other_school_is_proposed_by_nobody_here(cast: Cast) -> None:
    assign_every_subject(cast.other_class, cast.quang)
    elsewhere = ClassPeriod.objects.create(school_class=cast.other_class, period="end_term_1")
    record = elsewhere.records.create(enrollment=cast.stranger)
    with pytest.raises(NotPermitted):
        actions.propose_retest(record=record, subject_code="toan", reason="Sai", by=cast.ngoc)


def test_a_result_that_nobody_knows_of_is_refused_by_the_grid(cast: Cast) -> None:
    """A score typed where a retest is open, among others that are right: nothing is saved."""
    states.agreed_retest(cast)
    with pytest.raises(InvalidEntry):
        actions.save_subject_results(
            school_class=cast.school_class,
            period=Period.END_TERM_1,
            subject_code="toan",
            rows=[
                RowEdit(cast.anh.pk, {"score": Edit(9, 5)}),
                RowEdit(cast.duc.pk, {"score": Edit(9, 5)}),
            ],
            by=cast.ngoc,
        )
    assert result_of(cast.duc).effective_score == 9
