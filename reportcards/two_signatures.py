"""The two signatures of one act: in the slot of the XML and in the field of the PDF.

Both are made by the same key at the same second, and both or neither are kept.
"""

import datetime
from dataclasses import dataclass

from reportcards.card_document import document_of
from reportcards.models import ReportCard, SigningCertificate, SigningTask
from reportcards.profiles import get_profile
from reportcards.signing.card_stamps import card_stamp
from reportcards.signing.certificates import read_certificate
from reportcards.signing.pades import (
    PdfPreparation,
    complete_pdf_signature,
    prepare_pdf_signature,
    read_pdf_preparation,
)
from reportcards.signing.signers import Signer
from reportcards.signing.xmldsig import (
    Preparation,
    complete_signature,
    prepare_signature,
    read_preparation,
    signing_time_of,
)
from reportcards.trusted import issuers_of
from schools.models import StaffMember


@dataclass(frozen=True)
class Preparations:
    """Of one card and one signer; `xml.digest` and `pdf.digest` are what a key elsewhere signs."""

    xml: Preparation
    pdf: PdfPreparation


@dataclass(frozen=True)
class SignatureValues:
    xml: bytes
    pdf: bytes


@dataclass(frozen=True)
class SignedDocuments:
    """`pdf` is the whole file, `pdf_update` its end: what this signature appended."""

    xml: bytes
    pdf: bytes
    pdf_update: bytes
    signed_at: datetime.datetime


def prepare_both(
    card: ReportCard,
    pdf: bytes,
    slot: str,
    certificate: SigningCertificate,
    *,
    by: StaffMember,
    signed_at: datetime.datetime,
) -> Preparations:
    """The digests stay the same until the values come back, from the next line or a phone."""
    read = read_certificate(certificate.pem.encode())
    return Preparations(
        prepare_signature(
            document_of(card),
            get_profile(card.profile_key).slot(slot),
            certificate=read,
            personal_id=by.personal_id,
            signed_at=signed_at,
        ),
        prepare_pdf_signature(
            pdf,
            slot,
            certificate=read,
            chain=issuers_of(certificate),
            stamp=card_stamp(card.payload, slot),
            signed_at=signed_at,
        ),
    )


def kept_preparations(task: SigningTask) -> Preparations:
    """As they were made for a task that waits for its values."""
    slot = task.run.slot
    return Preparations(
        read_preparation(task.prepared.encode(), slot),
        read_pdf_preparation(bytes(task.prepared_pdf), slot),
    )


def sign_both(preparations: Preparations, signer: Signer) -> SignatureValues:
    return SignatureValues(
        signer.sign(preparations.xml.signed_info), signer.sign(preparations.pdf.signed_attributes)
    )


def complete_both(
    preparations: Preparations, values: SignatureValues, pdf: bytes
) -> SignedDocuments:
    """`pdf` as it was prepared; a value that does not fit its document is a SigningRefused."""
    document = complete_signature(preparations.xml, values.xml)
    update = complete_pdf_signature(preparations.pdf, values.pdf, pdf=pdf)
    return SignedDocuments(document, pdf + update, update, signing_time_of(preparations.xml))
