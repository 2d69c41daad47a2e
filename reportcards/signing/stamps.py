"""The visible part of a PDF signature: what a person reads of it on paper.

A person's stamp tells who signed as what, the certificate and the time. The seal is round and red
with the school's name, and tells its certificate beneath. Nothing is transparent, and the colours
are those of the document's output intent, as PDF/A wants it.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from reportcards.signing.certificates import (
    DEMO_MARKER,
    common_name,
    is_demo,
    serial,
    written_name,
)
from reportcards.signing.stamp_typeface import RESOURCE_NAME, drawable, encoded, width

INK = (0.1, 0.16, 0.32)
RED = (0.78, 0.05, 0.1)
LINE_HEIGHT = 1.18
LARGEST, SMALLEST = 8.5, 3.5
STEP = 0.25
MARGIN = 2.5
# Of a circle by four curves.
ROUND = 0.5523


@dataclass(frozen=True)
class Stamp:
    """Whose signature it is, in the words of the document.

    A person: name, capacity ("Hiệu trưởng"), organisation (the school). The seal: name is the
    school's, organisation the place or authority that stands around it.
    """

    name: str
    capacity: str = ""
    organisation: str = ""
    is_seal: bool = False


@dataclass(frozen=True)
class Certified:
    """What the stamp says of the certificate and the time; the time as it is to be read."""

    serial: str
    issuer: str
    signed_at: str
    is_demo: bool


def certified(certificate: x509.Certificate, signed_at: datetime) -> Certified:
    """signed_at: in the zone in which it is to be read."""
    offset = f"{signed_at:%z}"
    return Certified(
        serial=serial(certificate),
        issuer=common_name(certificate.issuer) or written_name(certificate.issuer),
        signed_at=f"{signed_at:%d/%m/%Y %H:%M:%S} {offset[:3]}:{offset[3:]}",
        is_demo=is_demo(certificate),
    )


def draw(stamp: Stamp, says: Certified, box_width: float, box_height: float) -> bytes:
    """The content of a form whose lower left corner is 0, 0; lengths in points."""
    drawing = _seal if stamp.is_seal else _person
    return b"\n".join([b"q", *drawing(stamp, says, box_width, box_height), b"Q"])


def _person(stamp: Stamp, says: Certified, across: float, high: float) -> Iterator[bytes]:
    """The left third bears no text but the mark: the school's seal comes over it."""
    yield _stroke(INK) + b" 0.6 w"
    yield _numbers(0.3, 0.3, across - 0.6, high - 0.6) + b" re S"
    left = across / 3
    lines = [
        f"Ký số bởi: {stamp.name}",
        ", ".join(part for part in (stamp.capacity, stamp.organisation) if part),
        *_details(says),
    ]
    yield from _block(lines, left, MARGIN, across - left - MARGIN, high - 2 * MARGIN, INK)


def _seal(stamp: Stamp, says: Certified, across: float, high: float) -> Iterator[bytes]:
    diameter = min(across, high * 0.7)
    radius = diameter / 2 - 1
    x, y = across - diameter / 2, high - diameter / 2
    yield _stroke(RED) + b" 1.6 w" + _circle(x, y, radius)
    yield b"0.6 w" + _circle(x, y, radius * 0.94)
    room = radius * 1.2
    yield from _block([stamp.name.upper()], x - room / 2, y - room / 2, room, room, RED)
    yield from _block(_details(says), 0, 0, across, high - diameter - 1, RED)


def _details(says: Certified) -> list[str]:
    marker = [DEMO_MARKER] if says.is_demo else []
    return [
        f"Chứng thư số: {says.serial}",
        f"Nơi cấp: {says.issuer}",
        f"Thời gian ký: {says.signed_at}",
        *marker,
    ]


def _block(
    lines: Sequence[str], x: float, y: float, across: float, high: float, ink: Sequence[float]
) -> Iterator[bytes]:
    """Lines in the largest size in which they fit, broken where they must be."""
    size, broken = _fitted([drawable(line) for line in lines if line], across, high)
    top = y + (high + len(broken) * size * LINE_HEIGHT) / 2 - size * 0.92
    yield _fill(ink) + b" BT " + _font(size)
    for number, line in enumerate(broken):
        height = top - number * size * LINE_HEIGHT
        yield b"1 0 0 1 " + _numbers(x, height) + b" Tm " + encoded(line) + b" Tj"
    yield b"ET"


def _fitted(lines: list[str], across: float, high: float) -> tuple[float, list[str]]:
    size = LARGEST
    while True:
        broken = [part for line in lines for part in _broken(line, size, across)]
        if len(broken) * size * LINE_HEIGHT <= high or size <= SMALLEST:
            return size, broken
        size -= STEP


def _broken(line: str, size: float, across: float) -> Iterator[str]:
    """At spaces; a word that is longer than the line within itself."""
    held = ""
    for word in line.split(" "):
        longer = f"{held} {word}".strip()
        if width(longer, size) <= across:
            held = longer
            continue
        if held:
            yield held
        held = word
        while width(held, size) > across and len(held) > 1:
            fitting = _fitting_letters(held, size, across)
            yield held[:fitting]
            held = held[fitting:]
    yield held


def _fitting_letters(word: str, size: float, across: float) -> int:
    fitting = next(n for n in range(len(word), 0, -1) if n == 1 or width(word[:n], size) <= across)
    return max(1, fitting)


def _circle(x: float, y: float, radius: float) -> bytes:
    curve = radius * ROUND
    parts = [_numbers(x + radius, y) + b" m"]
    for quarter in range(4):
        cos, sin = round(math.cos(quarter * math.pi / 2)), round(math.sin(quarter * math.pi / 2))

        def turned(across: float, up: float, cos: int = cos, sin: int = sin) -> tuple[float, float]:
            return x + across * cos - up * sin, y + across * sin + up * cos

        first, second, end = turned(radius, curve), turned(curve, radius), turned(0, radius)
        parts.append(_numbers(*first, *second, *end) + b" c")
    return b" ".join([b"", *parts, b"s"])


def _font(size: float) -> bytes:
    return RESOURCE_NAME.encode() + b" " + _numbers(size) + b" Tf"


def _stroke(colour: Sequence[float]) -> bytes:
    return _numbers(*colour) + b" RG"


def _fill(colour: Sequence[float]) -> bytes:
    return _numbers(*colour) + b" rg"


def _numbers(*numbers: float) -> bytes:
    return " ".join(f"{number:.2f}".rstrip("0").rstrip(".") for number in numbers).encode()
