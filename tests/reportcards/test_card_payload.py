"""The content of a card, from the rows that it is made of."""

import datetime
import unicodedata
import uuid

import pytest

from reportcards.card_payload import Attempt, Signers, card_payload, homeroom_row, signer_row
from reportcards.card_schema import check_payload
from reportcards.documents.paper_form import Payload
from reportcards.readiness import histories_of
from reportcards.signed_years import signed_years
from schools.models import School
from students.models import Enrollment, Student
from tests import factories
from tests.cast import Cast
from tests.reportcards.digital_cards import ISSUED_ON, pupils_of

NUMBER = uuid.UUID("123e4567-e89b-42d3-a456-556642440000")
MADE_AT = datetime.datetime(2027, 6, 7, 1, 30, 15, 999, tzinfo=datetime.UTC)


def payload_of(cast: Cast, pupil: Enrollment, **options) -> Payload:
    [row] = [row for row in pupils_of(cast) if row.pk == pupil.pk]
    return card_payload(
        row,
        signed_years([row])[row.pk],
        history=histories_of([row])[row.pk],
        signers=options.get("signers") or Signers(cast.hanh, ISSUED_ON, cast.ngoc),
        attempt=options.get("attempt") or Attempt(NUMBER, MADE_AT),
    )


@pytest.fixture
def payload(signed_class: Cast) -> Payload:
    return payload_of(signed_class, signed_class.anh)


def test_holds_to_its_schema(payload: Payload) -> None:
    assert check_payload(payload) == []


def test_names_its_format_number_profile_and_ruleset(payload: Payload) -> None:
    names = ("format", "kind", "uuid", "profile", "ruleset", "supersedes")
    assert {name: payload[name] for name in names} == {
        "format": "hocba.report-card/1",
        "kind": "year",
        "uuid": str(NUMBER),
        "profile": "v1.0",
        "ruleset": "tt27",
        "supersedes": None,
    }


def test_times_are_vietnamese_and_to_the_second(payload: Payload) -> None:
    assert payload["made_at"] == "2027-06-07T08:30:15+07:00"
    assert payload["issued_on"] == "2027-06-07"
    assert payload["sign_offs"][0]["signed_at"] == "2027-05-20T20:00:00+07:00"


def test_the_school_as_it_is_named_today(payload: Payload, signed_class: Cast) -> None:
    assert payload["department"] == {"code": "66", "name": "Sở Giáo dục và Đào tạo Đắk Lắk"}
    assert payload["school"] == {
        "ministry_code": signed_class.school.ministry_code,
        "name": "Trường Tiểu học Kim Đồng",
        "commune_name": "Phường Buôn Hồ",
        "district_name": "",
        "province_name": "Tỉnh Đắk Lắk",
    }
    assert (payload["school_year"], payload["place_of_issue"]) == ("2026-2027", "Buôn Hồ")
    assert payload["school_class"] == {"name": "4A", "grade_level": 4}


def test_the_pupil_as_her_file_says_today(signed_class: Cast) -> None:
    Student.objects.filter(pk=signed_class.anh.student_id).update(
        full_name="Lê Thị Minh Anh", father_name="Lê Văn Bảo", ethnicity_as_written="Kinh (Việt)"
    )
    Enrollment.objects.filter(pk=signed_class.anh.pk).update(register_number="0412")
    student = payload_of(signed_class, signed_class.anh)["student"]
    assert student["full_name"] == "Lê Thị Minh Anh", "not as it was when her year was signed"
    assert student["father_name"] == "Lê Văn Bảo"
    assert student["ethnicity"] == "Kinh (Việt)"
    assert student["register_number"] == "0412"
    assert (student["gender"], student["date_of_birth"]) == ("female", "2017-03-14")
    assert (student["guardian_name"], student["nationality"]) == ("", "Việt Nam")


def test_the_results_as_they_were_signed(payload: Payload) -> None:
    maths = next(row for row in payload["subjects"] if row["code"] == "toan")
    assert (maths["level"], maths["level_name"], maths["score"]) == ("T", "Hoàn thành tốt", 9)
    assert "attempts" not in maths, "retests stay in the sign-off"
    assert payload["attendance"] == {"absences_with_leave": 2, "absences_without_leave": 0}
    assert payload["body"] == {"height_cm": "132.5", "weight_kg": "29.0"}
    assert payload["comments"]["homeroom"] == "Em chăm học và lễ phép."
    assert payload["year_decision"]["has_completed"] is True


def test_the_years_before_with_the_schools_of_then(signed_class: Cast) -> None:
    other = factories.make_school("Trường Tiểu học Võ Thị Sáu")
    year = factories.make_school_year(other, 2025)
    before = factories.make_class(year, "3C", (3,))
    factories.enroll(
        signed_class.anh.student,
        before,
        ended_on=datetime.date(2026, 5, 31),
        exit_reason="transferred_out",
    )
    assert payload_of(signed_class, signed_class.anh)["history"] == [
        {
            "school_year": "2025-2026",
            "class_name": "3C",
            "school_name": "Trường Tiểu học Võ Thị Sáu",
            "entered_on": "2025-09-05",
        },
        {
            "school_year": "2026-2027",
            "class_name": "4A",
            "school_name": "Trường Tiểu học Kim Đồng",
            "entered_on": "2026-09-05",
        },
    ]


def test_nothing_that_came_after_the_year(signed_class: Cast) -> None:
    anh = signed_class.anh
    Enrollment.objects.filter(pk=anh.pk).update(
        ended_on=datetime.date(2027, 5, 31), exit_reason="year_ended"
    )
    next_year = factories.make_school_year(signed_class.school, 2027)
    factories.enroll(anh.student, factories.make_class(next_year, "5A", (5,)))
    assert [row["class_name"] for row in payload_of(signed_class, anh)["history"]] == ["4A"]


def test_who_signs(payload: Payload, signed_class: Cast) -> None:
    assert payload["leader"] == signer_row(signed_class.hanh)
    assert payload["homeroom_signer"] == {
        "full_name": "Trần Thị Ngọc",
        "personal_id": signed_class.ngoc.personal_id,
        "position_title": "Giáo viên",
        "stands_in_for": None,
    }


def test_who_stands_in_for_whom(signed_class: Cast) -> None:
    signers = Signers(signed_class.phuc, ISSUED_ON, signed_class.phuc, "Trần Thị Ngọc")
    payload = payload_of(signed_class, signed_class.anh, signers=signers)
    assert payload["homeroom_signer"]["full_name"] == payload["leader"]["full_name"]
    assert payload["homeroom_signer"]["stands_in_for"] == "Trần Thị Ngọc"
    assert check_payload(payload) == []


def test_a_class_without_a_teacher_has_no_homeroom_signer(signed_class: Cast) -> None:
    assert homeroom_row(Signers(signed_class.hanh, ISSUED_ON, None)) is None


def test_which_card_it_supersedes(signed_class: Cast) -> None:
    old = uuid.uuid4()
    payload = payload_of(
        signed_class, signed_class.anh, attempt=Attempt(NUMBER, MADE_AT, supersedes=old)
    )
    assert payload["supersedes"] == str(old)


def test_every_text_is_composed(signed_class: Cast) -> None:
    decomposed = unicodedata.normalize("NFD", "Phường Đạt Hiếu")
    School.objects.filter(pk=signed_class.school.pk).update(commune_name=decomposed)
    payload = payload_of(signed_class, signed_class.anh)
    assert payload["school"]["commune_name"] == "Phường Đạt Hiếu"


def test_relaxations_are_found_by_looking_at_it(payload: Payload) -> None:
    assert payload["relaxations"] == []
