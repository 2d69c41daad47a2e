"""A small PDF/A-3b with its data in it, signed by the cast and judged by others' programs."""

import datetime
from functools import cache
from io import BytesIO

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from weasyprint import HTML, Attachment

from reportcards.profiles.document import DATA_FILE
from reportcards.signing.demo_authority import DemoAuthority, Issued
from reportcards.signing.pades import FieldBox, add_signature_fields, sign_pdf
from reportcards.signing.stamps import Stamp
from tests.reportcards.authorities import SIGNED_AT, People, signer_of

DATA = b"<DU_LIEU_HOC_BA/>"
BOXES = {
    "homeroom": FieldBox(-1, 310, 90, 525, 166),
    "leader": FieldBox(-1, 85, 90, 300, 166),
    "seal": FieldBox(-1, 65, 48, 156, 172),
}
SCHOOL = "Trường Tiểu học Kim Đồng"
STAMPS = {
    "homeroom": Stamp("Trần Thị Ngọc", "Giáo viên chủ nhiệm", SCHOOL),
    "leader": Stamp("Nguyễn Thị Hạnh", "Hiệu trưởng", SCHOOL, is_under_seal=True),
    "seal": Stamp(SCHOOL, organisation="Phường Buôn Hồ - Tỉnh Đắk Lắk", is_seal=True),
}


@cache
def archival_pdf() -> bytes:
    """Two pages, the signatures' place on the last."""
    attachment = Attachment(
        string=DATA, name=DATA_FILE, relationship="Data", created=SIGNED_AT, modified=SIGNED_AT
    )
    html = "<html lang=vi><title>Học bạ</title><p>Lê Minh Anh<p style='break-before: page'>Lớp 4A"
    return HTML(string=html).write_pdf(
        pdf_variant="pdf/a-3b", pdf_tags=True, attachments=[attachment]
    )


@cache
def waiting_pdf() -> bytes:
    return add_signature_fields(archival_pdf(), BOXES)


def update_of(
    pdf: bytes,
    slot_key: str,
    issued: Issued,
    authority: DemoAuthority,
    *,
    signed_at: datetime.datetime = SIGNED_AT,
) -> bytes:
    return sign_pdf(
        pdf,
        slot_key,
        signer_of(issued),
        chain=(authority.issuer.certificate, authority.root.certificate),
        stamp=STAMPS[slot_key],
        signed_at=signed_at,
    )


@cache
def signed_pdf(people: People, authority: DemoAuthority) -> bytes:
    """With its three signatures, an hour apart."""
    pdf = waiting_pdf()
    signers = {"homeroom": people.ngoc, "leader": people.hanh, "seal": people.seal}
    for hours, (slot_key, issued) in enumerate(signers.items()):
        at = SIGNED_AT + datetime.timedelta(hours=hours)
        pdf += update_of(pdf, slot_key, issued, authority, signed_at=at)
    return pdf


def pyhanko_statuses(pdf: bytes, authority: DemoAuthority) -> dict[str, PdfSignatureStatus]:
    """What pyHanko says of each field, believing the authority's root at the time of signing."""
    at = SIGNED_AT + datetime.timedelta(days=1)
    root = asn1_x509.Certificate.load(authority.root.certificate.public_bytes(Encoding.DER))
    context = ValidationContext(trust_roots=[root], moment=at, best_signature_time=at)
    reader = PdfFileReader(BytesIO(pdf))
    return {
        each.field_name: validate_pdf_signature(each, context)
        for each in reader.embedded_signatures
    }


def embedded_signature(pdf: bytes, slot_key: str):
    reader = PdfFileReader(BytesIO(pdf))
    [found] = [each for each in reader.embedded_signatures if each.field_name == slot_key]
    return found
