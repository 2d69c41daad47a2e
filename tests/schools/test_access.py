"""On whose behalf a page acts, for people with one post, with two, and with none any more."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from schools.access import (
    SESSION_KEY,
    current_staff_member,
    posts_of,
    remember_post,
    staff_members_in_post,
    staff_only,
)
from schools.models import Role, StaffRole
from tests.cast import NOW
from tests.factories import make_staff

TODAY = NOW.date()
DAY = datetime.timedelta(days=1)


def request_of(user, **session):
    request = RequestFactory().get("/")
    request.user, request.session = user, session
    return request


def leave(staff, ended_on):
    StaffRole.objects.filter(staff_member=staff).update(ended_on=ended_on)


@pytest.fixture
def second_post(cast):
    """Ms Hạnh teaches at Lê Lợi too."""
    return make_staff(cast.other_school, cast.hanh.full_name, Role.TEACHER, user=cast.hanh.user)


@staff_only
def page(request):
    return HttpResponse(f"{request.staff.pk} {request.school.pk}")


def test_the_only_post_is_the_one_that_acts(cast):
    assert current_staff_member(request_of(cast.ngoc.user)) == cast.ngoc


def test_of_two_posts_the_first_acts_until_another_is_chosen(cast, second_post):
    assert current_staff_member(request_of(cast.hanh.user)) == cast.hanh


def test_the_chosen_post_acts(cast, second_post):
    request = request_of(cast.hanh.user, **{SESSION_KEY: second_post.pk})
    assert current_staff_member(request) == second_post


def test_a_choice_is_remembered_for_the_next_page(cast, second_post):
    request = request_of(cast.hanh.user)
    remember_post(request, second_post)
    following = request_of(cast.hanh.user, **request.session)
    assert current_staff_member(following) == second_post


def test_a_chosen_post_that_has_ended_gives_way_to_the_one_still_held(cast, second_post):
    leave(second_post, TODAY - DAY)
    request = request_of(cast.hanh.user, **{SESSION_KEY: second_post.pk})
    assert current_staff_member(request) == cast.hanh


def test_somebody_elses_post_in_the_session_is_not_taken(cast):
    request = request_of(cast.ngoc.user, **{SESSION_KEY: cast.hanh.pk})
    assert current_staff_member(request) == cast.ngoc


def test_a_post_is_held_through_its_last_day(cast):
    leave(cast.ngoc, TODAY)
    assert staff_members_in_post(cast.ngoc.user) == [cast.ngoc]


def test_the_day_after_there_is_no_post(cast):
    leave(cast.ngoc, TODAY - DAY)
    assert current_staff_member(request_of(cast.ngoc.user)) is None


def test_a_post_that_begins_tomorrow_is_none_yet(cast):
    StaffRole.objects.filter(staff_member=cast.ngoc).update(started_on=TODAY + DAY)
    assert staff_members_in_post(cast.ngoc.user) == []


def test_one_of_two_roles_that_ended_leaves_the_post(cast):
    StaffRole.objects.create(
        staff_member=cast.hanh, role=Role.CLERK, started_on=TODAY - DAY, ended_on=TODAY - DAY
    )
    assert staff_members_in_post(cast.hanh.user) == [cast.hanh]


def test_two_roles_are_one_post(cast):
    StaffRole.objects.create(staff_member=cast.hanh, role=Role.TEACHER, started_on=TODAY)
    assert staff_members_in_post(cast.hanh.user) == [cast.hanh]


def test_a_file_without_any_role_is_no_post(cast):
    make_staff(cast.school, "Phạm Thị Hòa", user=cast.hoa)
    assert staff_members_in_post(cast.hoa) == []


def test_whoever_has_not_logged_in_has_no_post(cast):
    assert posts_of(request_of(AnonymousUser())) == []


def test_posts_are_looked_up_once_a_request(cast, django_assert_num_queries):
    request = request_of(cast.ngoc.user)
    with django_assert_num_queries(1):
        current_staff_member(request)
        current_staff_member(request)


def test_the_school_of_a_post_needs_no_query_of_its_own(cast, django_assert_num_queries):
    [post] = posts_of(request_of(cast.ngoc.user))
    with django_assert_num_queries(0):
        assert (post.school.name, post.user.username) == (cast.school.name, "ngoc")


def test_a_page_for_staff_acts_for_the_post_and_its_school(cast):
    response = page(request_of(cast.ngoc.user))
    assert response.content.decode() == f"{cast.ngoc.pk} {cast.school.pk}"


def test_a_page_for_staff_acts_for_the_chosen_school(cast, second_post):
    response = page(request_of(cast.hanh.user, **{SESSION_KEY: second_post.pk}))
    assert response.content.decode() == f"{second_post.pk} {cast.other_school.pk}"


def test_for_a_mother_a_page_for_staff_does_not_exist(cast):
    with pytest.raises(Http404):
        page(request_of(cast.hoa))


def test_for_whoever_has_left_a_page_for_staff_does_not_exist(cast):
    leave(cast.ngoc, TODAY - DAY)
    with pytest.raises(Http404):
        page(request_of(cast.ngoc.user))


def test_a_page_for_staff_keeps_its_own_name():
    assert page.__name__ == "page"
