"""More time after closing: for whom it is, until when, who asks for it and who takes it back."""

import datetime

import pytest

from assessments import actions
from assessments.errors import ExtensionRefused, PeriodClosed, ReasonMissing, StepNotAllowed
from assessments.models import ClassPeriod, Extension
from audit.models import AuditEvent
from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.assessments.filling import subject_row
from tests.assessments.late_entries import (
    DAY,
    END_TERM_1,
    LAST_DAY,
    LATE_DAY,
    ask,
    enter_english,
    enter_maths,
    evening_of,
    every_entry,
)
from tests.cast import Cast

# More time


@every_entry
def test_more_time_for_the_class_lets_all_its_teachers(late: Cast, enter) -> None:
    states.extended(late, LATE_DAY)
    assert enter(late)


def test_more_time_ends_after_its_last_day(late: Cast) -> None:
    states.extended(late, LATE_DAY)
    with evening_of(LATE_DAY + DAY), pytest.raises(PeriodClosed):
        enter_english(late)


def test_more_time_for_one_teacher_is_hers_alone(late: Cast) -> None:
    states.extended(late, LATE_DAY, staff_member=late.binh)
    assert enter_english(late)
    with pytest.raises(PeriodClosed):
        enter_maths(late)


def with_a_second_class(cast: Cast):
    second = factories.make_class(cast.school_year, "4B", (4,))
    factories.assign_teacher(second, "ngoai_ngu_1", cast.binh)
    pupil = factories.enroll(factories.make_student("Phan Gia Bảo"), second)
    return {"school_class": second, "rows": [subject_row(pupil.pk, level="T", score=9)]}


def test_more_time_in_one_class_is_none_in_another(late: Cast) -> None:
    states.extended(late, LATE_DAY, staff_member=late.binh)
    with pytest.raises(PeriodClosed):
        enter_english(late, **with_a_second_class(late))


def test_more_time_in_all_classes_is_one_in_each(late: Cast) -> None:
    states.extended(late, LATE_DAY, staff_member=late.binh, in_all_classes=True)
    assert enter_english(late, **with_a_second_class(late))


def test_more_time_for_another_period_is_none_here(late: Cast) -> None:
    states.extended(late, LATE_DAY, period=Period.MID_TERM_1)
    with pytest.raises(PeriodClosed):
        enter_english(late)


def test_more_time_is_taken_back(late: Cast) -> None:
    extension = states.extended(late, LATE_DAY)
    actions.revoke_extension(extension=extension, by=late.phuc)
    with pytest.raises(PeriodClosed):
        enter_english(late)


def test_it_is_taken_back_once(late: Cast) -> None:
    extension = states.extended(late, LATE_DAY)
    actions.revoke_extension(extension=extension, by=late.phuc)
    with pytest.raises(StepNotAllowed):
        actions.revoke_extension(extension=extension, by=late.hanh)


def test_more_time_again_takes_the_place_of_the_former(late: Cast) -> None:
    first = states.extended(late, LATE_DAY)
    states.extended(late, LATE_DAY + 5 * DAY)
    first.refresh_from_db()
    assert first.revoked_by == late.hanh.user
    assert Extension.objects.standing_on(LATE_DAY).count() == 1


@pytest.mark.parametrize(
    "ends_on",
    [LAST_DAY, LATE_DAY - DAY, datetime.date(2027, 9, 1), datetime.date(2072, 1, 25)],
)
def test_an_end_that_gives_no_time_or_too_much_is_refused(
    late: Cast, ends_on: datetime.date
) -> None:
    with pytest.raises(ExtensionRefused) as refusal:
        states.extended(late, ends_on)
    assert str(refusal.value.message) == "Ngày gia hạn phải từ 20/01/2027 đến 31/08/2027."


def test_more_time_has_a_reason(late: Cast) -> None:
    with pytest.raises(ReasonMissing):
        states.extended(late, LATE_DAY, reason="  ")


def test_all_classes_are_a_teachers(late: Cast) -> None:
    with pytest.raises(ExtensionRefused):
        states.extended(late, LATE_DAY, in_all_classes=True)


def test_a_class_handed_in_needs_no_time(cast: Cast) -> None:
    states.submitted(cast)
    with evening_of(LATE_DAY), pytest.raises(ExtensionRefused) as refusal:
        states.extended(cast, LATE_DAY)
    assert "đã gửi hiệu trưởng" in str(refusal.value.message)


def test_a_returned_class_needs_no_time(cast: Cast) -> None:
    states.returned(cast)
    with evening_of(LATE_DAY), pytest.raises(ExtensionRefused) as refusal:
        ask(cast)
    assert "vẫn nhập được" in str(refusal.value.message)


def test_giving_and_taking_back_are_audited(late: Cast) -> None:
    extension = states.extended(late, LATE_DAY, staff_member=late.binh)
    actions.revoke_extension(extension=extension, by=late.phuc)
    granted, revoked = AuditEvent.objects.filter(event__startswith="extension.").order_by("pk")
    assert (granted.actor, granted.reason) == (late.hanh.user, "Lớp nghỉ học vì bão")
    assert granted.school_class_id == late.school_class.pk
    assert granted.changes == {
        "period": [None, "end_term_1"],
        "teacher": [None, "Y Bình Êban"],
        "ends_on": [None, "2027-01-20"],
    }
    assert (revoked.actor, revoked.changes["ends_on"]) == (late.phuc.user, ["2027-01-20", None])


# Asking


def test_asking_is_audited_with_its_reason(late: Cast) -> None:
    ask(late)
    event = AuditEvent.objects.get(event="extension_request.asked")
    assert (event.actor, event.reason) == (late.ngoc.user, "Tôi ốm cả tuần")


def test_one_request_of_hers_waits_at_a_time(late: Cast) -> None:
    ask(late)
    with pytest.raises(StepNotAllowed):
        ask(late)
    assert ask(late, late.binh)


def test_asking_needs_a_reason(late: Cast) -> None:
    with pytest.raises(ReasonMissing):
        actions.request_extension(
            school_class=late.school_class, period=END_TERM_1, reason=" ", by=late.ngoc
        )


def test_more_time_for_the_class_answers_all_who_asked(late: Cast) -> None:
    asked = [ask(late), ask(late, late.binh)]
    states.extended(late, LATE_DAY)
    for request in asked:
        request.refresh_from_db()
    assert [request.is_granted for request in asked] == [True, True]
    assert AuditEvent.objects.filter(event="extension_request.granted").count() == 2


def test_more_time_for_one_teacher_leaves_the_others_waiting(late: Cast) -> None:
    hers, his = ask(late), ask(late, late.binh)
    states.extended(late, LATE_DAY, staff_member=late.binh)
    hers.refresh_from_db()
    his.refresh_from_db()
    assert (hers.is_granted, his.is_granted) == (None, True)


def test_a_refusal_leaves_the_class_closed_and_lets_her_ask_again(late: Cast) -> None:
    actions.refuse_extension_request(request=ask(late), by=late.hanh)
    with pytest.raises(PeriodClosed):
        enter_maths(late)
    assert ask(late)


def test_a_request_is_answered_once(late: Cast) -> None:
    request = ask(late)
    actions.refuse_extension_request(request=request, by=late.hanh)
    with pytest.raises(StepNotAllowed):
        actions.refuse_extension_request(request=request, by=late.phuc)


def test_a_period_that_has_not_opened_is_not_extended(cast: Cast) -> None:
    with pytest.raises(Exception, match="mở nhập từ"):
        states.extended(cast, datetime.date(2027, 4, 1), period=Period.MID_TERM_2)
    assert not ClassPeriod.objects.exists()
