"""What an element must look like, down to the order of its attributes, and what differs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from reportcards.verify.findings import Finding

ALGORITHM = "Algorithm"


@dataclass(frozen=True)
class Shape:
    """An element with these attributes in this order and either these children or this text.

    An attribute has one of the values that are named; white space is nowhere.
    """

    tag: str
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    children: "tuple[Shape, ...]" = ()
    text: re.Pattern[str] | None = None


def misfits(element: etree._Element, shape: Shape) -> Iterator[Finding]:
    """Nothing where the element is of the shape; else what is wrong, from the outside in.

    Codes: unexpected_element, unexpected_attribute, algorithm_not_allowed, unexpected_text.
    """
    name = etree.QName(shape.tag).localname
    if element.tag != shape.tag or element.tail is not None:
        yield Finding("unexpected_element", {"tag": local_name(element), "expected": name})
        return
    yield from _attribute_misfits(element, shape, name)
    if not _text_fits(element.text, shape.text):
        yield Finding("unexpected_text", {"tag": name})
    if len(element) != len(shape.children):
        yield Finding("unexpected_element", {"tag": name, "expected": _names_in(shape)})
        return
    for child, expected in zip(element, shape.children, strict=True):
        yield from misfits(child, expected)


def local_name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _attribute_misfits(element: etree._Element, shape: Shape, name: str) -> Iterator[Finding]:
    if element.keys() != [attribute for attribute, _values in shape.attributes]:
        yield Finding("unexpected_attribute", {"tag": name})
        return
    for attribute, values in shape.attributes:
        if element.get(attribute) not in values:
            code = "algorithm_not_allowed" if attribute == ALGORITHM else "unexpected_attribute"
            yield Finding(code, {"tag": name})


def _text_fits(text: str | None, expected: re.Pattern[str] | None) -> bool:
    if expected is None:
        return text is None
    return text is not None and expected.fullmatch(text) is not None


def _names_in(shape: Shape) -> str:
    return ", ".join(etree.QName(child.tag).localname for child in shape.children)
