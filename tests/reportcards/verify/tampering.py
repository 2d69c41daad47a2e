"""What an attacker does to a card, and what the verification says of it.

An attacker writes XML as we do, and signs with whatever key she has: what she changes is never
found by a clumsy spelling or a broken digest that she could have put right.
"""

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

from lxml import etree

from reportcards.profiles import Slot
from reportcards.signing.demo_authority import Issued
from reportcards.signing.signature_values import check_signature_value, sign_message
from reportcards.signing.xmldsig import XMLDSIG
from reportcards.verify import Grounds, verify_file
from tests.reportcards.cards import UUID
from tests.reportcards.verify.codes import refusals_in

Element = etree._Element
Change = Callable[[Element], object]

DATA_ID = f"HB-{UUID}"


def dsig(name: str) -> str:
    return f"{{{XMLDSIG}}}{name}"


def edited(card: bytes, *changes: Change) -> bytes:
    """The card with its tree changed, written as a card is written."""
    root = etree.fromstring(card)
    for change in changes:
        change(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def respelled(card: bytes, old: str, new: str) -> bytes:
    """The card with one text of the file replaced at its first place."""
    assert old.encode() in card
    return card.replace(old.encode(), new.encode(), 1)


def place_of(root: Element, slot: Slot) -> Element:
    return one(root, "/".join(slot.path))


def signature_of(root: Element, slot: Slot) -> Element:
    return one(place_of(root, slot), dsig("Signature"))


def one(element: Element, path: str) -> Element:
    found = element.find(path)
    assert found is not None, path
    return found


def write(element: Element, text: str) -> None:
    element.text = text


def sign_again(root: Element, slot: Slot, issued: Issued) -> None:
    """Makes digests and value of a signature right again for whatever stands there now."""
    signature = signature_of(root, slot)
    for reference in signature.iter(dsig("Reference")):
        named = root.xpath("//*[@Id=$id]", id=reference.get("URI", "")[1:])
        if named:
            digest = sha256(canonical(named[0])).digest()
            one(reference, dsig("DigestValue")).text = b64encode(digest).decode()
    signed_info = canonical(one(signature, dsig("SignedInfo")))
    value = sign_message(issued.key, signed_info)
    value = check_signature_value(issued.certificate, value, signed_info)
    one(signature, dsig("SignatureValue")).text = b64encode(value).decode()


def canonical(element: Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True)


def batch(*cards: bytes, start: str = '<DANH_SACH_HOC_BA id="dataDanhSach">') -> bytes:
    """Cards in one file, as they are sent (Công văn 2088, II.2.2)."""
    bare = [card[card.index(b"<HOC_BA>") :] for card in cards]
    return b"".join([start.encode(), *bare, b"</DANH_SACH_HOC_BA>"])


def refusals(content: bytes, grounds: Grounds) -> set[str]:
    return refusals_in(verify_file(content, grounds))
