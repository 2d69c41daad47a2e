"""What an uploaded file may be, and how little of it is read before it is refused."""

import gzip
import io
import lzma
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reportcards.verify import FileRefused, Grounds, verify_file, verify_stream
from reportcards.verify.reading import (
    LARGEST_FILE,
    LONGEST_STRETCH,
    MEBIBYTE,
    MOST_CARDS,
    MOST_TAGS,
    parsed,
    read_bounded,
    read_cards,
)
from tests.reportcards.cards import UUID
from tests.reportcards.verify.tampering import batch, refusals, respelled

LARGEST_PEAK = 5 * LARGEST_FILE
"""Of Python's own memory; what libxml2 takes is bounded in test_command_line."""


class Endless(io.RawIOBase):
    """A hundred megabytes of nothing, of which it counts what is asked for."""

    size = 100 * MEBIBYTE

    def __init__(self, start: bytes = b"<HOC_BA>") -> None:
        self.start = start
        self.given = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert 0 < size <= MEBIBYTE
        chunk = (self.start if self.given == 0 else b"")[:size].ljust(size, b" ")
        self.given += size
        return chunk if self.given < self.size else b""


@pytest.fixture
def peak() -> Iterator[Callable[[], int]]:
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


def trees_of(content: bytes) -> list[etree._Element]:
    return [parsed(card) for card in read_cards(content).cards]


def code_of(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        trees_of(content)
    return refused.value.finding.code


def test_reads_a_card_with_or_without_its_declaration(card: bytes):
    bare = card[card.index(b"<HOC_BA>") :]
    assert read_cards(card).cards == read_cards(bare).cards == (bare,)
    assert not read_cards(card).is_list


@pytest.mark.parametrize(
    "start", [b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf"], ids=["once", "2×"]
)
def test_a_byte_order_mark_of_utf_8_is_no_part_of_the_card(start: bytes, card: bytes):
    if start.count(b"\xef") == 1:
        assert read_cards(start + card) == read_cards(card)
    else:
        assert code_of(start + card) == "not_xml"


@pytest.mark.parametrize(
    "start",
    [
        "<DANH_SACH_HOC_BA>",
        '<DANH_SACH_HOC_BA id="dataDanhSach">',
        '<DANH_SACH_HOC_BA Id="data-1.2">',
        "<DANH_SACH_HOC_BA >",
    ],
)
def test_reads_the_cards_of_a_list(start: str, card: bytes):
    bare = card[card.index(b"<HOC_BA>") :]
    found = read_cards(batch(card, card, start=start))
    assert found.cards == (bare, bare)
    assert found.is_list


def test_white_space_may_stand_around_and_between_cards(card: bytes):
    bare = card[card.index(b"<HOC_BA>") :]
    spread = b"\n<DANH_SACH_HOC_BA>\n  " + bare + b"\r\n\t" + bare + b"\n</DANH_SACH_HOC_BA>\n"
    assert read_cards(spread).cards == (bare, bare)


# Too much


def test_stops_reading_a_file_of_100_mb_at_its_bound(peak: Callable[[], int]):
    stream = Endless()
    with pytest.raises(FileRefused) as refused:
        read_bounded(stream)
    assert refused.value.finding.code == "too_large"
    assert refused.value.finding.params == {"most": 10}
    assert stream.given <= LARGEST_FILE + MEBIBYTE
    assert peak() < 3 * LARGEST_FILE


def test_a_file_of_100_mb_has_a_report(grounds: Grounds):
    report = verify_stream(Endless(), grounds)
    assert [finding.code for finding in report.findings] == ["too_large"]
    assert not report.is_valid


def test_refuses_bytes_beyond_the_bound_however_they_came():
    assert code_of(b"<HOC_BA>" + bytes(LARGEST_FILE)) == "too_large"


def test_refuses_nothing():
    with pytest.raises(FileRefused) as refused:
        read_bounded(io.BytesIO())
    assert refused.value.finding.code == "empty"
    assert code_of(b" \n") == "not_xml"


def nested(depth: int) -> bytes:
    return b"<HOC_BA>" + b"<A>" * depth + b"</A>" * depth + b"</HOC_BA>"


def many_attributes(count: int) -> bytes:
    attributes = b"".join(b" a%d=''" % number for number in range(count))
    return b"<HOC_BA><A" + attributes + b"/></HOC_BA>"


HUGE = {
    "depth beyond what the tags allow": (nested(100_000), "too_much_markup"),
    "depth": (nested(500), "not_well_formed"),
    "tags": (b"<HOC_BA>" + b"<A/>" * MOST_TAGS + b"</HOC_BA>", "too_much_markup"),
    "attributes": (many_attributes(50_000), "too_much_markup"),
    "attributes of one tag": (many_attributes(3_000), "too_much_markup"),
    "a name": (b"<HOC_BA><" + b"A" * LONGEST_STRETCH + b"/></HOC_BA>", "too_much_markup"),
    "a text": (b"<HOC_BA><A>" + b"x" * 900_000 + b"</A></HOC_BA>", "too_much_markup"),
    "an attribute": (
        b"<HOC_BA><A b='" + b"x" * 900_000 + b"'/></HOC_BA>",
        "too_much_markup",
    ),
    "a card": (b"<HOC_BA><A>" + b" " * MEBIBYTE + b"</A></HOC_BA>", "card_too_large"),
    "opening brackets": (b"<HOC_BA>" + b"<" * 9_000_000 + b"</HOC_BA>", "card_too_large"),
    "cards": (batch(*[b"<HOC_BA></HOC_BA>"] * (MOST_CARDS + 1)), "too_many_cards"),
    "empty cards": (batch(*[b"<HOC_BA></HOC_BA>"] * 500_000), "too_many_cards"),
    "one card among others": (
        batch(b"<HOC_BA></HOC_BA>", b"<HOC_BA>" + b"<A/>" * MOST_TAGS + b"</HOC_BA>"),
        "too_much_markup",
    ),
}


@pytest.mark.parametrize(("content", "code"), HUGE.values(), ids=list(HUGE))
def test_refuses_what_a_parser_would_choke_on(content: bytes, code: str, peak: Callable[[], int]):
    assert code_of(content) == code
    assert peak() < LARGEST_PEAK


# Other things


def zipped(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("card.xml", content)
    return file.getvalue()


ARCHIVES: dict[str, Callable[[bytes], bytes]] = {
    "zip": zipped,
    "gzip": gzip.compress,
    "xz": lzma.compress,
    "zip in zip": lambda content: zipped(zipped(content)),
    "gzip in gzip": lambda content: gzip.compress(gzip.compress(content)),
    "gzip in zip": lambda content: zipped(gzip.compress(content)),
    "7z": lambda content: b"7z\xbc\xaf\x27\x1c" + content,
    "rar": lambda content: b"Rar!\x1a\x07" + content,
    "bzip2": lambda content: b"BZh9" + content,
    "zstd": lambda content: b"\x28\xb5\x2f\xfd" + content,
}


@pytest.mark.parametrize("pack", ARCHIVES.values(), ids=list(ARCHIVES))
def test_opens_no_archive(pack: Callable[[bytes], bytes], card: bytes):
    assert code_of(pack(card)) == "archive"


def test_unpacks_no_bomb(peak: Callable[[], int]):
    assert code_of(gzip.compress(bytes(50 * MEBIBYTE))) == "archive"
    assert peak() < 60 * MEBIBYTE  # what the test itself has made


def test_the_content_of_a_transaction_is_no_file_of_cards(card: bytes):
    """The ministry's CompressString: base64 of a length and gzip (Công văn 2088, Phụ lục 02)."""
    assert code_of(b"pjoAAB+LCAAAAAAA") == "not_xml"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"Xin ch\xc3\xa0o", "not_xml"),
        (b'{"uuid": 1}', "not_xml"),
        (b"\x89PNG\r\n", "not_xml"),
        (b"<html></html>", "other_root"),
        (b"<HOC_BA/>", "other_root"),
        (b"<HOC_BA ></HOC_BA>", "other_root"),
        (b"<hoc_ba></hoc_ba>", "other_root"),
        (b'<HOC_BA xmlns="urn:x"></HOC_BA>', "other_root"),
        (b"<HOC_BA></HOC_BA ></HOC_BA ", "other_root"),
        (b"<HOC_BA></HOC_BA><HOC_BA></HOC_BA>", "not_well_formed"),
        (b"<HOC_BA><A></HOC_BA>", "not_well_formed"),
        (b"<HOC_BA>&nothing;</HOC_BA>", "not_well_formed"),
        (b"<HOC_BA>&#0;</HOC_BA>", "not_well_formed"),
        (b"<HOC_BA>\x00</HOC_BA>", "not_well_formed"),
        (b"<HOC_BA><x:A/></HOC_BA>", "not_well_formed"),
        (b"<DANH_SACH_HOC_BA></DANH_SACH_HOC_BA>", "between_cards"),
        (b"<DANH_SACH_HOC_BA/>", "other_root"),
        (b"<DANH_SACH_HOC_BA><A/></DANH_SACH_HOC_BA>", "between_cards"),
        (batch(b"<HOC_BA></HOC_BA><A/>"), "between_cards"),
        (batch(b"<HOC_BA></HOC_BA>x"), "between_cards"),
        (batch(b"<HOC_BA><HOC_BA></HOC_BA></HOC_BA>"), "between_cards"),
        (batch(b"<HOC_BA></HOC_BA>", start="<DANH_SACH_HOC_BA xmlns='urn:x'>"), "other_root"),
        (
            batch(b"<HOC_BA></HOC_BA>", start='<DANH_SACH_HOC_BA xmlns:x="urn:x">'),
            "other_root",
        ),
    ],
)
def test_refuses_what_is_no_file_of_cards(content: bytes, code: str):
    assert code_of(content) == code


# Encodings


@pytest.mark.parametrize(
    "encoding",
    ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
def test_refuses_wide_encodings(encoding: str, card: bytes):
    text = card.decode().replace("UTF-8", encoding)
    assert code_of(text.encode(encoding)) == "other_encoding"


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1258", "UTF-7", "UTF-16", "TCVN-5712"])
def test_refuses_a_declared_encoding_other_than_utf_8(encoding: str, card: bytes):
    assert (
        code_of(respelled(card, "encoding='UTF-8'", f"encoding='{encoding}'")) == "other_encoding"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "Utf-8"])
def test_takes_the_name_of_utf_8_in_any_letters(encoding: str, card: bytes, grounds: Grounds):
    content = respelled(card, "encoding='UTF-8'", f'encoding="{encoding}"')
    assert refusals(content, grounds) == set()


@pytest.mark.parametrize(
    "letters",
    [b"\xc0\xbcA\xc0\xbe", b"\xed\xa0\x80", b"\xff", b"\xe1\xbb", b"\xf4\x90\x80\x80"],
    ids=["overlong <A>", "half a surrogate", "no letter", "cut short", "beyond Unicode"],
)
def test_refuses_bytes_that_are_not_utf_8(letters: bytes, card: bytes):
    name = "Lê Minh Anh".encode()
    assert code_of(card.replace(name, name + letters, 1)) == "other_encoding"


@pytest.mark.parametrize(
    "declaration",
    ["<?xml version='1.1'?>", "<?xml?>", "<?xml version='1.0' charset='UTF-8'?>", "<?XML?>"],
)
def test_refuses_other_declarations(declaration: str, card: bytes):
    bare = card[card.index(b"<HOC_BA>") :]
    assert code_of(declaration.encode() + bare) == "processing_instruction"


# Entities, document types, comments

BOMB = "<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{level} '{f'&a{level - 1};' * 10}'>" for level in range(1, 20)
)
DOCUMENT_TYPES = {
    "bomb": (f"<!DOCTYPE HOC_BA [{BOMB}]>", "&a19;"),
    "quadratic bomb": (f"<!DOCTYPE HOC_BA [<!ENTITY a '{'x' * 9000}'>]>", "&a;" * 3000),
    "external entity": (
        '<!DOCTYPE HOC_BA [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "&x;",
    ),
    "entity of the network": (
        '<!DOCTYPE HOC_BA [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
        "&x;",
    ),
    "parameter entity": (
        '<!DOCTYPE HOC_BA [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>',
        "",
    ),
    "external document type": ('<!DOCTYPE HOC_BA SYSTEM "file:///etc/passwd">', ""),
    "public document type": ('<!DOCTYPE HOC_BA PUBLIC "x" "http://127.0.0.1:9/x.dtd">', ""),
    "document type alone": ("<!DOCTYPE HOC_BA>", ""),
    "default attribute": ('<!DOCTYPE HOC_BA [<!ATTLIST HO_VA_TEN Id CDATA "x">]>', ""),
    "a loose entity": ("<!ENTITY a 'x'>", "&a;"),
}


@pytest.mark.parametrize(("before", "inside"), DOCUMENT_TYPES.values(), ids=list(DOCUMENT_TYPES))
def test_refuses_document_types_before_any_parser_sees_them(
    before: str, inside: str, card: bytes, peak: Callable[[], int]
):
    content = respelled(card, "<HOC_BA>", f"{before}<HOC_BA>")
    content = respelled(content, "Lê Minh Anh", f"Lê Minh Anh{inside}")
    with pytest.raises(FileRefused) as refused:
        read_cards(content)
    assert refused.value.finding.code == "document_type"
    assert peak() < MEBIBYTE


@pytest.mark.parametrize(
    ("inserted", "code"),
    [
        ("<!-- Hoàn thành -->", "comment"),
        ("<!---->", "comment"),
        ("<![CDATA[Anh]]>", "cdata"),
        ("<?php echo 1 ?>", "processing_instruction"),
        ("<?xml-stylesheet href='x.xsl'?>", "processing_instruction"),
        ("<!x>", "document_type"),
    ],
)
@pytest.mark.parametrize("place", ["Minh", "<CBQL>", "<HOC_BA>"])
def test_refuses_what_would_part_a_value_from_what_is_signed(
    place: str, inserted: str, code: str, card: bytes
):
    """No signature covers a comment, and a reader may stop where it stands."""
    assert code_of(respelled(card, place, f"{place}{inserted}")) == code


def test_refuses_a_comment_that_hides_a_card(card: bytes):
    bare = card[card.index(b"<HOC_BA>") :].decode()
    content = batch(card).decode().replace("<HOC_BA>", f"<!--{bare}--><HOC_BA>", 1).encode()
    assert code_of(content) == "comment"


@given(st.binary(max_size=200))
def test_whatever_comes_is_refused_and_raises_nothing_else(content: bytes):
    with pytest.raises(FileRefused):
        trees_of(content)


@given(st.data())
def test_cards_are_found_as_they_were_put_in(data: st.DataObject):
    texts = st.lists(st.text("ab &;", max_size=20), min_size=1, max_size=5)
    written = [f"<HOC_BA><A>{text}</A></HOC_BA>".encode() for text in data.draw(texts)]
    space = data.draw(st.text(" \n\t", max_size=3)).encode()
    content = b"<DANH_SACH_HOC_BA>" + space.join([b"", *written, b""]) + b"</DANH_SACH_HOC_BA>"
    assert read_cards(content).cards == tuple(written)


def test_a_refusal_quotes_nothing_of_the_file(card: bytes, grounds: Grounds):
    """It is shown to whoever uploads, and may be logged."""
    broken = respelled(card, "Lê Minh Anh</HO_VA_TEN>", "Lê Minh Anh</HO_VA_TEM>")
    [report] = verify_file(broken, grounds).cards
    [finding] = report.findings
    assert finding.code == "not_well_formed"
    assert finding.params == {"line": 1}
    assert UUID not in repr(report)
