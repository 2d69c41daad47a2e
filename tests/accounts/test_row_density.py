import pytest
from django.urls import reverse

from accounts.actions import choose_row_density
from accounts.models import RowDensity
from audit.models import AuditEvent
from tests.hocba.rendering import parse

URL = reverse("row_density")
EVENT = "user.row_density_chosen"


@pytest.fixture
def teacher(client, cast):
    client.force_login(cast.ngoc.user)
    return client


def density_of(cast):
    cast.ngoc.user.refresh_from_db()
    return cast.ngoc.user.row_density


def menu(client):
    page = parse(client.get(reverse("desk")).content.decode())
    [form] = [form for form in page.all("form") if form["action"] == URL]
    return form


def pressed(client):
    return [
        button["value"] for button in menu(client).all("button") if button["aria-pressed"] == "true"
    ]


def test_rows_are_comfortable_until_somebody_chooses(teacher):
    assert pressed(teacher) == ["comfortable"]


@pytest.mark.parametrize("choice", RowDensity.values)
def test_the_choice_is_kept_with_the_person(teacher, cast, choice):
    teacher.post(URL, {"row_density": choice})
    assert density_of(cast) == choice


def test_the_page_shows_what_is_chosen(teacher):
    teacher.post(URL, {"row_density": "dense"})
    page = parse(teacher.get(reverse("desk")).content.decode())
    assert page.one("body")["data-density"] == "dense"
    assert pressed(teacher) == ["dense"]


def test_the_menu_offers_every_density(teacher):
    offered = [(button["name"], button["value"]) for button in menu(teacher).all("button")]
    assert offered == [("row_density", value) for value in RowDensity.values]


def test_the_form_comes_back_to_its_page(teacher):
    page = reverse("password_change")
    assert teacher.post(URL, {"row_density": "dense", "next": page}).url == page


@pytest.mark.parametrize("page", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_never_leads_to_another_site(teacher, page):
    assert teacher.post(URL, {"row_density": "dense", "next": page}).url == "/"


@pytest.mark.parametrize("choice", ["", "tiny"])
def test_a_density_that_is_not_offered_is_refused(teacher, cast, choice):
    assert teacher.post(URL, {"row_density": choice}).status_code == 400
    assert density_of(cast) == "comfortable"


def test_a_link_changes_nothing(teacher):
    assert teacher.get(URL).status_code == 405


def test_nobody_elses_rows_change(teacher, cast):
    teacher.post(URL, {"row_density": "dense"})
    cast.hanh.user.refresh_from_db()
    assert cast.hanh.user.row_density == "comfortable"


def test_the_choice_is_audited(cast):
    user = cast.ngoc.user
    choose_row_density(user=user, row_density=RowDensity.DENSE, by=user)
    event = AuditEvent.objects.get(event=EVENT)
    assert (event.actor, event.target_id) == (user, user.pk)
    assert event.changes == {"row_density": ["comfortable", "dense"]}


def test_choosing_the_same_again_leaves_no_trace(cast):
    user = cast.ngoc.user
    choose_row_density(user=user, row_density=RowDensity.COMFORTABLE, by=user)
    assert not AuditEvent.objects.filter(event=EVENT).exists()


def test_nothing_else_of_the_user_is_written(cast):
    user = cast.ngoc.user
    user.full_name = "Chưa lưu"
    choose_row_density(user=user, row_density=RowDensity.DENSE, by=user)
    user.refresh_from_db()
    assert user.full_name == "Trần Thị Ngọc"
