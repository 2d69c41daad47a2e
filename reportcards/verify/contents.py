"""Where a profile's table places what a card says, and what stands there."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from lxml import etree

from reportcards.profiles.tables import Field, Group, Profile


def said(root: etree._Element, profile: Profile, source: str) -> str:
    """The text of the element that says this value of the payload; "" where there is none."""
    path = _field_path(profile, source)
    return (root.findtext(path) or "") if path else ""


def signed_part(root: etree._Element, profile: Profile, identifier: str) -> etree._Element | None:
    """The one element with this Id at a place where the profile has a part that is signed."""
    found = [
        element
        for path in _part_paths(profile)
        for element in root.findall(path)
        if element.get("Id") == identifier
    ]
    return found[0] if len(found) == 1 else None


def repeated_ids(root: etree._Element) -> list[str]:
    """Whatever any verifier might take for an Id: Id, ID, id and xml:id."""
    identifiers = Counter(
        value
        for element in root.iter()
        for name, value in element.items()
        if name.rpartition("}")[2].lower() == "id"
    )
    return [identifier for identifier, times in identifiers.items() if times > 1]


@cache
def _field_path(profile: Profile, source: str) -> str | None:
    paths = _field_paths(profile.tree, profile.tree.tag)
    return next((path for found, path in paths if found == source), None)


def _field_paths(group: Group, path: str) -> Iterator[tuple[str, str]]:
    for member in group.members:
        if isinstance(member, Field):
            yield member.source, f"{path}/{member.tag}"
        elif not member.is_repeated:
            yield from _field_paths(member, f"{path}/{member.tag}")


@cache
def _part_paths(profile: Profile) -> tuple[str, ...]:
    return tuple(_paths_of_parts(profile.tree, profile.tree.tag))


def _paths_of_parts(group: Group, path: str) -> Iterator[str]:
    if group.part is not None:
        yield path
    for member in group.members:
        if isinstance(member, Group):
            yield from _paths_of_parts(member, f"{path}/{member.tag}")
