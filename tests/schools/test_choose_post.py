import pytest
from django.urls import reverse

from schools.models import Role
from tests.factories import make_staff
from tests.hocba.rendering import parse

URL = reverse("choose_post")


@pytest.fixture
def second_post(cast):
    return make_staff(cast.other_school, cast.hanh.full_name, Role.TEACHER, user=cast.hanh.user)


@pytest.fixture
def hanh(client, cast, second_post):
    client.force_login(cast.hanh.user)
    return client


def choices(client):
    page = parse(client.get(URL).content.decode())
    return {field["value"]: field for field in page.all("input") if field["name"] == "post"}


def school_of_the_pupils_page(client):
    """The list of pupils shows those of the school in which she works now."""
    return {student.full_name for student in client.get(reverse("students")).context["page"]}


def test_every_post_of_hers_is_offered(hanh, cast, second_post):
    assert set(choices(hanh)) == {str(cast.hanh.pk), str(second_post.pk)}


def test_the_schools_are_named(hanh):
    page = hanh.get(URL).content.decode()
    assert "Trường Tiểu học Kim Đồng · Hiệu trưởng" in page
    assert "Trường Tiểu học Lê Lợi · Giáo viên" in page


def test_the_present_post_is_marked(hanh, cast):
    marked = [value for value, field in choices(hanh).items() if "checked" in field.attributes]
    assert marked == [str(cast.hanh.pk)]


def test_choosing_leads_to_the_desk(hanh, second_post):
    assert hanh.post(URL, {"post": second_post.pk}).url == reverse("desk")


def test_the_pages_after_it_are_of_the_chosen_school(hanh, second_post):
    assert "Lê Minh Anh" in school_of_the_pupils_page(hanh)
    hanh.post(URL, {"post": second_post.pk})
    assert "Lê Minh Anh" not in school_of_the_pupils_page(hanh)


def test_and_back_again(hanh, cast, second_post):
    hanh.post(URL, {"post": second_post.pk})
    hanh.post(URL, {"post": cast.hanh.pk})
    assert "Lê Minh Anh" in school_of_the_pupils_page(hanh)


@pytest.mark.parametrize("post", ["", "0", "x"])
def test_what_is_no_post_of_hers_is_an_error_at_the_field(hanh, post):
    response = hanh.post(URL, {"post": post})
    assert response.status_code == 200
    assert "post" in response.context["form"].errors


def test_a_colleagues_post_cannot_be_chosen(hanh, cast):
    hanh.post(URL, {"post": cast.quang.pk})
    assert "Lê Minh Anh" in school_of_the_pupils_page(hanh)


def test_the_choice_ends_with_the_session(hanh, cast, second_post):
    hanh.post(URL, {"post": second_post.pk})
    hanh.post(reverse("logout"))
    hanh.force_login(cast.hanh.user)
    assert "Lê Minh Anh" in school_of_the_pupils_page(hanh)


def test_the_bar_offers_it_to_whoever_has_two_posts(hanh):
    assert URL in [link.url for link in hanh.get(URL).context["navigation"]]


def test_the_bar_leaves_it_out_for_everybody_else(client, cast):
    client.force_login(cast.ngoc.user)
    assert URL not in [link.url for link in client.get(reverse("desk")).context["navigation"]]
