"""What may be frozen: "hocba.report-card/1" and everything that it refuses."""

import json
from copy import deepcopy

import pytest

from reportcards.card_schema import FORMAT, SCHEMA_FILE, check_payload
from tests.reportcards.cards import (
    card_payload,
    grade_payload,
    not_assessed_payload,
    subjects_of,
    traits_of,
)

LEAVE = "attendance.absences_with_leave"
SCHEMA = json.loads(SCHEMA_FILE.read_text())


def found(**changes) -> list[tuple[str, str]]:
    return [(one.path, one.code) for one in check_payload(card_payload(**changes))]


def objects_in(schema) -> list[dict]:
    if isinstance(schema, list):
        return [found for part in schema for found in objects_in(part)]
    if not isinstance(schema, dict):
        return []
    inner = [found for part in schema.values() for found in objects_in(part)]
    return [schema, *inner] if "properties" in schema and "type" in schema else inner


@pytest.mark.parametrize(
    "payload",
    [
        card_payload(),
        *(grade_payload(grade_level) for grade_level in (1, 2, 3, 5)),
        not_assessed_payload(),
        card_payload(homeroom_signer=None, year_decision=None, kind="transfer"),
        card_payload(homeroom_signer={"stands_in_for": "Đỗ Thị Mai", "personal_id": None}),
        card_payload(supersedes="223e4567-e89b-42d3-a456-556642440000"),
        card_payload(student={"ministry_code": None, "personal_id": None, "register_number": ""}),
        card_payload(body={"height_cm": None, "weight_kg": "30"}),
        card_payload(attendance={"absences_with_leave": None}),
    ],
)
def test_takes_what_a_school_can_have(payload):
    assert check_payload(payload) == []


def test_takes_a_subject_with_its_attempts():
    attempts = [{"score": 4, "taken_on": "2027-05-11"}, {"score": 9, "taken_on": None}]
    assert found(subjects=[subjects_of(4)[0] | {"attempts": attempts}]) == []


def test_the_format_is_the_schemas():
    assert SCHEMA["properties"]["format"] == {"const": FORMAT}


def test_every_object_of_the_schema_is_closed_and_whole():
    objects = objects_in(SCHEMA)
    assert len(objects) == 17
    for part in objects:
        assert part["additionalProperties"] is False
        assert set(part["required"]) == set(part["properties"]) - {"attempts"}


def test_every_text_of_the_schema_has_a_longest():
    texts = [
        part
        for part in [*SCHEMA["$defs"].values(), *(
            entry for one in objects_in(SCHEMA) for entry in one["properties"].values()
        )]
        if "string" in part.get("type", ())
    ]  # fmt: skip
    assert texts
    assert all("maxLength" in part or "format" in part for part in texts)


@pytest.mark.parametrize("key", sorted(SCHEMA["required"]))
def test_no_key_may_be_missing(key):
    payload = card_payload()
    del payload[key]
    assert [(one.path, one.code) for one in check_payload(payload)] == [(key, "missing")]


def test_every_missing_key_is_told():
    payload = card_payload()
    payload["leader"] = {}
    assert [one.path for one in check_payload(payload)] == [
        "leader.full_name", "leader.personal_id", "leader.position_title",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"note": "x"}, "note"),
        ({"student": {"religion": "không"}}, "student.religion"),
        ({"school": {"phone": "0"}}, "school.phone"),
        ({"subjects": [subjects_of(4)[0] | {"teacher": "x"}]}, "subjects.0.teacher"),
    ],
)
def test_no_key_may_be_added(changes, path):
    assert found(**changes) == [(path, "unexpected")]


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"format": "hocba.report-card/2"}, "format", "not_allowed"),
        ({"kind": "week"}, "kind", "not_allowed"),
        ({"uuid": "123e4567-e89b-12d3-a456-556642440000"}, "uuid", "wrong_form"),
        ({"uuid": "123E4567-E89B-42D3-A456-556642440000"}, "uuid", "wrong_form"),
        ({"uuid": None}, "uuid", "wrong_type"),
        ({"profile": ""}, "profile", "wrong_form"),
        ({"made_at": "2027-05-30T08:15:00"}, "made_at", "wrong_form"),
        ({"made_at": "2027-05-30T01:15:00Z"}, "made_at", "wrong_form"),
        ({"made_at": "2027-05-30T08:15:00.5+07:00"}, "made_at", "wrong_form"),
        ({"made_at": "2027-02-30T08:15:00+07:00"}, "made_at", "wrong_form"),
        ({"issued_on": "31/05/2027"}, "issued_on", "wrong_form"),
        ({"issued_on": "2027-06-31"}, "issued_on", "wrong_form"),
        ({"issued_on": "20270531"}, "issued_on", "wrong_form"),
        ({"place_of_issue": ""}, "place_of_issue", "empty"),
        ({"department": {"code": "6"}}, "department.code", "wrong_form"),
        ({"school_year": "2026-2028"}, "school_year", "wrong_form"),
        ({"school_year": "2026 – 2027"}, "school_year", "wrong_form"),
        ({"school_year": 2026}, "school_year", "wrong_type"),
        ({"school_class": {"name": "Lớp bốn A1 "}}, "school_class.name", "too_long"),
        ({"school_class": {"grade_level": 6}}, "school_class.grade_level", "out_of_range"),
        ({"school_class": {"grade_level": "4"}}, "school_class.grade_level", "wrong_type"),
        ({"student": {"full_name": ""}}, "student.full_name", "empty"),
        ({"student": {"full_name": "A" * 251}}, "student.full_name", "too_long"),
        ({"student": {"gender": "nữ"}}, "student.gender", "not_allowed"),
        ({"student": {"personal_id": "66316001234"}}, "student.personal_id", "wrong_form"),
        ({"student": {"personal_id": ""}}, "student.personal_id", "wrong_form"),
        ({"student": {"father_name": None}}, "student.father_name", "wrong_type"),
        ({"is_not_assessed": 0}, "is_not_assessed", "wrong_type"),
        ({"attendance": {"absences_with_leave": -1}}, LEAVE, "out_of_range"),
        ({"attendance": {"absences_with_leave": True}}, LEAVE, "wrong_type"),
        ({"attendance": {"absences_with_leave": 3.0}}, LEAVE, "wrong_type"),
        ({"body": {"height_cm": 128.5}}, "body.height_cm", "wrong_type"),
        ({"body": {"height_cm": "128,5"}}, "body.height_cm", "wrong_form"),
        ({"subjects": []}, "subjects", "empty"),
        ({"subjects": [subjects_of(4)[0] | {"level": "Đ"}]}, "subjects.0.level", "not_allowed"),
        ({"subjects": [subjects_of(4)[0] | {"score": 11}]}, "subjects.0.score", "out_of_range"),
        ({"subjects": [subjects_of(4)[0] | {"score": 9.5}]}, "subjects.0.score", "wrong_type"),
        ({"traits": [traits_of(4)[0] | {"level": "H"}]}, "traits.0.level", "not_allowed"),
        ({"year_decision": {"result": "incomplete"}}, "year_decision.result", "not_allowed"),
        ({"year_decision": {"has_completed": None}}, "year_decision.has_completed", "wrong_type"),
        ({"history": []}, "history", "empty"),
        ({"homeroom_signer": {"stands_in_for": ""}}, "homeroom_signer.stands_in_for", "empty"),
        ({"relaxations": [{"key": "a", "tag": "B"}] * 2}, "relaxations", "repeated"),
        ({"relaxations": [{"key": "a", "tag": "b"}]}, "relaxations.0.tag", "wrong_form"),
        ({"sign_offs": []}, "sign_offs", "empty"),
        ({"supersedes": "x"}, "supersedes", "wrong_form"),
        ({"subjects": subjects_of(4)[:1] * 2}, "subjects.1.code", "repeated"),
        ({"traits": traits_of(4)[:1] * 2}, "traits.1.code", "repeated"),
    ],
)  # fmt: skip
def test_refuses(changes, path, code):
    assert found(**changes) == [(path, code)]


@pytest.mark.parametrize("value", ["066316001234\n", "０66316001234", "٠66316001234"])
def test_a_personal_id_is_twelve_plain_digits(value):
    assert {path for path, _code in found(student={"personal_id": value})} == {
        "student.personal_id"
    }


@pytest.mark.parametrize("key", ["uuid", "made_at", "issued_on", "school_year"])
def test_a_line_end_behind_a_value_is_refused(key):
    assert {path for path, _code in found(**{key: f"{card_payload()[key]}\n"})} == {key}


@pytest.mark.parametrize("payload", [None, [], "x", 1])
def test_what_is_no_object_is_refused(payload):
    assert [(one.path, one.code) for one in check_payload(payload)] == [("", "wrong_type")]


def test_a_character_that_xml_forbids_is_refused_where_it_stands():
    (violation,) = check_payload(card_payload(comments={"quality": "Em\x0bngoan"}))
    assert (violation.path, violation.code) == ("comments.quality", "forbidden_character")
    assert violation.params == {"character": "U+000B"}


def test_a_text_of_a_list_is_looked_at_too():
    subject = subjects_of(4)[0] | {"comment": "Em\x1f"}
    assert found(subjects=[subject]) == [("subjects.0.comment", "forbidden_character")]


def test_a_text_that_is_not_nfc_is_refused():
    assert found(place_of_issue="Buo\u0302n Hồ") == [("place_of_issue", "not_nfc")]


def test_says_the_longest_that_is_allowed():
    (violation,) = check_payload(card_payload(school_class={"name": "4" * 11}))
    assert violation.params == {"longest": 10}


def test_violations_stand_in_the_order_of_their_paths():
    paths = [path for path, _code in found(uuid="x", kind="y", issued_on="z", made_at="")]
    assert paths == ["issued_on", "kind", "made_at", "uuid"]


def test_the_payload_is_not_changed():
    payload = card_payload()
    before = deepcopy(payload)
    check_payload(payload)
    assert payload == before
