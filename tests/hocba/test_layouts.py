from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from tests.factories import make_user
from tests.hocba.rendering import parse

LAYOUTS = ["base", "work", "form", "reading"]
NOBODY = SimpleNamespace(is_authenticated=False)


@pytest.fixture
def teacher(db):
    return make_user("binh", "Trần Văn Bình", row_density="dense")


def render(name="layouts/base.html", *, user=NOBODY, **context):
    request = RequestFactory().get("/4a/toan/?em=3")
    request.user = user
    request.session = {}
    request._messages = context.pop("messages", [])
    with translation.override("vi"):
        return parse(render_to_string(name, context, request=request))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_first_link_leads_to_the_content(layout):
    page = render(f"layouts/{layout}.html")

    first = page.one("body").all("a")[0]
    assert first["href"] == "#main"
    assert page.by_id("main").tag == "main"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_page_says_its_language(layout):
    assert render(f"layouts/{layout}.html").one("html")["lang"] == "vi"


def test_without_navigation_there_is_no_empty_bar():
    assert not render().all("nav")


def test_navigation_marks_where_one_is():
    links = [
        SimpleNamespace(label="Bàn làm việc", url="/", is_current=True),
        SimpleNamespace(label="Học sinh", url="/hoc-sinh/", is_current=False),
    ]

    shown = render(navigation=links).one("nav").all("a")

    assert [(link.text, link["aria-current"]) for link in shown] == [
        ("Bàn làm việc", "page"),
        ("Học sinh", None),
    ]


def test_a_stranger_has_no_menu():
    assert not render().all(css_class="user-menu")


def test_logging_out_is_a_post_with_a_token(teacher):
    [form] = [form for form in render(user=teacher).all("form") if form["action"] == "/logout/"]

    assert form["method"] == "post"
    assert any(control["name"] == "csrfmiddlewaretoken" for control in form.all("input"))


def test_the_menu_leads_to_the_password(teacher):
    menu = render(user=teacher).one(css_class="user-menu")

    assert menu.one("a")["href"] == "/password/"
    assert "Trần Văn Bình" in menu.text


def test_the_language_switch_comes_back_to_the_page():
    form = render().one("form", css_class="language-switch")

    values = {control["name"]: control["value"] for control in form.all("input")}
    assert values["next"] == "/4a/toan/?em=3"
    assert form.one("button")["value"] == "en"


def test_rows_are_as_dense_as_the_person_chose(teacher):
    assert render(user=teacher).one("body")["data-density"] == "dense"
    assert render().one("body")["data-density"] == "comfortable"


def test_messages_are_announced():
    page = render(messages=[Message(constants.SUCCESS, "Đã lưu 35 em.")])

    announced = page.one(css_class="messages")
    assert announced["role"] == "status"
    assert announced.text == "Đã lưu 35 em."


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("403.html", "Việc này không thuộc quyền của thầy/cô"),
        ("403_csrf.html", "Trang đã mở quá lâu, chưa lưu được"),
        ("404.html", "Không có trang này"),
        ("500.html", "Hệ thống gặp lỗi, không phải do thầy/cô"),
    ],
)
def test_an_error_page_says_what_happened(name, heading):
    page = render(name)

    assert page.one("h1").text == heading
    assert page.one("h1").text != page.one("title").text


def test_a_refusal_gives_its_reason():
    assert (
        "Chỉ hiệu trưởng ký duyệt." in render("403.html", message="Chỉ hiệu trưởng ký duyệt.").text
    )


def test_the_page_of_a_fault_needs_no_request():
    with translation.override("vi"):
        page = parse(render_to_string("500.html"))

    assert page.one("h1").text == "Hệ thống gặp lỗi, không phải do thầy/cô"
    assert not page.all("form")


def test_a_stranger_can_change_the_language(client):
    response = client.post("/language/", {"language": "en", "next": "/login/"})

    assert response.url == "/login/"
    assert client.cookies["django_language"].value == "en"
