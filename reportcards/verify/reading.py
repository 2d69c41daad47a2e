"""From an uploaded file, which may be anything, to the bytes of its cards.

Nothing is parsed before it is known to be small, UTF-8, and free of document types, comments,
CDATA and processing instructions: then "<" begins a tag and nothing else, so that a list falls
apart into its cards by their tags, and each is parsed alone. A signature of one card can then
name nothing of another. Time and memory are bounded by the size of the file, which is bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from lxml import etree

from reportcards.profiles.tables import BATCH_TAG, ROOT_TAG
from reportcards.verify.findings import FileRefused

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 10 * MEBIBYTE  # of one transaction (Công văn 2088, Phụ lục 1, II.2)
LARGEST_CARD = MEBIBYTE
MOST_CARDS = 1000
CHUNK = 64 * 1024

# Of one card. A signed one has some 400 tags, 60 attributes, and texts of 3,000 bytes.
MOST_TAGS = 4000
MOST_EQUALS_SIGNS = 4000
LONGEST_STRETCH = 16 * 1024
"""Bytes from one tag to the next: a tag with all its attributes, and the text behind it."""

WHITE_SPACE = b" \t\r\n"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
CARD_START, CARD_END = f"<{ROOT_TAG}>".encode(), f"</{ROOT_TAG}>".encode()
LIST_START = re.compile(rb"<%s(?:\s+[Ii]d=\"[A-Za-z][\w.-]*\")?\s*>" % BATCH_TAG.encode())
LIST_END = f"</{BATCH_TAG}>".encode()
DECLARATION = re.compile(
    rb"<\?xml\s+version=(?:\"1\.0\"|'1\.0')"
    rb"(?:\s+encoding=[\"'](?P<encoding>[A-Za-z][\w.-]*)[\"'])?"
    rb"(?:\s+standalone=(?:\"yes\"|\"no\"|'yes'|'no'))?\s*\?>"
)
LONG_STRETCH = re.compile(rb"<[^<]{%d}" % LONGEST_STRETCH)

# What a file of another kind begins with. Archives are not opened, so nothing lies in them.
KINDS = {
    b"PK": "archive",
    b"\x1f\x8b": "archive",
    b"BZh": "archive",
    b"\xfd7zXZ": "archive",
    b"7z\xbc\xaf": "archive",
    b"Rar!": "archive",
    b"\x28\xb5\x2f\xfd": "archive",
    b"%PDF": "pdf",
    b"\xff\xfe": "other_encoding",
    b"\xfe\xff": "other_encoding",
    b"<\x00": "other_encoding",
    b"\x00<": "other_encoding",
    b"\x00\x00": "other_encoding",
}
# What would let a file say more, or say it otherwise, than its elements do.
UNWANTED = {
    b"<!DOCTYPE": "document_type",
    b"<!--": "comment",
    b"<![CDATA[": "cdata",
    b"<!": "document_type",
    b"<?": "processing_instruction",
}


def read_bounded(stream: IO[bytes]) -> bytes:
    """The file, of which never more than the bound is read. FileRefused: too_large, empty."""
    content = bytearray()
    while chunk := stream.read(CHUNK):
        content += chunk
        if len(content) > LARGEST_FILE:
            raise FileRefused("too_large", most=LARGEST_FILE // MEBIBYTE)
    if not content:
        raise FileRefused("empty")
    return bytes(content)


@dataclass(frozen=True)
class FileContent:
    """The cards of a file as they stand in it, from <HOC_BA> to </HOC_BA>."""

    cards: tuple[bytes, ...]
    is_list: bool


def read_cards(content: bytes) -> FileContent:
    """The cards of a file, or FileRefused.

    Codes: too_large, archive, pdf, not_xml, other_encoding, document_type, comment, cdata,
    processing_instruction, other_root, between_cards, too_many_cards, card_too_large,
    too_much_markup.
    """
    if len(content) > LARGEST_FILE:
        raise FileRefused("too_large", most=LARGEST_FILE // MEBIBYTE)
    body = _body(content.removeprefix(BYTE_ORDER_MARK))
    is_list = not body.startswith(CARD_START)
    cards = tuple(_listed(body)) if is_list else (_single(body),)
    for card in cards:
        _check_bounds(card)
    return FileContent(cards, is_list)


def parsed(card: bytes) -> etree._Element:
    """The root of one of the cards of `read_cards`, or FileRefused: not_well_formed."""
    parser = etree.XMLParser(
        encoding="UTF-8", resolve_entities=False, no_network=True, collect_ids=False
    )
    try:
        return etree.fromstring(card, parser)
    except etree.XMLSyntaxError as error:
        raise FileRefused("not_well_formed", line=error.lineno or 0) from None


def _body(content: bytes) -> bytes:
    """The root element's bytes, behind the declaration."""
    for start, code in KINDS.items():
        if content.startswith(start):
            raise FileRefused(code)
    if not content.lstrip(WHITE_SPACE).startswith(b"<"):
        raise FileRefused("not_xml")
    _check_encoding(content)
    declaration = DECLARATION.match(content)
    body = content[declaration.end() if declaration else 0 :].strip(WHITE_SPACE)
    for markup, code in UNWANTED.items():
        if markup in body:
            raise FileRefused(code)
    return body


def _check_encoding(content: bytes) -> None:
    declaration = DECLARATION.match(content)
    declared = declaration["encoding"] if declaration else None
    if declared is not None and declared.upper() != b"UTF-8":
        raise FileRefused("other_encoding")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        raise FileRefused("other_encoding") from None


def _single(body: bytes) -> bytes:
    if not body.endswith(CARD_END):
        raise FileRefused("other_root")
    return body


def _listed(body: bytes) -> Iterator[bytes]:
    start = LIST_START.match(body)
    if not start or not body.endswith(LIST_END):
        raise FileRefused("other_root")
    listed = body[start.end() : -len(LIST_END)]
    if listed.count(CARD_END) > MOST_CARDS:
        raise FileRefused("too_many_cards", most=MOST_CARDS)
    *cards, rest = listed.split(CARD_END)
    if rest.strip(WHITE_SPACE) or not cards:
        raise FileRefused("between_cards")
    for card in cards:
        card = card.lstrip(WHITE_SPACE)
        if not card.startswith(CARD_START):
            raise FileRefused("between_cards")
        yield card + CARD_END


def _check_bounds(card: bytes) -> None:
    """What a tree of the card would cost is bounded by its tags, attributes and texts."""
    if len(card) > LARGEST_CARD:
        raise FileRefused("card_too_large", most=LARGEST_CARD // MEBIBYTE)
    if (
        card.count(b"<") > MOST_TAGS
        or card.count(b"=") > MOST_EQUALS_SIGNS
        or LONG_STRETCH.search(card)
    ):
        raise FileRefused("too_much_markup")
