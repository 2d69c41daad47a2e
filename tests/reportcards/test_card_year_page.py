"""The digital cards of a school year: numbers of each class, and what the school lacks."""

import datetime
import uuid

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reportcards.actions import discard_report_card, record_delivery
from reportcards.card_pages.year import CardYear
from reportcards.models import AllottedUuid, SigningCertificate
from reportcards.workflow import CardStep
from schools.models import (
    Department,
    HomeroomAssignment,
    Role,
    School,
    SchoolYear,
    StaffMember,
    StaffRole,
)
from schools.models.school import UuidSource
from students.models import Student
from tests import factories
from tests.assessments import year_ends
from tests.cast import IN_MAY, Cast
from tests.pages import client_of
from tests.reportcards.card_reading import CARD_YEAR, card_of, class_url, read, words
from tests.reportcards.digital_cards import sign
from tests.reportcards.withdrawing import refused_by_department, withdrawn

OFFICE = ("hanh", "phuc", "tam", "van")


def page_of(cast: Cast, role: str = "van") -> CardYear:
    return read(cast, role, CARD_YEAR).context["page"]


def gaps(cast: Cast, role: str = "van") -> dict[str, str]:
    return {gap.where: gap.what for gap in page_of(cast, role).gaps}


def gap_url(cast: Cast, where: str, role: str = "van") -> str:
    return next(gap.url for gap in page_of(cast, role).gaps if gap.where == where)


class TestNumbers:
    def test_in_november_everybody_is_complete_and_nobody_ready(self, cast: Cast) -> None:
        with time_machine.travel("2026-11-10T01:00:00+00:00", tick=False):
            [row] = page_of(cast).classes
        assert (row.pupils, row.signed_off, row.lacking, row.ready) == (3, 0, 0, 0)

    def test_in_november_what_a_pupil_lacks_counts(self, cast: Cast) -> None:
        Student.objects.filter(pk=cast.anh.student_id).update(birth_place="")
        with time_machine.travel("2026-11-10T01:00:00+00:00", tick=False):
            [row] = page_of(cast).classes
        assert row.lacking == 1

    def test_what_the_school_lacks_is_no_pupils_lack(self, cast: Cast) -> None:
        School.objects.filter(pk=cast.school.pk).update(place_of_issue="")
        [row] = page_of(cast).classes
        assert row.lacking == 0

    def test_after_the_sign_off_they_are_ready(self, signed_class: Cast) -> None:
        [row] = page_of(signed_class).classes
        assert (row.pupils, row.signed_off, row.lacking, row.ready) == (3, 3, 0, 3)

    def test_whoever_awaits_the_summer_is_signed_but_not_ready(self, cast: Cast) -> None:
        with time_machine.travel(IN_MAY, tick=False):
            year_ends.signed_off(cast)
            [row] = page_of(cast).classes
        assert (row.signed_off, row.ready) == (3, 2)

    def test_each_state_of_the_making(self, cards, cast: Cast, certificates) -> None:
        sign("homeroom", cards[:2], certificates.ngoc, certificates, by=cast.ngoc)
        sign("leader", cards[:1], certificates.hanh, certificates, by=cast.hanh)
        [row] = page_of(cast).classes
        assert (row.created, row.homeroom_signed, row.leader_signed) == (1, 1, 1)
        assert (row.ready, row.signed_off) == (0, 3)

    def test_what_is_in_force_refused_and_withdrawn(self, issued_cards, cast: Cast) -> None:
        withdrawn(cast, card_of(issued_cards, cast.anh))
        refused_by_department(cast, card_of(issued_cards, cast.hhen))
        [row] = page_of(cast).classes
        assert (row.in_force, row.refused, row.withdrawn) == (1, 1, 1)
        assert row.ready == 1, "the withdrawn one can be made anew"

    def test_a_delivered_card_is_still_in_force(self, issued_cards, cast: Cast) -> None:
        record_delivery(report_card=issued_cards[0], step=CardStep.SEND, by=cast.van)
        [row] = page_of(cast).classes
        assert row.in_force == 3

    def test_a_discarded_attempt_leaves_the_pupil_ready(self, cards, cast: Cast) -> None:
        discard_report_card(report_card=cards[0], reason="Sai ngày", by=cast.van)
        [row] = page_of(cast).classes
        assert (row.ready, row.created) == (1, 2)

    def test_the_foot_sums_the_classes(self, signed_class: Cast) -> None:
        other = factories.make_class(signed_class.school_year, "4B")
        factories.enroll(factories.make_student("Lê Bảo Châu"), other)
        page = page_of(signed_class)
        assert page.totals[:4] == [4, 3, 0, 3]
        assert [row.school_class.name for row in page.classes] == ["4A", "4B"]

    def test_a_class_leads_to_its_page(self, signed_class: Cast) -> None:
        assert f'<a href="{class_url(signed_class)}">4A</a>' in words(
            read(signed_class, "van", CARD_YEAR)
        )

    def test_the_figures_say_it_in_sentences(self, cards, cast: Cast) -> None:
        shown = words(read(cast, "van", CARD_YEAR))
        assert '<strong class="figures__number">3</strong> <span>học bạ đang ký</span>' in shown

    def test_a_year_without_classes_says_so(self, cast: Cast) -> None:
        factories.make_school_year(cast.school, 2027)
        shown = words(read(cast, "van", reverse("card_year", args=[2027])))
        assert "Năm học này chưa có lớp nào" in shown


class TestWhatTheSchoolLacks:
    def test_seal_and_certificates_before_anybody_registered_one(self, cast: Cast) -> None:
        assert gaps(cast) == {
            "Dấu số của trường": "văn thư chưa đăng ký chứng thư số",
            "Nguyễn Thị Hạnh, Trần Thị Ngọc": "chưa đăng ký chứng thư số cá nhân",
        }

    def test_nothing_when_all_have_certificates(self, signed_class: Cast, certificates) -> None:
        assert gaps(signed_class) == {}

    def test_a_seal_that_the_department_has_not_approved(
        self, signed_class: Cast, certificates
    ) -> None:
        SigningCertificate.objects.filter(pk=certificates.seal.pk).update(
            approved_on=None, approval_reference="", approved_at=None, approved_by=None
        )
        found = gaps(signed_class)
        assert list(found) == ["Dấu số của trường"]
        assert "Sở chưa phê duyệt" in found["Dấu số của trường"]

    def test_a_certificate_that_is_no_longer_used_does_not_count(
        self, signed_class: Cast, certificates
    ) -> None:
        SigningCertificate.objects.filter(pk=certificates.ngoc.pk).update(
            ended_at=datetime.datetime(2027, 6, 1, tzinfo=datetime.UTC),
            ended_by=signed_class.ngoc.user,
        )
        assert list(gaps(signed_class)) == ["Trần Thị Ngọc"]

    def test_clerk_and_leaders_are_led_to_the_register(self, cast: Cast) -> None:
        for role in ("van", "hanh"):
            assert gap_url(cast, "Dấu số của trường", role) == reverse("certificate_register")
        assert gap_url(cast, "Dấu số của trường", "tam") == ""

    def test_place_of_issue_and_names(self, cast: Cast) -> None:
        School.objects.filter(pk=cast.school.pk).update(place_of_issue="", commune_name="")
        Department.objects.filter(pk=cast.school.department_id).update(name="")
        assert {
            "Địa danh phát hành học bạ",
            "Tên xã phường",
            "Tên sở giáo dục",
        } <= set(gaps(cast))

    def test_a_leader_without_personal_id_or_position(self, cast: Cast) -> None:
        StaffMember.objects.filter(pk=cast.phuc.pk).update(personal_id=None, position_title="")
        found = gaps(cast)
        assert "số định danh cá nhân" in found["Đỗ Văn Phúc (lãnh đạo trường)"]
        assert "chức vụ" in found["Đỗ Văn Phúc"]

    def test_a_homeroom_teacher_without_personal_id(self, cast: Cast) -> None:
        StaffMember.objects.filter(pk=cast.ngoc.pk).update(personal_id=None)
        assert "Trần Thị Ngọc (chủ nhiệm lớp 4A)" in gaps(cast)

    def test_of_one_who_has_left_nothing_is_asked(self, cast: Cast) -> None:
        StaffMember.objects.filter(pk=cast.ngoc.pk).update(personal_id=None)
        StaffRole.objects.filter(staff_member=cast.ngoc).update(ended_on=datetime.date(2026, 12, 1))
        found = gaps(cast)
        assert "Trần Thị Ngọc (chủ nhiệm lớp 4A)" not in found
        assert "Nguyễn Thị Hạnh" in found, "and no certificate either"

    def test_a_class_without_a_homeroom_teacher(self, cast: Cast) -> None:
        HomeroomAssignment.objects.all().delete()
        assert "chưa có giáo viên chủ nhiệm" in gaps(cast)["Lớp 4A"]

    def test_a_school_without_leaders(self, cast: Cast) -> None:
        StaffRole.objects.filter(
            staff_member__school=cast.school, role__in=[Role.PRINCIPAL, Role.VICE_PRINCIPAL]
        ).delete()
        assert "chưa có ai giữ vai trò này" in gaps(cast)["Hiệu trưởng"]

    def test_many_people_are_not_all_named(self, cast: Cast) -> None:
        for number in range(8):
            school_class = factories.make_class(cast.school_year, f"3{number}", (3,))
            teacher = factories.make_staff(cast.school, f"Cô Số {number}", Role.TEACHER)
            factories.assign_homeroom(school_class, teacher)
            factories.enroll(factories.make_student(f"Em Số {number}"), school_class)
        [names] = [where for where in gaps(cast) if "người khác" in where]
        assert names.endswith("và 5 người khác")

    def test_numbers_of_the_department_that_do_not_suffice(self, cast: Cast) -> None:
        Department.objects.filter(pk=cast.school.department_id).update(
            uuid_source=UuidSource.DEPARTMENT
        )
        AllottedUuid.objects.create(school=cast.school, uuid=uuid.uuid4())
        assert gaps(cast)["Mã tra cứu do Sở cấp"] == "còn 1 mã cho 3 học bạ sẽ khởi tạo"
        assert gap_url(cast, "Mã tra cứu do Sở cấp") == reverse("allotted_uuids")

    def test_enough_of_them_are_no_gap(self, cast: Cast) -> None:
        Department.objects.filter(pk=cast.school.department_id).update(
            uuid_source=UuidSource.DEPARTMENT
        )
        for _ in range(3):
            AllottedUuid.objects.create(school=cast.school, uuid=uuid.uuid4())
        assert "Mã tra cứu do Sở cấp" not in gaps(cast)

    def test_whoever_may_change_the_school_is_led_there(self, cast: Cast) -> None:
        School.objects.filter(pk=cast.school.pk).update(place_of_issue="")
        assert gap_url(cast, "Địa danh phát hành học bạ") == ""
        user = cast.van.acting_user
        user.is_staff = True
        user.save(update_fields=["is_staff"])
        user.user_permissions.add(Permission.objects.get(codename="change_school"))
        assert gap_url(cast, "Địa danh phát hành học bạ") == reverse(
            "admin:schools_school_change", args=[cast.school.pk]
        )


class TestStepsAndYears:
    def labels(self, cast: Cast, role: str) -> list[str]:
        return [step.label for step in read(cast, role, CARD_YEAR).context["steps"]]

    def test_whose_signature_waits_is_told(self, cards, cast: Cast, certificates) -> None:
        sign("homeroom", cards, certificates.ngoc, certificates, by=cast.ngoc)
        assert self.labels(cast, "hanh")[0] == "Ký ở ô lãnh đạo: 3 em"
        assert not any("Ký ở ô" in label for label in self.labels(cast, "phuc"))
        sign("leader", cards, certificates.hanh, certificates, by=cast.hanh)
        assert self.labels(cast, "van")[0] == "Đóng dấu số và phát hành: 3 em"

    def test_closing_is_the_leaders(self, cast: Cast) -> None:
        for role in OFFICE:
            is_leader = role in {"hanh", "phuc"}
            assert ("Chốt học bạ năm học" in self.labels(cast, role)) == is_leader

    def test_the_departments_numbers_only_where_it_gives_them(self, cast: Cast) -> None:
        assert "Mã tra cứu do Sở cấp" not in self.labels(cast, "van")
        Department.objects.filter(pk=cast.school.department_id).update(
            uuid_source=UuidSource.DEPARTMENT
        )
        assert "Mã tra cứu do Sở cấp" in self.labels(cast, "van")
        assert "Mã tra cứu do Sở cấp" not in self.labels(cast, "hanh")

    def test_other_years_are_one_click_away(self, cast: Cast) -> None:
        assert page_of(cast).year_sections == []
        factories.make_school_year(cast.school, 2025)
        sections = page_of(cast).year_sections
        assert [(row["label"], row["is_current"]) for row in sections] == [
            ("Năm học 2026-2027", True),
            ("Năm học 2025-2026", False),
        ]

    def test_a_year_that_nobody_has_is_not_found(self, cast: Cast) -> None:
        url = reverse("card_year", args=[2019])
        assert client_of(cast, "van").get(url).status_code == 404

    def test_teachers_do_not_oversee(self, cast: Cast) -> None:
        response = client_of(cast, "ngoc").get(CARD_YEAR)
        assert response.status_code == 403
        assert "lãnh đạo trường, học vụ và văn thư" in words(response)


def test_more_classes_and_pupils_ask_nothing_more(signed_class: Cast) -> None:
    cast = signed_class
    before = queries(cast)
    for number in range(4):
        school_class = factories.make_class(cast.school_year, f"3{number}", (3,))
        teacher = factories.make_staff(cast.school, f"Cô Số {number}", Role.TEACHER)
        factories.assign_homeroom(school_class, teacher)
        for pupil in range(5):
            factories.enroll(factories.make_student(f"Em Số {pupil}"), school_class)
    assert queries(cast) == before


def queries(cast: Cast) -> int:
    year = SchoolYear.objects.select_related("school__department").get(pk=cast.school_year.pk)
    reader = StaffMember.objects.select_related("school", "user").get(pk=cast.van.pk)
    with CaptureQueriesContext(connection) as asked:
        page = CardYear(year, reader)
        assert page.classes
        assert page.figures
        assert page.gaps is not None
    return len(asked)


@pytest.mark.parametrize("role", OFFICE)
def test_the_office_opens_it_from_the_desk(cast: Cast, role: str) -> None:
    assert CARD_YEAR in words(read(cast, role, reverse("desk")))


def test_and_leaders_from_the_years_end(cast: Cast) -> None:
    assert CARD_YEAR in words(read(cast, "hanh", reverse("year_end", args=[2026])))


def test_the_whole_school_is_printed_from_here(cast: Cast) -> None:
    response = read(cast, "van", CARD_YEAR)
    url = response.context["print_url"]
    assert url.endswith("whom=school&document=display")
    assert url.replace("&", "&amp;") in response.content.decode()
