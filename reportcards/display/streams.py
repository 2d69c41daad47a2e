"""The letters of a page and of a form, as one row each: white space is a fact about a letter."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

from reportcards.display.pieces import Piece

NOTHING, SPACE, LINE_END = range(3)

ALLOWED = {NOTHING: (NOTHING, LINE_END), SPACE: (SPACE, LINE_END), LINE_END: (LINE_END,)}
"""By what a form has before a letter: what a page may have there. A long word is broken."""


@dataclass(frozen=True)
class Letters:
    """`before[i]`: what stands before letter i."""

    text: str
    before: bytes

    def __len__(self) -> int:
        return len(self.text)

    def part(self, start: int, end: int | None = None) -> "Letters":
        return Letters(self.text[start:end], self.before[start:end])

    @classmethod
    def joined(cls, parts: Iterable[Self]) -> "Letters":
        parts = list(parts)
        return cls("".join(part.text for part in parts), b"".join(part.before for part in parts))

    def agreement(self, other: "Letters", start: int) -> int:
        """How many letters of the other, from its first one, stand here from `start`."""
        for offset, (letter, before) in enumerate(zip(other.text, other.before, strict=True)):
            at = start + offset
            if at >= len(self.text) or self.text[at] != letter:
                return offset
            if self.before[at] not in ALLOWED[before]:
                return offset
        return len(other)

    def find(self, text: str, start: int = 0) -> int:
        """Where a piece with these letters begins, on a line of its own; -1 where none does."""
        at = self.text.find(text, start)
        while at >= 0 and self.before[at] != LINE_END:
            at = self.text.find(text, at + 1)
        return at

    def readable(self, start: int, end: int) -> str:
        """With a space wherever there is white space."""
        spaced = (
            f" {self.text[at]}" if self.before[at] != NOTHING else self.text[at]
            for at in range(start, min(end, len(self)))
        )
        return "".join(spaced).strip()


def letters_of(lines: Iterable[str]) -> Letters:
    """Each line is one of its own."""
    text, before = [], bytearray()
    for line in lines:
        for number, word in enumerate(unicodedata.normalize("NFC", line).split()):
            text.append(word)
            before.append(SPACE if number else LINE_END)
            before.extend(bytes(len(word) - 1))
    return Letters("".join(text), bytes(before))


@dataclass(frozen=True)
class Segment:
    """Pieces in a row whose texts are all known. `starts[i]`: the first letter of piece i."""

    pieces: tuple[Piece, ...]
    letters: Letters
    starts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.letters)

    def text_of(self, number: int) -> str:
        end = self.starts[number + 1] if number + 1 < len(self.starts) else None
        return self.letters.part(self.starts[number], end).text

    def piece_at(self, offset: int) -> int:
        """The number of the piece that has this letter; empty ones have none."""
        return bisect_right(self.starts, offset) - 1

    def place_in(self, shown: Letters, start: int, *, is_last: bool) -> int | None:
        """The first place, or the very end of the page, where all of it stands."""
        if is_last:
            at = len(shown) - len(self)
            return at if at >= start and shown.agreement(self.letters, at) == len(self) else None
        at = shown.find(self.letters.text, start)
        while at >= 0 and shown.agreement(self.letters, at) < len(self):
            at = shown.find(self.letters.text, at + 1)
        return at if at >= 0 else None


def segments(pieces: Sequence[Piece]) -> list[Segment]:
    """What stands between the pieces that nobody knows."""
    known: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text is None:
            known.append([])
        else:
            known[-1].append(piece)
    return [_segment(row) for row in known]


def _segment(pieces: Sequence[Piece]) -> Segment:
    parts = [_letters_of_piece(piece) for piece in pieces]
    starts = accumulate((len(part) for part in parts[:-1]), initial=0)
    return Segment(tuple(pieces), Letters.joined(parts), tuple(starts) if parts else ())


def _letters_of_piece(piece: Piece) -> Letters:
    letters = letters_of([" ".join((piece.text or "").split())])
    if piece.is_own or not letters.text:
        return letters
    return Letters(letters.text, bytes([NOTHING]) + letters.before[1:])
