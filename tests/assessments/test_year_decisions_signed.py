"""What was decided about a year while it is signed, reopened and signed again."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine

from assessments import actions
from assessments.completeness import CHANGED_SINCE, Kind, missing_in_class
from assessments.errors import ClassIncomplete, RecordLocked
from assessments.gaps import lacks_by_grid
from assessments.merge import Edit, RowEdit
from assessments.models import ClassPeriod, PeriodRecord, SignOff, YearDecision
from audit.models import AuditEvent
from rulesets import Period, YearOutcome
from students.models import Enrollment
from tests.assessments import states
from tests.audit.triggers import refused
from tests.cast import NOW, Cast

END_YEAR = Period.END_YEAR
IN_MAY = datetime.datetime(2027, 5, 20, 13, tzinfo=datetime.UTC)


@pytest.fixture
def in_may(cast: Cast) -> Iterator[Cast]:
    with time_machine.travel(IN_MAY, tick=False):
        yield cast


@pytest.fixture
def filled(in_may: Cast) -> Cast:
    states.filled(in_may, END_YEAR)
    return in_may


@pytest.fixture
def signed(in_may: Cast) -> ClassPeriod:
    return states.signed_off(in_may, END_YEAR)


@pytest.fixture
def reopened(signed: ClassPeriod, cast: Cast) -> PeriodRecord:
    """Anh alone; the others' year stays signed."""
    record = signed.records.get(enrollment=cast.anh)
    return actions.reopen_record(record=record, reason="Sai điểm Toán", by=cast.hanh)


def lower_maths(cast: Cast, pupil: Enrollment, score: int = 8) -> None:
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_YEAR,
        subject_code="toan",
        rows=[RowEdit(pupil.pk, {"score": Edit(9, score)})],
        by=cast.ngoc,
    )


def confirm(cast: Cast) -> list[YearDecision]:
    return actions.confirm_year_decisions(school_class=cast.school_class, by=cast.ngoc)


def decision_of(pupil: Enrollment) -> YearDecision:
    return YearDecision.objects.get(enrollment=pupil)


def signed_result(pupil: Enrollment) -> str:
    sign_off = SignOff.objects.in_force().get(record__enrollment=pupil)
    return sign_off.payload["year_decision"]["result"]


def test_a_signed_decision_is_locked(signed: ClassPeriod, cast: Cast) -> None:
    assert decision_of(cast.anh).locked_at == IN_MAY
    with refused("locked"):
        YearDecision.objects.filter(enrollment=cast.anh).update(reward="Học sinh Xuất sắc")


def test_a_signed_class_is_not_confirmed_again(signed: ClassPeriod, cast: Cast) -> None:
    with pytest.raises(RecordLocked):
        confirm(cast)


def test_what_awaits_its_signature_is_not_confirmed_again(filled: Cast) -> None:
    states.submit(filled, END_YEAR)
    with pytest.raises(RecordLocked):
        confirm(filled)


def test_reopening_a_pupil_takes_the_signature_off_her_decision(
    reopened: PeriodRecord, cast: Cast
) -> None:
    decision = decision_of(cast.anh)
    assert (decision.signed_off_at, decision.signed_off_by, decision.locked_at) == (None,) * 3


def test_reopening_a_pupil_leaves_the_others_decisions_signed(
    reopened: PeriodRecord, cast: Cast
) -> None:
    assert decision_of(cast.duc).signed_off_by == cast.hanh.user


def test_the_decision_of_a_reopened_pupil_follows_her_correction(
    reopened: PeriodRecord, cast: Cast
) -> None:
    lower_maths(cast, cast.anh)
    confirm(cast)
    assert decision_of(cast.anh).confirmed_result == YearOutcome.GOOD


def test_for_a_pupil_reopened_alone_hers_is_the_only_decision_confirmed(
    reopened: PeriodRecord, cast: Cast
) -> None:
    lower_maths(cast, cast.anh)
    assert [decision.enrollment for decision in confirm(cast)] == [cast.anh]


def test_confirming_one_pupil_records_nothing_about_the_others(
    reopened: PeriodRecord, cast: Cast
) -> None:
    lower_maths(cast, cast.anh)
    confirm(cast)
    events = AuditEvent.objects.filter(event="year_decision.confirmed", at__gte=IN_MAY)
    assert events.filter(student_id=cast.anh.student_id).count() == 2
    assert events.filter(student_id=cast.duc.student_id).count() == 1


def test_a_corrected_pupil_is_not_handed_in_with_her_old_decision(
    reopened: PeriodRecord, cast: Cast
) -> None:
    lower_maths(cast, cast.anh)
    with pytest.raises(ClassIncomplete) as refusal:
        actions.submit_record(record=reopened, by=cast.ngoc)
    assert [(entry.kind, entry.code) for entry in refusal.value.missing] == [
        (Kind.YEAR_DECISION, CHANGED_SINCE)
    ]


def test_a_correction_that_leaves_the_result_needs_no_new_confirmation(
    reopened: PeriodRecord, cast: Cast
) -> None:
    lower_maths(cast, cast.anh, score=10)
    actions.submit_record(record=reopened, by=cast.ngoc)
    assert missing_in_class(cast.school_class, END_YEAR) == []


def test_signing_again_signs_the_new_decision(reopened: PeriodRecord, cast: Cast) -> None:
    lower_maths(cast, cast.anh)
    confirm(cast)
    actions.submit_record(record=reopened, by=cast.ngoc)
    actions.sign_off_record(record=reopened, by=cast.phuc)
    assert signed_result(cast.anh) == YearOutcome.GOOD
    assert decision_of(cast.anh).signed_off_by == cast.phuc.user


def test_while_a_year_is_reopened_the_signed_result_stands(
    reopened: PeriodRecord, cast: Cast
) -> None:
    lower_maths(cast, cast.anh)
    confirm(cast)
    assert signed_result(cast.anh) == YearOutcome.EXCELLENT


def test_a_reopened_class_is_confirmed_where_its_results_changed(
    signed: ClassPeriod, cast: Cast
) -> None:
    actions.reopen_class_period(class_period=signed, reason="Sai điểm", by=cast.hanh)
    assert confirm(cast) == []
    lower_maths(cast, cast.duc)
    assert [decision.enrollment for decision in confirm(cast)] == [cast.duc]


def test_a_class_signed_again_has_decisions_of_the_second_signature(
    signed: ClassPeriod, cast: Cast
) -> None:
    actions.reopen_class_period(class_period=signed, reason="Sai điểm", by=cast.hanh)
    states.submit(cast, END_YEAR)
    actions.sign_off_class_period(class_period=signed, by=cast.phuc)
    signers = YearDecision.objects.values_list("signed_off_by", flat=True)
    assert set(signers) == {cast.phuc.user.pk}


def test_reopening_an_earlier_period_leaves_the_years_decision_signed(in_may: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        first_term = states.signed_off(in_may)
    states.signed_off(in_may, END_YEAR)
    record = first_term.records.get(enrollment=in_may.anh)
    actions.reopen_record(record=record, reason="Sai điểm Toán", by=in_may.hanh)
    assert decision_of(in_may.anh).signed_off_at == IN_MAY


def test_results_that_changed_after_the_confirmation_hold_the_class_back(filled: Cast) -> None:
    lower_maths(filled, filled.hhen)
    with pytest.raises(ClassIncomplete) as refusal:
        states.submit(filled, END_YEAR)
    [entry] = refusal.value.missing
    assert (entry.enrollment, entry.code) == (filled.hhen, CHANGED_SINCE)


def test_confirming_again_lets_the_class_go(filled: Cast) -> None:
    lower_maths(filled, filled.hhen)
    confirm(filled)
    assert states.submit(filled, END_YEAR)


def test_what_changed_since_is_told_apart_from_what_was_never_confirmed(filled: Cast) -> None:
    lower_maths(filled, filled.hhen)
    YearDecision.objects.filter(enrollment=filled.duc).delete()
    missing = missing_in_class(filled.school_class, END_YEAR)
    lacks = lacks_by_grid(missing, filled.school_year.ruleset)[Kind.YEAR_DECISION, ""]
    assert {(lack.sentence, *lack.names) for lack in lacks} == {
        ("1 em đổi kết quả sau khi xác nhận", "H'Hen Niê"),
        ("1 em chưa được xác nhận", "Võ Trí Đức"),
    }


def test_while_a_result_is_incomplete_again_only_that_is_asked_for(filled: Cast) -> None:
    actions.save_subject_results(
        school_class=filled.school_class,
        period=END_YEAR,
        subject_code="dao_duc",
        rows=[RowEdit(filled.anh.pk, {"level": Edit("T", "")})],
        by=filled.ngoc,
    )
    missing = missing_in_class(filled.school_class, END_YEAR)
    assert [(entry.kind, entry.code) for entry in missing] == [(Kind.SUBJECT_LEVEL, "dao_duc")]


def test_a_pupil_who_is_not_assessed_is_signed_without_a_decision(in_may: Cast) -> None:
    Enrollment.objects.filter(pk=in_may.duc.pk).update(is_not_assessed=True)
    states.signed_off(in_may, END_YEAR)
    payload = SignOff.objects.get(record__enrollment=in_may.duc).payload
    assert payload["year_decision"] is None


def test_decisions_are_compared_without_a_query_for_each(
    filled: Cast, django_assert_num_queries
) -> None:
    with django_assert_num_queries(9):
        missing_in_class(filled.school_class, END_YEAR)
