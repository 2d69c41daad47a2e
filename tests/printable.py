"""Texts of any letters that documents can print, for the properties of what is typed."""

from hypothesis import strategies as st

from schools.printable import unprintable_in
from schools.printable_characters import RANGES


def _characters() -> str:
    bounds = (part.partition("-") for part in RANGES.split())
    codes = (range(int(first, 16), int(last or first, 16) + 1) for first, _dash, last in bounds)
    return "".join(chr(code) for row in codes for code in row)


PRINTABLE = _characters()


def printable_texts(*, min_size: int = 0, max_size: int = 60) -> st.SearchStrategy[str]:
    texts = st.text(PRINTABLE, min_size=min_size, max_size=max_size)
    return texts.filter(lambda text: unprintable_in(text) is None)
