"""Many pupils' documents in one file for the printer."""

import io
import json
from collections.abc import Sequence

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from reportcards.documents import joining
from reportcards.documents.flat_pages import flat_pdf, overlaid
from reportcards.documents.joining import PupilPages, join
from reportcards.documents.typesetting import render_pdf
from tests.reportcards.pictures import farthest_shade, is_sound, pictures
from tests.reportcards.reading import pages_of, sizes_of, title_of

pytestmark = pytest.mark.any_database

LINE = "Bản in lúc 21:40 ngày 26/11/2026."
UPPER_MARGIN = 24  # pixels
TITLE = "Học bạ lớp 4A"


def paper(*pages: str) -> bytes:
    """With a line of text on each page, and one without any where it is empty."""
    html = "".join(f"<p style='break-after: page'>{text}</p>" for text in pages)
    return render_pdf(f"<title>Học bạ</title>{html}")


@pytest.fixture(scope="module")
def documents() -> dict[str, bytes]:
    return {name: paper(*[f"{name} {page}" for page in range(count)]) for name, count in LENGTHS}


LENGTHS = [("Anh", 1), ("Bình", 2), ("Đức", 3)]


def with_field(document: bytes, *, flags: int = 4) -> bytes:
    """As a signature stands on a page: a widget that shows a black rectangle."""
    pdf = Pdf.open(io.BytesIO(document))
    looks = Stream(pdf, b"0 0 10 5 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 10, 5])
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T="homeroom",
            F=flags,
            Rect=[100, 100, 300, 200],
            AP=Dictionary(N=looks),
        )
    )
    pdf.pages[0].Annots = Array([widget])
    pdf.Root.AcroForm = Dictionary(Fields=[widget], SigFlags=3)
    pdf.attachments["du_lieu.xml"] = b"<HOC_BA/>"
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def joined(*pupils: PupilPages, **options: object) -> bytes:
    target = io.BytesIO()
    join(pupils, target, title=TITLE, line=LINE, **options)  # type: ignore[arg-type]
    return target.getvalue()


def pupils_of(documents: dict[str, bytes]) -> Sequence[PupilPages]:
    rows = enumerate(documents.items(), start=1)
    return [PupilPages(name, str(number), content) for number, (name, content) in rows]


@pytest.fixture(scope="module")
def class_file(documents: dict[str, bytes]) -> bytes:
    return joined(*pupils_of(documents), enclosed=lambda: {"manifest.json": b"[1]"})


@pytest.fixture(scope="module")
def school_file(documents: dict[str, bytes]) -> bytes:
    """Of more pupils than are held in memory at once."""
    pupils = pupils_of(documents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joining, "AT_ONCE", 2)
        return joined(*pupils, *pupils, *pupils)


@pytest.fixture(scope="module")
def signed(documents: dict[str, bytes]) -> bytes:
    return with_field(documents["Anh"])


def opened(document: bytes) -> Pdf:
    return Pdf.open(io.BytesIO(document))


def bookmarks(document: bytes) -> list[tuple[str, int]]:
    """Their titles, and to which page each leads."""
    pdf = pypdfium2.PdfDocument(document)
    try:
        return [(mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]
    finally:
        pdf.close()


class TestClass:
    def test_each_pupil_starts_on_an_odd_page(self, class_file: bytes) -> None:
        texts = pages_of(class_file)
        starts = [number for number, text in enumerate(texts, start=1) if " 0" in text]
        assert starts == [1, 3, 5]

    def test_no_blank_page_follows_the_last_pupil(self, class_file: bytes) -> None:
        assert len(pages_of(class_file)) == 2 + 2 + 3

    def test_the_file_says_how_it_is_printed(self, class_file: bytes) -> None:
        with opened(class_file) as pdf:
            preferences = pdf.Root.ViewerPreferences
            assert preferences.Duplex == Name.DuplexFlipLongEdge
            assert preferences.PrintScaling == Name("/None")

    def test_all_pages_are_a4_and_sound(self, class_file: bytes) -> None:
        assert sizes_of(class_file) == {(595, 842)}
        assert is_sound(class_file)

    def test_each_printed_page_says_that_it_is_a_print(self, class_file: bytes) -> None:
        texts = pages_of(class_file)
        assert [LINE in text for text in texts] == [True, False, True, True, True, True, True]

    def test_the_file_is_named(self, class_file: bytes) -> None:
        assert title_of(class_file) == TITLE

    def test_a_bookmark_leads_to_each_pupil(self, class_file: bytes) -> None:
        assert bookmarks(class_file) == [("Anh", 0), ("Bình", 2), ("Đức", 4)]

    def test_pages_are_numbered_within_a_pupil(self, class_file: bytes) -> None:
        with opened(class_file) as pdf:
            labels = [page.label for page in pdf.pages]
        assert labels == ["1-1", "1-2", "2-1", "2-2", "3-1", "3-2", "3-3"]

    def test_what_is_enclosed_is_in_it(self, class_file: bytes) -> None:
        with opened(class_file) as pdf:
            enclosed = pdf.attachments["manifest.json"].get_file().read_bytes()
        assert json.loads(enclosed) == [1]


class TestPupil:
    def test_nobody_makes_an_empty_file(self) -> None:
        assert len(opened(joined()).pages) == 0

    def test_a_page_looks_as_in_the_pupils_own_document(
        self, documents: dict[str, bytes], class_file: bytes
    ) -> None:
        """But for the line in its upper margin."""
        own, printed = pictures(documents["Đức"])[0], pictures(class_file)[4]
        assert farthest_shade(own, printed, below=UPPER_MARGIN) == 0
        assert own.tobytes() != printed.tobytes()


class TestManyPupils:
    def test_the_order_and_the_odd_pages_are_kept(
        self, documents: dict[str, bytes], school_file: bytes
    ) -> None:
        at_once = joined(*pupils_of(documents), *pupils_of(documents), *pupils_of(documents))
        assert pages_of(school_file) == pages_of(at_once)
        assert is_sound(school_file)

    def test_the_bookmarks_lead_to_the_right_pages(self, school_file: bytes) -> None:
        pages = [page for _, page in bookmarks(school_file)]
        assert pages == [0, 2, 4, 8, 10, 12, 16, 18, 20]


class TestSignature:
    def test_what_it_shows_stands_on_the_printed_page(self, signed: bytes) -> None:
        own, printed = pictures(signed)[0], pictures(joined(PupilPages("Anh", "1", signed)))[0]
        assert farthest_shade(own, printed, below=UPPER_MARGIN) == 0
        assert own.getpixel((200, 690)) == 0  # within the rectangle

    def test_it_is_a_part_of_the_page_and_no_field(self, signed: bytes) -> None:
        with opened(joined(PupilPages("Anh", "1", signed))) as pdf:
            assert "/AcroForm" not in pdf.Root
            assert all("/Annots" not in page for page in pdf.pages)

    def test_the_proof_stays_with_the_original(self, signed: bytes) -> None:
        with opened(joined(PupilPages("Anh", "1", signed))) as pdf:
            assert not pdf.attachments

    def test_what_is_not_shown_is_not_printed(self, documents: dict[str, bytes]) -> None:
        hidden = flat_pdf(with_field(documents["Anh"], flags=2))
        target = io.BytesIO()
        hidden.save(target)
        [page] = pictures(target.getvalue())
        assert page.tobytes() == pictures(documents["Anh"])[0].tobytes()


class TestStamp:
    """The same on every page of one document, as on a certified copy."""

    def test_it_stands_on_every_page_over_what_was_there(self, documents: dict[str, bytes]) -> None:
        copy = overlaid(with_field(documents["Bình"]), paper("BẢN SAO"))
        assert [("BẢN SAO" in text, text[:4]) for text in pages_of(copy)] == [(True, "Bình")] * 2

    def test_the_copy_is_flat_and_keeps_its_name(self, documents: dict[str, bytes]) -> None:
        copy = overlaid(with_field(documents["Bình"]), paper("BẢN SAO"))
        with opened(copy) as pdf:
            assert "/AcroForm" not in pdf.Root
        assert title_of(copy) == "Học bạ"
        assert is_sound(copy)
