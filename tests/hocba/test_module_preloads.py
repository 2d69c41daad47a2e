"""A page that needs many modules names them in its head, each under the name it is served by."""

import re

from django.conf import settings
from django.template import Context, Template
from django.templatetags.static import static

from assessments.completeness import Kind
from assessments.links import grid_url
from tests.cast import Cast
from tests.pages import client_of

FOLDER = "js/grid"
LINK = re.compile(r'<link rel="modulepreload" href="([^"]+)" />')


def named(folder: str) -> list[str]:
    source = '{% load components %}{% module_preloads "' + folder + '" %}'
    return LINK.findall(Template(source).render(Context()))


def files() -> list[str]:
    return sorted(path.name for path in (settings.BASE_DIR / "static" / FOLDER).glob("*.js"))


def test_every_module_of_the_folder_is_named_once() -> None:
    assert named(FOLDER) == [static(f"{FOLDER}/{name}") for name in files()]


def test_a_folder_without_modules_names_nothing() -> None:
    assert named("fonts") == []


def grid_page(cast: Cast, role: str) -> str:
    url = grid_url(cast.school_class, "end_term_1", Kind.SUBJECT_LEVEL, "toan")
    return client_of(cast, role).get(url).content.decode()


def test_a_teachers_grid_names_them_in_its_head(cast: Cast) -> None:
    head, body = grid_page(cast, "ngoc").split("</head>")
    assert len(LINK.findall(head)) == len(files())
    assert not LINK.findall(body)


def test_who_only_looks_waits_for_none(cast: Cast) -> None:
    page = grid_page(cast, "hanh")
    assert "Toán" in page
    assert not LINK.findall(page)
