"""Names and values of audited changes in words, for readers who may see more or less."""

import dataclasses

import pytest
from django.utils import translation

from assessments.event_sentences import EVENT_LOOKS, UNKNOWN_EVENT, look_of
from assessments.history_values import HEALTH, SENSITIVE, HistoryValues
from audit.models import AuditEvent
from rulesets import TT27

EVERYTHING = HistoryValues(TT27, sees_health=True, sees_sensitive=True)

SUBJECT = AuditEvent(event="subject_result.saved", target_type="assessments.subjectresult")
TRAITS = AuditEvent(event="trait_results.saved", target_type="assessments.periodrecord")
RECORD = AuditEvent(event="period_record.saved", target_type="assessments.periodrecord")
DECISION = AuditEvent(event="year_decision.confirmed", target_type="assessments.yeardecision")
STUDENT = AuditEvent(event="student.updated", target_type="students.student")
ENROLLMENT = AuditEvent(event="enrollment.ended", target_type="students.enrollment")


@pytest.mark.parametrize(
    ("event", "name", "label"),
    [
        (SUBJECT, "level", "Mức đạt được"),
        (SUBJECT, "score", "Điểm kiểm tra"),
        (TRAITS, "yeu_nuoc", "Yêu nước"),
        (DECISION, "result", "Kết quả năm học"),
        (RECORD, "height_cm", "Chiều cao (cm)"),
        (STUDENT, "full_name", "Họ và tên"),
    ],
)
def test_what_changed_is_named_in_words(event: AuditEvent, name: str, label: str) -> None:
    assert EVERYTHING.label(event, name) == label


@pytest.mark.parametrize(
    ("event", "name", "value", "words"),
    [
        (SUBJECT, "level", "T", "Hoàn thành tốt"),
        (SUBJECT, "level", "M", "Miễn"),
        (SUBJECT, "score", 9, "9"),
        (TRAITS, "yeu_nuoc", "T", "Tốt"),
        (TRAITS, "yeu_nuoc", "C", "Cần cố gắng"),
        (DECISION, "result", "excellent", "Hoàn thành xuất sắc"),
        (RECORD, "height_cm", "132.5", "132,5"),
        (RECORD, "absences_with_leave", 0, "0"),
        (STUDENT, "date_of_birth", "2017-03-14", "14/03/2017"),
        (STUDENT, "gender", "female", "Nữ"),
        (ENROLLMENT, "ended_on", "2027-01-04", "04/01/2027"),
        (ENROLLMENT, "is_not_assessed", True, "có"),
        (ENROLLMENT, "is_not_assessed", False, "không"),
    ],
)
def test_a_value_is_told_as_people_say_it(
    event: AuditEvent, name: str, value: object, words: str
) -> None:
    assert EVERYTHING.value(event, name, value) == words


@pytest.mark.parametrize("value", [None, ""])
@pytest.mark.parametrize(("event", "name"), [(SUBJECT, "level"), (RECORD, "height_cm")])
def test_what_was_empty_stays_empty(event: AuditEvent, name: str, value: object) -> None:
    assert EVERYTHING.value(event, name, value) == ""


@pytest.mark.parametrize(
    ("event", "name", "value"),
    [(SUBJECT, "level", "X"), (TRAITS, "yeu_nuoc", "X"), (STUDENT, "gender", "x")],
)
def test_a_code_that_is_no_longer_known_is_shown_as_it_was_stored(
    event: AuditEvent, name: str, value: str
) -> None:
    assert EVERYTHING.value(event, name, value) == value


def test_an_outcome_that_no_form_names_is_shown_as_it_was_stored() -> None:
    assert EVERYTHING.value(DECISION, "result", "incomplete") == "incomplete"


def test_a_text_that_looks_like_a_date_stays_a_text() -> None:
    assert EVERYTHING.value(RECORD, "homeroom_comment", "2027-01-04") == "2027-01-04"


def test_a_date_that_is_none_is_shown_as_it_was_stored() -> None:
    assert EVERYTHING.value(ENROLLMENT, "ended_on", "hôm qua") == "hôm qua"


def test_a_trait_that_is_no_longer_known_keeps_its_code() -> None:
    assert EVERYTHING.label(TRAITS, "thien_van") == "thien_van"


def test_the_subject_of_an_entry_is_named() -> None:
    event = AuditEvent(event="subject_result.saved", changes={"subject": [None, "toan"]})
    assert EVERYTHING.subject(event) == "Toán"


def test_an_entry_about_no_subject_names_none() -> None:
    assert EVERYTHING.subject(AuditEvent(changes={})) == ""


def test_values_follow_the_readers_language() -> None:
    with translation.override("en"):
        assert EVERYTHING.value(RECORD, "height_cm", "132.5") == "132.5"


# Who sees what


@pytest.mark.parametrize("name", sorted(HEALTH))
def test_health_is_not_spelled_for_who_may_not_see_it(name: str) -> None:
    values = dataclasses.replace(EVERYTHING, sees_health=False)
    assert values.value(RECORD, name, "31.5") == "không hiển thị"
    assert values.label(RECORD, name) == "Thông tin được bảo vệ"


@pytest.mark.parametrize("name", sorted(SENSITIVE))
def test_sensitive_data_are_not_spelled_for_who_may_not_see_them(name: str) -> None:
    values = dataclasses.replace(EVERYTHING, sees_sensitive=False)
    assert values.value(STUDENT, name, "12") == "không hiển thị"
    assert values.label(STUDENT, name) == "Thông tin được bảo vệ"


@pytest.mark.parametrize("name", sorted(HEALTH | SENSITIVE))
def test_that_a_hidden_value_was_empty_may_be_known(name: str) -> None:
    values = HistoryValues(TT27, sees_health=False, sees_sensitive=False)
    assert values.value(STUDENT, name, None) == ""


def test_whoever_sees_health_does_not_thereby_see_sensitive_data() -> None:
    values = dataclasses.replace(EVERYTHING, sees_sensitive=False)
    assert values.value(RECORD, "weight_kg", "31.5") == "31,5"
    assert values.value(STUDENT, "ethnicity_code", "12") == "không hiển thị"


# Sentences of the events

PLACES = {
    "pupil": "Lê Minh Anh",
    "subject": "Toán",
    "school_class": "4A",
    "period": "",
    "event": "x",
}


@pytest.mark.parametrize("event", EVENT_LOOKS)
def test_a_sentence_asks_for_nothing_that_a_history_does_not_know(event: str) -> None:
    assert "%" not in str(look_of(event).sentence) % PLACES


@pytest.mark.parametrize("event", EVENT_LOOKS)
def test_a_sentence_speaks_the_readers_language(event: str) -> None:
    with translation.override("en"):
        english = str(look_of(event).sentence)
    assert english != str(look_of(event).sentence)


def test_an_event_without_a_sentence_is_told_by_its_name() -> None:
    assert look_of("moon.landed") is UNKNOWN_EVENT
    assert "moon.landed" in str(UNKNOWN_EVENT.sentence) % {"event": "moon.landed"}
