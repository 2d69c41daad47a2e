"""Vietnamese names: how they are searched and in which order they stand."""

import unicodedata
from collections.abc import Iterator

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ["\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]  # huyền hỏi ngã sắc nặng
STROKED = str.maketrans({"đ": "d", "ƀ": "b"})  # the letters that Unicode does not take apart
APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ`´"))

# Keys hold nothing but lower-case ASCII letters, so that every collation of every database
# sorts them alike; "h" is left out, because some take "ch" or "th" for one letter.
KEY_LETTERS = "cdefgi"
WORD_END = "b"
LETTER_KEYS = {
    letter: KEY_LETTERS[i // len(KEY_LETTERS)] + KEY_LETTERS[i % len(KEY_LETTERS)]
    for i, letter in enumerate(ALPHABET)
}
TONE_KEYS = dict(zip(TONES, KEY_LETTERS, strict=False))


def fold(text: str) -> str:
    """Without diacritics, apostrophes, letter case and double spaces: "Đỗ  Ân" is "do an"."""
    plain = "".join(letter for letter, _marks in _letters(text))
    return " ".join(plain.translate(STROKED).translate(APOSTROPHES).split())


def guess_given_name(full_name: str) -> str:
    """The last word, but the first one of names such as "H'Hen Niê"."""
    words = full_name.split()
    if not words:
        return ""
    starts_with_h = words[0].lower().translate({ord("’"): "'"}).startswith("h'")
    return words[0] if starts_with_h else words[-1]


def sort_key(full_name: str, given_name: str) -> str:
    """Orders by given name, then family name, then the names between.

    Each of them by its letters first, and by its tones where the letters are the same.
    """
    given, others = given_name.split(), _without(full_name.split(), given_name.split())
    return "".join(_part_key(part) for part in [given, *([word] for word in others)])


def _without(words: list[str], given: list[str]) -> list[str]:
    """The given name stands at the end, or else at the beginning."""
    count = len(given)
    if words[len(words) - count :] == given:
        return words[: len(words) - count]
    return words[count:] if words[:count] == given else words


def _part_key(words: list[str]) -> str:
    letters = "".join(_letters_key(word) + WORD_END for word in words)
    tones = "".join(_tones_key(word) + WORD_END for word in words)
    return letters + WORD_END + tones


def _letters_key(word: str) -> str:
    return "".join(LETTER_KEYS.get(_in_alphabet(*pair), "") for pair in _letters(word))


def _tones_key(word: str) -> str:
    """Not where the tone stands, so that Hòa and Hoà are the same name."""
    return "".join(TONE_KEYS.get(mark, "") for _, marks in _letters(word) for mark in marks)


def _in_alphabet(letter: str, marks: str) -> str:
    """With the mark that makes it another Vietnamese letter, without those of other scripts."""
    for mark in marks:
        composed = unicodedata.normalize("NFC", letter + mark)
        if composed in LETTER_KEYS:
            return composed
    return letter if letter in LETTER_KEYS else letter.translate(STROKED)


def _letters(text: str) -> Iterator[tuple[str, str]]:
    """Each letter with the marks that follow it when the text is decomposed."""
    letter, marks = "", ""
    for char in unicodedata.normalize("NFD", text.lower()):
        if unicodedata.combining(char):
            marks += char
            continue
        if letter:
            yield letter, marks
        letter, marks = char, ""
    if letter:
        yield letter, marks
