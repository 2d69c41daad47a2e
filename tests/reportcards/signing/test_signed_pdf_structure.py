"""What PDF/A-3b asks of the file is still there once the fields are in and all have signed."""

import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name, Object, Pdf

from reportcards.profiles.document import DATA_FILE
from reportcards.signing.demo_authority import DemoAuthority
from reportcards.signing.pades import FieldBox, add_signature_fields
from reportcards.signing.stamp_typeface import FONT_NAME
from tests.reportcards.authorities import People
from tests.reportcards.signing.pdfs import (
    BOXES,
    DATA,
    archival_pdf,
    embedded_signature,
    signed_pdf,
    waiting_pdf,
)

STATES = ["unsigned", "signed"]
PRINT, HIDDEN_OR_NO_VIEW = 4, 1 | 2 | 32 | 256


@pytest.fixture(scope="module")
def pdfs(people: People, demo_authority: DemoAuthority) -> dict[str, bytes]:
    return {"unsigned": waiting_pdf(), "signed": signed_pdf(people, demo_authority)}


@pytest.fixture(params=STATES)
def pdf(request: pytest.FixtureRequest, pdfs: dict[str, bytes]) -> bytes:
    return pdfs[request.param]


@pytest.fixture
def document(pdf: bytes) -> Iterator[Pdf]:
    with Pdf.open(BytesIO(pdf)) as opened:
        yield opened


@pytest.fixture
def file(pdf: bytes, tmp_path: Path) -> Path:
    written = tmp_path / "card.pdf"
    written.write_bytes(pdf)
    return written


def said_by(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def widgets(document: Pdf) -> list[Object]:
    return [each for page in document.pages for each in page.obj.get(Name.Annots, [])]


def test_qpdf_finds_no_fault(file: Path):
    assert "No syntax or stream encoding errors found" in said_by("qpdf", "--check", file)


def test_every_font_is_embedded(file: Path):
    """Columns: embedded, a part of the typeface, with the characters' codes."""
    rows = said_by("pdffonts", file).splitlines()[2:]
    assert rows
    assert all("yes yes yes" in row for row in rows)


def test_the_stamps_are_set_in_the_typeface_of_the_file(pdfs: dict[str, bytes], tmp_path: Path):
    signed = tmp_path / "signed.pdf"
    signed.write_bytes(pdfs["signed"])
    assert FONT_NAME in said_by("pdffonts", signed)


def test_the_marker_can_be_read_without_unpacking_anything(pdf: bytes):
    assert re.search(rb'pdfaid:part(="|>)3', pdf)
    assert re.search(rb'pdfaid:conformance(="|>)B', pdf)


def test_the_metadata_are_those_of_the_rendering(document: Pdf):
    with Pdf.open(BytesIO(archival_pdf())) as rendering:
        before = rendering.Root.Metadata.read_bytes()
    assert document.Root.Metadata.read_bytes() == before


def test_the_output_intent_is_there(document: Pdf):
    [intent] = document.Root.OutputIntents
    assert intent.S == Name.GTS_PDFA1
    assert len(intent.DestOutputProfile.read_bytes()) > 1000


def test_the_data_are_attached_and_associated(document: Pdf):
    assert document.attachments[DATA_FILE].get_file().read_bytes() == DATA
    attached = document.attachments[DATA_FILE].obj
    assert {each.objgen for each in document.Root.AF} == {attached.objgen}
    assert attached.AFRelationship == Name.Data


def test_the_document_is_still_tagged(document: Pdf):
    assert document.Root.MarkInfo.Marked
    assert Name.StructTreeRoot in document.Root


def test_there_is_one_field_for_each_slot_on_its_page(document: Pdf):
    assert [str(field.T) for field in document.Root.AcroForm.Fields] == list(BOXES)
    assert [str(each.T) for each in document.pages[-1].obj.Annots] == list(BOXES)
    assert len(widgets(document)) == len(BOXES)


def test_a_field_stands_in_its_box(document: Pdf):
    for field in document.Root.AcroForm.Fields:
        box = BOXES[str(field.T)]
        edges = [float(edge) for edge in field.Rect]
        assert edges == [box.left, box.bottom, box.right, box.top]


def test_every_field_is_printed_and_has_an_appearance(document: Pdf):
    for field in widgets(document):
        assert int(field.F) & PRINT
        assert not int(field.F) & HIDDEN_OR_NO_VIEW
        assert list(field.AP.keys()) == ["/N"]
        assert field.AP.N.Subtype == Name.Form


def test_the_form_runs_nothing_and_asks_for_no_appearances(document: Pdf):
    form = document.Root.AcroForm
    assert set(form.keys()) == {"/DR", "/Fields", "/SigFlags"}
    assert int(form.SigFlags) == 3
    assert not {"/OpenAction", "/AA"} & set(document.Root.keys())
    assert not any({"/A", "/AA"} & set(field.keys()) for field in widgets(document))


def test_the_stamps_are_opaque(document: Pdf):
    for field in widgets(document):
        appearance = field.AP.N
        assert Name.Group not in appearance
        assert set(appearance.get(Name.Resources, {}).keys()) <= {"/Font"}


def test_the_typeface_stands_in_the_file_once(document: Pdf):
    named = [
        each
        for each in document.objects
        if isinstance(each, pikepdf.Dictionary) and each.get(Name.FontName) == f"/{FONT_NAME}"
    ]
    assert len(named) == 1


def test_the_contents_are_der_in_their_room(pdfs: dict[str, bytes]):
    for slot_key in BOXES:
        signature = embedded_signature(pdfs["signed"], slot_key)
        opening, closing = signature.byte_range[1], signature.byte_range[2]
        hexadecimal = pdfs["signed"][opening + 1 : closing - 1].decode()
        contents = bytes.fromhex(hexadecimal)
        length = len(signature.signed_data.dump())
        assert contents[:1] == b"\x30"
        assert set(contents[length + 200 :]) <= {0}


def test_the_permissions_name_the_first_signature_alone(pdfs: dict[str, bytes]):
    with Pdf.open(BytesIO(pdfs["signed"])) as document:
        assert list(document.Root.Perms.keys()) == ["/DocMDP"]
        first = document.Root.AcroForm.Fields[0].V
        assert document.Root.Perms.DocMDP.objgen == first.objgen
        [reference] = first.Reference
        assert not {"/DigestMethod", "/DigestValue", "/DigestLocation"} & set(reference.keys())


def test_the_same_rendering_gets_the_same_fields_byte_for_byte():
    assert add_signature_fields(archival_pdf(), BOXES) == waiting_pdf()


def test_a_field_may_stand_on_any_page():
    box = FieldBox(0, 10, 10, 110, 60)
    with Pdf.open(BytesIO(add_signature_fields(archival_pdf(), {"leader": box}))) as document:
        [field] = document.pages[0].obj.Annots
        assert field.P.objgen == document.pages[0].obj.objgen
        assert Name.Annots not in document.pages[1].obj


def test_annotations_that_are_there_stay():
    with Pdf.open(BytesIO(archival_pdf())) as document:
        page = document.pages[-1]
        link = pikepdf.Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], F=PRINT)
        page.obj.Annots = document.make_indirect(pikepdf.Array([document.make_indirect(link)]))
        linked = BytesIO()
        document.save(linked)
    with Pdf.open(BytesIO(add_signature_fields(linked.getvalue(), BOXES))) as document:
        kinds = [str(each.Subtype) for each in document.pages[-1].obj.Annots]
        assert kinds == ["/Link", "/Widget", "/Widget", "/Widget"]
