"""The visible part of a PDF signature: what a person reads of it on paper.

A person's stamp tells who signed as what, the certificate and the time. The seal is round and red
with the school's name, and tells its certificate beneath. Nothing is transparent and no picture
is in it, and the colours are those of the document's output intent, as PDF/A wants it.
"""

import math
from collections.abc import Iterator
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
from reportcards.signing.stamp_text import (
    MAY_BREAK,
    Box,
    Ink,
    Line,
    around,
    block,
    fill,
    numbers,
    stroke,
)

BLUE: Ink = (0.09, 0.17, 0.4)
RED: Ink = (0.77, 0.06, 0.11)

FRAME = 0.5
MARGIN = 3.5
# Of a person's stamp: the part that the school's seal comes over.
UNDER_THE_SEAL = 1 / 3
# Of a box: the part at the top for the stamp itself. Beneath the seal stand its details, and the
# leader's stamp, whose box reaches as far down, is not to run through them.
UPPER = 0.73
# Between a person's frame and what is beside it.
INSET = 2
# Of a circle by four curves.
ROUND = 0.5523


@dataclass(frozen=True)
class Stamp:
    """Whose signature it is, in the words of the document.

    A person: name, capacity ("Hiệu trưởng"), organisation (the school); is_under_seal: the
    school's seal comes over its left third. The seal: name is the school's, organisation the place
    or authority that is written around it.
    """

    name: str
    capacity: str = ""
    organisation: str = ""
    is_seal: bool = False
    is_under_seal: bool = False


@dataclass(frozen=True)
class Certified:
    """What a stamp says of the certificate and of the time."""

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
        signed_at=f"{signed_at:%d/%m/%Y %H:%M:%S}\N{NO-BREAK SPACE}{offset[:3]}:{offset[3:]}",
        is_demo=is_demo(certificate),
    )


def draw(stamp: Stamp, says: Certified, width: float, height: float) -> bytes:
    """The content of a form whose lower left corner is 0, 0; lengths in points."""
    drawing = _seal if stamp.is_seal else _person
    return b"\n".join([b"q", *drawing(stamp, says, width, height), b"Q"])


def _person(stamp: Stamp, says: Certified, width: float, height: float) -> Iterator[bytes]:
    bottom, frame = height * (1 - UPPER) + INSET, height * UPPER - 2 * INSET
    yield stroke(BLUE) + b" " + numbers(FRAME) + b" w"
    yield numbers(FRAME / 2, bottom, width - FRAME, frame) + b" re S"
    left = width * UNDER_THE_SEAL if stamp.is_under_seal else 0
    inside = Box(left + MARGIN, bottom + MARGIN, width - left - 2 * MARGIN, frame - 2 * MARGIN)
    yield from block(_person_lines(stamp, says), inside)


def _person_lines(stamp: Stamp, says: Certified) -> list[Line]:
    office = ", ".join(part for part in (stamp.capacity, stamp.organisation) if part)
    return [
        Line("Đã ký số", BLUE),
        Line(stamp.name, BLUE, scale=1.3, is_bold=True),
        *([Line(office, BLUE)] if office else []),
        *_details(says, BLUE),
        *([Line(DEMO_MARKER, RED, is_bold=True)] if says.is_demo else []),
    ]


def _seal(stamp: Stamp, says: Certified, width: float, height: float) -> Iterator[bytes]:
    """A circle at the top, as far to the right as can be: the leader's stamp is there."""
    radius = min(width, height * UPPER) / 2
    centre = (width - radius, height - radius)
    yield stroke(RED) + b" " + numbers(radius * 0.045) + b" w" + _circle(centre, radius * 0.97)
    yield numbers(radius * 0.015) + b" w" + _circle(centre, radius * 0.91)
    yield _circle(centre, radius * 0.62)
    yield from _ring(stamp, says, centre, radius)
    half = radius * 0.48
    name = Box(centre[0] - half, centre[1] - half * 0.85, 2 * half, 1.7 * half)
    yield from block([Line(stamp.name.upper(), RED, is_bold=True)], name, is_centred=True)
    below = Box(0, 0, width, height - 2 * radius - 1)
    yield from block(_details(says, RED), below, is_centred=True)


def _ring(
    stamp: Stamp, says: Certified, centre: tuple[float, float], radius: float
) -> Iterator[bytes]:
    """The place above; below a star, or that the certificate is for trials."""
    size = radius * 0.2
    place = Line(stamp.organisation.upper(), RED)
    yield from around(place, centre, radius * 0.695, size, is_below=False)
    if says.is_demo:
        marker = Line(DEMO_MARKER, RED, is_bold=True)
        yield from around(marker, centre, radius * 0.835, size * 0.8, is_below=True)
    else:
        yield fill(RED) + _star((centre[0], centre[1] - radius * 0.765), radius * 0.11)


def _details(says: Certified, ink: Ink) -> list[Line]:
    half = len(says.serial) // 2
    texts = (
        f"Số chứng thư: {says.serial[:half]}{MAY_BREAK}{says.serial[half:]}",
        f"Nơi cấp: {says.issuer}",
        f"Thời gian ký: {says.signed_at}",
    )
    return [Line(text, ink) for text in texts]


def _circle(centre: tuple[float, float], radius: float) -> bytes:
    bend = radius * ROUND
    x, y = centre
    quarters = (
        (radius, bend, bend, radius, 0, radius),
        (-bend, radius, -radius, bend, -radius, 0),
        (-radius, -bend, -bend, -radius, 0, -radius),
        (bend, -radius, radius, -bend, radius, 0),
    )
    curves = (
        numbers(*(x + part if n % 2 == 0 else y + part for n, part in enumerate(quarter))) + b" c"
        for quarter in quarters
    )
    return b" ".join([b"", numbers(x + radius, y), b"m", *curves, b"s"])


def _star(centre: tuple[float, float], radius: float) -> bytes:
    """With five points, one upwards."""
    corners = [
        (
            centre[0] + reach * math.cos(math.pi / 2 + n * math.pi / 5),
            centre[1] + reach * math.sin(math.pi / 2 + n * math.pi / 5),
        )
        for n in range(10)
        for reach in (radius if n % 2 == 0 else radius * 0.382,)
    ]
    lines = [numbers(*corner) + (b" l" if n else b" m") for n, corner in enumerate(corners)]
    return b" ".join([b"", *lines, b"f"])
