"""How final a summary sheet is, and who answers for it."""

import datetime

import pytest
import time_machine

from assessments import actions
from assessments.models import YearDecision
from assessments.summary_sheets.sheet import SheetState, SummarySheet
from rulesets import Period
from schools.models import HomeroomAssignment, StaffRole
from tests.assessments import states, year_ends
from tests.assessments.summaries import sheet_of
from tests.cast import IN_MAY, NOW, Cast

NEXT_DAY = NOW + datetime.timedelta(days=1)


def sheet(cast: Cast, period: str = Period.END_TERM_1, **options) -> SummarySheet:
    return sheet_of(cast.school_class, period, **options)


def said(found: SummarySheet) -> list[tuple[str, str]]:
    return [(each.what, each.who) for each in found.confirmations]


HAND_IN = ("Gửi bảng tổng hợp lên hiệu trưởng", "Trần Thị Ngọc")


def signed(pupils: int, name: str = "Nguyễn Thị Hạnh") -> tuple[str, str]:
    return f"Ký duyệt kết quả của {pupils} học sinh", name


# State


@pytest.mark.parametrize(
    ("bring", "state"),
    [
        (lambda cast: None, SheetState.DRAFT),
        (states.filled, SheetState.DRAFT),
        (states.submitted, SheetState.SUBMITTED),
        (states.returned, SheetState.DRAFT),
        (states.signed_off, SheetState.SIGNED_OFF),
        (states.reopened, SheetState.DRAFT),
        (states.with_anh_reopened, SheetState.UNDER_REVIEW),
    ],
    ids=["untouched", "filled", "submitted", "returned", "signed", "reopened", "anh_reopened"],
)
def test_a_sheet_says_how_final_it_is(cast: Cast, bring, state) -> None:
    bring(cast)
    assert sheet(cast).state == state


def test_a_year_whose_decision_is_open_again_is_under_review(cast: Cast) -> None:
    with time_machine.travel(IN_MAY, tick=False):
        states.signed_off(cast, Period.END_YEAR)
        assert sheet(cast, Period.END_YEAR).state == SheetState.SIGNED_OFF
        YearDecision.objects.filter(enrollment=cast.anh).update(
            signed_off_at=None, signed_off_by=None, locked_at=None
        )
        assert sheet(cast, Period.END_YEAR).state == SheetState.UNDER_REVIEW


# Confirmations


def test_nobody_has_confirmed_what_is_being_entered(cast: Cast) -> None:
    states.filled(cast)
    assert said(sheet(cast)) == []


def test_the_hand_in_says_who_and_when(cast: Cast) -> None:
    states.submitted(cast)
    [confirmation] = sheet(cast).confirmations
    assert (confirmation.what, confirmation.who) == HAND_IN
    assert confirmation.at == NOW


def test_the_signature_follows_the_hand_in(cast: Cast) -> None:
    class_period = states.submitted(cast)
    with time_machine.travel(NEXT_DAY, tick=False):
        actions.sign_off_class_period(class_period=class_period, by=cast.phuc)
        found = sheet(cast)
    assert said(found) == [HAND_IN, signed(3, "Đỗ Văn Phúc")]
    assert [each.at for each in found.confirmations] == [NOW, NEXT_DAY]


@pytest.mark.parametrize("bring", [states.returned, states.reopened])
def test_what_is_with_the_teachers_again_nobody_stands_up_for(cast: Cast, bring) -> None:
    bring(cast)
    assert said(sheet(cast)) == []


def test_a_class_that_is_handed_in_again_names_the_last_time(cast: Cast) -> None:
    states.returned(cast)
    with time_machine.travel(NEXT_DAY, tick=False):
        states.submit(cast)
        [confirmation] = sheet(cast).confirmations
    assert confirmation.at == NEXT_DAY


def test_who_was_reopened_alone_is_no_longer_signed_for(cast: Cast) -> None:
    states.with_anh_reopened(cast)
    assert said(sheet(cast)) == [HAND_IN, signed(2)]


def test_who_was_signed_alone_later_is_counted_apart(cast: Cast) -> None:
    record = states.with_anh_reopened(cast)
    with time_machine.travel(NEXT_DAY, tick=False):
        actions.submit_record(record=record, by=cast.ngoc)
        record.refresh_from_db()
        actions.sign_off_record(record=record, by=cast.phuc)
        found = sheet(cast)
    assert said(found) == [HAND_IN, signed(2), signed(1, "Đỗ Văn Phúc")]
    assert found.state == SheetState.SIGNED_OFF


def test_subject_teachers_stand_first_at_the_years_end(in_may: Cast) -> None:
    year_ends.confirmed(in_may)
    actions.confirm_subject(
        school_class=in_may.school_class,
        period=Period.END_YEAR,
        subject_code="ngoai_ngu_1",
        by=in_may.binh,
    )
    with time_machine.travel(IN_MAY + datetime.timedelta(hours=1), tick=False):
        states.submit(in_may, Period.END_YEAR)
    found = sheet(in_may, Period.END_YEAR)
    assert said(found) == [("Xác nhận kết quả Ngoại ngữ 1", "Y Bình Êban"), HAND_IN]


def test_what_was_saved_after_its_confirmation_nobody_stands_up_for(in_may: Cast) -> None:
    year_ends.confirmed(in_may)
    actions.confirm_subject(
        school_class=in_may.school_class,
        period=Period.END_YEAR,
        subject_code="toan",
        by=in_may.ngoc,
    )
    assert said(sheet(in_may, Period.END_YEAR)) == [("Xác nhận kết quả Toán", "Trần Thị Ngọc")]
    with time_machine.travel(IN_MAY + datetime.timedelta(hours=1), tick=False):
        year_ends.edit_maths(in_may, in_may.duc, score=(9, 10))
    assert said(sheet(in_may, Period.END_YEAR)) == []


# Signatures


def test_before_the_signature_the_principal_in_post_is_named(cast: Cast) -> None:
    signatures = sheet(cast).signatures
    assert (signatures.leader, signatures.leader_position) == ("Nguyễn Thị Hạnh", "Hiệu trưởng")
    assert signatures.homeroom_teacher == "Trần Thị Ngọc"
    assert (signatures.place, signatures.signed_on) == ("Buôn Hồ", None)


def test_whoever_signed_is_named_with_the_day(cast: Cast) -> None:
    class_period = states.submitted(cast)
    with time_machine.travel(NEXT_DAY, tick=False):
        actions.sign_off_class_period(class_period=class_period, by=cast.phuc)
        signatures = sheet(cast).signatures
    assert (signatures.leader, signatures.leader_position) == ("Đỗ Văn Phúc", "Phó hiệu trưởng")
    assert signatures.signed_on == datetime.date(2027, 1, 6)


def test_a_school_without_principal_or_homeroom_teacher_leaves_room(cast: Cast) -> None:
    StaffRole.objects.filter(staff_member=cast.hanh).delete()
    HomeroomAssignment.objects.all().delete()
    signatures = sheet(cast).signatures
    assert (signatures.leader, signatures.homeroom_teacher) == ("", "")
