"""Renders a piece of a template and offers its elements to the tests."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.template import Context, Template
from django.utils import translation

VOID = {"br", "hr", "img", "input", "link", "meta", "use"}


class Element:
    def __init__(self, tag: str, attributes: dict[str, str | None], parent: "Element | None"):
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.pieces: list[Element | str] = []

    @property
    def text(self) -> str:
        pieces = [piece if isinstance(piece, str) else piece.text for piece in self.pieces]
        return " ".join(" ".join(pieces).split())

    @property
    def classes(self) -> set[str]:
        return set((self.attributes.get("class") or "").split())

    def __getitem__(self, name: str) -> str | None:
        return self.attributes.get(name)

    def all(self, tag: str = "", *, css_class: str = "") -> list["Element"]:
        found = []
        for piece in self.pieces:
            if isinstance(piece, Element):
                fits = (not tag or piece.tag == tag) and (
                    not css_class or css_class in piece.classes
                )
                found += [piece] * fits + piece.all(tag, css_class=css_class)
        return found

    def one(self, tag: str = "", *, css_class: str = "") -> "Element":
        found = self.all(tag, css_class=css_class)
        assert len(found) == 1, f"{len(found)} elements {tag} {css_class}"
        return found[0]

    def by_id(self, element_id: str) -> "Element":
        [found] = [element for element in self.all() if element["id"] == element_id]
        return found


class TreeBuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.current = Element("root", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), self.current)
        self.current.pieces.append(element)
        if tag not in VOID:
            self.current = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.current.pieces.append(Element(tag, dict(attrs), self.current))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.current.tag == tag, f"</{tag}> closes <{self.current.tag}>"
        assert self.current.parent is not None
        self.current = self.current.parent

    def handle_data(self, data: str) -> None:
        self.current.pieces.append(data)


def parse(html: str) -> Element:
    builder = TreeBuilder()
    builder.feed(html)
    assert builder.current is builder.root, f"<{builder.current.tag}> stays open"
    return builder.root


def render(source: str, **context: Any) -> Element:
    with translation.override("vi"):
        return parse(Template("{% load components i18n %}" + source).render(Context(context)))


def include(component: str, **context: Any) -> Element:
    return render(f'{{% include "components/{component}" %}}', **context)


def text_of(response: HttpResponse) -> str:
    """What a page says, its white space aside."""
    return " ".join(parse(response.content.decode()).text.split())
