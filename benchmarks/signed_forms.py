"""Display forms of invented cards, and who signs them."""

import datetime
import hashlib
import uuid
from dataclasses import dataclass

from cryptography import x509

from reportcards.documents.display_pdf import display_html, display_pdf
from reportcards.signing.card_stamps import card_stamp
from reportcards.signing.demo_authority import (
    Issued,
    KeyKind,
    issue_for_person,
    issue_for_school,
    make_authority,
)
from reportcards.signing.pades import PdfPreparation, prepare_pdf_signature, sign_pdf
from reportcards.signing.signers import Pkcs12Signer
from tests.reportcards.cards import COMMON, Payload, card_payload

SIGNED_AT = datetime.datetime(2027, 5, 31, 2, tzinfo=datetime.UTC)
SLOTS = ("homeroom", "leader", "seal")


@dataclass(frozen=True)
class Signing:
    signers: dict[str, Issued]
    chain: tuple[x509.Certificate, ...]

    def update(self, pdf: bytes, slot_key: str) -> bytes:
        issued = self.signers[slot_key]
        return sign_pdf(
            pdf,
            slot_key,
            Pkcs12Signer(issued.key, issued.certificate),
            chain=self.chain,
            stamp=card_stamp(COMMON, slot_key),
            signed_at=SIGNED_AT,
        )

    def prepare(self, pdf: bytes, slot_key: str) -> PdfPreparation:
        return prepare_pdf_signature(
            pdf,
            slot_key,
            certificate=self.signers[slot_key].certificate,
            chain=self.chain,
            stamp=card_stamp(COMMON, slot_key),
            signed_at=SIGNED_AT,
        )


def make_signing(kind: KeyKind) -> Signing:
    authority = make_authority(at=SIGNED_AT)
    school = COMMON["school"]

    def person(role: str) -> Issued:
        signer = COMMON[role]
        names = (signer["full_name"], signer["personal_id"], school["name"])
        return issue_for_person(authority, *names, at=SIGNED_AT, key_kind=kind)

    seal = issue_for_school(
        authority, school["name"], school["ministry_code"], at=SIGNED_AT, key_kind=kind
    )
    signers = {"homeroom": person("homeroom_signer"), "leader": person("leader"), "seal": seal}
    return Signing(signers, (authority.issuer.certificate, authority.root.certificate))


def sign_in_order(signing: Signing, pdf: bytes) -> bytes:
    for slot_key in SLOTS:
        pdf += signing.update(pdf, slot_key)
    return pdf


def a_payload() -> Payload:
    return card_payload(uuid=str(uuid.uuid4()))


def a_display_form() -> bytes:
    payload = a_payload()
    return display_pdf(payload, digest=a_digest(payload))


def a_display_html() -> str:
    payload = a_payload()
    return display_html(payload, digest=a_digest(payload))


def a_digest(payload: Payload) -> str:
    return hashlib.sha256(payload["uuid"].encode()).hexdigest()
