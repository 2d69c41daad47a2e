"""What the list of a class says and what the action does are the same, whatever is missing."""

import itertools
from typing import Any

import pytest

from reportcards.actions import Plan, create_report_cards
from reportcards.card_policies import check_is_ready
from reportcards.errors import NotReady
from reportcards.models import ReportCard
from reportcards.profiles import get_profile
from reportcards.profiles.document import written_fields
from reportcards.profiles.relaxations import RELAXATIONS
from reportcards.readiness import Readiness, readiness_of
from schools.models import Department, School, StaffMember
from students.models import Enrollment, Student
from tests.cast import Cast
from tests.reportcards.digital_cards import ISSUED_ON, pupils_of

# Every detail that the form has, emptied or spoilt in turn.
OF_THE_PUPIL: dict[str, dict[str, Any]] = {
    "no ministry code": {"ministry_code": None},
    "no personal id": {"personal_id": None},
    "no personal id of a foreigner": {"personal_id": None, "nationality": "Lào"},
    "no ethnicity": {"ethnicity_code": ""},
    "ethnicity as written": {"ethnicity_code": "", "ethnicity_as_written": "Cao Lan"},
    "no nationality": {"nationality": ""},
    "no birth place": {"birth_place": ""},
    "no home town": {"home_town": ""},
    "no residence": {"residence": ""},
    "no mother": {"mother_name": ""},
    "no mother, but a father": {"mother_name": "", "father_name": "Lê Văn Bảo"},
    "no mother, but a guardian": {"mother_name": "", "guardian_name": "Lê Thị Hai"},
    "no father": {"father_name": ""},
    "a control character": {"residence": "Tổ 5\x0b"},
    "a very long place": {"birth_place": "x" * 250},
    "nothing": {},
}
READY = {
    "no personal id of a foreigner",
    "ethnicity as written",
    "no mother, but a father",
    "no mother, but a guardian",
    "no father",
    "a very long place",
    "nothing",
}
OF_THE_SCHOOL: dict[str, tuple[Any, dict[str, Any]]] = {
    "no commune": (School, {"commune_name": ""}),
    "no province": (School, {"province_name": ""}),
    "no place of issue": (School, {"place_of_issue": ""}),
    "no department name": (Department, {"name": ""}),
}
OF_THE_SIGNERS: dict[str, tuple[str, dict[str, Any]]] = {
    "a leader without personal id": ("hanh", {"personal_id": None}),
    "a leader without position": ("hanh", {"position_title": ""}),
    "a teacher without position": ("ngoc", {"position_title": ""}),
}


def anh_of(cast: Cast) -> Enrollment:
    return next(row for row in pupils_of(cast) if row.pk == cast.anh.pk)


def reading_of(cast: Cast) -> Readiness:
    cast.hanh.refresh_from_db()
    [reading] = readiness_of([anh_of(cast)], leader=cast.hanh, issued_on=ISSUED_ON)
    return reading


def is_created(cast: Cast) -> bool:
    try:
        create_report_cards(
            enrollments=[anh_of(cast)], plan=Plan(cast.hanh, ISSUED_ON), by=cast.van
        )
    except NotReady:
        return False
    return ReportCard.objects.filter(enrollment=cast.anh).exists()


def spoil_pupil(cast: Cast, changes: dict[str, Any]) -> None:
    if changes:
        Student.objects.filter(pk=cast.anh.student_id).update(**changes)


@pytest.mark.parametrize("name", OF_THE_PUPIL)
def test_of_the_pupil(signed_class: Cast, name: str) -> None:
    spoil_pupil(signed_class, OF_THE_PUPIL[name])
    reading = reading_of(signed_class)
    assert reading.is_ready is (name in READY)
    assert is_created(signed_class) is reading.is_ready


@pytest.mark.parametrize(
    ("one", "other"), list(itertools.combinations(sorted(set(OF_THE_PUPIL) - {"nothing"}), 2))[::4]
)
def test_of_two_things_at_once(signed_class: Cast, one: str, other: str) -> None:
    spoil_pupil(signed_class, OF_THE_PUPIL[one] | OF_THE_PUPIL[other])
    was_ready = reading_of(signed_class).is_ready
    assert is_created(signed_class) is was_ready


@pytest.mark.parametrize("name", OF_THE_SCHOOL)
def test_of_the_school(signed_class: Cast, name: str) -> None:
    model, changes = OF_THE_SCHOOL[name]
    pk = {School: signed_class.school.pk, Department: signed_class.school.department_id}[model]
    model.objects.filter(pk=pk).update(**changes)
    reading = reading_of(signed_class)
    assert not reading.is_ready
    assert reading.own_lacks == ()
    assert not is_created(signed_class)


@pytest.mark.parametrize("name", OF_THE_SIGNERS)
def test_of_those_who_sign(signed_class: Cast, name: str) -> None:
    role, changes = OF_THE_SIGNERS[name]
    StaffMember.objects.filter(pk=getattr(signed_class, role).pk).update(**changes)
    reading = reading_of(signed_class)
    assert not reading.is_ready
    assert is_created(signed_class) is reading.is_ready


@pytest.mark.parametrize("name", sorted(READY))
def test_what_a_ready_card_leaves_out_is_excused_by_a_row(signed_class: Cast, name: str) -> None:
    """No required tag is missing from the XML without one of its relaxations in the payload."""
    spoil_pupil(signed_class, OF_THE_PUPIL[name])
    assert is_created(signed_class)
    payload = ReportCard.objects.get(enrollment=signed_class.anh).payload
    profile = get_profile(payload["profile"])
    missing = {
        written.field.tag
        for written in written_fields(payload, profile)
        if written.field.is_required and written.text is None
    }
    excused = {use["tag"] for use in payload["relaxations"]}
    assert missing == excused
    known = {(row.key, tag) for row in RELAXATIONS for tag in row.tags}
    assert {(use["key"], use["tag"]) for use in payload["relaxations"]} <= known


def test_the_refusal_is_the_first_of_what_is_listed(signed_class: Cast) -> None:
    spoil_pupil(signed_class, {"birth_place": "", "home_town": ""})
    reading = reading_of(signed_class)
    assert [lack.tag for lack in reading.lacks] == ["NOI_SINH", "QUE_QUAN"]
    with pytest.raises(NotReady, match="Nơi sinh"):
        check_is_ready(reading)
