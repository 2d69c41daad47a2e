"""What a class's page offers to whom, in each state."""

import datetime

import pytest
import time_machine

from assessments.class_page import class_page
from assessments.models import ClassPeriod
from assessments.offers import Offers, offers_for, who_and_when
from assessments.reading import class_period_of
from rulesets import Period
from schools.models import HomeroomAssignment
from tests.assessments import states
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


def offered(cast: Cast, role: str, period: str = END_TERM_1) -> Offers:
    class_period = class_period_of(cast.school_class, period)
    return offers_for(getattr(cast, role), class_page(class_period))


@pytest.mark.parametrize(
    ("role", "is_homeroom", "is_leader", "can_ask"),
    [
        ("ngoc", True, False, True),
        ("binh", False, False, True),
        ("suong", False, False, False),
        ("hanh", False, True, False),
        ("phuc", False, True, False),
        ("tam", False, False, False),
        ("quang", False, False, False),
    ],
)
def test_each_role_has_its_own_place_on_the_page(
    role: str, is_homeroom: bool, is_leader: bool, can_ask: bool, cast: Cast
) -> None:
    offers = offered(cast, role)
    assert (offers.is_homeroom, offers.is_leader, offers.can_ask) == (
        is_homeroom,
        is_leader,
        can_ask,
    )


@pytest.mark.parametrize(("role", "sees"), [("ngoc", True), ("hanh", True), ("binh", False)])
def test_results_in_all_subjects_are_for_homeroom_teacher_and_leaders(
    role: str, sees: bool, cast: Cast
) -> None:
    assert offered(cast, role).sees_every_value is sees


def test_an_open_class_can_be_submitted(cast: Cast) -> None:
    assert offered(cast, "ngoc").submit_refusal == ""


def test_a_period_that_has_not_opened_cannot(cast: Cast) -> None:
    assert offered(cast, "ngoc", Period.END_YEAR).submit_refusal != ""


def test_a_submitted_class_says_who_has_it_and_how_to_get_it_back(cast: Cast) -> None:
    states.submitted(cast)
    assert offered(cast, "ngoc").submit_refusal == (
        "Trần Thị Ngọc gửi lúc 20:30 05/01/2027. Cần sửa thì xin hiệu trưởng trả lại lớp."
    )


def test_a_signed_class_says_who_signed_it_and_how_to_get_it_back(cast: Cast) -> None:
    states.signed_off(cast)
    assert offered(cast, "ngoc").submit_refusal == (
        "Nguyễn Thị Hạnh ký duyệt lúc 20:30 05/01/2027. Cần sửa thì đề nghị mở lại, kèm lý do."
    )


@pytest.mark.parametrize("bring", [states.returned, states.reopened])
def test_a_class_that_came_back_can_be_submitted_again(bring, cast: Cast) -> None:
    bring(cast)
    assert offered(cast, "ngoc").submit_refusal == ""


def test_a_leader_reads_whom_she_waits_for(cast: Cast) -> None:
    assert "giáo viên chủ nhiệm Trần Thị Ngọc gửi" in offered(cast, "hanh").sign_refusal


def test_a_class_without_a_homeroom_teacher_names_nobody(cast: Cast) -> None:
    HomeroomAssignment.objects.update(ended_on=datetime.date(2026, 12, 1))
    assert "giáo viên chủ nhiệm — gửi" in offered(cast, "hanh").sign_refusal


@pytest.mark.parametrize(
    ("bring", "can_sign", "can_reopen"),
    [
        (states.filled, False, False),
        (states.submitted, True, False),
        (states.returned, False, False),
        (states.signed_off, False, True),
        (states.reopened, False, False),
    ],
)
def test_signing_and_reopening_each_have_their_state(
    bring, can_sign: bool, can_reopen: bool, cast: Cast
) -> None:
    bring(cast)
    offers = offered(cast, "hanh")
    assert (offers.can_sign, offers.can_reopen) == (can_sign, can_reopen)


def test_nothing_refuses_a_signature_on_a_submitted_class(cast: Cast) -> None:
    states.submitted(cast)
    assert offered(cast, "hanh").sign_refusal == ""


# The last step in words


def test_an_untouched_class_has_no_last_step(cast: Cast) -> None:
    assert who_and_when(class_period_of(cast.school_class, END_TERM_1)) == ""


@pytest.mark.parametrize(
    ("bring", "sentence"),
    [
        (states.submitted, "Trần Thị Ngọc gửi lúc 20:30 05/01/2027."),
        (states.returned, "Nguyễn Thị Hạnh trả lại lúc 20:30 05/01/2027."),
        (states.signed_off, "Nguyễn Thị Hạnh ký duyệt lúc 20:30 05/01/2027."),
        (states.reopened, "Nguyễn Thị Hạnh mở lại lúc 20:30 05/01/2027."),
    ],
)
def test_the_last_step_says_who_and_when(bring, sentence: str, cast: Cast) -> None:
    bring(cast)
    assert who_and_when(class_period_of(cast.school_class, END_TERM_1)) == sentence


def test_the_time_of_a_step_is_the_schools_local_time(cast: Cast) -> None:
    late_evening_elsewhere = datetime.datetime(2027, 1, 6, 17, 15, tzinfo=datetime.UTC)
    states.filled(cast)
    with time_machine.travel(late_evening_elsewhere, tick=False):
        states.submit(cast)
    stored = ClassPeriod.objects.get(school_class=cast.school_class)
    assert who_and_when(stored) == "Trần Thị Ngọc gửi lúc 00:15 07/01/2027."
