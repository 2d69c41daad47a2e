"""The signature fields of a PDF, and the update that each signature made.

    the file that was laid out | first signature | second | third
    └──────────── revision 0 ──┘└─ revision 1 ──┘└─ 2 ───┘└─ 3 ──┘

Each signature ends the file as it was then, covers all of it, and its update wrote its own field
and nothing else that stood before: pages, their annotations, the attachment and the catalog's
other entries are those that were laid out. What an update adds is seen in its own stamp only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pyhanko.pdf_utils.generic import DictionaryObject, PdfObject, Reference
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.general import UnacceptableSignerError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from reportcards.verify.findings import FileRefused

# What reading a file that somebody has made up may raise.
UNREADABLE = (
    PdfError,
    SignatureValidationError,
    UnacceptableSignerError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    pikepdf.PdfError,
    TypeError,
    ValueError,
)
WHOLE = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
SUBFILTER = "/ETSI.CAdES.detached"

# What a signature's update may write of what stood there before, and in it which entries.
OF_CATALOG = frozenset({"/Perms", "/Extensions", "/Version"})
OF_FORM = frozenset({"/SigFlags"})
OF_FIELD = frozenset({"/V", "/AP"})


class FieldRefused(Exception):
    """What stands in the field cannot be read as a signature of the whole file."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class FilledField:
    """What a field says; nothing of it has been verified but that it covers the file to `end`.

    signed: the bytes that are covered; container: the CMS with the zeros behind it; time: as the
    signature dictionary has it.
    """

    name: str
    revision: int
    end: int
    signed: bytes
    container: bytes
    time: str


def opened(content: bytes) -> PdfFileReader:
    """A reader of a file of `pdf_reading`. Raises FileRefused: pdf_damaged, pdf_encrypted."""
    try:
        reader = PdfFileReader(BytesIO(content), strict=True)
        is_encrypted = "/Encrypt" in reader.trailer_view
        is_plain = isinstance(reader.root, DictionaryObject)
    except UNREADABLE:
        raise FileRefused("pdf_damaged") from None
    if is_encrypted:
        raise FileRefused("pdf_encrypted")
    if not is_plain or reader.xrefs.hybrid_xrefs_present:
        raise FileRefused("pdf_damaged")
    return reader


def fields_in(reader: PdfFileReader) -> dict[str, DictionaryObject]:
    """Each field by its name. Raises FileRefused, pdf_damaged, where two have the same."""
    try:
        listed = reader.root["/AcroForm"]["/Fields"] if "/AcroForm" in reader.root else ()
        fields = [field.get_object() for field in listed]
        named = {str(field["/T"]): field for field in fields}
    except UNREADABLE:
        raise FileRefused("pdf_damaged") from None
    if len(named) < len(fields):
        raise FileRefused("pdf_damaged")
    return named


def is_filled(field: DictionaryObject) -> bool:
    return "/V" in field


def read_field(
    content: bytes, reader: PdfFileReader, name: str, field: DictionaryObject
) -> FilledField:
    """Raises FieldRefused: signature_form, not_whole."""
    try:
        if "/Kids" in field or field["/FT"] != "/Sig":
            raise FieldRefused("signature_form")
        embedded = EmbeddedPdfSignature(reader, field, name)
        if embedded.sig_object["/SubFilter"] != SUBFILTER:
            raise FieldRefused("signature_form")
        before, opening, after = _hole(content, embedded)
        return FilledField(
            name=name,
            revision=embedded.signed_revision,
            end=opening + after,
            signed=content[:before] + content[opening : opening + after],
            container=embedded.pkcs7_content,
            time=str(embedded.sig_object["/M"]),
        )
    except UNREADABLE:
        raise FieldRefused("signature_form") from None


def _hole(content: bytes, embedded: EmbeddedPdfSignature) -> tuple[int, int, int]:
    """The range of bytes that is covered; nothing but the signature itself is left out of it."""
    start, before, opening, after = (int(number) for number in embedded.byte_range)
    hole = content[before:opening]
    written = hole[1:-1].lower() == embedded.pkcs7_content.hex().encode()
    is_exact = start == 0 and hole[:1] == b"<" and hole[-1:] == b">" and written
    if not is_exact or embedded.evaluate_signature_coverage() not in WHOLE:
        raise FieldRefused("not_whole")
    return before, opening, after


def has_been_changed(content: bytes, reader: PdfFileReader, fields: Sequence[FilledField]) -> bool:
    """fields: in the order in which they were to be signed. Whether any revision is none of
    theirs, or writes more than its signature."""
    revisions = [field.revision for field in fields]
    is_theirs = revisions == list(range(1, reader.total_revisions))
    if not is_theirs or not fields or fields[-1].end != len(content):
        return True
    try:
        return not all(_is_signing_only(reader, field) for field in fields)
    except UNREADABLE:
        return True


def _is_signing_only(reader: PdfFileReader, field: FilledField) -> bool:
    old, new = (reader.get_historical_resolver(field.revision - each) for each in (1, 0))
    allowed = dict(_allowed(old, field.name))
    if new.refs_freed_in_revision() or new.root_ref.idnum != old.root_ref.idnum:
        return False
    overwritten = [ref for ref in new.explicit_refs_in_revision() if _stood_in(old, ref)]
    return all(
        ref.idnum in allowed and _differences(old(ref), new(ref)) <= allowed[ref.idnum]
        for ref in overwritten
    )


def _stood_in(old: HistoricalResolver, ref: Reference) -> bool:
    return not old.is_ref_unassignable(ref)


def _allowed(old: HistoricalResolver, name: str) -> Iterator[tuple[int, frozenset[str]]]:
    """By the number of the object. The signature's own field is the one of its name."""
    yield old.root_ref.idnum, OF_CATALOG
    form = old.root.raw_get("/AcroForm")
    yield form.idnum, OF_FORM
    for field in form.get_object().raw_get("/Fields"):
        if field.get_object()["/T"] == name:
            yield field.idnum, OF_FIELD


def _differences(old: PdfObject, new: PdfObject) -> frozenset[str]:
    """The entries of a dictionary that are not written as they were; all of any other object."""
    if type(old) is not DictionaryObject or type(new) is not DictionaryObject:
        return frozenset({""})
    names = {*old, *new}
    return frozenset(str(name) for name in names if _entry(old, name) != _entry(new, name))


def _entry(holder: DictionaryObject, name: str) -> bytes:
    written = BytesIO()
    if name in holder:
        holder.raw_get(name).write_to_stream(written, None)
    return written.getvalue()
