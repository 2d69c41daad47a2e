"""Whether a text can stand on a document: letter for letter, in the typeface of the documents."""

import re
import unicodedata
from functools import cache

from schools.printable_characters import RANGES

LINE_ENDS_AND_TABS = "\n\r\t"
SEEN = frozenset("LNPS")
"""The first letters of the Unicode categories whose characters somebody sees alone."""


def unprintable_in(text: str) -> str | None:
    """The first character that no document can print; None where all of the text can be.

    An accent is printed with the letter before it: one that stands alone is not, nor a second.
    """
    found = _unprintable().search(unicodedata.normalize("NFC", text))
    return found.group() if found else None


@cache
def _unprintable() -> re.Pattern[str]:
    bounds = (part.partition("-") for part in RANGES.split())
    ranges = "".join(rf"\U{first:0>8}-\U{last or first:0>8}" for first, _dash, last in bounds)
    accents = r"\u0300-\u0333"
    without_letter = r"(?<![^\W\d_])"
    return re.compile(rf"[^{ranges}{LINE_ENDS_AND_TABS}]|{without_letter}[{accents}]")


def can_be_seen(character: str) -> bool:
    """Whether a sentence may show it as it is."""
    return unicodedata.category(character)[0] in SEEN and not _turns_direction(character)


def _turns_direction(character: str) -> bool:
    return unicodedata.bidirectional(character) in {"R", "AL"}


def code_point(character: str) -> str:
    return f"U+{ord(character):04X}"
