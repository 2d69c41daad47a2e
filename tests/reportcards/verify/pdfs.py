"""A card's signed PDF, and what an attacker does to one.

An attacker writes PDF as a good program does: an update that she appends is a right one, and what
she makes anew she signs with whatever keys she has.
"""

import datetime
from collections.abc import Callable
from io import BytesIO

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from assessments.payload import digest_of
from reportcards.documents.display_pdf import display_pdf
from reportcards.profiles.document import data_node
from reportcards.signing.demo_authority import DemoAuthority, Issued
from reportcards.signing.pades import sign_pdf
from reportcards.signing.stamps import Stamp
from reportcards.verify import Grounds, verify_pdf
from tests.reportcards.authorities import SIGNED_AT, V1_0, People, signer_of
from tests.reportcards.cards import Payload, card_payload
from tests.reportcards.verify.codes import refusals_in

SLOTS = ("homeroom", "leader", "seal")
HOUR = datetime.timedelta(hours=1)

Append = Callable[[IncrementalPdfFileWriter], object]
Rewrite = Callable[[pikepdf.Pdf], object]


class Signing:
    """Signs PDFs as the cast does, at the times at which `signed_card` signs the XML."""

    def __init__(self, people: People, authority: DemoAuthority) -> None:
        self.people = people
        self.chain = (authority.issuer.certificate,)

    def all_three(self, pdf: bytes, **others: Issued) -> bytes:
        """By whoever is named instead of the three: all_three(pdf, leader=people.phuc)."""
        for slot in SLOTS:
            pdf = self.one(pdf, slot, others.get(slot))
        return pdf

    def one(
        self,
        pdf: bytes,
        slot: str,
        issued: Issued | None = None,
        *,
        at: datetime.datetime = SIGNED_AT,
    ) -> bytes:
        people = self.people
        rightful = dict(zip(SLOTS, (people.ngoc, people.hanh, people.seal), strict=True))
        return pdf + sign_pdf(
            pdf,
            slot,
            signer_of(issued or rightful[slot]),
            chain=self.chain,
            stamp=Stamp("Người ký", is_seal=slot == "seal"),
            signed_at=at + SLOTS.index(slot) * HOUR,
        )


def laid_out(payload: Payload | None = None) -> bytes:
    payload = payload or card_payload()
    return display_pdf(payload, digest=digest_of(payload))


def appended(pdf: bytes, *changes: Append) -> bytes:
    """With an update behind it; what stood there stays byte for byte."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    for change in changes:
        change(writer)
    written = BytesIO()
    writer.write(written)
    assert written.getvalue().startswith(pdf)
    return written.getvalue()


def rewritten(pdf: bytes, *changes: Rewrite, **options: object) -> bytes:
    """As a new file, before anybody has signed it."""
    with pikepdf.Pdf.open(BytesIO(pdf)) as document:
        for change in changes:
            change(document)
        written = BytesIO()
        document.save(written, **options)  # type: ignore[arg-type]
        return written.getvalue()


def attach(node: bytes) -> Rewrite:
    def change(document: pikepdf.Pdf) -> None:
        """In the place of the data that is attached."""
        attached = document.Root.Names.EmbeddedFiles.Names[1]
        attached.EF.F.write(node)

    return change


def with_other_pages() -> bytes:
    """The data of the card, and pages that tell of another place of birth."""
    other = laid_out(card_payload(student={"birth_place": "Buôn Hồ"}))
    return rewritten(other, attach(data_node(card_payload(), V1_0)))


def update_lengths(pdf: bytes) -> list[int]:
    """Where the file ended each time: as laid out, and behind each signature."""
    ends, mark = [], b"%%EOF"
    place = pdf.find(mark)
    while place >= 0:
        ends.append(place + len(mark) + 1)
        place = pdf.find(mark, place + 1)
    return [*ends[:-1], len(pdf)]


def refusals(pdf: bytes, grounds: Grounds, **options: bytes) -> set[str]:
    return refusals_in(verify_pdf(pdf, grounds, **options))  # type: ignore[arg-type]


# What is appended.


def first_page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    return writer.root["/Pages"]["/Kids"][0]


def draw(writer: IncrementalPdfFileWriter, operators: bytes) -> None:
    """Over what the first page shows."""
    page = first_page(writer)
    added = writer.add_object(generic.StreamObject(stream_data=operators))
    page[pdf_name("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), added])
    writer.update_container(page)


def note(writer: IncrementalPdfFileWriter) -> None:
    """A white field with another level, over the one that was signed."""
    look = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): numbers(0, 0, 100, 20),
        },
        stream_data=b"1 g 0 0 100 20 re f",
    )
    added = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): numbers(200, 400, 300, 420),
            pdf_name("/Contents"): generic.TextStringObject("Hoàn thành tốt"),
            pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)}),
        }
    )
    page = first_page(writer)
    listed = page.get("/Annots", generic.ArrayObject())
    page[pdf_name("/Annots")] = generic.ArrayObject([*listed, writer.add_object(added)])
    writer.update_container(page)


def one_more_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    page = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Page"),
            pdf_name("/MediaBox"): numbers(0, 0, 595, 842),
            pdf_name("/Parent"): writer.root.raw_get("/Pages"),
            pdf_name("/Resources"): generic.DictionaryObject(),
            pdf_name("/Contents"): writer.add_object(generic.StreamObject(stream_data=b"")),
        }
    )
    pages["/Kids"].append(writer.add_object(page))
    pages[pdf_name("/Count")] = generic.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


def script(writer: IncrementalPdfFileWriter) -> None:
    act = generic.DictionaryObject(
        {
            pdf_name("/S"): pdf_name("/JavaScript"),
            pdf_name("/JS"): generic.TextStringObject("app.alert('!')"),
        }
    )
    writer.root[pdf_name("/OpenAction")] = writer.add_object(act)
    writer.update_root()


def other_data(node: bytes) -> Append:
    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]["/F"]
        stream._data, stream._encoded_data = node, None
        writer.update_container(stream)

    return change


def without_signature(slot: str) -> Append:
    def change(writer: IncrementalPdfFileWriter) -> None:
        for field in writer.root["/AcroForm"]["/Fields"]:
            if field.get_object()["/T"] == slot:
                del field.get_object()["/V"]
                writer.update_container(field.get_object())

    return change


def numbers(*values: float) -> generic.ArrayObject:
    return generic.ArrayObject(generic.FloatObject(value) for value in values)
