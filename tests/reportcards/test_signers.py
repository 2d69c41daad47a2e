"""Who signs: the homeroom teacher in post at the year's end, and a leader of those in post."""

import datetime

import pytest
import time_machine

from reportcards.signers import (
    homeroom_teachers,
    leaders_in_post,
    signers_for,
    works_here_today,
)
from schools.models import HomeroomAssignment, Role, StaffMember, StaffRole
from tests import factories
from tests.cast import Cast

IN_JUNE = datetime.date(2027, 6, 7)


def at(day: str) -> time_machine.travel:
    return time_machine.travel(f"{day}T02:00:00+00:00", tick=False)


def teacher_of(cast: Cast) -> StaffMember | None:
    return homeroom_teachers([cast.school_class]).get(cast.school_class.pk)


def hand_the_class_over(cast: Cast, day: datetime.date) -> None:
    """Ms Ngọc until the day before, Ms Sương from that day."""
    HomeroomAssignment.objects.filter(school_class=cast.school_class).update(
        ended_on=day - datetime.timedelta(days=1)
    )
    HomeroomAssignment.objects.create(
        school_class=cast.school_class, staff_member=cast.suong, started_on=day
    )


def leave_the_school(staff: StaffMember, day: datetime.date) -> None:
    StaffRole.objects.filter(staff_member=staff).update(ended_on=day)


class TestLeaders:
    def test_the_principal_stands_first(self, cast: Cast) -> None:
        assert leaders_in_post(cast.school) == [cast.hanh, cast.phuc]

    def test_whoever_is_both_stands_once(self, cast: Cast) -> None:
        StaffRole.objects.create(
            staff_member=cast.hanh,
            role=Role.VICE_PRINCIPAL,
            started_on=cast.school_year.starts_on,
        )
        assert leaders_in_post(cast.school) == [cast.hanh, cast.phuc]

    def test_whoever_has_left_the_post_is_none(self, cast: Cast) -> None:
        leave_the_school(cast.hanh, datetime.date(2027, 1, 4))
        assert leaders_in_post(cast.school) == [cast.phuc]

    def test_nobody_of_another_school(self, cast: Cast) -> None:
        assert cast.quang not in leaders_in_post(cast.school)

    def test_a_school_may_have_none(self, cast: Cast) -> None:
        StaffRole.objects.filter(staff_member__school=cast.school).delete()
        assert leaders_in_post(cast.school) == []


class TestHomeroomTeachers:
    def test_the_one_in_post_today(self, cast: Cast) -> None:
        hand_the_class_over(cast, datetime.date(2027, 2, 1))
        assert teacher_of(cast) == cast.ngoc
        with at("2027-02-01"):
            assert teacher_of(cast) == cast.suong

    def test_after_the_year_the_one_at_its_end(self, cast: Cast) -> None:
        """Who takes the class's room in August signs nothing of the year before (Điều 14.5)."""
        hand_the_class_over(cast, datetime.date(2027, 8, 1))
        with at("2027-08-20"):
            assert teacher_of(cast) == cast.ngoc

    def test_a_class_without_one(self, cast: Cast) -> None:
        HomeroomAssignment.objects.all().delete()
        assert teacher_of(cast) is None

    def test_of_many_classes_in_two_queries(self, cast: Cast, django_assert_num_queries) -> None:
        classes = [cast.school_class]
        for name in ("4B", "4C", "4D"):
            school_class = factories.make_class(cast.school_year, name)
            factories.assign_homeroom(school_class, cast.suong)
            classes.append(school_class)
        with django_assert_num_queries(2):
            teachers = homeroom_teachers(classes)
            assert all(works_here_today(teacher) for teacher in teachers.values())
        assert [teachers[row.pk] for row in classes] == [cast.ngoc, *[cast.suong] * 3]


class TestWhoSignsInTheHomeroomSlot:
    def test_the_teacher_herself(self, cast: Cast) -> None:
        signers = signers_for(cast.ngoc, leader=cast.hanh, issued_on=IN_JUNE)
        assert (signers.homeroom, signers.stands_in_for) == (cast.ngoc, "")
        assert (signers.leader, signers.issued_on) == (cast.hanh, IN_JUNE)

    @pytest.mark.parametrize("leader", ["hanh", "phuc"])
    def test_for_one_who_has_left_the_leader_who_signs(self, cast: Cast, leader: str) -> None:
        """QĐ 1789, Điều 14.7: nobody signs with somebody else's key."""
        leave_the_school(cast.ngoc, datetime.date(2027, 1, 4))
        signing = getattr(cast, leader)
        signers = signers_for(cast.ngoc, leader=signing, issued_on=IN_JUNE)
        assert (signers.homeroom, signers.leader) == (signing, signing)
        assert signers.stands_in_for == "Trần Thị Ngọc"

    def test_on_her_last_day_she_signs_herself(self, cast: Cast) -> None:
        leave_the_school(cast.ngoc, datetime.date(2027, 1, 5))
        assert signers_for(cast.ngoc, leader=cast.hanh, issued_on=IN_JUNE).homeroom == cast.ngoc

    def test_whoever_only_changed_her_role_is_still_here(self, cast: Cast) -> None:
        leave_the_school(cast.ngoc, datetime.date(2026, 12, 1))
        StaffRole.objects.create(
            staff_member=cast.ngoc, role=Role.REGISTRAR, started_on=datetime.date(2026, 12, 2)
        )
        assert works_here_today(cast.ngoc)

    def test_whose_role_begins_later_is_not_here_yet(self, cast: Cast) -> None:
        StaffRole.objects.filter(staff_member=cast.suong).update(
            started_on=datetime.date(2027, 1, 6)
        )
        assert not works_here_today(cast.suong)

    def test_a_class_without_a_teacher_has_no_signer(self, cast: Cast) -> None:
        assert signers_for(None, leader=cast.hanh, issued_on=IN_JUNE).homeroom is None
