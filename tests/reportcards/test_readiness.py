"""What stands between a pupil and her card, from the first month of the year."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reportcards.lack_sentences import violation_sentence
from reportcards.profiles import get_profile
from reportcards.readiness import (
    NO_HOMEROOM_TEACHER,
    Readiness,
    is_of_a_person,
    is_of_the_school,
    readiness_of,
)
from rulesets import Period
from schools.models import HomeroomAssignment, School, StaffMember, StaffRole
from students.models import Enrollment, Student
from tests import factories
from tests.assessments import states, year_ends
from tests.cast import IN_MAY, Cast
from tests.reportcards.digital_cards import pupils_of
from tests.reportcards.withdrawing import reopened

IN_NOVEMBER = "2026-11-10T01:00:00+00:00"


def reading_of(cast: Cast, pupil: Enrollment, **options) -> Readiness:
    [row] = [row for row in pupils_of(cast) if row.pk == pupil.pk]
    [reading] = readiness_of([row], **options)
    return reading


def sources(reading: Readiness) -> set[str]:
    return {lack.source for lack in reading.lacks}


def change_pupil(cast: Cast, **changes) -> None:
    Student.objects.filter(pk=cast.anh.student_id).update(**changes)


class TestInNovember:
    @pytest.fixture
    def november(self, cast: Cast):
        with time_machine.travel(IN_NOVEMBER, tick=False):
            yield cast

    def test_a_complete_pupil_lacks_nothing_yet(self, november: Cast) -> None:
        reading = reading_of(november, november.anh)
        assert (reading.lacks, reading.violations) == ((), ())
        assert reading.is_complete
        assert not reading.is_signed_off
        assert not reading.is_ready

    def test_what_is_missing_of_the_pupil_is_told(self, november: Cast) -> None:
        change_pupil(november, birth_place="", ministry_code=None)
        assert sources(reading_of(november, november.anh)) == {
            "student.birth_place",
            "student.ministry_code",
        }

    def test_and_of_the_school(self, november: Cast) -> None:
        School.objects.filter(pk=november.school.pk).update(place_of_issue="")
        reading = reading_of(november, november.anh)
        assert sources(reading) == {"place_of_issue"}
        assert reading.own_lacks == ()

    def test_no_result_is_asked_for(self, november: Cast) -> None:
        reading = reading_of(november, november.anh)
        assert all(is_of_a_person(lack.source) for lack in reading.lacks)
        assert {use.key for use in reading.uses} == {"no_district", "no_register_number"}

    def test_relaxations_of_the_pupil_are_told(self, november: Cast) -> None:
        change_pupil(november, mother_name="", father_name="Lê Văn Bảo")
        assert ("no_mother", "HO_VA_TEN_ME") in [
            (use.key, use.tag) for use in reading_of(november, november.anh).uses
        ]

    def test_a_pupil_who_is_not_assessed_is_known(self, november: Cast) -> None:
        Enrollment.objects.filter(pk=november.anh.pk).update(is_not_assessed=True)
        assert reading_of(november, november.anh).payload["is_not_assessed"]


class TestAfterTheYear:
    def test_a_signed_year_is_ready(self, signed_class: Cast) -> None:
        reading = reading_of(signed_class, signed_class.anh)
        assert reading.is_signed_off
        assert reading.is_ready
        assert reading.card is None

    def test_the_payload_is_what_would_be_frozen(self, signed_class: Cast) -> None:
        from tests.reportcards.digital_cards import freeze

        reading = reading_of(signed_class, signed_class.anh, leader=signed_class.hanh)
        [card] = freeze(
            signed_class, [row for row in pupils_of(signed_class) if row == signed_class.anh]
        )
        own = {"uuid", "made_at", "relaxations"}
        differing = {key for key in card.payload if card.payload[key] != reading.payload[key]}
        assert differing <= own

    def test_a_reopened_pupil_is_not_ready(self, signed_class: Cast) -> None:
        reopened(signed_class, signed_class.anh)
        reading = reading_of(signed_class, signed_class.anh)
        assert not reading.is_signed_off
        assert not reading.is_ready
        assert reading_of(signed_class, signed_class.duc).is_ready

    def test_a_pupil_who_has_not_completed_awaits_the_summer(self, cast: Cast) -> None:
        with time_machine.travel(IN_MAY, tick=False):
            year_ends.signed_off(cast)
            reading = reading_of(cast, cast.anh)
            assert reading.is_signed_off
            assert reading.awaits_summer
            assert not reading.is_ready
            assert reading_of(cast, cast.duc).is_ready

    def test_what_the_results_lack_is_told_now(self, cast: Cast) -> None:
        """A year signed before its weights were asked for."""
        from tests.reportcards.year_ends import decide_year, enter_year, sign_off

        with time_machine.travel(IN_MAY, tick=False):
            record = enter_year(cast.anh, by=cast.ngoc.user)
            type(record).objects.filter(pk=record.pk).update(absences_with_leave=None)
            decide_year(cast.anh, by=cast.hanh.user)
            sign_off(record, signer=cast.hanh)
            assert {"attendance.absences_with_leave", "comments.homeroom"} <= sources(
                reading_of(cast, cast.anh)
            )

    def test_a_card_that_stands_is_known(self, cards, cast: Cast) -> None:
        assert reading_of(cast, cast.anh).card == next(
            card for card in cards if card.enrollment_id == cast.anh.pk
        )

    def test_one_that_is_over_is_not(self, cards, cast: Cast) -> None:
        from reportcards.actions import discard_report_card

        for card in cards:
            discard_report_card(report_card=card, reason="Sai ngày", by=cast.van)
        assert reading_of(cast, cast.anh).card is None

    def test_a_text_that_is_too_long_is_a_fault(self, signed_class: Cast) -> None:
        change_pupil(signed_class, residence="x" * 250)
        assert reading_of(signed_class, signed_class.anh).is_ready
        change_pupil(signed_class, birth_place="Bệnh viện\x08")
        reading = reading_of(signed_class, signed_class.anh)
        assert [fault.code for fault in reading.violations] == ["forbidden_character"]
        assert not reading.is_ready

    def test_a_text_that_cannot_be_printed_is_a_fault(self, signed_class: Cast) -> None:
        change_pupil(signed_class, residence="Số 5 ☎, Buôn Hồ", mother_name="Phạm\u202e Thị Hòa")
        reading = reading_of(signed_class, signed_class.anh)
        profile = get_profile(reading.payload["profile"])
        assert not reading.is_ready
        said = [violation_sentence(fault, profile) for fault in reading.violations]
        way_out = "hãy xóa hoặc thay bằng chữ khác. Hãy bổ sung ở hồ sơ học sinh."
        assert said == [
            f"Chỗ ở hiện nay có ký tự “☎” (U+260E) không in được; {way_out}",
            f"Họ và tên mẹ có ký tự U+202E không in được; {way_out}",
        ]

    def test_an_overview_leaves_the_form_of_single_values_out(self, signed_class: Cast) -> None:
        change_pupil(signed_class, birth_place="Bệnh viện\x08")
        assert reading_of(signed_class, signed_class.anh, checks_form=False).is_ready


class TestWhoSigns:
    def test_without_a_leader_chosen_the_principal_is_thought_of(self, cast: Cast) -> None:
        assert reading_of(cast, cast.anh).leader == cast.hanh
        assert reading_of(cast, cast.anh, leader=cast.phuc).leader == cast.phuc

    def test_a_leader_without_a_personal_id(self, cast: Cast) -> None:
        StaffMember.objects.filter(pk=cast.hanh.pk).update(personal_id=None)
        assert sources(reading_of(cast, cast.anh)) == {"leader.personal_id"}

    def test_a_school_without_a_leader(self, cast: Cast) -> None:
        StaffRole.objects.filter(staff_member__in=[cast.hanh, cast.phuc]).delete()
        assert {"leader.full_name", "leader.personal_id"} <= sources(reading_of(cast, cast.anh))

    def test_a_class_without_a_homeroom_teacher(self, cast: Cast) -> None:
        HomeroomAssignment.objects.all().delete()
        reading = reading_of(cast, cast.anh)
        assert reading.teacher is None
        assert NO_HOMEROOM_TEACHER in reading.lacks
        assert is_of_the_school(NO_HOMEROOM_TEACHER.source)


class TestQueries:
    def test_nobody_asks_nothing(self, db, django_assert_num_queries) -> None:
        with django_assert_num_queries(0):
            assert readiness_of([]) == []

    @pytest.mark.parametrize("period", [None, Period.END_YEAR], ids=["november", "june"])
    def test_as_many_for_35_pupils_as_for_one(self, cast: Cast, period) -> None:
        with time_machine.travel(IN_MAY, tick=False):
            for number in range(32):
                factories.enroll(factories.make_student(f"Trần Văn Số {number}"), cast.school_class)
            if period:
                states.signed_off(cast, period)
            pupils = pupils_of(cast)
            assert len(pupils) == 35
            assert queries(pupils[:1]) == queries(pupils)


def queries(pupils: list[Enrollment]) -> int:
    with CaptureQueriesContext(connection) as asked:
        readiness_of(pupils)
    return len(asked)
