"""What the state of a year, of a card and of the school allows."""

import dataclasses
import datetime

import pytest
import time_machine

from assessments.models import SignOff
from reportcards.actions import close_card_year
from reportcards.card_policies import (
    check_is_ready,
    check_issue_date,
    check_leader_is_in_post,
    check_profile_can_be_signed,
    check_structure_holds,
    check_year_is_not_closed,
    closing_of,
)
from reportcards.errors import NotReady, YearClosed
from reportcards.profiles import UnknownProfile
from reportcards.profiles.relaxations import Lack
from reportcards.profiles.violations import Violation
from reportcards.readiness import Readiness, readiness_of
from tests.cast import Cast
from tests.reportcards.cards import card_payload, without_level
from tests.reportcards.digital_cards import pupils_of

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))


@pytest.fixture
def reading(signed_class: Cast) -> Readiness:
    return readiness_of(pupils_of(signed_class))[0]


class TestReadiness:
    def test_a_ready_pupil_passes(self, reading: Readiness) -> None:
        check_is_ready(reading)

    def test_the_first_lack_is_named_with_the_pupil(self, reading: Readiness) -> None:
        lacking = dataclasses.replace(
            reading,
            lacks=(Lack("QUE_QUAN", "student.home_town"), Lack("DAN_TOC", "student.ethnicity")),
        )
        with pytest.raises(NotReady) as refusal:
            check_is_ready(lacking)
        sentence = str(refusal.value)
        assert sentence.startswith("Lê Minh Anh: Quê quán còn trống")
        assert "hồ sơ học sinh" in sentence
        assert "Dân tộc" not in sentence

    def test_a_fault_is_named_too(self, reading: Readiness) -> None:
        faulty = dataclasses.replace(
            reading, violations=(Violation("student.full_name", "too_long", {"longest": 50}),)
        )
        with pytest.raises(NotReady, match="Họ và tên quá dài, nhiều nhất 50 ký tự"):
            check_is_ready(faulty)

    def test_an_unsigned_year_comes_before_anything_else(self, reading: Readiness) -> None:
        unsigned = dataclasses.replace(
            reading, year=None, lacks=(Lack("QUE_QUAN", "student.home_town"),)
        )
        with pytest.raises(NotReady, match="chưa được ký duyệt"):
            check_is_ready(unsigned)


class TestStructure:
    def test_a_whole_payload_passes(self) -> None:
        check_structure_holds(card_payload())

    def test_what_the_schema_of_the_payload_refuses(self) -> None:
        with pytest.raises(NotReady, match="Lê Minh Anh"):
            check_structure_holds(card_payload(student={"gender": "F"}))

    def test_a_level_that_the_xml_needs(self) -> None:
        payload = card_payload()
        payload["subjects"][0] = without_level(payload["subjects"][0]) | {"level": "X"}
        with pytest.raises(NotReady):
            check_structure_holds(payload)


class TestProfile:
    def test_v1_0_can_be_signed(self, cast: Cast) -> None:
        check_profile_can_be_signed(cast.school.department)

    def test_one_that_nobody_knows_is_not_taken_for_it(self, cast: Cast) -> None:
        cast.school.department.card_profile = "v9"
        with pytest.raises(UnknownProfile):
            check_profile_can_be_signed(cast.school.department)


class TestLeader:
    @pytest.mark.parametrize("role", ["hanh", "phuc"])
    def test_leaders_of_the_school_may_sign(self, cast: Cast, role: str) -> None:
        check_leader_is_in_post(getattr(cast, role), cast.school)

    @pytest.mark.parametrize("role", ["ngoc", "van", "tam", "kien", "quang"])
    def test_nobody_else(self, cast: Cast, role: str) -> None:
        staff = getattr(cast, role)
        with pytest.raises(NotReady, match=staff.full_name):
            check_leader_is_in_post(staff, cast.school)


class TestIssueDate:
    def test_the_day_of_the_signature_and_any_later_one(self, reading: Readiness) -> None:
        check_issue_date(datetime.date(2027, 5, 20), reading)
        check_issue_date(datetime.date(2027, 8, 31), reading)

    def test_not_the_day_before(self, reading: Readiness) -> None:
        with pytest.raises(NotReady, match="20/05/2027"):
            check_issue_date(datetime.date(2027, 5, 19), reading)

    def test_a_signature_after_midnight_is_of_the_local_day(self, reading: Readiness) -> None:
        """0:30 of the 21st in Vietnam is still the 20th elsewhere."""
        assert reading.year is not None
        [sign_off] = reading.year.sign_offs
        late = SignOff(signed_at=datetime.datetime(2027, 5, 21, 0, 30, tzinfo=VIETNAM))
        year = dataclasses.replace(reading.year, sign_offs=(sign_off, late))
        with pytest.raises(NotReady):
            check_issue_date(datetime.date(2027, 5, 20), dataclasses.replace(reading, year=year))


class TestClosing:
    def close(self, cast: Cast) -> None:
        close_card_year(
            school_year=cast.school_year,
            closed_on=datetime.date(2027, 8, 15),
            reference="1234/SGDĐT-GDTH",
            by=cast.hanh,
        )

    def test_an_open_year_is_open(self, cast: Cast) -> None:
        assert closing_of(cast.school_year) is None
        check_year_is_not_closed(cast.school_year)

    @pytest.mark.parametrize(("day", "is_closed"), [("14", False), ("15", True), ("16", True)])
    def test_it_is_closed_from_its_day(self, cast: Cast, day: str, is_closed: bool) -> None:
        self.close(cast)
        with time_machine.travel(f"2027-08-{day}T01:00:00+00:00", tick=False):
            if not is_closed:
                check_year_is_not_closed(cast.school_year)
                return
            with pytest.raises(YearClosed) as refusal:
                check_year_is_not_closed(cast.school_year)
        sentence = str(refusal.value)
        assert "15/08/2027 (1234/SGDĐT-GDTH)" in sentence
        assert "yêu cầu chỉnh lý" in sentence

    def test_another_schools_year_stays_open(self, cast: Cast) -> None:
        self.close(cast)
        with time_machine.travel("2027-09-01T01:00:00+00:00", tick=False):
            check_year_is_not_closed(cast.other_class.school_year)
