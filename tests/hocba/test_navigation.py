"""The bar: few links, by what the person is."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from hocba.context_processors import navigation
from schools.models import Role, StaffRole
from tests.cast import NOW
from tests.factories import make_staff
from tests.pages import user_of

DESK, STUDENTS, IMPORTS = "desk", "students", "student_imports"
BANK, READS, POSTS = "comment_bank", "api_reads", "choose_post"
CERTIFICATES = "certificate_register"


def links(user, path="/"):
    request = RequestFactory().get(path)
    request.user, request.session = user, {}
    return list(navigation(request)["navigation"])


def own_pages(user):
    request = RequestFactory().get("/")
    request.user, request.session = user, {}
    return [link.url for link in navigation(request)["own_pages"]]


def urls(user):
    return [link.url for link in links(user)]


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("hanh", [DESK, STUDENTS, BANK, CERTIFICATES]),
        ("phuc", [DESK, STUDENTS, BANK, CERTIFICATES]),
        ("ngoc", [DESK, STUDENTS, BANK]),
        ("suong", [DESK, STUDENTS, BANK]),
        ("tam", [DESK, STUDENTS, BANK, IMPORTS]),
        ("van", [DESK, CERTIFICATES]),
        ("kien", [DESK, READS]),
        ("hoa", [DESK]),
    ],
)
def test_each_role_has_its_links(cast, role, names):
    assert urls(user_of(cast, role)) == [reverse(name) for name in names]


def test_whoever_has_not_logged_in_has_none(db):
    assert urls(AnonymousUser()) == []


@pytest.mark.parametrize("role", ["hanh", "ngoc", "suong", "tam", "van", "kien", "quang"])
def test_everybody_in_post_has_her_own_certificates_under_her_name(cast, role):
    assert own_pages(user_of(cast, role)) == [reverse("my_certificates")]


def test_a_mother_and_a_stranger_have_no_certificates(cast):
    assert own_pages(cast.hoa) == []
    assert own_pages(AnonymousUser()) == []


def test_a_familys_first_page_is_no_desk(cast):
    assert [link.label for link in links(cast.hoa)] == ["Trang đầu"]
    assert links(cast.ngoc.user)[0].label == "Bàn làm việc"


def test_who_works_at_two_schools_can_change_between_them(cast):
    make_staff(cast.other_school, cast.ngoc.full_name, Role.TEACHER, user=cast.ngoc.user)
    assert urls(cast.ngoc.user)[-1] == reverse(POSTS)


def test_two_roles_have_the_links_of_both(cast):
    StaffRole.objects.create(staff_member=cast.kien, role=Role.REGISTRAR, started_on=NOW.date())
    assert urls(cast.kien.user) == [
        reverse(name) for name in (DESK, STUDENTS, BANK, IMPORTS, READS)
    ]


def test_a_role_that_has_ended_takes_its_links_along(cast):
    yesterday = NOW.date() - datetime.timedelta(days=1)
    StaffRole.objects.filter(staff_member=cast.tam).update(ended_on=yesterday)
    assert [link.label for link in links(cast.tam.user)] == ["Trang đầu"]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["Bàn làm việc"]),
        (reverse(STUDENTS), ["Học sinh"]),
        (reverse(STUDENTS) + "7/", ["Học sinh"]),
        (reverse("password_change"), []),
    ],
)
def test_the_link_of_the_present_page_is_marked(cast, path, current):
    marked = [link.label for link in links(cast.hanh.user, path) if link.is_current]
    assert marked == current


def test_a_page_that_shows_no_bar_asks_nothing_of_the_database(cast, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user, request.session = cast.hanh.user, {}
    with django_assert_num_queries(0):
        navigation(request)


def test_the_bar_takes_two_queries(cast, django_assert_num_queries):
    user = cast.tam.user
    with django_assert_num_queries(2):
        links(user)
