"""Vietnamese names: how they are searched and in which order they stand."""

import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]  # ngang huyền hỏi ngã sắc nặng
SHAPES = {"\u0306", "\u0302", "\u031b"}  # the marks of ă, â ê ô, ơ ư: letters of their own

# Keys hold nothing but lower-case ASCII letters, so that every collation of every
# database sorts them alike: two letters for each letter, "b" between words.
LETTER_KEYS = {letter: chr(99 + i // 8) + chr(99 + i % 8) for i, letter in enumerate(ALPHABET)}
WORD_END = "b"


def fold(text: str) -> str:
    """The text without diacritics, letter case and double spaces: "Đỗ  Ân" gives "do an"."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.split())


def guess_given_name(full_name: str) -> str:
    """The last word, but the first one of names such as "H'Hen Niê"."""
    words = full_name.split()
    if not words:
        return ""
    return words[0] if words[0].lower().startswith("h'") else words[-1]


def sort_key(full_name: str, given_name: str) -> str:
    """Orders by given name, then family name, then the names between."""
    words = full_name.split()
    if given_name in words:
        words.remove(given_name)
    keys = [_word_key(word) for word in [given_name, *words]]
    letters = "".join(letters + WORD_END for letters, _ in keys)
    return letters + WORD_END + "".join(tones for _, tones in keys)


def _word_key(word: str) -> tuple[str, str]:
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", word.lower()):
        letter, tone = _split_tone(char)
        if letter in LETTER_KEYS:
            letters.append(LETTER_KEYS[letter])
            tones.append(chr(99 + tone))
    return "".join(letters), "".join(tones)


def _split_tone(char: str) -> tuple[str, int]:
    base, *marks = unicodedata.normalize("NFD", char)
    shapes = "".join(mark for mark in marks if mark in SHAPES)
    tone = next((TONES.index(mark) for mark in marks if mark in TONES), 0)
    return unicodedata.normalize("NFC", base + shapes), tone
