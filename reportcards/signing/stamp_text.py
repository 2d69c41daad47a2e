"""Text of a stamp: as large as it can be in its box, and around a circle."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from reportcards.signing.stamp_typeface import RESOURCE_NAME, drawable, encoded, width

Ink = tuple[float, float, float]

# Where a word may be broken, and nothing is seen of it where it is not.
MAY_BREAK = "\u200b"
LINE_HEIGHT = 1.2
# Of a line, above its baseline.
ASCENT = 0.9
# Points; from the largest to what can still be read on paper.
SIZES = tuple(size / 4 for size in range(36, 13, -1))
# Of a bold letter's outline, in its size: the typeface has but one weight.
BOLD_OUTLINE = 0.028
# Of a circle, for the text above and for the text below.
ARC_ABOVE, ARC_BELOW = 0.53 * math.tau, 0.42 * math.tau


@dataclass(frozen=True)
class Line:
    """scale: of its letters, against the others of its block."""

    text: str
    ink: Ink
    scale: float = 1
    is_bold: bool = False


@dataclass(frozen=True)
class Box:
    left: float
    bottom: float
    width: float
    height: float


def block(lines: Sequence[Line], box: Box, *, is_centred: bool = False) -> Iterator[bytes]:
    """The lines in the largest size in which they fit, broken between words.

    A word is broken where it has MAY_BREAK, or where the box is too narrow for it in the smallest
    size.
    """
    shown = [replace(each, text=_drawable_pieces(each.text)) for each in lines]
    size = next((size for size in SIZES if _fits(shown, size, box)), SIZES[-1])
    broken = [part for each in shown for part in _broken(each, size, box.width)]
    baseline = box.bottom + (box.height + _height(broken, size)) / 2
    yield b"BT"
    for part in broken:
        letters = size * part.scale
        slack = (box.width - width(part.text, letters)) / 2 if is_centred else 0
        where = (box.left + slack, baseline - ASCENT * LINE_HEIGHT * letters)
        yield _style(part, letters) + b" 1 0 0 1 " + numbers(*where) + b" Tm"
        yield encoded(part.text) + b" Tj"
        baseline -= LINE_HEIGHT * letters
    yield b"ET"


def around(
    line: Line, centre: tuple[float, float], radius: float, largest: float, *, is_below: bool
) -> Iterator[bytes]:
    """Letter by letter on a circle: over its top, or, upright as well, under its bottom.

    radius: of the baseline. The text is made smaller than the largest size where it is long.
    """
    text = drawable(line.text)
    arc = ARC_BELOW if is_below else ARC_ABOVE
    size = min(largest, arc * radius / max(width(text, 1), 1))
    advances = [width(letter, size) for letter in text]
    starts = [end - own / 2 for end, own in zip(accumulate(advances), advances, strict=True)]
    turn = 1 if is_below else -1
    yield b"BT " + _style(line, size)
    for letter, start, own in zip(text, starts, advances, strict=True):
        angle = -turn * math.pi / 2 + turn * (start - sum(advances) / 2) / radius
        slope = angle + turn * math.pi / 2
        cos, sin = math.cos(slope), math.sin(slope)
        x = centre[0] + radius * math.cos(angle) - own / 2 * cos
        y = centre[1] + radius * math.sin(angle) - own / 2 * sin
        yield numbers(cos, sin, -sin, cos, x, y) + b" Tm " + encoded(letter) + b" Tj"
    yield b"ET"


def fill(ink: Ink) -> bytes:
    return numbers(*ink) + b" rg"


def stroke(ink: Ink) -> bytes:
    return numbers(*ink) + b" RG"


def numbers(*values: float) -> bytes:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values).encode()


def _style(line: Line, size: float) -> bytes:
    font = RESOURCE_NAME.encode() + b" " + numbers(size) + b" Tf " + fill(line.ink)
    if not line.is_bold:
        return font + b" 0 Tr"
    return font + b" 2 Tr " + stroke(line.ink) + b" " + numbers(size * BOLD_OUTLINE) + b" w"


def _drawable_pieces(text: str) -> str:
    return MAY_BREAK.join(drawable(piece) for piece in text.split(MAY_BREAK))


def _height(lines: Sequence[Line], size: float) -> float:
    return sum(line.scale for line in lines) * size * LINE_HEIGHT


def _fits(lines: Sequence[Line], size: float, box: Box) -> bool:
    if any(
        width(piece, size * line.scale) > box.width for line in lines for _, piece in _pieces(line)
    ):
        return False
    broken = [part for line in lines for part in _broken(line, size, box.width)]
    return _height(broken, size) <= box.height


def _pieces(line: Line) -> Iterator[tuple[str, str]]:
    """What stands between two places where the line may be broken, and what is before it."""
    for word in line.text.split(" "):
        first, *others = word.split(MAY_BREAK)
        yield " ", first
        yield from (("", other) for other in others)


def _broken(line: Line, size: float, across: float) -> Iterator[Line]:
    held = ""
    for before, piece in _pieces(line):
        longer = f"{held}{before}{piece}" if held else piece
        if held and width(longer, size * line.scale) > across:
            yield replace(line, text=held)
            longer = piece
        while width(longer, size * line.scale) > across and len(longer) > 1:
            cut = _fitting_letters(longer, size * line.scale, across)
            yield replace(line, text=longer[:cut])
            longer = longer[cut:]
        held = longer
    yield replace(line, text=held)


def _fitting_letters(word: str, size: float, across: float) -> int:
    ends = accumulate(width(letter, size) for letter in word)
    return max(1, sum(end <= across for end in ends))
