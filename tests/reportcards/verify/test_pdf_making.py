"""PDFs that are not what they should be before the three have signed them.

The signatures of all of them hold: whoever has led three people to sign something else than the
card is found by what stands in the file.
"""

import datetime
from collections.abc import Callable

import pikepdf
import pytest

from reportcards.profiles.document import data_node
from reportcards.verify import Grounds, verify_pdf
from tests.reportcards.authorities import SIGNED_AT, V1_0, People
from tests.reportcards.cards import card_payload
from tests.reportcards.verify.pdfs import (
    SLOTS,
    Rewrite,
    Signing,
    attach,
    laid_out,
    refusals,
    rewritten,
    with_other_pages,
)

pytestmark = pytest.mark.any_database

NODE = data_node(card_payload(), V1_0)

Sign = Callable[..., set[str]]


@pytest.fixture
def signed_anyway(base: bytes, signing: Signing, grounds: Grounds) -> Sign:
    """What is found where the three sign the file after these changes."""

    def found(*changes: Rewrite, pdf: bytes = base) -> set[str]:
        return refusals(signing.all_three(rewritten(pdf, *changes)), grounds)

    return found


def hidden_words(document: pikepdf.Pdf) -> None:
    """In the face of a word that stands there, in a way that nobody sees."""
    page = document.pages[0]
    font = next(iter(page.obj.Resources.Font.keys()))
    page.contents_add(
        document.make_stream(b"BT %s 8 Tf 3 Tr 50 50 Td <000300040005> Tj ET" % font.encode())
    )


def test_pages_of_another_pupil_with_this_ones_data(signed_anyway: Sign):
    other = laid_out(card_payload(student={"full_name": "Lê Minh Ánh"}))
    assert signed_anyway(attach(NODE), pdf=other) == {"pages_differ"}


def test_the_field_that_differs_is_named(signing: Signing, grounds: Grounds):
    [card] = verify_pdf(signing.all_three(with_other_pages()), grounds).cards
    [finding] = card.findings
    assert finding.params["caption"] == "Nơi sinh"
    assert finding.params["found"] == "Buôn Hồ"
    assert finding.params["expected"] == "Bệnh viện Đa khoa thị xã Buôn Hồ"


def over_the_name(document: pikepdf.Pdf) -> None:
    """The teacher's field, moved to the first page."""
    first, last = document.pages[0].obj, document.pages[-1].obj
    field = document.Root.AcroForm.Fields[0]
    field.Rect = pikepdf.Array([50, 400, 500, 700])
    field.P = first
    last.Annots = pikepdf.Array([each for each in last.Annots if each.objgen != field.objgen])
    first.Annots = pikepdf.Array([field])


def test_a_stamp_over_words(signed_anyway: Sign):
    assert signed_anyway(over_the_name) == {"stamp_over_words"}


def words_in_a_drawing(document: pikepdf.Pdf) -> None:
    """A form within the page, which may stand anywhere and be turned and hidden."""
    page = document.pages[0]
    name, font = next(iter(page.obj.Resources.Font.items()))
    drawing = document.make_stream(
        b"BT %s 8 Tf 50 50 Td <000300040005> Tj ET" % name.encode(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 300, 300],
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary({name: font})),
    )
    shown = page.add_resource(drawing, pikepdf.Name.XObject)
    page.contents_add(document.make_stream(b"%s Do" % str(shown).encode()))


def test_words_in_a_drawing(signed_anyway: Sign):
    found = signed_anyway(words_in_a_drawing)
    assert len(found) == 1
    assert found <= {"pages_differ", "pages_say_more", "pages_unreadable"}


def test_words_that_nobody_sees(signed_anyway: Sign):
    found = signed_anyway(hidden_words)
    assert len(found) == 1
    assert found <= {"pages_differ", "pages_say_more"}


def test_data_in_another_spelling(signed_anyway: Sign):
    """Of the same meaning, and not byte for byte what the XML signs."""
    spaced = NODE.replace(b"<THONG_TIN_CHUNG>", b"<THONG_TIN_CHUNG >", 1)
    assert signed_anyway(attach(spaced)) == {"data_not_canonical"}


@pytest.mark.parametrize(
    ("node", "code"),
    [
        (b"", "data_not_canonical"),
        (NODE + NODE, "data_not_canonical"),
        (NODE + b"<X></X>", "data_not_canonical"),
        (b"<!DOCTYPE x>" + NODE, "document_type"),
        (b"<!-- -->" + NODE, "comment"),
        (NODE[:-1], "not_well_formed"),
    ],
)
def test_data_that_is_no_data_node(signed_anyway: Sign, node: bytes, code: str):
    assert signed_anyway(attach(node)) == {code}


def test_data_that_its_schema_refuses(signed_anyway: Sign):
    grade = NODE.replace(b"<MA_KHOI>04</MA_KHOI>", b"")
    assert "structure: unexpected_element" in signed_anyway(attach(grade))


def test_no_data(signed_anyway: Sign):
    def detach(document: pikepdf.Pdf) -> None:
        del document.Root.Names.EmbeddedFiles
        del document.Root.AF

    assert signed_anyway(detach) == {"no_data_node"}


def one_file_more(document: pikepdf.Pdf) -> None:
    document.attachments["other.xml"] = NODE


def a_file_in_hiding(document: pikepdf.Pdf) -> None:
    document.Root.AF.append(
        pikepdf.AttachedFileSpec(document, NODE, filename="du_lieu_hoc_ba.xml").obj
    )


def a_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('!')")
    )


def a_script_of_a_page(document: pikepdf.Pdf) -> None:
    act = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('!')"))
    document.pages[0].obj.AA = pikepdf.Dictionary(O=act)


def a_link(document: pikepdf.Pdf) -> None:
    act = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org/"))
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=act
    )
    page = document.pages[0].obj
    page.Annots = pikepdf.Array([*page.get("/Annots", []), document.make_indirect(link)])


def a_layer(document: pikepdf.Pdf) -> None:
    document.Root.OCProperties = pikepdf.Dictionary(OCGs=[], D=pikepdf.Dictionary())


def a_field(document: pikepdf.Pdf) -> None:
    field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("level"))
    document.Root.AcroForm.Fields.append(document.make_indirect(field))


def a_picture(document: pikepdf.Pdf) -> None:
    """Of words, which nobody can read back."""
    image = document.make_stream(
        b"\0",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=1,
        Height=1,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
    )
    document.pages[0].add_resource(image, pikepdf.Name.XObject)


@pytest.mark.parametrize(
    "change",
    [
        a_picture,
        one_file_more,
        a_file_in_hiding,
        a_script,
        a_script_of_a_page,
        a_link,
        a_layer,
        a_field,
    ],
)
def test_what_no_card_has(signed_anyway: Sign, change: Rewrite):
    assert signed_anyway(change) == {"unexpected_content"}


def no_intent(document: pikepdf.Pdf) -> None:
    del document.Root.OutputIntents


def no_marker(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        del metadata["pdfaid:part"]


def no_xml(document: pikepdf.Pdf) -> None:
    document.Root.Metadata.write(b"<pdfaid:part>3</pdfaid:conformance>")


@pytest.mark.parametrize("change", [no_intent, no_marker, no_xml])
def test_what_is_not_made_to_be_kept(signed_anyway: Sign, change: Rewrite):
    assert signed_anyway(change) == {"not_pdf_a"}


def test_another_order_of_signing(base: bytes, signing: Signing, grounds: Grounds):
    """The leader does not sign what the teacher has still to sign."""
    pdf = base
    for slot in ("leader", "homeroom", "seal"):
        pdf = signing.one(pdf, slot)
    assert refusals(pdf, grounds) == {"changed_after_signing"}


def test_a_signature_by_somebody_else(
    base: bytes, signing: Signing, people: People, grounds: Grounds
):
    assert refusals(signing.all_three(base, leader=people.phuc), grounds) == {"wrong_person"}
    assert refusals(signing.all_three(base, seal=people.hanh), grounds) == {"wrong_organisation"}


def test_nobody_has_signed(base: bytes, grounds: Grounds):
    assert refusals(base, grounds) == {"signature_missing"}
    [card] = verify_pdf(base, grounds).cards
    assert [each.slot for each in card.signatures] == list(SLOTS)


def test_signed_in_the_future(base: bytes, signing: Signing, grounds: Grounds):
    later = SIGNED_AT + datetime.timedelta(days=8)
    pdf = base
    for slot in SLOTS:
        pdf = signing.one(pdf, slot, at=later)
    assert refusals(pdf, grounds) == {"signed_in_the_future"}
