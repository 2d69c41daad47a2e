"""The data node that is attached to a PDF, and the XML whose signatures are over the same node."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from reportcards.display.reading import UnreadablePdf, data_node_in
from reportcards.profiles.canonical import canonical
from reportcards.profiles.tables import ROOT_TAG, Profile
from reportcards.verify.contents import uuid_of
from reportcards.verify.findings import FileRefused, Finding
from reportcards.verify.pdf_fields import UNREADABLE
from reportcards.verify.pdf_signatures import PdfSlotCheck, is_same_certificate
from reportcards.verify.reading import parsed, read_cards
from reportcards.verify.report import SignatureReport
from reportcards.verify.signatures import check_slots
from reportcards.verify.slots import SlotContent


@dataclass(frozen=True)
class AttachedData:
    """`root`: of a card with this data and without signatures, as XML has it."""

    node: bytes
    root: etree._Element


def attached_data(content: bytes, profile: Profile) -> AttachedData:
    """Raises FileRefused: no_data_node, data_not_canonical, or a code of `reading`."""
    try:
        node = data_node_in(content)
    except (UnreadablePdf, *UNREADABLE):
        node = None
    if node is None:
        raise FileRefused("no_data_node")
    lists = "".join(f"<{tag}></{tag}>" for tag in profile.slot_lists).encode()
    card = b"<%s>%s%s</%s>" % (ROOT_TAG.encode(), node, lists, ROOT_TAG.encode())
    [read] = read_cards(card).cards
    root = parsed(read)
    if len(root) != 1 + len(profile.slot_lists) or _node_of(root, profile) != node:
        raise FileRefused("data_not_canonical")
    return AttachedData(node, root)


def xml_findings(data: AttachedData, xml: bytes, profile: Profile) -> Iterator[Finding]:
    """Code: data_differs_from_xml, where the XML signs other data or none."""
    root = _root_of(xml)
    if root is None or _node_of(root, profile) != data.node:
        yield Finding("data_differs_from_xml")


def of_same_act(
    reports: Sequence[SignatureReport], checks: Sequence[PdfSlotCheck], xml: bytes, profile: Profile
) -> tuple[SignatureReport, ...]:
    """Who signed the one has signed the other in the same act; else signature_not_of_xml."""
    root = _root_of(xml)
    of_xml = [] if root is None else check_slots(root, profile, uuid_of(root, profile))
    others = {check.slot.key: check.content for check in of_xml}
    strangers = {check.slot.key for check in checks if not _is_same_act(check, others)}
    foreign = Finding("signature_not_of_xml")
    return tuple(
        replace(each, findings=(*each.findings, foreign)) if each.slot in strangers else each
        for each in reports
    )


def _is_same_act(check: PdfSlotCheck, others: Mapping[str, SlotContent | None]) -> bool:
    content, other = check.content, others.get(check.slot.key)
    return (
        content is not None
        and other is not None
        and is_same_certificate(content.certificate, other.certificate)
        and content.signed_at == other.signed_at
    )


def _node_of(root: etree._Element, profile: Profile) -> bytes:
    """In canonical form; empty where there is none."""
    data = root.find(profile.tree.tag)
    return b"" if data is None else canonical(data)


def _root_of(xml: bytes) -> etree._Element | None:
    try:
        [card] = read_cards(xml).cards
        return parsed(card)
    except (FileRefused, ValueError):
        return None
