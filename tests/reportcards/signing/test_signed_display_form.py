"""The three signatures on a card's display form: what they show, and what they leave as it was."""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from reportcards.display.reading import data_node_in, page_texts
from reportcards.documents.display_pdf import display_pdf
from reportcards.signing.card_stamps import card_stamp
from reportcards.signing.demo_authority import DemoAuthority
from reportcards.signing.pades import sign_pdf
from tests.reportcards.authorities import SIGNED_AT, People, signer_of
from tests.reportcards.cards import card_payload
from tests.reportcards.pdfsig import VALID, pdfsig_of
from tests.reportcards.signing.pdfs import pyhanko_statuses

SCALE = 2
Edges = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return display_pdf(card_payload(), digest="5f" * 32)


@pytest.fixture(scope="module")
def signed(unsigned: bytes, people: People, demo_authority: DemoAuthority) -> bytes:
    pdf = unsigned
    signers = {"homeroom": people.ngoc, "leader": people.hanh, "seal": people.seal}
    for slot_key, issued in signers.items():
        pdf += sign_pdf(
            pdf,
            slot_key,
            signer_of(issued),
            chain=(demo_authority.issuer.certificate, demo_authority.root.certificate),
            stamp=card_stamp(card_payload(), slot_key),
            signed_at=SIGNED_AT,
        )
    return pdf


def fields_of(pdf: bytes) -> dict[str, Edges]:
    """Left, bottom, right and top of each signature's box on the last page."""
    with pikepdf.open(BytesIO(pdf)) as document:
        fields = document.Root.AcroForm.Fields
        assert {each.P.objgen for each in fields} == {document.pages[-1].obj.objgen}
        return {str(each.T): tuple(float(edge) for edge in each.Rect) for each in fields}


def letters_on_the_last_page(pdf: bytes) -> Iterator[Edges]:
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[len(document) - 1].get_textpage()
        for number in range(text.count_chars()):
            if text.get_text_range(number, 1).strip():
                yield text.get_charbox(number)


def pictures_of(pdf: bytes) -> list[Image.Image]:
    """With what is drawn in the fields."""
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        return [page.render(scale=SCALE).to_pil().convert("RGB") for page in document]


def overlap(one: Edges, other: Edges) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_poppler_and_pyhanko_believe_all_three(
    signed: bytes, demo_authority: DemoAuthority, tmp_path: Path
):
    assert pdfsig_of(tmp_path, signed) == {"homeroom": VALID, "leader": VALID, "seal": VALID}
    assert all(each.bottom_line for each in pyhanko_statuses(signed, demo_authority).values())


def test_qpdf_finds_no_fault(signed: bytes, tmp_path: Path):
    file = tmp_path / "card.pdf"
    file.write_bytes(signed)
    said = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=True)
    assert "No syntax or stream encoding errors found" in said.stdout


def test_the_pages_and_the_data_read_the_same_as_before(unsigned: bytes, signed: bytes):
    assert page_texts(signed) == page_texts(unsigned)
    assert data_node_in(signed) == data_node_in(unsigned)


def test_no_stamp_lies_on_a_printed_letter(signed: bytes):
    boxes = fields_of(signed).values()
    covered = [
        letter
        for letter in letters_on_the_last_page(signed)
        if any(overlap(letter, box) for box in boxes)
    ]
    assert covered == []


def test_the_seal_covers_the_left_third_of_the_leaders_stamp_alone(signed: bytes):
    boxes = fields_of(signed)
    seal, leader, homeroom = boxes["seal"], boxes["leader"], boxes["homeroom"]
    assert seal[0] < leader[0]
    assert seal[2] == pytest.approx(leader[0] + (leader[2] - leader[0]) / 3, abs=0.1)
    assert not overlap(seal, homeroom)
    assert not overlap(leader, homeroom)


def test_a_signature_draws_in_its_box_and_nowhere_else(unsigned: bytes, signed: bytes):
    before, after = pictures_of(unsigned), pictures_of(signed)
    assert all(
        ImageChops.difference(*pair).getbbox() is None
        for pair in zip(before[:-1], after[:-1], strict=True)
    )
    boxes = fields_of(signed).values()
    drawn = ImageChops.difference(before[-1], after[-1]).getbbox()
    assert drawn is not None
    height = before[-1].height / SCALE
    left, top, right, bottom = (edge / SCALE for edge in drawn)
    assert left >= min(box[0] for box in boxes) - 1
    assert right <= max(box[2] for box in boxes) + 1
    assert height - bottom >= min(box[1] for box in boxes) - 1
    assert height - top <= max(box[3] for box in boxes) + 1
