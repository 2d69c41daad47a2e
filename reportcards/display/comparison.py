"""Is what the pages show what the form says, no letter more and none less?

The pages' text is one stream of letters in the order in which it is drawn. A word may go on in
the next line, and space is where the form has some; where a piece ends, a line ends, so that no
letter moves from one cell to the next one unseen.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from reportcards.display.blame import Difference, difference_at, difference_behind, nearest
from reportcards.display.form import DisplayForm
from reportcards.display.pieces import OWNER, Piece, foot, pieces, table_heads
from reportcards.display.streams import Letters, letters_of, segments

DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def first_difference(texts: Sequence[str], form: DisplayForm) -> Difference | None:
    """Between the pages of a PDF, as `page_texts` reads them, and a form; None where all agrees.

    What the form does not know (None) may be anything, as long as all around it is there. A
    table's head may stand again at the top of a page.
    """
    form = form if form.digest else replace(form, digest=_digest_on(texts))
    body, heads, of_owner = Letters("", b""), table_heads(form), None
    for number, text in enumerate(texts, start=1):
        shown = letters_of(text.split("\n"))
        running = foot(form, number, len(texts))
        end = _foot_at(shown, running)
        difference = compare(shown.part(end), running)
        if difference and difference.field != OWNER:
            return difference
        of_owner = of_owner or difference
        begin = _repeated_head(heads, shown, behind=body)
        body = Letters.joined((body, shown.part(begin, end)))
    # What the owner's line says stands in the body too, where each field has its name.
    return compare(body, pieces(form)) or of_owner


def _digest_on(texts: Sequence[str]) -> str:
    """Whoever has no payload takes the digest at its word, the same one on every page."""
    found = DIGEST.findall(texts[0]) if texts else []
    return found[-1] if found else ""


def _foot_at(shown: Letters, running: Sequence[Piece]) -> int:
    """Where the last foot of the page begins; its end where there is none."""
    mark = letters_of([running[0].caption]).text
    return max(shown.text.rfind(mark), 0) if mark in shown.text else len(shown)


def _repeated_head(
    heads: Sequence[tuple[str, tuple[str, ...]]], shown: Letters, *, behind: Letters
) -> int:
    """How many letters the head of a table takes that goes on at the top of the page.

    Right behind its title it stands for the first time.
    """
    if any(behind.text.endswith(letters_of([title]).text) for title, _columns in heads):
        return 0
    columns = (letters_of(captions).text for _title, captions in heads)
    return next((len(head) for head in columns if shown.text.startswith(head)), 0)


def compare(shown: Letters, expected: Sequence[Piece]) -> Difference | None:
    """Gaps between the segments may be anything, so the first place that fits is as good as any."""
    first, *others = segments(expected)
    at = shown.agreement(first.letters, 0)
    if at < len(first):
        return difference_at(shown, 0, first)
    for segment in filter(len, others):
        begins = segment.place_in(shown, at, is_last=segment is others[-1])
        if begins is None:
            return difference_at(shown, nearest(shown, at, segment), segment)
        at = begins + len(segment)
    if at < len(shown) and expected[-1].text is not None:
        return difference_behind(shown, at, others[-1] if others else first)
    return None
