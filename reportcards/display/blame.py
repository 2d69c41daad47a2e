"""Which piece a difference is of: the first one that does not stand where it should."""

from dataclasses import dataclass

from reportcards.display.pieces import Piece
from reportcards.display.streams import LINE_END, Letters, Segment

TOLD = 200
"""Letters of what was found that a difference tells."""


@dataclass(frozen=True)
class Difference:
    """The first place where the pages do not show the form.

    `field` and `caption`: of the piece (see `Piece`), "" of text that belongs to none.
    """

    field: str
    caption: str
    expected: str
    found: str


def difference_at(shown: Letters, at: int, segment: Segment) -> Difference:
    """In a segment that begins at `at` but does not go on to its end."""
    offset = shown.agreement(segment.letters, at)
    if offset == len(segment):
        return difference_behind(shown, at + offset, segment)
    number = segment.piece_at(offset)
    place = at + offset
    if offset == segment.starts[number]:
        number = _piece_before(shown, place, segment, number)
    return _difference(shown, place, at, segment, number)


def nearest(shown: Letters, start: int, segment: Segment) -> int:
    """Where most of a segment stands that is nowhere in full."""
    begins = [at for at in range(start, len(shown)) if shown.before[at] == LINE_END]
    return max(begins, key=lambda at: shown.agreement(segment.letters, at), default=start)


def difference_behind(shown: Letters, end: int, segment: Segment) -> Difference:
    """Text behind the last piece: it is the piece's own where no line ends between them."""
    found = shown.readable(end, end + TOLD)
    if shown.before[end] == LINE_END or not segment.pieces:
        return Difference("", "", "", found)
    number = segment.piece_at(len(segment) - 1)
    return _difference(shown, end, end - len(segment), segment, number)


def _piece_before(shown: Letters, place: int, segment: Segment, number: int) -> int:
    """Which piece has the text that stands before the first letter of piece `number`."""
    if place >= len(shown) or number == 0:
        return number
    last = segment.piece_at(segment.starts[number] - 1) if segment.starts[number] else number
    if shown.before[place] != LINE_END:
        return last
    if not _stands_later(shown, place, segment, number):
        return number
    empty = [at for at in range(last + 1, number) if not segment.pieces[at].is_caption]
    if empty:
        return empty[0]
    return number if segment.pieces[last].is_caption else last


def _stands_later(shown: Letters, place: int, segment: Segment, number: int) -> bool:
    """The piece itself is there, behind something else, before the piece that follows it."""
    own = shown.find(segment.text_of(number), place)
    follower = _next_text(segment, number)
    return own >= 0 and (not follower or own < shown.find(follower, place))


def _next_text(segment: Segment, number: int) -> str:
    rest = range(number + 1, len(segment.pieces))
    return next((text for at in rest if (text := segment.text_of(at))), "")


def _difference(shown: Letters, place: int, at: int, segment: Segment, number: int) -> Difference:
    piece: Piece = segment.pieces[number]
    start = min(at + segment.starts[number], place)
    follower = _next_text(segment, number)
    end = shown.find(follower, max(place, start)) if follower else -1
    end = end if 0 <= end <= start + TOLD + len(segment.text_of(number)) else start + TOLD
    return Difference(piece.field, piece.caption, piece.text or "", shown.readable(start, end))
