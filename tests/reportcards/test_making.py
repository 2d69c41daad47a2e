"""Khởi tạo: what a frozen card holds, who may freeze it, and what is refused."""

import datetime
import uuid

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from assessments.actions import (
    decide_supplementary_assessment,
    submit_supplementary_assessment,
)
from assessments.models import SignOff, SupplementaryAssessment
from assessments.payload import digest_of
from audit.errors import NotPermitted
from audit.models import AuditEvent
from reportcards.actions import (
    Plan,
    create_report_cards,
    discard_report_card,
)
from reportcards.errors import NotReady, NoUuidLeft
from reportcards.models import AllottedUuid, ReportCard
from reportcards.workflow import CardState
from rulesets import Period
from schools.models import (
    Department,
    HomeroomAssignment,
    Role,
    School,
    StaffMember,
    StaffRole,
)
from schools.models.school import UuidSource
from students.models import Enrollment, Student
from tests.assessments import states, year_ends
from tests.cast import IN_MAY, Cast
from tests.pages import COLLEAGUES
from tests.reportcards.digital_cards import ISSUED_ON, pupils_of
from tests.reportcards.withdrawing import reopened

MAKERS = ("tam", "van")


def create(cast: Cast, *pupils: Enrollment, **options) -> list[ReportCard]:
    """Of the pupils named, or of the whole class, by the clerk, for Ms Hạnh to sign."""
    wanted = {pupil.pk for pupil in pupils}
    enrollments = [row for row in pupils_of(cast) if not wanted or row.pk in wanted]
    by = options.pop("by", cast.van)
    plan = Plan(options.pop("leader", cast.hanh), options.pop("issued_on", ISSUED_ON))
    return create_report_cards(enrollments=enrollments, plan=plan, by=by)


def take_uuids_from_the_department(cast: Cast, *numbers: uuid.UUID) -> None:
    Department.objects.filter(pk=cast.school.department_id).update(
        uuid_source=UuidSource.DEPARTMENT
    )
    cast.van.school.department.refresh_from_db()
    for number in numbers:
        AllottedUuid.objects.create(school=cast.school, uuid=number)


class TestWhoMay:
    @pytest.mark.parametrize("role", COLLEAGUES.split())
    def test_clerk_and_registrar_alone(self, signed_class: Cast, role: str) -> None:
        if role in MAKERS:
            assert len(create(signed_class, by=getattr(signed_class, role))) == 3
            return
        with pytest.raises(NotPermitted):
            create(signed_class, by=getattr(signed_class, role))
        assert not ReportCard.objects.exists()

    def test_no_clerk_makes_another_schools_cards(self, signed_class: Cast) -> None:
        cast = signed_class
        StaffRole.objects.create(
            staff_member=cast.quang, role=Role.CLERK, started_on=cast.school_year.starts_on
        )
        quang = StaffMember.objects.select_related("school__department", "user").get(
            pk=cast.quang.pk
        )
        with pytest.raises(NotPermitted):
            create(cast, by=quang, leader=quang)
        assert not ReportCard.objects.exists()


class TestWhatIsFrozen:
    def test_a_card_for_each_pupil_in_roll_order(self, signed_class: Cast) -> None:
        cards = create(signed_class)
        assert [card.enrollment_id for card in cards] == [row.pk for row in pupils_of(signed_class)]
        assert {card.state for card in cards} == {CardState.CREATED}

    def test_the_row_says_what_the_payload_says(self, signed_class: Cast) -> None:
        cast = signed_class
        [card] = create(cast, cast.anh)
        payload = card.payload
        assert payload["uuid"] == str(card.uuid)
        assert payload["profile"] == card.profile_key == "v1.0"
        assert payload["ruleset"] == card.ruleset_key == "tt27"
        assert payload["issued_on"] == card.issued_on.isoformat() == "2027-06-07"
        assert payload["leader"]["full_name"] == card.leader.full_name == "Nguyễn Thị Hạnh"
        assert payload["homeroom_signer"]["full_name"] == card.homeroom_signer.full_name
        assert payload["student"]["full_name"] == card.student.full_name
        assert datetime.datetime.fromisoformat(payload["made_at"]) == card.made_at
        assert (card.made_by, card.school_year) == (cast.van.user, cast.school_year)
        assert (card.supersedes, payload["supersedes"]) == (None, None)

    def test_the_digest_is_that_of_the_payload(self, signed_class: Cast) -> None:
        [card] = create(signed_class, signed_class.anh)
        assert digest_of(ReportCard.objects.get(pk=card.pk).payload) == card.digest

    def test_the_sign_off_that_it_rests_on(self, signed_class: Cast) -> None:
        [card] = create(signed_class, signed_class.anh)
        [sign_off] = SignOff.objects.filter(
            record__enrollment=signed_class.anh, record__class_period__period=Period.END_YEAR
        )
        [frozen] = card.payload["sign_offs"]
        assert (frozen["period"], frozen["digest"]) == ("end_year", sign_off.digest)

    def test_another_leader_and_day(self, signed_class: Cast) -> None:
        day = datetime.date(2027, 6, 15)
        [card] = create(signed_class, signed_class.anh, leader=signed_class.phuc, issued_on=day)
        assert (card.leader, card.issued_on) == (signed_class.phuc, day)
        assert card.payload["leader"]["position_title"] == "Phó hiệu trưởng"
        assert card.payload["issued_on"] == "2027-06-15"

    def test_what_changes_afterwards_does_not_change_it(self, signed_class: Cast) -> None:
        [card] = create(signed_class, signed_class.anh)
        Student.objects.filter(pk=signed_class.anh.student_id).update(birth_place="Nơi khác")
        School.objects.filter(pk=signed_class.school.pk).update(name="Trường khác")
        stored = ReportCard.objects.get(pk=card.pk)
        assert stored.payload == card.payload
        assert digest_of(stored.payload) == stored.digest

    def test_every_number_is_a_new_uuid_of_version_4(self, signed_class: Cast) -> None:
        cards = create(signed_class)
        assert len({card.uuid for card in cards}) == 3
        assert {card.uuid.version for card in cards} == {4}

    def test_a_pupil_whose_card_stands_is_left_alone(self, signed_class: Cast) -> None:
        [old] = create(signed_class, signed_class.anh)
        made = create(signed_class)
        pupils = {card.enrollment_id for card in made}
        assert pupils == {signed_class.hhen.pk, signed_class.duc.pk}
        assert ReportCard.objects.get(enrollment=signed_class.anh) == old

    def test_each_begins_its_life(self, signed_class: Cast) -> None:
        [card] = create(signed_class, signed_class.anh)
        [event] = card.events.all()
        assert (event.event, event.from_state, event.to_state) == ("created", "", "created")
        assert event.by == signed_class.van.user


class TestRelaxations:
    def test_what_is_left_out_is_frozen_and_logged(self, signed_class: Cast) -> None:
        [card] = create(signed_class, signed_class.anh)
        assert card.payload["relaxations"] == [
            {"key": "no_district", "tag": "TEN_QUAN_HUYEN"},
            {"key": "no_register_number", "tag": "SO_SO_DANG_BO"},
        ]
        [logged] = AuditEvent.objects.filter(event="report_card.created")
        assert logged.changes["relaxations"] == [
            None,
            "TEN_QUAN_HUYEN: no_district; SO_SO_DANG_BO: no_register_number",
        ]

    def test_a_pupil_without_a_mother(self, signed_class: Cast) -> None:
        change_pupil(signed_class, mother_name="", father_name="Lê Văn Bảo")
        [card] = create(signed_class, signed_class.anh)
        assert {"key": "no_mother", "tag": "HO_VA_TEN_ME"} in card.payload["relaxations"]

    def test_a_foreign_child_without_a_personal_id(self, signed_class: Cast) -> None:
        change_pupil(signed_class, nationality="Lào", personal_id=None)
        [card] = create(signed_class, signed_class.anh)
        assert {"key": "foreign_child", "tag": "SO_CCCD"} in card.payload["relaxations"]

    def test_a_pupil_who_is_not_assessed(self, cast: Cast) -> None:
        Enrollment.objects.filter(pk=cast.anh.pk).update(is_not_assessed=True)
        with time_machine.travel(IN_MAY, tick=False) as clock:
            states.signed_off(cast, Period.END_YEAR)
            clock.move_to(datetime.datetime(2027, 6, 7, 2, tzinfo=datetime.UTC))
            [card] = create(cast, cast.anh)
        assert card.payload["is_not_assessed"]
        assert card.payload["year_decision"] is None
        keys = {use["key"] for use in card.payload["relaxations"]}
        assert keys == {"no_district", "no_register_number", "not_assessed"}

    def test_a_school_that_still_names_its_district_needs_none(self, signed_class: Cast) -> None:
        School.objects.filter(pk=signed_class.school.pk).update(district_name="Thị xã Buôn Hồ")
        [card] = create(signed_class, signed_class.anh)
        tags = {use["tag"] for use in card.payload["relaxations"]}
        assert "TEN_QUAN_HUYEN" not in tags


class TestNotReady:
    def test_before_the_year_is_signed_off(self, cast: Cast) -> None:
        with pytest.raises(NotReady, match="Lê Minh Anh: kết quả cuối năm chưa được ký duyệt"):
            create(cast, cast.anh)

    def test_while_a_pupil_is_reopened(self, signed_class: Cast) -> None:
        reopened(signed_class, signed_class.anh)
        with pytest.raises(NotReady, match="chưa được ký duyệt"):
            create(signed_class, signed_class.anh)

    def test_before_the_summer_is_decided(self, cast: Cast) -> None:
        with time_machine.travel(IN_MAY, tick=False) as clock:
            year_ends.signed_off(cast)
            clock.move_to(year_ends.IN_JULY)
            with pytest.raises(NotReady, match="Lê Minh Anh: em còn chờ đánh giá bổ sung"):
                create(cast, cast.anh)

    def test_after_the_summer_both_sign_offs_are_frozen(self, cast: Cast) -> None:
        with time_machine.travel(IN_MAY, tick=False) as clock:
            assessment = year_ends.planned(cast)
            clock.move_to(year_ends.IN_JULY)
            decide_summer(cast, assessment)
            [card] = create(cast, cast.anh, issued_on=timezone.localdate())
        assert [row["period"] for row in card.payload["sign_offs"]] == [
            "end_year",
            "supplementary",
        ]
        assert card.payload["year_decision"]["has_completed"] is True

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"birth_place": ""}, "Nơi sinh còn trống"),
            ({"ministry_code": None}, "Mã học sinh còn trống"),
            ({"personal_id": None}, "Số CCCD còn trống"),
            ({"ethnicity_code": ""}, "Dân tộc còn trống"),
            ({"mother_name": ""}, "Họ và tên mẹ còn trống"),
        ],
    )
    def test_what_the_profile_requires_of_the_pupil(
        self, signed_class: Cast, changes: dict, sentence: str
    ) -> None:
        change_pupil(signed_class, **changes)
        with pytest.raises(NotReady, match=f"Lê Minh Anh: {sentence}"):
            create(signed_class, signed_class.anh)

    def test_one_pupil_who_lacks_something_holds_up_all(self, signed_class: Cast) -> None:
        change_pupil(signed_class, birth_place="")
        with pytest.raises(NotReady):
            create(signed_class)
        assert not ReportCard.objects.exists()

    def test_a_leader_without_a_personal_id(self, signed_class: Cast) -> None:
        StaffMember.objects.filter(pk=signed_class.hanh.pk).update(personal_id=None)
        signed_class.hanh.refresh_from_db()
        with pytest.raises(NotReady, match="Số CCCD giám hiệu ký học bạ"):
            create(signed_class)

    def test_a_class_without_a_homeroom_teacher(self, signed_class: Cast) -> None:
        HomeroomAssignment.objects.all().delete()
        with pytest.raises(NotReady, match="Tên giáo viên chủ nhiệm"):
            create(signed_class)

    def test_somebody_who_leads_no_longer(self, signed_class: Cast) -> None:
        StaffRole.objects.filter(staff_member=signed_class.phuc).update(
            ended_on=datetime.date(2027, 6, 1)
        )
        with pytest.raises(NotReady, match="Đỗ Văn Phúc hiện không là lãnh đạo trường"):
            create(signed_class, leader=signed_class.phuc)

    def test_a_day_before_the_results_were_signed(self, signed_class: Cast) -> None:
        with pytest.raises(NotReady, match="trước ngày ký duyệt"):
            create(signed_class, issued_on=datetime.date(2027, 5, 19))

    def test_a_profile_that_cannot_be_signed(self, signed_class: Cast, monkeypatch) -> None:
        from dataclasses import replace

        from reportcards import profiles

        draft = replace(profiles.V1_0, key="2025-draft", can_be_signed=False)
        monkeypatch.setitem(profiles.PROFILES, "2025-draft", draft)
        Department.objects.filter(pk=signed_class.school.department_id).update(
            card_profile="2025-draft"
        )
        signed_class.van.school.department.refresh_from_db()
        with pytest.raises(NotReady, match="chưa được phép ký"):
            create(signed_class)


class TestUuidsOfTheDepartment:
    def test_are_taken_in_the_order_in_which_they_were_received(self, signed_class: Cast) -> None:
        numbers = [uuid.uuid4() for _ in range(4)]
        take_uuids_from_the_department(signed_class, *numbers)
        cards = create(signed_class)
        assert [card.uuid for card in cards] == numbers[:3]
        assert [row.uuid for row in AllottedUuid.objects.unused()] == numbers[3:]

    def test_when_they_do_not_suffice_none_is_taken(self, signed_class: Cast) -> None:
        take_uuids_from_the_department(signed_class, uuid.uuid4(), uuid.uuid4())
        with pytest.raises(NoUuidLeft):
            create(signed_class)
        assert AllottedUuid.objects.unused().count() == 2
        assert not ReportCard.objects.exists()

    def test_another_schools_are_not_taken(self, signed_class: Cast) -> None:
        take_uuids_from_the_department(signed_class)
        AllottedUuid.objects.create(school=signed_class.other_school, uuid=uuid.uuid4())
        with pytest.raises(NoUuidLeft):
            create(signed_class, signed_class.anh)

    def test_a_discarded_cards_number_is_not_used_again(self, signed_class: Cast) -> None:
        numbers = [uuid.uuid4(), uuid.uuid4()]
        take_uuids_from_the_department(signed_class, *numbers)
        [card] = create(signed_class, signed_class.anh)
        discard_report_card(report_card=card, reason="Sai ngày ký", by=signed_class.van)
        [again] = create(signed_class, signed_class.anh)
        assert [card.uuid, again.uuid] == numbers

    def test_no_number_stands_in_two_cards(self, signed_class: Cast) -> None:
        [card] = create(signed_class, signed_class.anh)
        take_uuids_from_the_department(signed_class, card.uuid)
        with pytest.raises(IntegrityError):
            create(signed_class, signed_class.hhen)


def change_pupil(cast: Cast, **changes) -> None:
    """Anh's file."""
    Student.objects.filter(pk=cast.anh.student_id).update(**changes)


def decide_summer(cast: Cast, assessment: SupplementaryAssessment) -> None:
    year_ends.save_later(cast, assessment, level="H", score=6)
    submit_supplementary_assessment(assessment=assessment, case_reason="", by=cast.ngoc)
    decide_supplementary_assessment(assessment=assessment, is_promoted=True, by=cast.hanh)
