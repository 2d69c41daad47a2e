"""The past year was closed: titles given, and every class passed on (Điều 12 and 13)."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assessments.handovers import handovers_to_receive
from assessments.models import Handover, HandoverNote, YearDecision
from audit.models import AuditEvent
from hocba.demo.clock import EVENING
from rulesets import YearOutcome
from schools.models import StaffMember

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


EVERY_CLASS = ["1A", "2A", "3A", "4A", "5A"]


def decisions(year):
    return YearDecision.objects.filter(enrollment__school_class__school_year=year)


def handover(past, name):
    return Handover.objects.get(school_class__school_year=past, school_class__name=name)


def username(staff_member):
    return staff_member.acting_user.username


# Titles


def recognised(year):
    return decisions(year).exclude(recognised_on=None).select_related("enrollment__school_class")


def test_a_class_recognises_at_most_one_pupil(past):
    classes = [row.enrollment.school_class.name for row in recognised(past)]
    assert classes
    assert len(set(classes)) == len(classes)


def test_who_is_recognised_was_outstanding_in_vietnamese_and_did_well(past):
    for row in recognised(past):
        assert row.confirmed_result == YearOutcome.GOOD
        assert row.outstanding_subject == "tieng_viet"


def test_who_is_recognised_has_the_title_of_it(past):
    assert {row.reward_title for row in recognised(past)} == {"exemplary_pupil"}


def test_the_title_of_excellence_needs_no_recognition(past):
    excellent = decisions(past).filter(confirmed_result=YearOutcome.EXCELLENT)
    assert {row.reward_title for row in excellent} == {"excellent_pupil"}
    assert {row.recognised_on for row in excellent} == {None}


def test_who_only_completed_the_year_has_no_title(past):
    completed = decisions(past).filter(confirmed_result=YearOutcome.COMPLETED)
    assert {row.reward for row in completed} == {""}


def test_recognition_fell_into_the_window_of_the_years_end(past):
    window = past.period_windows.get(period="end_year")
    assert all(window.is_open_on(row.recognised_on) for row in recognised(past))


def test_the_running_year_has_recognised_nobody_yet(running):
    assert not recognised(running).exists()


# Completion


def test_every_decision_of_the_past_year_is_signed(past):
    assert not decisions(past).filter(signed_off_at=None).exists()


def test_nobody_is_promoted_out_of_the_last_grade(past):
    last = decisions(past).filter(grade_level=5)
    assert {row.is_promoted for row in last} == {None}
    assert {row.has_completed for row in last} == {True}


def test_everybody_promoted_sits_in_the_next_grade_now(past, running):
    for row in decisions(past).filter(is_promoted=True).select_related("enrollment"):
        following = row.enrollment.student.enrollments.filter(school_class__school_year=running)
        assert [found.grade_level for found in following] in ([row.grade_level + 1], [])


# Handovers


@pytest.mark.parametrize("name", EVERY_CLASS)
def test_every_class_was_handed_over_and_received(past, name):
    found = handover(past, name)
    assert found.handed_over_at <= found.received_at
    assert found.received_by == found.receiver.acting_user


@pytest.mark.parametrize("name", EVERY_CLASS[:-1])
def test_a_class_went_to_whoever_has_the_next_grade(past, name):
    found = handover(past, name)
    assert username(found.giver) == f"gv{name}".lower()
    assert username(found.receiver) == f"gv{found.grade_level + 1}a"


def test_the_last_grade_went_to_the_schools_registrar(past):
    assert username(handover(past, "5A").receiver) == "hocvu"


def test_only_the_last_grade_names_a_secondary_school(past):
    for name in EVERY_CLASS:
        found = handover(past, name)
        is_last = found.grade_level == 5
        assert bool(found.lower_secondary_school) is is_last
        assert bool(found.invigilation) is is_last


def test_every_pupils_report_card_was_handed_over(past):
    for name in EVERY_CLASS:
        found = handover(past, name)
        assert found.report_cards == found.school_class.enrollments.count()


def test_the_summary_sheets_of_the_four_periods_were_handed_over(past):
    assert {handover(past, name).class_summaries for name in EVERY_CLASS} == {4}


@pytest.mark.parametrize("name", EVERY_CLASS)
def test_of_the_first_two_pupils_the_next_teacher_is_told_more(past, name):
    notes = HandoverNote.objects.filter(handover=handover(past, name)).exclude(highlights="")
    pupils = handover(past, name).school_class.enrollments.in_roll_order()
    assert {note.enrollment for note in notes} == {*pupils[:2]}


def test_every_pupil_has_a_place_in_the_minutes(past):
    for name in EVERY_CLASS:
        pupils = handover(past, name).school_class.enrollments.all()
        noted = HandoverNote.objects.filter(handover=handover(past, name))
        assert {note.enrollment for note in noted} == {*pupils}


def test_the_years_handovers_happened_on_the_evening_it_ended(past):
    events = AuditEvent.objects.filter(event="handover.handed_over")
    assert events.count() == len(EVERY_CLASS)
    assert {event.at.date() for event in events} == {past.ends_on}
    assert {event.at.hour + 7 for event in events} == {EVENING.hour}


def test_nobody_still_has_a_class_to_receive(past, school):
    for staff_member in StaffMember.objects.filter(school=school):
        assert not list(handovers_to_receive(staff_member))


# The pages


def status_for(username, url):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client.get(url).status_code


@pytest.mark.parametrize("who", ["hieutruong", "gv1a", "gv2a"])
def test_a_handover_is_read_by_leader_giver_and_receiver(past, who):
    found = handover(past, "1A")
    url = reverse("grade_handover", args=[found.school_class_id, found.grade_level])
    assert status_for(who, url) == 200


@pytest.mark.parametrize("page", ["summary_sheet", "summary_sheet_pdf", "summary_sheet_xlsx"])
def test_the_past_years_summary_sheet_is_there_for_its_leader(past, page):
    school_class = past.classes.get(name="5A")
    assert status_for("hieutruong", reverse(page, args=[school_class.pk, "end_year"])) == 200


@pytest.mark.parametrize("first_year", [2025, 2026])
def test_both_years_ends_have_statistics(past, first_year):
    url = reverse("school_statistics", args=[first_year, "end_year"])
    assert status_for("hieutruong", url + "?show=year&compare=2025-end_year") == 200
