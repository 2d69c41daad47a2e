"""One card, one spelling: what no signature notices, because the canonical form is the same."""

import random
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reportcards.profiles.document import build_card
from reportcards.signing.demo_authority import DemoAuthority, issue_for_school
from reportcards.verify import Archive, Archived, Grounds, verify_file
from reportcards.verify.reading import parsed, read_cards
from reportcards.verify.spelling import is_spelled_as_written
from tests.reportcards.authorities import IN_SEPTEMBER, V1_0, People, signed_card
from tests.reportcards.cards import card_payload
from tests.reportcards.verify.changes import FOUND_OFFLINE, flipped, places_of_bits
from tests.reportcards.verify.tampering import DATA_ID, refusals, respelled

CHANGES_IN_THE_SUITE = 1500

IN_THE_DATA = {
    "quotes": (f'<DU_LIEU_HOC_BA Id="{DATA_ID}">', f"<DU_LIEU_HOC_BA Id='{DATA_ID}'>"),
    "a space in a tag": ("<HO_VA_TEN>", "<HO_VA_TEN >"),
    "a space in an end tag": ("</HO_VA_TEN>", "</HO_VA_TEN\n>"),
    "spaces in a tag": ("<DU_LIEU_HOC_BA Id", "<DU_LIEU_HOC_BA  Id"),
    "a letter as a number": ("Lê Minh Anh<", "L&#234; Minh Anh<"),
    "a letter as a hexadecimal number": ("Lê Minh Anh<", "L&#xEA; Minh Anh<"),
    "a bracket as it is": ("Lê Minh Anh<", "Lê Minh Anh&gt;<"),
    "a name space for nothing": ("<TONG_KET>", '<TONG_KET xmlns:x="urn:x">'),
    "no name space, said": ("<TONG_KET>", '<TONG_KET xmlns="">'),
}
IN_THE_SLOTS = {
    "quotes": (f'Target="#{DATA_ID}-seal"', f"Target='#{DATA_ID}-seal'"),
    "order of attributes": (
        f'Id="{DATA_ID}-seal-time" Target="#{DATA_ID}-seal"',
        f'Target="#{DATA_ID}-seal" Id="{DATA_ID}-seal-time"',
    ),
    "a tag with its end": (
        '<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
        '<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></Transform>',
    ),
    "a space before the end": ('xml-exc-c14n#"/>', 'xml-exc-c14n#" />'),
    "white space before the signatures": (
        "<DANH_SACH_THONG_TIN_KY>",
        "<DANH_SACH_THONG_TIN_KY>\n",
    ),
    "white space between slots": ("</GVCN>", "</GVCN>\n  "),
    "white space in a slot": ("<GVCN>", "<GVCN>\n"),
    "white space behind a time": ("</NGAY_KY>", "</NGAY_KY> "),
    "white space in a time": ("<NGAY_KY>", "<NGAY_KY> "),
    "white space in the key": ("<X509Data>", "<X509Data>\n"),
    "white space in a certificate": ("<X509Certificate>M", "<X509Certificate>\nM"),
    "a prefix": ("<KeyInfo>", '<x:KeyInfo xmlns:x="http://www.w3.org/2000/09/xmldsig#">'),
    "a name space said again": (
        "<SignedInfo>",
        '<SignedInfo xmlns="http://www.w3.org/2000/09/xmldsig#">',
    ),
    "a name space said again, where nothing is signed": (
        "<KeyInfo>",
        '<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">',
    ),
    "a name space for nothing": ("<GVCN>", '<GVCN xmlns:x="urn:x">'),
    "a letter as a number": ("<X509Certificate>M", "<X509Certificate>&#77;"),
}
SPELLINGS = {f"data: {name}": pair for name, pair in IN_THE_DATA.items()} | {
    f"slots: {name}": pair for name, pair in IN_THE_SLOTS.items()
}


@pytest.mark.parametrize(("old", "new"), SPELLINGS.values(), ids=list(SPELLINGS))
def test_refuses_another_spelling(old: str, new: str, card: bytes, grounds: Grounds):
    respelling = respelled(card, old, new)
    if "<x:KeyInfo" in new:
        respelling = respelled(respelling, "</KeyInfo>", "</x:KeyInfo>")
    assert refusals(respelling, grounds)


@pytest.mark.parametrize(
    "name", ["data: quotes", "data: a name space for nothing", "slots: order of attributes"]
)
def test_says_that_the_file_was_rewritten_where_no_value_was_changed(
    name: str, card: bytes, grounds: Grounds
):
    found = refusals(respelled(card, *SPELLINGS[name]), grounds)
    assert found & {"respelled", "unexpected_attribute"}
    assert not found & {"data_changed", "signature_invalid"}


def test_line_ends_of_another_system_are_another_spelling(card: bytes, grounds: Grounds):
    """A comment has a line break; an editor may save it as CR LF, and XML reads that as LF."""
    assert refusals(card.replace(b",\nm", b",\r\nm"), grounds) == {"respelled"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<?xml version='1.0' encoding='UTF-8'?>\n", ""),
        ("<?xml version='1.0' encoding='UTF-8'?>\n", '<?xml version="1.0"?>'),
        ("</HOC_BA>", "</HOC_BA>\n"),
    ],
)
def test_what_stands_around_the_card_is_not_the_card(
    old: str, new: str, card: bytes, grounds: Grounds
):
    assert refusals(respelled(card, old, new), grounds) == set()


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=80
    )
)
def test_whatever_a_teacher_writes_has_its_spelling(text: str):
    written = build_card(card_payload(comments={"homeroom": f'x{text}\r\t&<>"\'\nxmlns="x"'}), V1_0)
    [card] = read_cards(written).cards
    assert is_spelled_as_written(card, parsed(card))


# Every bit counts


def test_finds_every_changed_bit_of_data_and_slots(card: bytes, grounds: Grounds):
    """10,000 of them, and all of a card, in benchmarks/verification.py."""
    places = places_of_bits(card)
    chosen = random.Random(2027).sample(places, CHANGES_IN_THE_SUITE)
    unfound = [place for place in chosen if verify_file(flipped(card, place), grounds).is_valid]
    assert not unfound


def test_the_places_are_those_of_data_and_slots(card: bytes):
    places = places_of_bits(card)
    assert len(places) == 8 * sum(
        card.index(f"</{tag}>".encode()) + len(tag) + 3 - card.index(f"<{tag}".encode())
        for tag in FOUND_OFFLINE
    )
    assert len(places) > 100_000


def test_finds_every_changed_bit_anywhere_with_the_archive(card: bytes, grounds: Grounds):
    archived = Archived(sha256(card).hexdigest())
    outside = sorted(set(range(8 * len(card))) - set(places_of_bits(card)))
    for place in outside:
        report = verify_file(flipped(card, place), grounds, lambda _uuid: archived)
        assert not report.is_valid
    assert verify_file(card, grounds, lambda _uuid: archived).cards[0].archive == Archive.SAME


def test_finds_each_letter_of_base64_that_decodes_to_the_same(card: bytes, grounds: Grounds):
    """Base64 leaves up to four bits of its last letter unread."""
    root = etree.fromstring(card)
    for element in root.iter("{*}DigestValue", "{*}SignatureValue", "{*}X509Certificate"):
        text = str(element.text)
        stem = text.rstrip("=")
        for bit in range(4):
            other = f"{stem[:-1]}{chr(ord(stem[-1]) ^ (1 << bit))}{text[len(stem) :]}"
            changed = card.replace(text.encode(), other.encode(), 1)
            assert refusals(changed, grounds)


@pytest.mark.parametrize("unused_bits", range(1, 8))
def test_finds_unused_bits_of_a_certificates_own_signature(
    unused_bits: int, demo_authority: DemoAuthority, people: People, grounds: Grounds
):
    """One certificate in two ends in a bit 0, which may then be said to be no part of it."""
    school = people.seal
    while school.certificate.signature[-1] % 128:
        school = issue_for_school(
            demo_authority, "Trường Tiểu học Kim Đồng", "66000001", at=IN_SEPTEMBER
        )
    card = signed_card(replace(people, seal=school), card_payload())
    assert refusals(card, grounds) == set()
    content = school.certificate.public_bytes(Encoding.DER)
    place = len(content) - len(school.certificate.signature) - 1
    changed = content[:place] + bytes([unused_bits]) + content[place + 1 :]
    loosened = card.replace(b64encode(content), b64encode(changed))
    assert "certificate_unreadable" in refusals(loosened, grounds)
