"""Pages as PDFium reads them, of any form and in no time: what stands on them is said piece by
piece, each on a line of its own, and goes on in the next line where a page is too narrow."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from reportcards.display.form import DisplayForm, display_form
from reportcards.display.pieces import Piece, foot, pieces
from tests.reportcards.cards import card_payload

DIGEST = "0123456789abcdef" * 4


def a_form(**changes: Any) -> DisplayForm:
    """The form of the invented pupil; a change is one of her payload."""
    return display_form(card_payload(**changes), digest=DIGEST)


def pages_of(form: DisplayForm, *, width: int = 60, height: int = 50) -> tuple[str, ...]:
    return pages_with(form, pieces(form), width=width, height=height)


def pages_with(
    form: DisplayForm, shown: Sequence[Piece], *, width: int = 60, height: int = 50
) -> tuple[str, ...]:
    """Pages that show these pieces, and the form's own foot under each of them."""
    lines = list(lines_of(shown, width))
    sheets = [lines[start : start + height] for start in range(0, len(lines), height)]
    return tuple(
        "\n".join((*sheet, *lines_of(foot(form, number, len(sheets)), 200)))
        for number, sheet in enumerate(sheets, start=1)
    )


def lines_of(shown: Iterable[Piece], width: int) -> Iterator[str]:
    line = ""
    for piece in shown:
        if piece.is_own:
            yield from wrapped(line, width)
            line = ""
        line += piece.text or ""
    yield from wrapped(line, width)


def wrapped(text: str, width: int) -> Iterator[str]:
    """At white space; a word that is too long is broken."""
    line = ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
        while len(line) > width:
            yield line[:width]
            line = line[width:]
    if line:
        yield line


def changed(shown: Sequence[Piece], number: int, text: str) -> list[Piece]:
    return [replace(piece, text=text) if at == number else piece for at, piece in enumerate(shown)]
