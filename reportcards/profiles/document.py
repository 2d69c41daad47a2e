"""The XML of a card: a pure function of its frozen payload and a profile.

    <HOC_BA><DU_LIEU_HOC_BA Id="HB-{uuid}">…</DU_LIEU_HOC_BA><DANH_SACH_THONG_TIN_KY/></HOC_BA>

UTF-8 with a declaration, no white space between elements; a null has no element (Công văn 2088,
Phụ lục 1, II.1). The slots of the signatures are added as they are signed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from reportcards.profiles.canonical import canonical
from reportcards.profiles.tables import (
    ID_ATTRIBUTE,
    ROOT_TAG,
    Field,
    Group,
    Profile,
    Spelling,
    element_id,
)
from reportcards.profiles.texts import text_violation
from reportcards.profiles.violations import CardRefused

Payload = dict[str, Any]

DATA_FILE = "du_lieu_hoc_ba.xml"
"""What the data node is called where it is attached to a PDF."""


@dataclass(frozen=True)
class Written:
    """What a field of the profile says of a payload.

    `source`: path of the value, "subjects.toan.level". `entry`: how a person calls the entry of
    a list that it is of, "Toán". `text`: None where it says nothing and has no element.
    """

    group: Group
    field: Field
    source: str
    entry: str
    text: str | None


def build_card(payload: Payload, profile: Profile) -> bytes:
    """The card without signatures. Raises CardRefused for a text that XML cannot carry."""
    root = etree.Element(ROOT_TAG)
    _add_group(root, profile.tree, payload, payload["uuid"], profile.spelling)
    for tag in profile.slot_lists:
        etree.SubElement(root, tag)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def data_node(payload: Payload, profile: Profile) -> bytes:
    """The card's data without its signatures, in exclusive canonical form.

    Byte for byte what a signature over the data node of the XML covers.
    """
    data = etree.fromstring(build_card(payload, profile)).find(profile.tree.tag)
    return canonical(data)


def written_fields(payload: Payload, profile: Profile) -> Iterator[Written]:
    """Every field of the profile, in the order of the file, with what it says."""
    yield from _written(profile.tree, payload, "", profile.spelling)


def _written(group: Group, scope: Any, place: str, spelling: Spelling) -> Iterator[Written]:
    for entry, where in _scopes(group, scope, place):
        name = _name_of(entry) if group.is_repeated else ""
        for member in group.members:
            if isinstance(member, Field):
                text = _text(member, entry, spelling)
                yield Written(group, member, f"{where}{member.source}", name, text)
            else:
                yield from _written(member, entry, where, spelling)


def _name_of(entry: Any) -> str:
    return str(entry.get("name") or entry.get("school_year") or "")


def _scopes(group: Group, scope: Any, place: str) -> Iterator[tuple[Any, str]]:
    """What the group's members read, with its path: the scope itself, or each entry of a list."""
    if group.each is None:
        yield scope, place
        return
    for position, entry in enumerate(value_at(scope, group.each)):
        yield entry, f"{place}{group.each}.{entry.get('code', position)}."


def _add_group(
    parent: etree._Element, group: Group, scope: Any, uuid: str, spelling: Spelling
) -> None:
    for entry, _where in _scopes(group, scope, ""):
        element = etree.SubElement(parent, group.tag)
        if group.part is not None:
            element.set(ID_ATTRIBUTE, element_id(uuid, group.part.format_map(entry)))
        for member in group.members:
            if isinstance(member, Group):
                _add_group(element, member, entry, uuid, spelling)
            else:
                _add_field(element, member, entry, spelling)


def _add_field(parent: etree._Element, field: Field, scope: Any, spelling: Spelling) -> None:
    text = _text(field, scope, spelling)
    if text is None:
        return
    violation = text_violation(field.source, text)
    if violation:
        raise CardRefused(violation)
    etree.SubElement(parent, field.tag).text = text


def _text(field: Field, scope: Any, spelling: Spelling) -> str | None:
    if field.derives:
        return field.derives(scope, spelling)
    value = value_at(scope, field.source)
    return None if value is None else field.writes(value, spelling)


def value_at(scope: Any, source: str) -> Any:
    """The value at a path of the payload; None where nothing leads there."""
    for step in source.split("."):
        if scope is None:
            return None
        scope = _entry_with_code(scope, step) if isinstance(scope, list) else scope[step]
    return scope


def _entry_with_code(entries: list[Any], code: str) -> Any:
    return next((entry for entry in entries if entry["code"] == code), None)
