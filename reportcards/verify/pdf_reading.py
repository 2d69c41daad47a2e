"""From an uploaded PDF, which may be anything, to one whose parts are known to be small.

No reader of PDF is let near a file before its whole skeleton has been walked: every stream says
directly how long it is, is compressed in one way or in none, and has been inflated within a bound.
What a reader would find otherwise than we did (a stream hidden in a string, a length told
elsewhere, two compressions on top of each other) is refused here, so that time and memory are
bounded whatever reads the file afterwards.
"""

import re
import zlib
from collections.abc import Iterator

from reportcards.verify.findings import FileRefused

MEBIBYTE = 1024 * 1024
LARGEST_PDF = 4 * MEBIBYTE
MOST_INFLATED = 32 * MEBIBYTE
MOST_OBJECTS = 20_000
MOST_WRITTEN = MEBIBYTE
"""Bytes of objects, which are read one by one: outside of streams, and in streams of objects."""
MOST_MARKS = 200_000
"""Brackets, strings and comments outside of streams."""

PDF_START = b"%PDF-"
PDF_END = re.compile(rb"startxref\s+\d+\s+%%EOF[\r\n]*\Z")
LONGEST_END = 64
# In the order in which a reader meets them: what hides other marks, then the marks.
MARKS = re.compile(
    rb"(?P<dictionary><<|>>)"
    rb"|(?P<hidden><[0-9A-Fa-f\s]*+>|\((?:[^()\\]|\\.)*+\)|%[^\r\n]*+)"
    rb"|(?P<stream>stream)(?P<line_end>\r?\n)?"
    rb"|(?P<broken>[()<>])",
    re.DOTALL,
)
STREAM_END = re.compile(rb"\r?\n?endstream\b")
OBJECT_START = re.compile(rb"(?:\A|\s)\d+\s+\d+\s+obj\b")
LENGTH = re.compile(rb"/Length\s+(\d{1,8})\b(?!\s+\d+\s+R)")
FLATE = re.compile(rb"/Filter\s*/FlateDecode\b")
OF_OBJECTS = re.compile(rb"/(?:First|ObjStm|W|XRef)(?![0-9A-Za-z])")
LISTED_OBJECTS = re.compile(rb"/N\s+(\d{1,8})\b")
WRITTEN_AS_NUMBER = re.compile(rb"#([0-9A-Fa-f]{2})")


def check_bounds(content: bytes) -> None:
    """Raises FileRefused: pdf_too_large, pdf_damaged, pdf_encrypted, pdf_too_much_inside."""
    if len(content) > LARGEST_PDF:
        raise FileRefused("pdf_too_large", most=LARGEST_PDF // MEBIBYTE)
    if not content.startswith(PDF_START) or not PDF_END.search(content[-LONGEST_END:]):
        raise FileRefused("pdf_damaged")
    if b"/Encrypt" in content:
        raise FileRefused("pdf_encrypted")
    inflated, written, objects = 0, len(content), content.count(b" obj")
    for head, stream in _streams(content):
        size = _size_of(head, stream, MOST_INFLATED - inflated)
        inflated += size
        written += (size if OF_OBJECTS.search(head) else 0) - len(stream)
        objects += sum(int(number) for number in LISTED_OBJECTS.findall(head))
    if objects > MOST_OBJECTS or written > MOST_WRITTEN:
        raise FileRefused("pdf_too_much_inside")


def _streams(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each stream behind its dictionary, in which strings are left out and names are written in
    letters."""
    seen: list[bytes]
    seen, place, marks = [], 0, 0
    while mark := MARKS.search(content, place):
        marks += 1
        if mark["broken"]:
            raise FileRefused("pdf_damaged")
        if marks > MOST_MARKS:
            raise FileRefused("pdf_too_much_inside")
        seen += [content[place : mark.start()], mark["dictionary"] or b" "]
        place = mark.end()
        if mark["stream"]:
            head = _head(b"".join(seen))
            length = _length(head) if mark["line_end"] else None
            end = STREAM_END.match(content, place + length) if length is not None else None
            if length is None or end is None:
                raise FileRefused("pdf_damaged")
            yield head, content[place : place + length]
            seen, place = [], end.end()


def _head(seen: bytes) -> bytes:
    """The dictionary of the stream that follows, from its "<<" to its ">>".

    Names whose letters were written as numbers ("/F#69lter") have their letters.
    """
    starts = [start.end() for start in OBJECT_START.finditer(seen)]
    head = seen[starts[-1] :].strip() if starts else b""
    is_one = head.startswith(b"<<") and head.endswith(b">>")
    if not is_one or head.count(b"<<") != head.count(b">>"):
        raise FileRefused("pdf_damaged")
    return WRITTEN_AS_NUMBER.sub(lambda found: bytes.fromhex(found[1].decode()), head)


def _length(head: bytes) -> int | None:
    """None where the length is told elsewhere, or more than once."""
    told = LENGTH.findall(head)
    is_told_once = len(re.findall(rb"/Length(?![0-9A-Za-z])", head)) == 1 == len(told)
    return int(told[0]) if is_told_once else None


def _size_of(head: bytes, stream: bytes, most: int) -> int:
    """How much the stream holds when it is inflated."""
    if b"Filter" not in head:
        return len(stream)
    if head.count(b"Filter") > 1 or not FLATE.search(head):
        raise FileRefused("pdf_damaged")
    inflating = zlib.decompressobj()
    try:
        size = len(inflating.decompress(stream, most + 1))
    except zlib.error:
        raise FileRefused("pdf_damaged") from None
    if size > most:
        raise FileRefused("pdf_too_much_inside")
    return size
