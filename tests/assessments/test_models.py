import datetime

import pytest
from django.utils import timezone

from assessments.models import (
    ClassPeriod,
    Commendation,
    CommentEntry,
    Extension,
    ExtensionRequest,
    Handover,
    HandoverNote,
    Nudge,
    PeriodRecord,
    ReopenRequest,
    Retest,
    SignOff,
    SubjectConfirmation,
    SubjectResult,
    SupplementaryAssessment,
    TestScore,
    TraitNote,
    TraitResult,
    YearDecision,
)
from assessments.workflow import Status
from tests.constraints import Forbidden, check_database_refuses, check_form_is_told
from tests.rows import saved_row

NOW = timezone.now()
TODAY = datetime.date(2027, 1, 5)
LOCKED = {"locked_at": NOW}
OWN = {"owner": lambda cast: cast.ngoc}
HOMEROOM = {"purpose": "homeroom_comment"}


def hanh(cast):
    return cast.hanh.user


def a_record(cast):
    class_period = ClassPeriod.objects.create(school_class=cast.other_class, period="end_year")
    return PeriodRecord.objects.create(class_period=class_period, enrollment=cast.stranger)


ANSWERED = {"answered_at": NOW, "answered_by": hanh}


def a_retest(cast):
    return Retest.objects.create(
        record=a_record(cast),
        subject_code="toan",
        questioned_score=4,
        reason="Em mệt",
        proposed_at=NOW,
        proposed_by=cast.ngoc.user,
    )


SUMMER = SupplementaryAssessment
DECIDED = {**LOCKED, "decided_at": NOW, "decided_by": hanh}
WITH_REASONS = {"case_reason": "Em ốm dài ngày", "decision_reason": "Em theo kịp lớp"}
AWARDED = {
    "status": "awarded",
    "given_on": TODAY,
    "decision_number": "15/QĐ",
    "decided_on": TODAY,
    "decided_at": NOW,
    "decided_by": hanh,
}
LETTER = {"kind": "praise_letter", "status": "sent", "given_on": TODAY, "wording": ""}
OF_HIGHER_LEVEL = {"kind": "higher_level", "awarding_body": "UBND phường"}

GIVEN = {
    "giver": lambda cast: cast.ngoc,
    "receiver": lambda cast: cast.suong,
    "report_cards": 3,
    "class_summaries": 4,
    "handed_over_at": NOW,
    "handed_over_by": lambda cast: cast.ngoc.user,
}
RECEIVED = {"received_at": NOW, "received_by": lambda cast: cast.suong.user, "locked_at": NOW}
TO_LOWER_SECONDARY = {"lower_secondary_school": "THCS Nguyễn Du", "invigilation": "Cô Thu chấm."}

CASES = [
    Forbidden("handover_unique", Handover, {"general_note": "Khác"}, after={}),
    Forbidden("handover_grade_in_range", Handover, {"grade_level": 0}),
    Forbidden("handover_grade_in_range", Handover, {"grade_level": 6}),
    Forbidden("handover_handed_over_at_and_by", Handover, GIVEN | {"handed_over_by": None}),
    Forbidden("handover_received_at_and_by", Handover, GIVEN | RECEIVED | {"received_by": None}),
    Forbidden(
        "handover_returned_at_and_by", Handover, {"returned_at": NOW, "return_reason": "Thiếu"}
    ),
    Forbidden("handover_returned_with_reason", Handover, {"returned_at": NOW, "returned_by": hanh}),
    Forbidden(
        "handover_returned_is_with_its_giver",
        Handover,
        GIVEN | {"returned_at": NOW, "returned_by": hanh, "return_reason": "Thiếu"},
    ),
    Forbidden("handover_received_after_it_was_given", Handover, RECEIVED),
    Forbidden("handover_between_two_people", Handover, GIVEN | {"giver": None}),
    Forbidden("handover_between_two_people", Handover, GIVEN | {"receiver": None}),
    Forbidden("handover_to_somebody_else", Handover, GIVEN | {"receiver": GIVEN["giver"]}),
    Forbidden("handover_counts_the_records", Handover, GIVEN | {"report_cards": None}),
    Forbidden("handover_counts_the_records", Handover, GIVEN | {"class_summaries": None}),
    Forbidden(
        "handover_lower_secondary_of_last_grade", Handover, {"lower_secondary_school": "THCS"}
    ),
    Forbidden("handover_lower_secondary_of_last_grade", Handover, {"invigilation": "Cô Thu"}),
    Forbidden(
        "handover_last_grade_names_lower_secondary",
        Handover,
        GIVEN | TO_LOWER_SECONDARY | {"grade_level": 5, "invigilation": ""},
    ),
    Forbidden(
        "handover_last_grade_names_lower_secondary",
        Handover,
        GIVEN | TO_LOWER_SECONDARY | {"grade_level": 5, "lower_secondary_school": ""},
    ),
    Forbidden("handover_locked_when_received", Handover, LOCKED),
    Forbidden("handover_locked_when_received", Handover, GIVEN | RECEIVED | {"locked_at": None}),
    Forbidden("handover_note_unique", HandoverNote, {"limits": "Khác"}, after={}),
    Forbidden("commendation_kind_known", Commendation, {"kind": "medal"}),
    Forbidden("commendation_status_known", Commendation, {"status": "lost"}),
    Forbidden("commendation_letter_is_sent", Commendation, LETTER | {"status": "proposed"}),
    Forbidden("commendation_letter_is_sent", Commendation, {"status": "sent", "given_on": TODAY}),
    Forbidden("commendation_forwarded_to_a_higher_level", Commendation, {"status": "forwarded"}),
    Forbidden("commendation_achievement_present", Commendation, {"achievement": ""}),
    Forbidden("commendation_wording_present", Commendation, {"wording": ""}),
    Forbidden("commendation_given_with_its_day", Commendation, AWARDED | {"given_on": None}),
    Forbidden("commendation_given_with_its_day", Commendation, LETTER | {"given_on": None}),
    Forbidden(
        "commendation_awarded_by_a_decision", Commendation, AWARDED | {"decision_number": ""}
    ),
    Forbidden("commendation_awarded_by_a_decision", Commendation, AWARDED | {"decided_on": None}),
    Forbidden(
        "commendation_names_the_higher_level",
        Commendation,
        AWARDED | OF_HIGHER_LEVEL | {"awarding_body": ""},
    ),
    Forbidden("commendation_decided_at_and_by", Commendation, AWARDED | {"decided_by": None}),
    Forbidden(
        "commendation_decided_when_it_says_so",
        Commendation,
        AWARDED | {"decided_by": None, "decided_at": None},
    ),
    Forbidden(
        "commendation_decided_when_it_says_so",
        Commendation,
        {"decided_at": NOW, "decided_by": hanh},
    ),
    Forbidden(
        "commendation_ended_with_reason",
        Commendation,
        {"status": "declined", "decided_at": NOW, "decided_by": hanh},
    ),
    Forbidden("commendation_ended_with_reason", Commendation, LETTER | {"status": "withdrawn"}),
    Forbidden("extension_for_somebody", Extension, {"school_class": None}),
    Forbidden("extension_reason_present", Extension, {"reason": ""}),
    Forbidden("extension_revoked_at_and_by", Extension, {"revoked_at": NOW}),
    Forbidden("extension_one_for_class", Extension, {"reason": "Khác"}, after={}),
    Forbidden(
        "extension_one_for_teacher",
        Extension,
        {"reason": "Khác"},
        after={"school_class": None, "staff_member": lambda cast: cast.binh},
    ),
    Forbidden(
        "extension_one_for_teacher_in_class",
        Extension,
        {"reason": "Khác"},
        after={"staff_member": lambda cast: cast.binh},
    ),
    Forbidden("extension_request_one_pending", ExtensionRequest, {"reason": "Khác"}, after={}),
    Forbidden("extension_request_reason_present", ExtensionRequest, {"reason": ""}),
    Forbidden("extension_request_decided_at_and_by", ExtensionRequest, {"is_granted": True}),
    Forbidden("nudge_one_a_day", Nudge, {"sent_by": hanh}, after={}),
    Forbidden("class_period_unique", ClassPeriod, after={}),
    Forbidden("class_period_status_known", ClassPeriod, {"status": "lost"}),
    Forbidden("class_period_status_changed_at_and_by", ClassPeriod, {"status_changed_at": NOW}),
    Forbidden("class_period_status_changed_at_and_by", ClassPeriod, {"status_changed_by": hanh}),
    Forbidden("class_period_return_has_reason", ClassPeriod, {"status": Status.RETURNED}),
    Forbidden("class_period_return_has_reason", ClassPeriod, {"status": Status.REOPENED}),
    Forbidden("period_record_unique", PeriodRecord, after={}),
    Forbidden("period_record_status_known", PeriodRecord, {"status": "lost"}),
    Forbidden("period_record_locked_when_signed_off", PeriodRecord, {"locked_at": NOW}),
    Forbidden("period_record_locked_when_signed_off", PeriodRecord, {"status": "signed_off"}),
    Forbidden("period_record_saved_at_and_by", PeriodRecord, {"saved_at": NOW}),
    Forbidden("period_record_saved_at_and_by", PeriodRecord, {"saved_by": hanh}),
    Forbidden("period_record_height_in_range", PeriodRecord, {"height_cm": 9}),
    Forbidden("period_record_height_in_range", PeriodRecord, {"height_cm": 301}),
    Forbidden("period_record_weight_in_range", PeriodRecord, {"weight_kg": 0}),
    Forbidden("period_record_weight_in_range", PeriodRecord, {"weight_kg": 301}),
    Forbidden("period_record_absences_in_range", PeriodRecord, {"absences_with_leave": 201}),
    Forbidden("period_record_absences_in_range", PeriodRecord, {"absences_without_leave": 201}),
    Forbidden("reopen_request_one_pending_class", ReopenRequest, {"reason": "Lại"}, after={}),
    Forbidden("reopen_request_one_pending_record", ReopenRequest, after={"record": a_record}),
    Forbidden("reopen_request_reason_present", ReopenRequest, {"reason": ""}),
    Forbidden("reopen_request_decided_at_and_by", ReopenRequest, {"decided_at": NOW}),
    Forbidden("reopen_request_decided_at_and_by", ReopenRequest, {"decided_by": hanh}),
    Forbidden("reopen_request_decided_at_and_by", ReopenRequest, {"is_granted": False}),
    Forbidden("retest_one_open", Retest, {"reason": "Lại"}, after={}),
    Forbidden("retest_status_known", Retest, {**ANSWERED, "status": "lost"}),
    Forbidden("retest_reason_present", Retest, {"reason": ""}),
    Forbidden("retest_answered_at_and_by", Retest, {"answered_by": hanh}),
    Forbidden("retest_answered_when_decided", Retest, {"status": "agreed"}),
    Forbidden("retest_answered_when_decided", Retest, ANSWERED),
    Forbidden("retest_ended_with_reason", Retest, {**ANSWERED, "status": "declined"}),
    Forbidden("retest_ended_with_reason", Retest, {"status": "withdrawn"}),
    Forbidden(
        "subject_result_exemption_reason_has_level",
        SubjectResult,
        {"level": "", "exemption_reason": "Em mổ tim"},
    ),
    Forbidden("subject_result_unique", SubjectResult, {"level": "H"}, after={}),
    Forbidden("test_score_unique", TestScore, {"score": 10}, after={}),
    Forbidden("test_score_in_range", TestScore, {"score": 101}),
    Forbidden("test_score_attempt_from_one", TestScore, {"attempt": 0}),
    Forbidden("test_score_further_attempt_is_a_retest", TestScore, {"attempt": 2}),
    Forbidden(
        "test_score_further_attempt_is_a_retest",
        TestScore,
        {"attempt": 2, "retest": a_retest},
    ),
    Forbidden(
        "test_score_further_attempt_is_a_retest",
        TestScore,
        {"retest": a_retest},
    ),
    Forbidden("trait_result_unique", TraitResult, {"level": "C"}, after={}),
    Forbidden("trait_result_level_present", TraitResult, {"level": ""}),
    Forbidden("trait_note_unique", TraitNote, {"text": "Em chăm chỉ."}, after={}),
    Forbidden("trait_note_text_present", TraitNote, {"text": ""}),
    Forbidden("comment_entry_unique_school", CommentEntry, {"text": "Khác."}, after={}),
    Forbidden("comment_entry_unique_own", CommentEntry, {"level": "H"}, after=OWN),
    Forbidden("comment_entry_code_plain", CommentEntry, {"code": ""}),
    Forbidden("comment_entry_code_plain", CommentEntry, {"code": "t1"}),
    Forbidden("comment_entry_code_plain", CommentEntry, {"code": "T 1"}),
    Forbidden("comment_entry_code_plain", CommentEntry, {"code": "ĐT"}),
    Forbidden("comment_entry_text_present", CommentEntry, {"text": ""}),
    Forbidden("comment_entry_text_fits", CommentEntry, {"text": "ấ" * 501}),
    Forbidden("comment_entry_text_fits", CommentEntry, {"text": "{tên}" + "ấ" * 491}),
    Forbidden("comment_entry_text_fits", CommentEntry, HOMEROOM | {"text": "ấ" * 2001}),
    Forbidden("sign_off_one_first", SignOff, {"digest": "f" * 64}, after={}),
    Forbidden("sign_off_digest_sha256", SignOff, {"digest": "0" * 63}),
    Forbidden("year_decision_grade_in_range", YearDecision, {"grade_level": 0}),
    Forbidden("year_decision_grade_in_range", YearDecision, {"grade_level": 6}),
    Forbidden("year_decision_completed_is_promoted", YearDecision, {"is_promoted": False}),
    Forbidden("year_decision_completed_is_promoted", YearDecision, {"is_promoted": None}),
    Forbidden("year_decision_last_grade_not_promoted", YearDecision, {"grade_level": 5}),
    Forbidden("year_decision_deviation_has_reason", YearDecision, {"confirmed_result": "fair"}),
    Forbidden("year_decision_signed_off_at_and_by", YearDecision, {**LOCKED, "signed_off_at": NOW}),
    Forbidden("year_decision_signed_off_at_and_by", YearDecision, {"signed_off_by": hanh}),
    Forbidden("year_decision_locked_when_signed_off", YearDecision, LOCKED),
    Forbidden(
        "year_decision_locked_when_signed_off",
        YearDecision,
        {"signed_off_at": NOW, "signed_off_by": hanh},
    ),
    Forbidden("year_decision_reward_has_title", YearDecision, {"reward": "Học sinh Giỏi"}),
    Forbidden(
        "year_decision_reward_has_title",
        YearDecision,
        {"reward": "Xuất sắc", "reward_title": "excellent_pupil", "reward_refusal": "Không"},
    ),
    Forbidden("year_decision_refusal_has_title", YearDecision, {"reward_refusal": "Không"}),
    Forbidden(
        "year_decision_recognition_is_whole",
        YearDecision,
        {"reward_title": "exemplary_pupil", "recognised_on": NOW.date()},
    ),
    Forbidden(
        "year_decision_recognition_is_whole",
        YearDecision,
        {"reward_title": "exemplary_pupil", "outstanding_subject": "toan"},
    ),
    Forbidden(
        "year_decision_recognition_is_whole",
        YearDecision,
        {"recognised_on": NOW.date(), "progress_trait": "nhan_ai"},
    ),
    Forbidden("subject_confirmation_subject_present", SubjectConfirmation, {"subject_code": ""}),
    Forbidden("supplementary_assessment_grade_in_range", SUMMER, {"grade_level": 6}),
    Forbidden("supplementary_assessment_plan_present", SUMMER, {"plan": ""}),
    Forbidden("supplementary_assessment_decided_at_and_by", SUMMER, {"decided_by": hanh}),
    Forbidden(
        "supplementary_assessment_completion_decided",
        SUMMER,
        {**DECIDED, **WITH_REASONS, "is_promoted": True},
    ),
    Forbidden(
        "supplementary_assessment_promotion_decided",
        SUMMER,
        {**DECIDED, **WITH_REASONS, "has_completed": False},
    ),
    Forbidden(
        "supplementary_assessment_completed_is_promoted",
        SUMMER,
        {"has_completed": True, "is_promoted": False},
    ),
    Forbidden(
        "supplementary_assessment_last_grade_not_promoted",
        SUMMER,
        {"grade_level": 5, "is_promoted": True},
    ),
    Forbidden(
        "supplementary_assessment_incomplete_has_reasons",
        SUMMER,
        {**DECIDED, "has_completed": False, "is_promoted": True, "case_reason": "Em ốm"},
    ),
    Forbidden("supplementary_assessment_locked_when_decided", SUMMER, LOCKED),
]

every_case = pytest.mark.parametrize("case", CASES, ids=str)


@every_case
def test_the_database_refuses(case, cast):
    check_database_refuses(case, cast)


@every_case
def test_a_form_is_told_why(case, cast):
    check_form_is_told(case, cast)


def test_a_pupil_who_has_not_completed_waits_for_the_principals_decision(cast):
    decision = saved_row(YearDecision, cast, has_completed=False, is_promoted=None)
    assert decision.pk
