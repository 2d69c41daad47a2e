"""Passing a class on (Điều 12): sentence by sentence, and step by step."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine

from assessments import actions
from assessments.actions.handovers import HandoverDraft
from assessments.errors import InvalidEntry, NotOnRoster, ReasonMissing, StepNotAllowed
from assessments.handovers import (
    HandoverRecords,
    NoteText,
    handover_of,
    noted_pupils,
    possible_receivers,
    records_to_hand_over,
)
from assessments.models import Handover, HandoverNote
from audit.errors import NotPermitted
from audit.models import AuditEvent
from rulesets import Period
from schools.models import HomeroomAssignment, Role, StaffRole
from tests import factories
from tests.assessments import handovers as made
from tests.assessments import states
from tests.assessments.handovers import BRIGHT, GENERAL, LIMITED, LOWER_SECONDARY, MAY_20
from tests.audit.triggers import refused
from tests.cast import Cast


@pytest.fixture
def may(cast: Cast) -> Iterator[Cast]:
    with time_machine.travel(MAY_20, tick=False):
        yield cast


def last_event(name: str) -> AuditEvent:
    return AuditEvent.objects.filter(event=name).newest_first()[0]


# Điều 12, a case for each sentence


def test_12_1_the_next_teacher_has_what_she_needs_to_know(may: Cast) -> None:
    """Giúp giáo viên nhận học sinh vào năm học tiếp theo có đủ thông tin cần thiết."""
    handover = made.received(may)
    texts = {pupil.student.full_name: text for pupil, text in noted_pupils(handover)}
    assert list(texts) == ["Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"]
    assert texts["Lê Minh Anh"] == NoteText(BRIGHT, LIMITED)
    assert handover.general_note == GENERAL


def test_12_1_for_objectivity_giver_and_receiver_are_two_people(may: Cast) -> None:
    """Nhằm đảm bảo tính khách quan và trách nhiệm của giáo viên."""
    states.signed_off(may, Period.END_YEAR)
    with pytest.raises(InvalidEntry, match="không phải người giao"):
        made.named(may, may.ngoc)


@pytest.mark.parametrize("role", ["hanh", "phuc"])
def test_12_2_the_principal_directs_it_a_leader_may_name_the_receiver(may: Cast, role: str) -> None:
    handover = actions.name_receiver(
        school_class=may.school_class, grade_level=4, receiver=may.binh, by=getattr(may, role)
    )
    assert handover.receiver == may.binh
    assert last_event("handover.receiver_named").changes == {"receiver": [None, "Y Bình Êban"]}


def test_12_2_a_in_grades_1_to_4_the_homeroom_teacher_exchanges_with_the_teacher_of_next_year(
    may: Cast,
) -> None:
    """... về những nét nổi bật hoặc hạn chế của học sinh."""
    handover = made.handed_over(may)
    assert (handover.giver, handover.receiver) == (may.ngoc, may.suong)
    assert handover.handed_over_by == may.ngoc.user
    note = handover.notes.get(enrollment=may.anh)
    assert (note.highlights, note.limits) == (BRIGHT, LIMITED)


def test_12_2_a_the_records_of_10_2_are_handed_over(may: Cast) -> None:
    """Bàn giao hồ sơ đánh giá: học bạ and the class's summaries, as many as there are."""
    handover = made.handed_over(may)
    assert (handover.report_cards, handover.class_summaries) == (3, 1)
    event = last_event("handover.handed_over")
    assert event.changes == {"report_cards": [None, 3], "class_summaries": [None, 1]}
    assert (event.actor, event.school_class_id) == (may.ngoc.user, may.school_class.pk)


@pytest.mark.parametrize("missing", ["lower_secondary_school", "invigilation"])
def test_12_2_b_lower_secondary_teachers_take_part_in_invigilating_and_marking(
    may: Cast, missing: str
) -> None:
    handover = made.prepared_last_grade(may, may.hanh, **{missing: ""})
    with pytest.raises(InvalidEntry, match="trường trung học cơ sở"):
        actions.hand_over_class(handover=handover, by=may.suong)
    assert not Handover.objects.get().is_handed_over


@pytest.mark.parametrize("role", ["hanh", "phuc", "tam"])
def test_12_2_b_grade_5_is_handed_over_to_the_school(may: Cast, role: str) -> None:
    """Giáo viên chủ nhiệm hoàn thiện hồ sơ, bàn giao cho nhà trường."""
    receiver = getattr(may, role)
    handover = made.prepared_last_grade(may, receiver)
    actions.hand_over_class(handover=handover, by=may.suong)
    handover = actions.receive_class(handover=handover, by=receiver)
    assert handover.is_received
    assert handover.lower_secondary_school == LOWER_SECONDARY["lower_secondary_school"]


def test_12_2_b_a_teacher_receives_no_grade_5_for_the_school(may: Cast) -> None:
    with pytest.raises(InvalidEntry, match="lãnh đạo trường hoặc học vụ"):
        made.prepared_last_grade(may, may.ngoc)


def test_12_2_b_other_grades_say_nothing_of_lower_secondary_schools(may: Cast) -> None:
    handover = made.saved(may, **LOWER_SECONDARY)
    handover.refresh_from_db()
    assert (handover.lower_secondary_school, handover.invigilation) == ("", "")


def test_10_2_b_the_pupils_are_the_classs_roster_at_the_years_end(may: Cast) -> None:
    gone = factories.enroll(
        factories.make_student("Rời Lớp Sớm"),
        may.school_class,
        ended_on=datetime.date(2027, 3, 1),
        exit_reason="transferred_out",
    )
    handover = made.handed_over(may)
    assert {note.enrollment_id for note in handover.notes.all()} == {
        may.anh.pk,
        may.duc.pk,
        may.hhen.pk,
    }
    assert gone.pk not in {pupil.pk for pupil, _ in noted_pupils(handover)}


# When


@pytest.mark.parametrize(
    "prepare", [lambda cast: None, lambda cast: states.submitted(cast, Period.END_YEAR)]
)
def test_nothing_is_handed_over_before_the_year_is_signed(may: Cast, prepare) -> None:
    prepare(may)
    handover = made.named(may)
    with pytest.raises(StepNotAllowed, match="chưa được ký duyệt"):
        actions.hand_over_class(handover=handover, by=may.ngoc)


def test_a_pupil_under_review_holds_it_up(may: Cast) -> None:
    handover = made.prepared(may)
    record = may.school_class.class_periods.get().records.get(enrollment=may.anh)
    actions.reopen_record(record=record, reason="Sai điểm", by=may.hanh)
    with pytest.raises(StepNotAllowed, match="đang được xem lại"):
        actions.hand_over_class(handover=handover, by=may.ngoc)


def test_nothing_is_handed_over_to_nobody(may: Cast) -> None:
    states.signed_off(may, Period.END_YEAR)
    with pytest.raises(StepNotAllowed, match="Chưa chọn người nhận"):
        actions.hand_over_class(handover=made.saved(may), by=may.ngoc)


def test_a_receiver_who_has_left_receives_nothing(may: Cast) -> None:
    handover = made.prepared(may)
    StaffRole.objects.filter(staff_member=may.suong).update(ended_on=datetime.date(2027, 5, 1))
    with pytest.raises(InvalidEntry):
        actions.hand_over_class(handover=handover, by=may.ngoc)


def test_after_the_summer_a_class_may_still_be_handed_over(may: Cast) -> None:
    handover = made.prepared(may)
    with time_machine.travel("2027-09-10T03:00:00Z", tick=False):
        actions.hand_over_class(handover=handover, by=may.ngoc)
    handover.refresh_from_db()
    assert handover.is_handed_over


# Notes


def test_notes_are_kept_with_who_wrote_them_in_the_pupils_history_alone(may: Cast) -> None:
    made.saved(may)
    event = last_event("handover_note.saved")
    assert (event.student_id, event.school_class_id) == (may.anh.student_id, None)
    assert event.changes == {"highlights": [None, BRIGHT], "limits": [None, LIMITED]}
    note = HandoverNote.objects.get()
    assert (note.saved_by, note.saved_at) == (may.ngoc.user, MAY_20)


def test_saving_again_records_what_changed_and_nothing_else(may: Cast) -> None:
    made.saved(may)
    notes = {may.anh.pk: NoteText(BRIGHT, ""), may.duc.pk: NoteText()}
    made.saved(may, notes=notes)
    events = AuditEvent.objects.filter(event="handover_note.saved").order_by("pk")
    assert [event.changes for event in events][1:] == [{"limits": [LIMITED, ""]}]
    assert AuditEvent.objects.filter(event="handover.saved").count() == 1


def test_a_pupil_of_another_class_is_not_noted(may: Cast) -> None:
    with pytest.raises(NotOnRoster):
        made.saved(may, notes={may.stranger.pk: NoteText("Giỏi", "")})
    assert not HandoverNote.objects.exists()


def test_a_class_has_no_grade_that_is_not_its_own(may: Cast) -> None:
    with pytest.raises(NotOnRoster, match="không có khối"):
        actions.save_handover(
            school_class=may.school_class, grade_level=5, draft=HandoverDraft(), by=may.ngoc
        )


def test_a_pupil_who_left_after_she_was_noted_is_not_handed_over(may: Cast) -> None:
    made.saved(may)
    may.anh.ended_on, may.anh.exit_reason = datetime.date(2027, 5, 19), "transferred_out"
    may.anh.save()
    states.signed_off(may, Period.END_YEAR)
    handover = actions.hand_over_class(handover=made.named(may), by=may.ngoc)
    assert {note.enrollment_id for note in handover.notes.all()} == {may.duc.pk, may.hhen.pk}


def test_each_grade_of_a_multi_grade_class_has_its_own(may: Cast) -> None:
    mixed = factories.make_class(may.school_year, "45", (4, 5))
    factories.assign_homeroom(mixed, may.suong)
    fourth = factories.enroll(factories.make_student("Y Bham"), mixed)
    fifth = factories.enroll(factories.make_student("H Lan"), mixed, grade_level=5)
    for grade_level, pupil in [(4, fourth), (5, fifth)]:
        shown = [row.pk for row, _ in noted_pupils(handover_of(mixed, grade_level))]
        assert shown == [pupil.pk]
        assert records_to_hand_over(mixed, grade_level) == HandoverRecords(1, 0)


# After it was handed over


@pytest.mark.parametrize("make", [made.handed_over, made.received])
def test_what_was_handed_over_is_not_written_in(may: Cast, make) -> None:
    make(may)
    with pytest.raises(StepNotAllowed):
        made.saved(may)


def test_it_is_not_handed_over_twice(may: Cast) -> None:
    handover = made.handed_over(may)
    with pytest.raises(StepNotAllowed, match="Đã bàn giao"):
        actions.hand_over_class(handover=handover, by=may.ngoc)


def test_a_return_undoes_the_handing_over_and_says_why(may: Cast) -> None:
    handover = made.returned(may)
    handover.refresh_from_db()
    assert handover.handed_over_at is handover.handed_over_by is handover.giver is None
    assert (handover.report_cards, handover.class_summaries) == (None, None)
    assert handover.return_reason == "Thiếu ghi chú về em Đức"
    assert last_event("handover.returned").reason == "Thiếu ghi chú về em Đức"


def test_what_was_returned_is_written_on_and_handed_over_again(may: Cast) -> None:
    handover = made.returned(may)
    made.saved(may, notes={may.duc.pk: NoteText("Em mạnh dạn", "")})
    handover = actions.hand_over_class(handover=handover, by=may.ngoc)
    assert (handover.returned_at, handover.return_reason) == (None, "")
    assert actions.receive_class(handover=handover, by=may.suong).is_received


def test_a_return_needs_a_reason(may: Cast) -> None:
    with pytest.raises(ReasonMissing):
        actions.return_handover(handover=made.handed_over(may), reason=" ", by=may.suong)


@pytest.mark.parametrize("make", [made.prepared, made.returned, made.received])
@pytest.mark.parametrize("step", ["receive", "return"])
def test_only_what_waits_is_received_or_returned(may: Cast, make, step: str) -> None:
    handover = make(may)
    take, asked = {
        "receive": (actions.receive_class, {}),
        "return": (actions.return_handover, {"reason": "Thiếu"}),
    }[step]
    with pytest.raises(StepNotAllowed):
        take(handover=handover, by=may.suong, **asked)


def test_two_receivers_do_not_both_receive(may: Cast) -> None:
    """The receiver was changed while her page was open."""
    handover = made.handed_over(may)
    made.named(may, may.binh)
    with pytest.raises(NotPermitted):
        actions.receive_class(handover=handover, by=may.suong)
    handover.refresh_from_db()
    assert actions.receive_class(handover=handover, by=may.binh).received_by == may.binh.user


def test_the_receiver_of_what_was_received_stays(may: Cast) -> None:
    made.received(may)
    with pytest.raises(StepNotAllowed, match="đã được nhận"):
        made.named(may, may.binh)


def test_a_receipt_locks_minutes_and_notes(may: Cast) -> None:
    handover = made.received(may)
    with refused("locked"):
        Handover.objects.update(general_note="Khác")
    with refused("locked"):
        HandoverNote.objects.update(limits="")
    with refused("locked"):
        HandoverNote.objects.filter(handover=handover)._raw_delete(using="default")


# Who may take over


def test_teachers_and_leaders_in_post_may_take_pupils_but_the_giver(may: Cast) -> None:
    names = [member.full_name for member in possible_receivers(may.school_class, 4)]
    assert names == ["Y Bình Êban", "Nguyễn Thị Hạnh", "Đỗ Văn Phúc", "Lê Thị Sương"]


def test_leaders_and_the_registrar_take_grade_5_for_the_school(may: Cast) -> None:
    last = factories.make_class(may.school_year, "5A", (5,))
    names = [member.full_name for member in possible_receivers(last, 5)]
    assert names == ["Nguyễn Thị Hạnh", "Đỗ Văn Phúc", "Phạm Văn Tâm"]


def test_whoever_cannot_log_in_cannot_receive(may: Cast) -> None:
    factories.make_staff(may.school, "Đinh Thị Mới", Role.TEACHER)
    assert "Đinh Thị Mới" not in [row.full_name for row in possible_receivers(may.school_class, 4)]


def test_a_former_homeroom_teacher_may_receive(may: Cast) -> None:
    HomeroomAssignment.objects.update(ended_on=datetime.date(2027, 1, 10))
    factories.assign_homeroom(may.school_class, may.binh)
    names = [member.full_name for member in possible_receivers(may.school_class, 4)]
    assert "Trần Thị Ngọc" in names
    assert "Y Bình Êban" not in names


def test_the_pupils_and_their_notes_take_a_fixed_number_of_queries(
    may: Cast, django_assert_num_queries
) -> None:
    for number in range(30):
        factories.enroll(factories.make_student(f"Lê Thị Lan {number}"), may.school_class)
    handover = made.saved(may)
    with django_assert_num_queries(4):
        assert len(noted_pupils(handover)) == 33


def test_saving_a_whole_class_takes_as_many_queries_as_saving_one(
    may: Cast, django_assert_max_num_queries
) -> None:
    pupils = [
        factories.enroll(factories.make_student(f"Lê Thị Lan {number}"), may.school_class)
        for number in range(30)
    ]
    notes = {pupil.pk: NoteText("Chăm chỉ", "") for pupil in pupils}
    with django_assert_max_num_queries(24):
        made.saved(may, notes=notes)
    assert HandoverNote.objects.count() == 30
