"""Which text is Vietnamese: its letters tell."""

import unicodedata


def is_vietnamese(text: str) -> bool:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "đ" in decomposed or any(map(unicodedata.combining, decomposed))
