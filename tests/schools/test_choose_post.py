import pytest
from django.test import Client
from django.urls import reverse

from schools.models import Role, StaffMember
from tests import factories
from tests.cast import Cast
from tests.pages import client_of


@pytest.fixture
def second_post(cast: Cast) -> StaffMember:
    return factories.make_staff(cast.other_school, "Trần Thị Ngọc", Role.CLERK, user=cast.ngoc.user)


def desk(client: Client) -> str:
    return client.get(reverse("desk")).content.decode()


def test_the_first_post_stands_until_another_is_chosen(
    cast: Cast, second_post: StaffMember
) -> None:
    client = client_of(cast, "ngoc")
    assert "Lớp chủ nhiệm 4A" in desk(client)
    response = client.post(reverse("choose_post"), {"post": second_post.pk})
    assert response.url == reverse("desk")
    assert "In học bạ của cả lớp" in desk(client)
    assert "Lớp chủ nhiệm 4A" not in desk(client)


def test_the_page_names_school_and_position(cast: Cast, second_post: StaffMember) -> None:
    page = client_of(cast, "ngoc").get(reverse("choose_post")).content.decode()
    assert "Trường Tiểu học Kim Đồng · Giáo viên" in page
    assert "Trường Tiểu học Lê Lợi · Văn thư" in page


def test_somebody_elses_post_is_no_choice(cast: Cast, second_post: StaffMember) -> None:
    client = client_of(cast, "ngoc")
    response = client.post(reverse("choose_post"), {"post": cast.hanh.pk})
    assert response.status_code == 200
    assert "Lớp chủ nhiệm 4A" in desk(client)


def test_a_post_that_has_ended_is_no_choice(cast: Cast, second_post: StaffMember) -> None:
    second_post.roles.update(ended_on="2027-01-04")
    page = client_of(cast, "ngoc").get(reverse("choose_post")).content.decode()
    assert "Lê Lợi" not in page


def test_a_chosen_post_that_ends_falls_back_to_the_other(
    cast: Cast, second_post: StaffMember
) -> None:
    client = client_of(cast, "ngoc")
    client.post(reverse("choose_post"), {"post": second_post.pk})
    second_post.roles.update(ended_on="2027-01-04")
    assert "Lớp chủ nhiệm 4A" in desk(client)


def test_a_mother_has_no_posts(cast: Cast) -> None:
    assert client_of(cast, "hoa").get(reverse("choose_post")).status_code == 404
