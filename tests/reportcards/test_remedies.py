"""Who puts right what a card lacks: every part of the payload, for every reader."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from reportcards.card_pages.remedies import (
    REMEDIES,
    Gap,
    Place,
    Remedy,
    admin_remedy,
    gaps,
    remedy_for,
)
from reportcards.profiles import get_profile
from reportcards.profiles.tables import fields_of
from reportcards.readiness import is_of_a_person, is_of_the_school, readiness_of
from schools.models import HomeroomAssignment, StaffMember
from tests.cast import Cast
from tests.reportcards.digital_cards import pupils_of

pytestmark = pytest.mark.any_database

READERS = ("hanh", "phuc", "ngoc", "tam", "van")
ADMINISTRATOR, REGISTRAR = "người quản trị", "học vụ, từ bảng tính C1-HocSinh"
HOMEROOM, TEACHER = "giáo viên chủ nhiệm", "giáo viên môn học"

# Of a value, who puts it in, and whose page of it opens to whom.
WHO = {
    "student.birth_place": REGISTRAR,
    "student.personal_id": REGISTRAR,
    "school.commune_name": ADMINISTRATOR,
    "place_of_issue": ADMINISTRATOR,
    "department.name": ADMINISTRATOR,
    "leader.personal_id": ADMINISTRATOR,
    "homeroom_signer.full_name": ADMINISTRATOR,
    "attendance.absences_with_leave": HOMEROOM,
    "body.height_cm": HOMEROOM,
    "comments.quality": HOMEROOM,
    "traits.yeu_nuoc.level": HOMEROOM,
    "year_decision.result_name": HOMEROOM,
    "subjects.toan.level": TEACHER,
}


def place(cast: Cast, role: str = "hanh") -> Place:
    [reading, *_others] = readiness_of(pupils_of(cast))
    return Place(reading, getattr(cast, role))


def may_change(staff: StaffMember, *models: str) -> None:
    user = staff.acting_user
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    for model in models:
        user.user_permissions.add(Permission.objects.get(codename=f"change_{model}"))


@pytest.mark.parametrize("source", WHO)
@pytest.mark.parametrize("role", READERS)
def test_everybody_is_told_who_does_it(cast: Cast, source: str, role: str) -> None:
    assert remedy_for(source, place(cast, role)).who == WHO[source]


@pytest.mark.parametrize("role", ["hanh", "phuc", "ngoc", "tam"])
@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("attendance.absences_with_leave", "records/"),
        ("body.weight_kg", "records/"),
        ("comments.homeroom", "records/"),
        ("traits.yeu_nuoc.level", "traits/"),
        ("subjects.toan.level", "subjects/toan/"),
        ("subjects.ngoai_ngu_1.level", "subjects/ngoai_ngu_1/"),
        ("year_decision.result_name", ""),
        ("subjects.3.level", ""),
    ],
)
def test_results_are_on_the_years_end_of_the_class(
    cast: Cast, source: str, part: str, role: str
) -> None:
    class_page = reverse("class_period", args=[cast.school_class.pk, "end_year"])
    assert remedy_for(source, place(cast, role)).url == f"{class_page}{part}"


@pytest.mark.parametrize("source", [source for source in WHO if WHO[source] in {HOMEROOM, TEACHER}])
def test_a_clerk_reads_no_results(cast: Cast, source: str) -> None:
    assert remedy_for(source, place(cast, "van")).url == ""


@pytest.mark.parametrize(
    ("role", "name"), [("tam", "new_student_import"), ("hanh", "student"), ("phuc", "student")]
)
def test_the_pupils_file_opens_where_the_reader_may(cast: Cast, role: str, name: str) -> None:
    arguments = [] if name == "new_student_import" else [cast.anh.student_id]
    url = remedy_for("student.birth_place", place(cast, role)).url
    assert url == reverse(name, args=arguments)


@pytest.mark.parametrize("role", ["ngoc", "van"])
def test_others_ask_the_registrar(cast: Cast, role: str) -> None:
    assert remedy_for("student.birth_place", place(cast, role)) == Remedy(REGISTRAR)


class TestReferenceData:
    @pytest.mark.parametrize(
        ("source", "model"),
        [
            ("school.name", "school"),
            ("place_of_issue", "school"),
            ("department.code", "department"),
            ("leader.personal_id", "staffmember"),
            ("homeroom_signer.personal_id", "staffmember"),
        ],
    )
    def test_opens_to_whoever_may_change_it(self, cast: Cast, source: str, model: str) -> None:
        may_change(cast.van, model)
        rows = {
            "school": cast.school,
            "department": cast.school.department,
            "staffmember": cast.hanh if source.startswith("leader") else cast.ngoc,
        }
        assert remedy_for(source, place(cast, "van")).url == reverse(
            f"admin:schools_{model}_change", args=[rows[model].pk]
        )

    def test_stays_closed_to_whoever_may_change_something_else(self, cast: Cast) -> None:
        may_change(cast.van, "department")
        assert remedy_for("school.name", place(cast, "van")).url == ""

    def test_stays_closed_to_whoever_has_the_right_but_not_the_door(self, cast: Cast) -> None:
        may_change(cast.van, "school")
        user = cast.van.acting_user
        user.is_staff = False
        user.save(update_fields=["is_staff"])
        assert remedy_for("school.name", place(cast, "van")).url == ""

    def test_a_missing_teacher_is_assigned_at_the_class(self, cast: Cast) -> None:
        HomeroomAssignment.objects.all().delete()
        may_change(cast.van, "schoolclass")
        assert remedy_for("homeroom_signer.full_name", place(cast, "van")).url == reverse(
            "admin:schools_schoolclass_change", args=[cast.school_class.pk]
        )

    def test_what_is_not_there_yet_has_no_page(self, cast: Cast) -> None:
        may_change(cast.van, "staffmember")
        assert admin_remedy(None, cast.van).url == ""
        assert admin_remedy(StaffMember(school=cast.school), cast.van).url == ""


def test_what_nobody_at_the_school_can_mend_is_the_operators(cast: Cast) -> None:
    for source in ("profile", "ruleset", "uuid", "made_at", "school_class.name"):
        assert remedy_for(source, place(cast)) == Remedy("người vận hành phần mềm")


@pytest.mark.parametrize(
    "source",
    sorted(
        {
            f"{group.each}.x.{field.source}" if group.each else field.source
            for group, field in fields_of(get_profile("v1.0").tree)
            if field.is_required
        }
    ),
)
def test_every_required_field_has_a_remedy(cast: Cast, source: str) -> None:
    remedy = remedy_for(source, place(cast))
    assert remedy.who
    part = source.partition(".")[0]
    never_missing = {
        "profile", "ruleset", "uuid", "made_at", "issued_on", "school_year", "school_class",
        "history",
    }  # fmt: skip
    assert (part in REMEDIES) is (part not in never_missing)


@pytest.mark.parametrize("part", REMEDIES)
def test_a_part_is_the_pupils_the_schools_or_of_the_results(part: str) -> None:
    is_result = not is_of_a_person(part)
    assert is_of_the_school(part) or is_result or part == "student"
    assert not (is_of_the_school(part) and is_result)


class TestGaps:
    ME, OTHER = Remedy("học vụ", "/a/"), Remedy("chủ nhiệm")

    def test_of_one_remedy_stand_together_in_their_order(self) -> None:
        found = gaps([("Nơi sinh", self.ME), ("Chiều cao", self.OTHER), ("Quê quán", self.ME)])
        assert found == [
            Gap(("Nơi sinh", "Quê quán"), self.ME),
            Gap(("Chiều cao",), self.OTHER),
        ]

    def test_a_field_is_named_once(self) -> None:
        assert gaps([("Mức (Toán)", self.ME)] * 2) == [Gap(("Mức (Toán)",), self.ME)]

    def test_of_nothing_there_are_none(self) -> None:
        assert gaps([]) == []

    def test_another_page_of_the_same_person_stands_apart(self) -> None:
        found = gaps([("Toán", self.ME), ("Tin học", Remedy("học vụ", "/b/"))])
        assert [gap.remedy.url for gap in found] == ["/a/", "/b/"]
