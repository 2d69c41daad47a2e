"""Whether each signature of a card is one: over this card, at its place, by this certificate.

What a Reference names is not looked up by its Id: the profile says which element it must be, and
that element has to have the Id, alone in the card. So nothing that is moved, doubled or renamed
is ever verified in the place of what is shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from lxml import etree

from reportcards.profiles.canonical import canonical
from reportcards.profiles.tables import Profile, Slot, element_id
from reportcards.signing.certificates import check_key, subject_name
from reportcards.signing.certificates import personal_id as certified_id
from reportcards.signing.holders import Holder, Organisation, Person
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.signature_values import check_signature_value
from reportcards.signing.xmldsig import XMLDSIG
from reportcards.verify.contents import said, signed_part
from reportcards.verify.findings import Finding
from reportcards.verify.slots import (
    SlotContent,
    SlotRefused,
    has_rsa_key,
    places_of,
    read_slot,
    time_id,
)

# Who is named in the signed data as the signer of a slot: name and personal ID.
NAMED_SIGNERS = {
    "homeroom": ("homeroom_signer.full_name", "homeroom_signer.personal_id"),
    "leader": ("leader.full_name", "leader.personal_id"),
}

# What these say is that the data, the time or the signature itself has been changed.
INTEGRITY_CODES = frozenset({"data_changed", "signing_time_changed", "signature_invalid"})


@dataclass(frozen=True)
class SlotCheck:
    """One slot of a card. Without content there is no signature that could be read."""

    slot: Slot
    content: SlotContent | None
    findings: tuple[Finding, ...] = ()


class Digests:
    """The SHA-256 of the canonical form of a card's parts, each computed once."""

    def __init__(self, root: etree._Element, profile: Profile) -> None:
        self._root = root
        self._profile = profile
        self._known: dict[str, bytes | None] = {}

    def of_part(self, identifier: str) -> bytes | None:
        """None where no element of that Id stands where the profile has one."""
        if identifier not in self._known:
            element = signed_part(self._root, self._profile, identifier)
            self._known[identifier] = None if element is None else digest_of(element)
        return self._known[identifier]


def digest_of(element: etree._Element) -> bytes:
    return sha256(canonical(element)).digest()


def check_slots(root: etree._Element, profile: Profile, uuid: str) -> list[SlotCheck]:
    """Every slot that has a signature or lacks one, in the order of the profile."""
    digests = Digests(root, profile)
    checks = [_check_slot(root, profile, slot, uuid, digests) for slot in profile.slots]
    return [check for check in checks if check.content or check.findings]


def stray_signatures(root: etree._Element, checks: list[SlotCheck]) -> Iterator[Finding]:
    """A Signature anywhere but in a slot that was read."""
    known = [check.content.place[-1] for check in checks if check.content]
    if any(found not in known for found in root.iter(f"{{{XMLDSIG}}}Signature")):
        yield Finding("stray_signature")


def _check_slot(
    root: etree._Element, profile: Profile, slot: Slot, uuid: str, digests: Digests
) -> SlotCheck:
    places = places_of(root, slot, uuid)
    if not places:
        return SlotCheck(slot, None, tuple(missing_findings(root, profile, slot)))
    if len(places) > 1:
        return SlotCheck(slot, None, (Finding("repeated_slot"),))
    try:
        content = read_slot(places[0], slot, uuid)
    except SlotRefused as refused:
        return SlotCheck(slot, None, refused.findings)
    findings = (
        *_integrity(content, digests, uuid),
        *_identity(content),
    )
    return SlotCheck(slot, content, findings)


def missing_findings(root: etree._Element, profile: Profile, slot: Slot) -> Iterator[Finding]:
    """An optional signature is missing too where the card names its signer."""
    name, _personal_id = NAMED_SIGNERS.get(slot.key, ("", ""))
    if slot.is_required or said(root, profile, name):
        yield Finding("signature_missing")


def _integrity(content: SlotContent, digests: Digests, uuid: str) -> Iterator[Finding]:
    """Codes: data_changed, signing_time_changed, signature_invalid, weak_key, unsupported_key."""
    covered = [element_id(uuid, part) for part in content.slot.covers]
    if any(digests.of_part(each) != content.digests[each] for each in covered):
        yield Finding("data_changed")
    if digest_of(content.signed_property) != content.digests[time_id(content.slot, uuid)]:
        yield Finding("signing_time_changed")
    if content.is_rsa != has_rsa_key(content.certificate):
        yield Finding("algorithm_not_allowed", {"tag": "SignatureMethod"})
        return
    try:
        check_key(content.certificate)
        value = check_signature_value(content.certificate, content.value, content.signed_info)
    except SigningRefused as refused:
        code = refused.code if refused.code != "signature_does_not_fit" else "signature_invalid"
        yield Finding(code, refused.refusal.params)
        return
    if value != content.value:  # an ECDSA value as DER, which XML-DSig does not know
        yield Finding("signature_invalid")


def _identity(content: SlotContent) -> Iterator[Finding]:
    """What the slot says of time and person against what is signed and certified.

    Codes: time_differs, personal_id_differs, subject_name_differs.
    """
    if content.signed_on != content.signing_time:
        yield Finding("time_differs")
    is_persons = content.slot.has_personal_id
    if is_persons and content.personal_id != certified_id(content.certificate):
        yield Finding("personal_id_differs")
    if content.subject_name != subject_name(content.certificate):
        yield Finding("subject_name_differs")


def holder_of(
    content: SlotContent,
    root: etree._Element,
    profile: Profile,
    school_names: tuple[str, ...] = (),
) -> Holder:
    """Whose certificate it has to be, by what the signed data says, and the slot where it does
    not."""
    return holder_in(content.slot, root, profile, school_names, content.personal_id or "")


def holder_in(
    slot: Slot,
    root: etree._Element,
    profile: Profile,
    school_names: tuple[str, ...] = (),
    personal_id: str = "",
) -> Holder:
    """personal_id: taken where the data names none. Only a school's slot has none."""
    if slot.has_personal_id:
        name, identifier = NAMED_SIGNERS.get(slot.key, ("", ""))
        named = said(root, profile, identifier) or personal_id
        return Person(said(root, profile, name), named)
    codes = (said(root, profile, "school.ministry_code"),)
    return Organisation(said(root, profile, "school.name"), school_names, codes)
