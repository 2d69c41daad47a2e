"""Whether a comment names another pupil of the class: it was pasted into the wrong row, perhaps.

A warning only, so it is rather silent than wrong. Names are compared word by word in NFC with
their diacritics, and one never counts that is part of the pupil's own. Many given names are
common words (an, bình, hòa): alone they count with a capital in mid-sentence only, and neither
in a longer proper name (Việt Nam) nor where they name a language (tiếng Anh).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from schools.names import guess_given_name

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ‘][^\W\d_]+)*")
APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘", "'"))
GAP_INSIDE_A_SENTENCE = re.compile(r"[ \t]*,?[ \t]*")
COMMA = ","
SHORTEST_NAME_IN_SMALL_LETTERS = 3
# Before or after these words a name is that of a language or a country.
BEFORE_LANGUAGES = frozenset({"tiếng", "nước", "người", "môn"})
AFTER_LANGUAGES = frozenset({"văn", "ngữ"})
PLACES = frozenset({("Việt", "Nam")})
# Tones stand on either vowel: Hoà and Hòa, Thuý and Thúy are one name.
OLD_TONES = {
    f"{first}{marked}": f"{marked_first}{second}"
    for first, second, marked_firsts, markeds in (
        ("o", "a", "òóỏõọ", "àáảãạ"),
        ("o", "e", "òóỏõọ", "èéẻẽẹ"),
        ("u", "y", "ùúủũụ", "ỳýỷỹỵ"),
    )
    for marked_first, marked in zip(marked_firsts, markeds, strict=True)
}

Words = tuple[str, ...]


class Classmates:
    """The names of a class, to be looked for in comments on its pupils."""

    def __init__(self, full_names: Iterable[str]) -> None:
        self.by_name: dict[Words, list[str]] = {}
        self.by_small_name: dict[Words, str] = {}
        for full_name in full_names:
            words = words_of(full_name)
            for name in _names(words):
                self.by_name.setdefault(name, []).append(full_name)
            if len(words) >= SHORTEST_NAME_IN_SMALL_LETTERS:
                self.by_small_name[_small(words)] = full_name

    def named_in(self, text: str, *, own_name: str) -> list[str]:
        """The full names of others whom a comment on this pupil seems to name, in its order."""
        own = words_of(own_name)
        found = [
            full_name
            for sentence in _sentences(text)
            for full_name in [*self._capitals(sentence, own), *self._small(sentence, own)]
        ]
        return list(dict.fromkeys(found))

    def _capitals(self, sentence: Words, own: Words) -> Iterator[str]:
        for start, end in _runs(sentence):
            if start == 0 and sentence[:end] not in self.by_name:
                start = 1  # the capital of a sentence, not of a name
            name = sentence[start:end]
            if _is_another_thing(sentence, start, end) or _contains(own, name):
                continue
            yield from self.by_name.get(name, ())

    def _small(self, sentence: Words, own: Words) -> Iterator[str]:
        """A full name is no common word, even in small letters."""
        small = _small(sentence)
        for name, full_name in self.by_small_name.items():
            if _contains(small, name) and not _contains(_small(own), name):
                yield full_name


def words_of(text: str) -> Words:
    plain = unicodedata.normalize("NFC", text).translate(APOSTROPHES)
    return tuple(_with_one_tone_place(word) for word in WORD.findall(plain))


def _with_one_tone_place(word: str) -> str:
    old = OLD_TONES.get(word[-2:].lower())
    if old is None or word[-3:-2].lower() == "q":
        return word
    return word[:-2] + (old.upper() if word.isupper() else old)


def _names(words: Words) -> Iterator[Words]:
    """The ways to call a pupil by capitals: from the full name down to the given name."""
    if words and words[0] == guess_given_name(" ".join(words)) and len(words) > 1:
        yield words
        yield words[:1]
        return
    yield from (words[start:] for start in range(len(words)))


def _sentences(text: str) -> Iterator[Words]:
    """Words with nothing but blanks and commas between them; a comma stands as a word."""
    plain = unicodedata.normalize("NFC", text).translate(APOSTROPHES)
    sentence: list[str] = []
    end = 0
    for match in WORD.finditer(plain):
        gap = plain[end : match.start()]
        if sentence and not GAP_INSIDE_A_SENTENCE.fullmatch(gap):
            yield tuple(sentence)
            sentence = []
        if sentence and COMMA in gap:
            sentence.append(COMMA)
        sentence.append(_with_one_tone_place(match.group()))
        end = match.end()
    yield tuple(sentence)


def _runs(sentence: Words) -> Iterator[tuple[int, int]]:
    """Capitalised words side by side; the first of a sentence alone tells nothing."""
    start = 0
    while start < len(sentence):
        end = start
        while end < len(sentence) and sentence[end][0].isupper():
            end += 1
        if end > max(start, 1):
            yield start, end
        start = end + 1


def _is_another_thing(sentence: Words, start: int, end: int) -> bool:
    if end - start > 1:
        return False
    before = sentence[start - 1] if start else ""
    after = sentence[end] if end < len(sentence) else ""
    return (
        before.lower() in BEFORE_LANGUAGES
        or after.lower() in AFTER_LANGUAGES
        or (before, sentence[start]) in PLACES
    )


def _contains(words: Sequence[str], part: Words) -> bool:
    size = len(part)
    return any(tuple(words[at : at + size]) == part for at in range(len(words) - size + 1))


def _small(words: Words) -> Words:
    return tuple(word.lower() for word in words)
