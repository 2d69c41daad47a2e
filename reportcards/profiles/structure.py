"""A card against the schema of its profile, and the reading of XML that others sent.

The schema says what Phụ lục 1.1 says of tags, order and forms (see v1_0.xsd); whether what this
pupil's card leaves out is excused, `relaxations.lacks` says.
"""

import re
import threading
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from lxml import etree

from reportcards.profiles.tables import BATCH_TAG, ID_ATTRIBUTE, Profile, element_id, tag_of
from reportcards.profiles.violations import CardRefused, Violation

CODES = {
    "SCHEMAV_ELEMENT_CONTENT": "unknown_element",
    "SCHEMAV_CVC_ELT_1": "unknown_element",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "stray_text",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "unexpected_attribute",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "missing_attribute",
    "SCHEMAV_CVC_IDC": "repeated_id",
}
MOST_VIOLATIONS = 50
NAMESPACE = re.compile(r"\{[^}]*\}")
ELEMENT = re.compile(r"Element '(?:\{[^}]*\})?([^']+)'")
EXPECTED = re.compile(r"Expected is(?: one of)? \( (.+?) \)")

one_at_a_time = threading.Lock()
"""A compiled schema keeps the errors of its last validation, whoever asked for it."""


class NoSchema(LookupError):
    """The profile has no schema."""


def check_structure(card: bytes | etree._Element, profile: Profile) -> list[Violation]:
    """What the schema of the profile refuses in a card, or in a list of cards.

    A violation's path is that of the element, "/HOC_BA/DU_LIEU_HOC_BA/THONG_TIN_CHUNG/TEN_LOP";
    params: tag, and the tags that were expected instead, where there are any. What stood in the
    element is not told: violations are shown and logged.
    """
    try:
        root = parse_card(card) if isinstance(card, bytes) else card
    except CardRefused as refused:
        return list(refused.violations)
    return [
        *_schema_violations(root, profile),
        *_id_violations(root, profile),
        *_comment_violations(root),
    ]


def parse_card(card: bytes) -> etree._Element:
    """The root of XML from anywhere: no entities, no document type, nothing fetched.

    Raises CardRefused for what is no XML, or has a document type.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(card, parser)
    except etree.XMLSyntaxError as error:
        raise CardRefused(Violation("/", "not_xml", {"line": error.lineno or 0})) from error
    if root.getroottree().docinfo.doctype:
        raise CardRefused(Violation("/", "document_type"))
    return root


@cache
def schema_of(file_name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(__file__).with_name(file_name)))


def _schema_violations(root: etree._Element, profile: Profile) -> list[Violation]:
    if not profile.schema_file:
        raise NoSchema(profile.key)
    schema = schema_of(profile.schema_file)
    with one_at_a_time:
        if schema.validate(root):
            return []
        first_of_each: dict[str, etree._LogEntry] = {}
        for entry in schema.error_log:
            first_of_each.setdefault(entry.path, entry)
    return [_violation(entry) for entry in islice(first_of_each.values(), MOST_VIOLATIONS)]


def _violation(entry: etree._LogEntry) -> Violation:
    code = CODES.get(entry.type_name, "invalid_value")
    element, expected = ELEMENT.match(entry.message), EXPECTED.search(entry.message)
    params = {"tag": element.group(1) if element else ""}
    if expected:
        is_missing = "Missing child element" in entry.message
        code = "missing_element" if is_missing else "unexpected_element"
        params["expected"] = NAMESPACE.sub("", expected.group(1))
    return Violation(entry.path, code, params)


def _id_violations(root: etree._Element, profile: Profile) -> Iterator[Violation]:
    """The Id that signatures name is that of the card's own UUID."""
    tag, uuid_tag = profile.tree.tag, tag_of(profile, "uuid")
    for card in root if root.tag == BATCH_TAG else [root]:
        for tree in card.iterchildren(tag):
            if tree.get(ID_ATTRIBUTE) != element_id(tree.findtext(f".//{uuid_tag}") or ""):
                yield Violation(root.getroottree().getpath(tree), "id_differs", {"tag": tag})


def _comment_violations(root: etree._Element) -> Iterator[Violation]:
    """No signature covers a comment, and one within a text hides the rest of it from readers."""
    for node in islice(root.iter(etree.Comment, etree.ProcessingInstruction), MOST_VIOLATIONS):
        yield Violation(root.getroottree().getpath(node), "comment")
