import pytest
from django.urls import reverse

from hocba.demo.staff import DEMO_PASSWORD
from hocba.management.commands.seed_demo import LOGINS
from reportcards.prints.addresses import print_url
from schools.models import SchoolClass
from students.models import Student

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


USERNAMES = [username for username, _description in LOGINS]

every_login = pytest.mark.parametrize("username", USERNAMES)


@pytest.fixture
def log_in(client, school):
    def log_in(username):
        form = {"username": username, "password": DEMO_PASSWORD}
        return client.post(reverse("login"), form, follow=True)

    return log_in


@every_login
def test_a_printed_login_opens_its_desk(log_in, username):
    response = log_in(username)
    assert response.redirect_chain == [(reverse("desk"), 302)]
    assert response.status_code == 200
    assert response.context["user"].username == username


@pytest.mark.parametrize("username", ["hieutruong", "gv1a", "hocvu", "hieutruong2"])
def test_who_works_at_a_school_has_a_desk_with_work(log_in, username):
    assert "hocba/desk.html" in [template.name for template in log_in(username).templates]


def test_who_is_only_a_mother_has_the_familys_desk(log_in):
    templates = [template.name for template in log_in("phuhuynh").templates]
    assert "hocba/family_desk.html" in templates


@pytest.mark.parametrize("username", ["phuhuynh", "gv1a"])
def test_a_guardians_desk_names_her_children(log_in, username):
    response = log_in(username)
    children = Student.objects.filter(guardians__user__username=username)
    assert children.exists()
    for child in children:
        assert child.full_name.replace("'", "&#x27;") in response.content.decode()


def test_the_second_schools_pupils_are_invisible_to_the_first(log_in, client, stranger):
    log_in("hieutruong")
    theirs = Student.objects.for_school(stranger)
    assert theirs.count() == 5
    for student in theirs:
        assert client.get(reverse("student", args=[student.pk])).status_code == 404


def test_searching_the_school_finds_nobody_of_the_second(log_in, client, stranger):
    log_in("hieutruong")
    name = Student.objects.for_school(stranger).first().full_name
    page = client.get(reverse("students"), {"q": name})
    assert list(page.context["page"]) == []


def test_the_first_schools_pupils_are_invisible_to_the_second(log_in, client, school):
    log_in("hieutruong2")
    student = Student.objects.for_school(school).first()
    assert client.get(reverse("student", args=[student.pk])).status_code == 404


def test_a_class_of_the_first_school_is_no_page_of_the_second(log_in, client, school):
    log_in("hieutruong2")
    school_class = SchoolClass.objects.for_school(school).first()
    assert client.get(print_url(school_class)).status_code == 404
