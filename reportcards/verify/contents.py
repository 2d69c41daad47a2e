"""Where a profile's table places what a card says, and what stands there."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

from lxml import etree

from reportcards.profiles.tables import ID_ATTRIBUTE, Field, Group, Profile, element_id
from reportcards.verify.findings import Finding
from reportcards.verify.report import SignatureReport

UUID_V4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
# The clocks of who signs and of who verifies may differ.
ALLOWANCE = timedelta(minutes=5)


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


def uuid_of(root: etree._Element, profile: Profile) -> str:
    """As the data node's Id carries it; "" where that is none of version 4."""
    data = root.find(profile.tree.tag)
    identifier = "" if data is None else data.get(ID_ATTRIBUTE, "")
    uuid = identifier.removeprefix(element_id(""))
    return uuid if UUID_V4.fullmatch(uuid) and identifier == element_id(uuid) else ""


def findings_of_data(root: etree._Element, profile: Profile, uuid: str) -> Iterator[Finding]:
    """Codes: no_uuid, other_version, repeated_id."""
    if not uuid:
        yield Finding("no_uuid")
    if said(root, profile, "profile") != profile.spelling.version:
        yield Finding("other_version", {"expected": profile.spelling.version})
    if repeated_ids(root):
        yield Finding("repeated_id")


def findings_of_times(
    signatures: tuple[SignatureReport, ...], verified_at: datetime
) -> Iterator[Finding]:
    """Codes: signed_in_the_future, and the warning signed_out_of_order."""
    times = [signature.signed_at for signature in signatures if signature.signed_at]
    if any(time > verified_at + ALLOWANCE for time in times):
        yield Finding("signed_in_the_future")
    if any(later < earlier for earlier, later in pairwise(times)):
        yield Finding("signed_out_of_order", is_warning=True)


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
