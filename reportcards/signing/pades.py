"""PAdES-B-B signatures in the fields of a card's PDF (ETSI EN 319 142-1; SHA-256).

Each signature is an update that is appended: what stood before stays byte for byte, with the
PDF/A marker, the output intent and the attachment in it. The first signature certifies the
document, so that from then on nothing but signing may be done to it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from pikepdf import Array, Dictionary, Name, Object, Pdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from reportcards.signing import stamp_typeface
from reportcards.signing.certificates import check_key, common_name
from reportcards.signing.cms import read_container, waiting_container
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.signature_values import check_signature_value, side_by_side_as_der
from reportcards.signing.signers import Signer
from reportcards.signing.stamp_typeface import RESOURCE_NAME
from reportcards.signing.stamps import Stamp, certified, draw
from reportcards.signing.xmldsig import VIETNAM

# Printed with the page, and locked: nobody moves a stamp (ISO 32000-1, 12.5.3).
PRINTED_AND_LOCKED = 4 | 128
# The document has signatures, and is only to be appended to (12.7.2).
SIGNED_AND_APPENDED_TO = 3
# Of P-256, as DER.
LONGEST_ECDSA_VALUE = 72
# What a DER length may grow by, in three layers of the container.
ROOM_FOR_LENGTHS = 16
BYTE_RANGE = re.compile(rb"/ByteRange\s*\[0 (\d+) (\d+) (\d+)\s*\]")


@dataclass(frozen=True)
class FieldBox:
    """Where a signature is seen: a page (0 is the first, -1 the last) and its edges.

    In points from the lower left corner of the page. The field that comes later lies above.
    """

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True)
class PdfPreparation:
    """A PDF that waits for the value of one signature.

    update: what the signature appends, its value still empty; signed_attributes: DER, which is
    what the key signs; digest: their SHA-256 (32 bytes), which is what a remote service or a token
    is given. The same PDF, field, certificates, stamp and time give the same again.
    """

    update: bytes
    signed_attributes: bytes
    digest: bytes
    slot_key: str


def add_signature_fields(pdf: bytes, boxes: Mapping[str, FieldBox]) -> bytes:
    """The PDF with an empty signature field for each slot and the typeface of the stamps.

    To be called before the first signature: the file is written anew, the same for the same.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        fields = [_add_field(document, key, box) for key, box in boxes.items()]
        fonts = Dictionary({RESOURCE_NAME: stamp_typeface.embed(document)})
        document.Root.AcroForm = document.make_indirect(
            Dictionary(
                Fields=Array(fields),
                SigFlags=SIGNED_AND_APPENDED_TO,
                DR=Dictionary(Font=fonts),
            )
        )
        written = BytesIO()
        document.save(
            written,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,
        )
        return written.getvalue()


def sign_pdf(
    pdf: bytes,
    slot_key: str,
    signer: Signer,
    *,
    chain: Iterable[x509.Certificate],
    stamp: Stamp,
    signed_at: datetime,
) -> bytes:
    """The update to append: pdf + update is the signed file."""
    preparation = prepare_pdf_signature(
        pdf,
        slot_key,
        certificate=signer.certificate,
        chain=chain,
        stamp=stamp,
        signed_at=signed_at,
    )
    value = signer.sign(preparation.signed_attributes)
    return complete_pdf_signature(preparation, value, pdf=pdf)


def prepare_pdf_signature(
    pdf: bytes,
    slot_key: str,
    *,
    certificate: x509.Certificate,
    chain: Iterable[x509.Certificate],
    stamp: Stamp,
    signed_at: datetime,
) -> PdfPreparation:
    """What is to be signed, or SigningRefused: weak_key, unsupported_key, field_missing,
    slot_taken.

    chain: the certificates of the issuers, as far as they are known. signed_at is written to the
    second with +07:00.
    """
    check_key(certificate)
    signed_at = signed_at.astimezone(VIETNAM).replace(microsecond=0)
    writer = _Update.of(pdf)
    is_first = _check_field(writer, slot_key)
    embedding = PdfCMSEmbedder().write_cms(slot_key, writer, existing_fields_only=True)
    field = next(embedding).get_object()
    _apply_stamp(writer, field, _drawn(field, stamp, certificate, signed_at))
    chain = tuple(chain)
    embedding.send(_signature_setup(certificate, chain, signed_at, certifies=is_first))
    prepared, output = embedding.send(SigIOSetup(md_algorithm="sha256", output=BytesIO()))
    container = waiting_container(prepared.document_digest, certificate, chain)
    embedding.send(container)
    return read_pdf_preparation(output.getvalue()[len(pdf) :], slot_key)


def complete_pdf_signature(preparation: PdfPreparation, signature: bytes, *, pdf: bytes) -> bytes:
    """The update to append, or SigningRefused: pdf_changed, signature_does_not_fit.

    An RSA value is taken as it is, an ECDSA value as DER or as r and s side by side. The value is
    checked with the key of the certificate that stands in the preparation, and the PDF against
    the digest that is signed.
    """
    place = _Contents.of(preparation.update)
    container = read_container(place.encoded)
    if place.digest(pdf) != container.message_digest:
        raise SigningRefused("pdf_changed", slot=preparation.slot_key)
    certificate = container.certificate
    value = check_signature_value(certificate, signature, container.signed_attributes)
    if not isinstance(certificate.public_key(), rsa.RSAPublicKey):
        value = side_by_side_as_der(value)
    return place.filled(container.with_value(value))


def read_pdf_preparation(update: bytes, slot_key: str) -> PdfPreparation:
    """What `prepare_pdf_signature` gave, from the update that was kept meanwhile."""
    signed_attributes = read_container(_Contents.of(update).encoded).signed_attributes
    return PdfPreparation(update, signed_attributes, sha256(signed_attributes).digest(), slot_key)


class _Update(IncrementalPdfFileWriter):
    """Appends the signature and nothing else: the metadata stay, and with them the PDF/A marker."""

    @classmethod
    def of(cls, pdf: bytes) -> "_Update":
        writer = cls(BytesIO(pdf))
        first, _ = writer._document_id
        # Of the same update the same name, as of the same XML the same signature's place.
        changing = generic.ByteStringObject(sha256(pdf).digest()[:16])
        writer._document_id = generic.ArrayObject([first, changing])
        return writer

    def _update_meta(self) -> None:
        pass


@dataclass(frozen=True)
class _Contents:
    """Where the container stands in an update: from after its "<" to before its ">"."""

    update: bytes
    start: int
    end: int

    @classmethod
    def of(cls, update: bytes) -> "_Contents":
        for found in BYTE_RANGE.finditer(update):
            opening, closing, rest = (int(number) for number in found.groups())
            before = closing + rest - len(update)
            start, end = opening - before, closing - before
            fits = 0 <= start < end <= len(update)
            if fits and update[start : start + 1] == b"<" and update[end - 1 : end] == b">":
                return cls(update, start + 1, end - 1)
        raise ValueError("no signature waits in this update")

    @property
    def encoded(self) -> bytes:
        return bytes.fromhex(self.update[self.start : self.end].decode())

    def digest(self, pdf: bytes) -> bytes:
        """Of the signed file without the container: what the message digest is to be."""
        hashed = sha256(pdf)
        hashed.update(self.update[: self.start - 1])
        hashed.update(self.update[self.end + 1 :])
        return hashed.digest()

    def filled(self, container: bytes) -> bytes:
        written = container.hex().encode().ljust(self.end - self.start, b"0")
        if len(written) > self.end - self.start:
            raise ValueError("the container has outgrown its room")
        return self.update[: self.start] + written + self.update[self.end :]


def _add_field(document: Pdf, key: str, box: FieldBox) -> Object:
    page = document.pages[box.page]
    field = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=pikepdf.String(key),
            F=PRINTED_AND_LOCKED,
            Rect=Array([box.left, box.bottom, box.right, box.top]),
            P=page.obj,
            AP=Dictionary(N=_empty_appearance(document, box)),
        )
    )
    if Name.Annots not in page.obj:
        page.obj.Annots = Array()
    page.obj.Annots.append(field)
    return field


def _empty_appearance(document: Pdf, box: FieldBox) -> Object:
    """PDF/A wants one of every annotation that has an area (ISO 19005-3, 6.3.3)."""
    return document.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, box.width, box.height])
    )


def _check_field(writer: IncrementalPdfFileWriter, slot_key: str) -> bool:
    """Whether this will be the first signature of the document."""
    values = {name: value for name, value, _ in enumerate_sig_fields(writer)}
    if slot_key not in values:
        raise SigningRefused("field_missing", slot=slot_key)
    if values[slot_key] is not None:
        raise SigningRefused("slot_taken", slot=slot_key)
    return not any(value is not None for value in values.values())


def _drawn(
    field: generic.DictionaryObject, stamp: Stamp, certificate: x509.Certificate, at: datetime
) -> generic.StreamObject:
    left, bottom, right, top = (float(edge) for edge in field["/Rect"])
    across, high = right - left, top - bottom
    box = generic.ArrayObject(generic.FloatObject(edge) for edge in (0, 0, across, high))
    return generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): box,
        },
        stream_data=draw(stamp, certified(certificate, at), across, high),
    )


def _apply_stamp(
    writer: IncrementalPdfFileWriter,
    field: generic.DictionaryObject,
    appearance: generic.StreamObject,
) -> None:
    fonts = writer.root["/AcroForm"]["/DR"]["/Font"]
    font = generic.DictionaryObject({pdf_name(RESOURCE_NAME): fonts.raw_get(RESOURCE_NAME)})
    appearance[pdf_name("/Resources")] = generic.DictionaryObject({pdf_name("/Font"): font})
    appearance.compress()
    normal = generic.DictionaryObject({pdf_name("/N"): writer.add_object(appearance)})
    field[pdf_name("/AP")] = normal


def _signature_setup(
    certificate: x509.Certificate,
    chain: tuple[x509.Certificate, ...],
    signed_at: datetime,
    *,
    certifies: bool,
) -> SigObjSetup:
    return SigObjSetup(
        SignatureObject(
            timestamp=signed_at,
            subfilter=SigSeedSubFilter.PADES,
            name=common_name(certificate.subject),
            bytes_reserved=2 * _largest_container(certificate, chain),
        ),
        SigMDPSetup(
            md_algorithm="sha256",
            certify=certifies,
            docmdp_perms=MDPPerm.FILL_FORMS if certifies else None,
        ),
    )


def _largest_container(certificate: x509.Certificate, chain: tuple[x509.Certificate, ...]) -> int:
    """In bytes."""
    waiting = waiting_container(bytes(sha256().digest_size), certificate, chain)
    key = certificate.public_key()
    value = key.key_size // 8 if isinstance(key, rsa.RSAPublicKey) else LONGEST_ECDSA_VALUE
    return len(waiting) + value + ROOM_FOR_LENGTHS
