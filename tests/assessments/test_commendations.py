"""Commendations during the year, sentence by sentence of Điều 13, and step by step."""

import datetime
from collections.abc import Callable

import pytest
import time_machine

from assessments import actions
from assessments.actions.commendations import AwardDecision
from assessments.commendation_workflow import (
    GIVEN,
    OPEN,
    TRANSITIONS,
    CommendationKind,
    CommendationStatus,
    CommendationStep,
    can_take,
    commendation_transition,
)
from assessments.errors import InvalidEntry, NotOnRoster, ReasonMissing, StepNotAllowed
from assessments.models import Commendation
from audit.errors import NotPermitted
from audit.models import AuditEvent
from tests.assessments import commendations as made
from tests.assessments.commendations import DECISION, JAN_4, LETTER, PRIZE, WORDING
from tests.cast import Cast

IN_STATUS: dict[CommendationStatus, Callable[[Cast], Commendation]] = {
    CommendationStatus.PROPOSED: made.proposed,
    CommendationStatus.FORWARDED: made.forwarded,
    CommendationStatus.AWARDED: made.awarded,
    CommendationStatus.SENT: made.letter,
    CommendationStatus.DECLINED: made.declined,
    CommendationStatus.WITHDRAWN: made.withdrawn,
}
TAKE: dict[CommendationStep, Callable[[Cast, Commendation], object]] = {
    CommendationStep.FORWARD: lambda cast, row: actions.forward_commendation(
        commendation=row, by=cast.hanh
    ),
    CommendationStep.AWARD: lambda cast, row: made.award(cast, row),
    CommendationStep.DECLINE: lambda cast, row: actions.decline_commendation(
        commendation=row, reason="Đã khen trước cờ", by=cast.hanh
    ),
    CommendationStep.WITHDRAW: lambda cast, row: actions.withdraw_commendation(
        commendation=row, reason="Viết nhầm em", by=cast.hanh
    ),
}


# Điều 13.1.b, 13.2, 13.3, a case for each sentence


def test_13_1_b_a_pupil_with_an_extraordinary_achievement_in_the_year_is_commended_by_the_principal(
    cast: Cast,
) -> None:
    """Hiệu trưởng tặng giấy khen: khen thưởng đột xuất."""
    commendation = made.awarded(cast)
    assert commendation.kind == CommendationKind.EXTRAORDINARY
    assert commendation.status == CommendationStatus.AWARDED
    assert (commendation.decision_number, commendation.decided_on) == ("15/QĐ-THKĐ", JAN_4)
    assert (commendation.decided_by, commendation.proposed_by) == (
        cast.hanh.user,
        cast.ngoc.user,
    )


@pytest.mark.parametrize("day", ["2026-09-05", "2026-12-01", "2027-03-01", "2027-08-31"])
def test_13_1_b_in_the_year_means_on_any_day_of_it(cast: Cast, day: str) -> None:
    with time_machine.travel(f"{day}T03:00:00Z", tick=False):
        decided_on = datetime.date.fromisoformat(day)
        commendation = made.award(cast, made.proposed(cast), decided_on=decided_on)
    assert commendation.status == CommendationStatus.AWARDED


def test_13_1_b_the_year_before_takes_no_more(cast: Cast) -> None:
    with (
        time_machine.travel("2027-09-01T03:00:00Z", tick=False),
        pytest.raises(StepNotAllowed, match="Năm học 2026-2027 đã kết thúc"),
    ):
        made.proposed(cast)


def test_13_2_a_special_achievement_is_considered_by_the_school_and_proposed_to_a_higher_level(
    cast: Cast,
) -> None:
    commendation = made.proposed_to_higher_level(cast)
    actions.forward_commendation(commendation=commendation, by=cast.phuc)
    assert commendation.status == CommendationStatus.FORWARDED
    event = AuditEvent.objects.get(event="commendation.forwarded")
    assert (event.actor, event.student_id) == (cast.phuc.user, cast.anh.student_id)


def test_13_2_the_higher_level_that_commends_is_named(cast: Cast) -> None:
    commendation = made.award(cast, made.forwarded(cast))
    assert commendation.awarding_body == "UBND phường Buôn Hồ"
    with pytest.raises(InvalidEntry, match="cấp nào khen thưởng"):
        made.award(cast, made.proposed_to_higher_level(cast), awarding_body=" ")


def test_13_2_what_the_school_decides_itself_is_forwarded_to_nobody(cast: Cast) -> None:
    with pytest.raises(StepNotAllowed):
        actions.forward_commendation(commendation=made.proposed(cast), by=cast.hanh)


@pytest.mark.parametrize("role", ["hanh", "phuc", "ngoc", "binh"])
def test_13_3_managers_and_teachers_may_send_a_letter_of_praise(cast: Cast, role: str) -> None:
    letter = made.letter(cast, by=getattr(cast, role))
    assert (letter.status, letter.achievement) == (CommendationStatus.SENT, LETTER)
    assert letter.given_on == JAN_4
    assert letter.decided_at is None
    event = AuditEvent.objects.get(event="commendation.sent")
    assert event.changes == {
        "achievement": [None, LETTER],
        "given_on": [None, "2027-01-04"],
    }


@pytest.mark.parametrize(
    "deed",
    [
        "Em giải được bài toán khó.",  # có thành tích
        "Em cố gắng đọc trôi chảy hơn.",  # cố gắng trong học tập
        "Em tự tin hơn nhiều.",  # rèn luyện phẩm chất, năng lực
        "Em giúp cụ già qua đường.",  # việc làm tốt
    ],
)
def test_13_3_for_an_achievement_an_effort_or_a_good_deed(cast: Cast, deed: str) -> None:
    assert made.letter(cast, achievement=deed).achievement == deed


def test_13_3_a_letter_is_printed_on_no_form(cast: Cast) -> None:
    assert not made.letter(cast).is_printed_on_card
    assert made.awarded(cast).is_printed_on_card


# The table


@pytest.mark.parametrize("step", CommendationStep)
@pytest.mark.parametrize("status", CommendationStatus)
def test_each_step_is_taken_from_its_sources_alone(
    cast: Cast, status: CommendationStatus, step: CommendationStep
) -> None:
    commendation = IN_STATUS[status](cast)
    transition = commendation_transition(step)
    if can_take(step, kind=commendation.kind, status=status):
        TAKE[step](cast, commendation)
        commendation.refresh_from_db()
        assert commendation.status == transition.target
        event = AuditEvent.objects.newest_first().filter(event=transition.event)[0]
        assert event.student_id == cast.anh.student_id
        assert event.school_class_id == cast.school_class.pk
    else:
        with pytest.raises(StepNotAllowed):
            TAKE[step](cast, commendation)
        commendation.refresh_from_db()
        assert commendation.status == status


def test_every_status_is_reached_or_begins() -> None:
    reached = {transition.target for transition in TRANSITIONS}
    assert reached | {CommendationStatus.PROPOSED, CommendationStatus.SENT} == set(
        CommendationStatus
    )


def test_what_is_open_waits_for_an_answer_and_what_is_given_may_only_be_withdrawn() -> None:
    for transition in TRANSITIONS:
        if transition.step == CommendationStep.WITHDRAW:
            assert set(transition.sources) >= GIVEN
        else:
            assert set(transition.sources) <= OPEN


def test_a_page_that_is_stale_changes_nothing(cast: Cast) -> None:
    """Two leaders answer from the same page; the second is told."""
    commendation = made.proposed(cast)
    stale = Commendation.objects.get(pk=commendation.pk)
    made.award(cast, commendation)
    with pytest.raises(StepNotAllowed):
        actions.decline_commendation(commendation=stale, reason="Đã khen", by=cast.phuc)
    stale.refresh_from_db()
    assert (stale.status, stale.closing_reason) == (CommendationStatus.AWARDED, "")


@pytest.mark.parametrize("action", [actions.decline_commendation, actions.withdraw_commendation])
def test_saying_no_needs_a_reason(cast: Cast, action: Callable[..., object]) -> None:
    with pytest.raises(ReasonMissing):
        action(commendation=made.proposed(cast), reason=" \n", by=cast.hanh)


# What is written


@pytest.mark.parametrize("field", ["achievement", "wording"])
def test_a_proposal_says_what_for_and_what_the_form_prints(cast: Cast, field: str) -> None:
    with pytest.raises(InvalidEntry):
        made.proposed(cast, **{field: " \n"})
    assert not Commendation.objects.exists()


def test_a_letter_is_not_proposed(cast: Cast) -> None:
    with pytest.raises(InvalidEntry, match="hình thức"):
        made.proposed(cast, kind=CommendationKind.PRAISE_LETTER)


def test_a_letter_has_words(cast: Cast) -> None:
    with pytest.raises(InvalidEntry, match="lời khen"):
        made.letter(cast, achievement="  ")


@pytest.mark.parametrize(
    ("day", "words"),
    [("2027-01-06", "sau hôm nay"), ("2026-09-04", "thuộc năm học, từ 05/09/2026")],
)
def test_a_day_lies_in_the_school_year_and_not_ahead(cast: Cast, day: str, words: str) -> None:
    wrong = datetime.date.fromisoformat(day)
    with pytest.raises(InvalidEntry, match=words):
        made.letter(cast, given_on=wrong)
    with pytest.raises(InvalidEntry, match=words):
        made.award(cast, made.proposed(cast), decided_on=wrong)


def test_an_award_needs_the_decisions_number(cast: Cast) -> None:
    with pytest.raises(InvalidEntry, match="số quyết định"):
        made.award(cast, made.proposed(cast), number=" ")


def test_an_award_is_given_on_the_day_of_its_decision_or_another(cast: Cast) -> None:
    assert made.awarded(cast).given_on == JAN_4
    later = datetime.date(2027, 1, 5)
    assert made.award(cast, made.proposed(cast), given_on=later).given_on == later


def test_the_decision_is_recorded(cast: Cast) -> None:
    made.awarded(cast)
    event = AuditEvent.objects.get(event="commendation.awarded")
    assert event.actor == cast.hanh.user
    assert event.changes == {
        "decision_number": [None, "15/QĐ-THKĐ"],
        "decided_on": [None, "2027-01-04"],
        "given_on": [None, "2027-01-04"],
    }


def test_a_pupil_who_has_left_is_not_commended(cast: Cast) -> None:
    cast.anh.ended_on, cast.anh.exit_reason = JAN_4, "transferred_out"
    cast.anh.save()
    with pytest.raises(NotOnRoster):
        made.proposed(cast)


# Who


def test_a_teacher_withdraws_her_own_and_no_other(cast: Cast) -> None:
    letter = made.letter(cast, by=cast.binh)
    with pytest.raises(NotPermitted):
        actions.withdraw_commendation(commendation=letter, reason="Nhầm", by=cast.ngoc)
    actions.withdraw_commendation(commendation=letter, reason="Nhầm", by=cast.binh)
    assert letter.status == CommendationStatus.WITHDRAWN


def test_what_was_decided_is_withdrawn_by_a_leader_alone(cast: Cast) -> None:
    commendation = made.awarded(cast)
    with pytest.raises(NotPermitted, match="chỉ lãnh đạo"):
        actions.withdraw_commendation(commendation=commendation, reason="Nhầm", by=cast.ngoc)
    actions.withdraw_commendation(commendation=commendation, reason="Nhầm em", by=cast.phuc)
    assert (commendation.status, commendation.decided_by) == (
        CommendationStatus.WITHDRAWN,
        cast.hanh.user,
    )


def test_a_proposal_keeps_its_words(cast: Cast) -> None:
    event_changes = AuditEvent.objects.filter(event="commendation.proposed")
    made.proposed_to_higher_level(cast)
    assert event_changes.get().changes["wording"] == [None, PRIZE]
    assert WORDING != PRIZE


def test_a_decision_is_a_value() -> None:
    assert AwardDecision(number="15/QĐ-THKĐ", decided_on=JAN_4) == DECISION
