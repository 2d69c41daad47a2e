"""Signed, reopened, signed again: which sign-off is in force, and what readers see meanwhile."""

import pytest

from assessments import actions
from assessments.children import ChildCard, signed_cards
from assessments.merge import Edit, RowEdit
from assessments.models import ClassPeriod, PeriodRecord, SignOff
from assessments.payload import digest_of
from assessments.workflow import Status
from rulesets import Period
from students.models import Enrollment
from tests.assessments import states
from tests.cast import Cast


@pytest.fixture
def signed(cast: Cast) -> ClassPeriod:
    return states.signed_off(cast)


@pytest.fixture
def reopened(signed: ClassPeriod, cast: Cast) -> PeriodRecord:
    """Anh alone, with 10 in Toán where 9 was signed."""
    record = signed.records.get(enrollment=cast.anh)
    actions.reopen_record(record=record, reason="Nhập nhầm điểm Toán", by=cast.hanh)
    states.correct(cast, "toan", score=(9, 10))
    return record


def sign_alone(record: PeriodRecord, cast: Cast) -> None:
    actions.submit_record(record=record, by=cast.ngoc)
    actions.sign_off_record(record=record, by=cast.hanh)


def sign_class_again(class_period: ClassPeriod, cast: Cast) -> None:
    actions.reopen_class_period(class_period=class_period, reason="Sai điểm", by=cast.hanh)
    states.submit(cast)
    actions.sign_off_class_period(class_period=class_period, by=cast.hanh)


def chain(enrollment: Enrollment) -> list[SignOff]:
    """From the first sign-off to the one in force."""
    found = [SignOff.objects.get(record__enrollment=enrollment, supersedes=None)]
    while hasattr(found[-1], "superseded_by"):
        found.append(found[-1].superseded_by)
    return found


def maths(sign_off: SignOff) -> int:
    return next(row["score"] for row in sign_off.payload["subjects"] if row["code"] == "toan")


def card_of(enrollment: Enrollment) -> ChildCard:
    [sign_off] = signed_cards([enrollment.student])
    return ChildCard(sign_off)


def test_the_first_sign_off_supersedes_nothing(signed: ClassPeriod, cast: Cast) -> None:
    assert len(chain(cast.anh)) == 1


def test_the_class_stays_signed_off_while_one_pupil_is_reopened(
    reopened: PeriodRecord, signed: ClassPeriod
) -> None:
    signed.refresh_from_db()
    statuses = sorted(signed.records.values_list("status", flat=True))
    assert signed.status == Status.SIGNED_OFF
    assert statuses == [Status.REOPENED, Status.SIGNED_OFF, Status.SIGNED_OFF]


def test_parents_keep_reading_what_was_signed(reopened: PeriodRecord, cast: Cast) -> None:
    card = card_of(cast.anh)
    assert maths(card.sign_off) == 9
    assert card.is_under_review


def test_other_parents_notice_nothing(reopened: PeriodRecord, cast: Cast) -> None:
    assert not card_of(cast.duc).is_under_review


def test_handing_in_shows_parents_nothing_new(reopened: PeriodRecord, cast: Cast) -> None:
    actions.submit_record(record=reopened, by=cast.ngoc)
    assert maths(card_of(cast.anh).sign_off) == 9


def test_the_second_signature_supersedes_the_first(reopened: PeriodRecord, cast: Cast) -> None:
    sign_alone(reopened, cast)
    assert [maths(sign_off) for sign_off in chain(cast.anh)] == [9, 10]


def test_parents_read_the_second_signature(reopened: PeriodRecord, cast: Cast) -> None:
    sign_alone(reopened, cast)
    card = card_of(cast.anh)
    assert maths(card.sign_off) == 10
    assert not card.is_under_review


def test_what_was_signed_first_keeps_its_digest(reopened: PeriodRecord, cast: Cast) -> None:
    digest = chain(cast.anh)[0].digest
    sign_alone(reopened, cast)
    first = chain(cast.anh)[0]
    assert first.digest == digest == digest_of(first.payload)


def test_signing_one_pupil_again_leaves_the_others_sign_offs_in_force(
    reopened: PeriodRecord, cast: Cast
) -> None:
    sign_alone(reopened, cast)
    assert (len(chain(cast.hhen)), len(chain(cast.duc))) == (1, 1)


def test_a_return_keeps_the_first_signature_in_force(reopened: PeriodRecord, cast: Cast) -> None:
    actions.submit_record(record=reopened, by=cast.ngoc)
    actions.return_record(record=reopened, reason="Vẫn sai", by=cast.hanh)
    assert [maths(sign_off) for sign_off in chain(cast.anh)] == [9]


def test_a_class_reopened_takes_a_pupil_signed_alone_along(
    reopened: PeriodRecord, signed: ClassPeriod, cast: Cast
) -> None:
    sign_alone(reopened, cast)
    sign_class_again(signed, cast)
    assert (len(chain(cast.anh)), len(chain(cast.duc))) == (3, 2)


def test_a_class_reopened_leaves_a_pupil_who_is_reopened_already_her_reason(
    reopened: PeriodRecord, signed: ClassPeriod, cast: Cast
) -> None:
    actions.reopen_class_period(class_period=signed, reason="Sai cả lớp", by=cast.hanh)
    reopened.refresh_from_db()
    assert (reopened.status, reopened.status_reason) == (Status.REOPENED, "Nhập nhầm điểm Toán")


def test_a_class_reopened_gives_back_a_pupil_who_awaits_her_signature(
    reopened: PeriodRecord, signed: ClassPeriod, cast: Cast
) -> None:
    actions.submit_record(record=reopened, by=cast.ngoc)
    actions.reopen_class_period(class_period=signed, reason="Sai cả lớp", by=cast.hanh)
    reopened.refresh_from_db()
    assert (reopened.status, reopened.status_reason) == (Status.RETURNED, "Sai cả lớp")


@pytest.mark.parametrize("was_handed_in", [False, True])
def test_a_pupil_who_was_apart_is_signed_with_the_reopened_class(
    reopened: PeriodRecord, signed: ClassPeriod, cast: Cast, was_handed_in: bool
) -> None:
    if was_handed_in:
        actions.submit_record(record=reopened, by=cast.ngoc)
    sign_class_again(signed, cast)
    assert [maths(sign_off) for sign_off in chain(cast.anh)] == [9, 10]
    assert set(signed.records.values_list("status", flat=True)) == {Status.SIGNED_OFF}


def test_nothing_is_locked_in_a_reopened_class(signed: ClassPeriod, cast: Cast) -> None:
    actions.reopen_class_period(class_period=signed, reason="Sai điểm", by=cast.hanh)
    record = signed.records.get(enrollment=cast.anh)
    rows = [*record.subject_results.all(), *record.trait_results.all(), record]
    assert {row.locked_at for row in rows} == {None}


def test_what_is_added_while_reopened_is_locked_by_the_next_signature(
    reopened: PeriodRecord, cast: Cast
) -> None:
    states.correct(cast, "toan", score=(10, None))
    states.correct(cast, "toan", score=(None, 8))
    sign_alone(reopened, cast)
    result = reopened.subject_results.get(subject_code="toan")
    assert result.test_scores.get().locked_at is not None


def test_a_class_returned_after_reopening_keeps_what_was_signed(
    signed: ClassPeriod, cast: Cast
) -> None:
    actions.reopen_class_period(class_period=signed, reason="Sai điểm", by=cast.hanh)
    actions.save_period_records(
        school_class=cast.school_class,
        period=Period.END_TERM_1,
        rows=[RowEdit(cast.anh.pk, {"homeroom_comment": Edit("Em chăm học và lễ phép.", "Khác")})],
        by=cast.ngoc,
    )
    states.submit(cast)
    actions.return_class_period(class_period=signed, reason="Xem lại nhận xét", by=cast.hanh)
    assert card_of(cast.anh).payload["comments"]["homeroom"] == "Em chăm học và lễ phép."
