"""Files that are no PDF of a card: cut, locked, swollen, or made to lead a reader astray."""

import random
import time
import zlib

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportcards.verify import FileRefused, Grounds, verify_file, verify_pdf
from reportcards.verify.pdf_reading import LARGEST_PDF, MOST_OBJECTS, MOST_WRITTEN, check_bounds
from tests.reportcards.verify.pdfs import Rewrite, refusals, rewritten
from tests.reportcards.verify.swollen import deflated, file_with, stream

pytestmark = pytest.mark.any_database

MOST_SECONDS = 5


def refusal(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        check_bounds(content)
    return refused.value.finding.code


def test_what_is_small_and_plain_is_let_through(pdf: bytes):
    check_bounds(pdf)
    check_bounds(file_with(stream(b"q Q"), deflated(b"q Q"), b"(a \\( string) <0a> % note"))


@pytest.mark.parametrize("kept", [9, 1000, 40_000, -1000, -8])
def test_a_file_that_was_cut(pdf: bytes, grounds: Grounds, kept: int):
    assert refusals(pdf[:kept], grounds) == {"pdf_damaged"}


def test_a_locked_file(pdf: bytes, grounds: Grounds):
    locked = rewritten(pdf, encryption=pikepdf.Encryption(user="", owner="x"))
    assert refusals(locked, grounds) == {"pdf_encrypted"}


def test_a_file_that_is_too_large(grounds: Grounds):
    assert refusals(b"%PDF-1.7\n" + bytes(LARGEST_PDF), grounds) == {"pdf_too_large"}


def test_a_file_that_swells_is_not_unpacked():
    """A kilobyte becomes a megabyte; three megabytes would be three gigabytes."""
    began = time.monotonic()
    bomb = file_with(*[deflated(bytes(30 * 1024 * 1024))] * 2)
    assert refusal(bomb) == "pdf_too_much_inside"
    assert time.monotonic() - began < MOST_SECONDS


def test_many_objects():
    assert refusal(file_with(*[b"null"] * (MOST_OBJECTS + 1))) == "pdf_too_much_inside"
    listed = stream(b"", b"/Type /ObjStm /N 3000000 /First 8")
    assert refusal(file_with(listed)) == "pdf_too_much_inside"


@pytest.mark.parametrize("kind", [b"/Type /ObjStm /N 1 /First 4", b"/Type /XRef /W [1 1 1]"])
def test_objects_that_swell(kind: bytes):
    """A reader takes seconds for a megabyte of them."""
    packed = zlib.compress(b"1 0 [" + b"0 " * MOST_WRITTEN + b"]", 9)
    entries = kind + b" /Filter /FlateDecode"
    assert refusal(file_with(stream(packed, entries))) == "pdf_too_much_inside"
    spelt = entries.replace(b"/First", b"/F#69rst").replace(b"ObjStm", b"Obj#53tm")
    assert refusal(file_with(stream(packed, spelt))) == "pdf_too_much_inside"


def test_many_numbers_outside_of_streams():
    assert refusal(file_with(b"[" + b"0 " * MOST_WRITTEN + b"]")) == "pdf_too_much_inside"


@pytest.mark.parametrize(
    "entries",
    [
        b"/Filter /LZWDecode",
        b"/Filter /RunLengthDecode",
        b"/Filter [/ASCIIHexDecode /FlateDecode]",
        b"/Filter [/FlateDecode]",
        b"/F#69lter /LZWDecode",
        b"/Filter /#4cZWDecode",
        b"/Filter 5 0 R",
        b"/Filter /FlateDecode /Filter /LZWDecode",
        b"/X << /Filter /LZWDecode >>",
        b"/FFilter /LZWDecode",
    ],
)
def test_streams_that_are_packed_otherwise(entries: bytes):
    content = zlib.compress(b"q Q")
    assert refusal(file_with(stream(content, entries))) == "pdf_damaged"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<< >>\nstream\nq Q\nendstream", id="no length"),
        pytest.param(b"<< /Length 5 0 R >>\nstream\nq Q\nendstream", id="length elsewhere"),
        pytest.param(b"<< /Length 2 >>\nstream\nq Q\nendstream", id="shorter than it is"),
        pytest.param(b"<< /Length 9 >>\nstream\nq Q\nendstream", id="longer than it is"),
        pytest.param(b"<< /Length 3 /Length 3 >>\nstream\nq Q\nendstream", id="two lengths"),
        pytest.param(b"<< /Length 3 /L#65ngth 9 >>\nstream\nq Q\nendstream", id="spelt length"),
        pytest.param(b"<< /Length 3 >>\nstream q Q\nendstream", id="no line end"),
        pytest.param(b"<< /Length 3 >> >>\nstream\nq Q\nendstream", id="loose bracket"),
        pytest.param(b"stream\nq Q\nendstream", id="no dictionary"),
        pytest.param(b"<< /Length 3 >>\nstream\nq Q", id="no end"),
        pytest.param(b"(a string (in a string))", id="nested strings"),
        pytest.param(b"(a string without end", id="an open string"),
        pytest.param(b"<0a0z>", id="no digits"),
        pytest.param(b"> <", id="loose signs"),
    ],
)
def test_what_could_be_read_in_two_ways(body: bytes):
    assert refusal(file_with(body)) == "pdf_damaged"


def test_a_stream_in_a_string_is_none():
    check_bounds(file_with(b"(<< /Filter /LZWDecode >> stream\n)"))


def test_a_dictionary_in_a_string_does_not_stand_for_the_streams_own():
    packed = b"<< /Filter /LZWDecode /X (1 0 obj <<) /Length 3 >>\nstream\nq Q\nendstream"
    assert refusal(file_with(packed)) == "pdf_damaged"


def test_deep_nesting(grounds: Grounds):
    deep = file_with(b"[" * 100_000 + b"]" * 100_000)
    assert refusals(deep, grounds) == {"pdf_damaged"}


@pytest.mark.parametrize("sign", [b"<<", b"(", b"%\n", b"stream\n", b"1 0 obj ", b"/Length "])
def test_signs_without_end_cost_no_time(sign: bytes, grounds: Grounds):
    began = time.monotonic()
    end = b"\nstartxref\n9\n%%EOF\n"
    content = b"%PDF-1.7\n" + sign * (LARGEST_PDF // len(sign) - 10) + end
    assert not verify_pdf(content, grounds).is_valid
    assert time.monotonic() - began < MOST_SECONDS


@given(content=st.binary(max_size=300))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_anything_at_all_has_a_report(content: bytes, grounds: Grounds):
    assert not verify_file(b"%PDF-1.7\n" + content + b"\nstartxref\n9\n%%EOF\n", grounds).is_valid


@pytest.mark.parametrize("seed", range(20))
def test_whatever_its_objects_are_it_has_a_report(pdf: bytes, grounds: Grounds, seed: int):
    """Entries of the objects that a verification looks at, in places where they do not belong."""
    chance = random.Random(seed)
    assert not verify_pdf(rewritten(pdf, disorder(chance)), grounds).is_valid


def disorder(chance: random.Random) -> Rewrite:
    def change(document: pikepdf.Pdf) -> None:
        root = document.Root
        fields = root.AcroForm.Fields
        looked_at = [root, root.AcroForm, root.Names.EmbeddedFiles, root.AF[0], *fields]
        holder = chance.choice([*looked_at, *(field.V for field in fields)])
        key = chance.choice([*sorted(holder.keys()), "/Kids", "/Annots", "/AA"])
        strangers = [pikepdf.Array(), pikepdf.Dictionary(), pikepdf.Name.X, -1, "homeroom", root]
        holder[key] = chance.choice(strangers)

    return change
