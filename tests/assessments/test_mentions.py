"""Another pupil's name in a comment: found where it is one, silent wherever it may not be."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.mentions import Classmates

ANH, DUC, HHEN = "Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"
AN, BINH, HOA = "Nguyễn Văn An", "Trần Thị Bình", "Phạm Thu Hòa"
NAM, VIET, MINH = "Hồ Hải Nam", "Đinh Quốc Việt", "Bùi Minh"
CLASS = [ANH, DUC, HHEN, AN, BINH, HOA, NAM, VIET, MINH]


def named(text: str, *, own: str = DUC) -> list[str]:
    return Classmates(CLASS).named_in(text, own_name=own)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        # The full name
        ("Em Lê Minh Anh chăm học.", [ANH]),
        ("Lê Minh Anh chăm học.", [ANH]),
        ("lê minh anh chăm học", [ANH]),
        ("Em chăm học như H'Hen Niê.", [HHEN]),
        ("Em chăm học như H’Hen Niê.", [HHEN]),
        # The given name with the middle name
        ("Minh Anh chăm học.", [ANH]),
        ("Em Minh Anh chăm học.", [ANH]),
        ("Bạn Thu Hòa đọc to.", [HOA]),
        # The given name alone, with a capital in mid-sentence
        ("Hay giúp bạn Anh.", [ANH]),
        ("Bạn Anh tính nhanh.", [ANH]),
        ("Em H'Hen đọc to.", [HHEN]),
        ("Em An, Bình và Hòa học nhóm.", [AN, BINH, HOA]),
        ("Chơi với Bình. Giúp An.", [BINH, AN]),
        ("Chăm.\nBạn Bình đọc to.", [BINH]),
        # Both places of the tone, and both forms of Unicode
        ("Em Hoà đọc to.", [HOA]),
        (unicodedata.normalize("NFD", "Em Hòa đọc to."), [HOA]),
    ],
)
def test_a_classmate_is_found(text: str, others: list[str]) -> None:
    assert named(text) == others


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Em chăm học.",
        # Her own name, in each of its ways
        "Em Võ Trí Đức chăm học.",
        "Em Trí Đức chăm học.",
        "Đức chăm học; Em Đức ngoan.",
        "võ trí đức",
        # Common words
        "Em sống hòa đồng, bình tĩnh, an toàn.",
        "An toàn là trên hết.",
        "Bình tĩnh hơn. Hòa đồng với bạn.",
        "Hòa. Bình! An?",
        "– Anh em như thể tay chân",
        "Biết ơn các anh bộ đội.",
        # Languages, countries, people of history
        "Em nghe tiếng Anh tốt.",
        "Tiếng Anh: nghe tốt.",
        "Tiếng Việt đọc trôi chảy.",
        "Tìm hiểu nước Anh, người Anh.",
        "Học tốt môn Anh.",
        "Điểm Anh văn cao.",
        "Yêu đất nước Việt Nam.",
        "Việt Nam quê em.",
        "Kể chuyện Hồ Chí Minh.",
        "Thăm tỉnh Hòa Bình.",
        "Ở Nam Định.",
        # Other diacritics are other names
        "Em Hoa đọc to.",
        "Bạn Ánh chăm.",
        # Part of a longer word
        "Em Anhdao.",
    ],
)
def test_silence(text: str) -> None:
    assert named(text) == []


def test_a_name_that_is_part_of_ones_own_does_not_count() -> None:
    classmates = Classmates([ANH, "Nguyễn Anh Thư"])

    assert classmates.named_in("Em Anh Thư chăm. Bạn Anh ngoan.", own_name="Nguyễn Anh Thư") == []
    assert classmates.named_in("Em Thư chăm.", own_name=ANH) == ["Nguyễn Anh Thư"]


def test_two_pupils_of_one_name() -> None:
    twins = ["Lê Minh Anh", "Trần Minh Anh"]

    assert Classmates(twins).named_in("Em Minh Anh ngoan.", own_name=twins[0]) == []
    assert Classmates(twins).named_in("Em Trần Minh Anh ngoan.", own_name=twins[0]) == [twins[1]]
    assert Classmates([*twins, DUC]).named_in("Bạn Anh ngoan.", own_name=DUC) == twins


def test_each_is_named_once_in_the_order_of_the_comment() -> None:
    assert named("Giúp An, Bình, rồi An.") == [AN, BINH]


def test_a_class_without_names_is_silent() -> None:
    assert Classmates([""]).named_in("Em Anh.", own_name="") == []


# Whatever the names

PARTS = "Nguyễn Lê Văn Thị Minh An Anh Bình Hòa Hoà Đức Thư H'Hen"
NOBODYS_WORDS = "chăm em bạn, tốt. ngoan! tiếng"
SMALL_WORDS = f"{NOBODYS_WORDS} an bình hòa anh"  # and, in capitals, somebody's name
names = st.lists(st.sampled_from(PARTS.split()), min_size=1, max_size=4).map(" ".join)
nobodys_words = st.lists(st.sampled_from(NOBODYS_WORDS.split()), max_size=8).map(" ".join)
small_words = st.lists(st.sampled_from(SMALL_WORDS.split()), max_size=8).map(" ".join)


@given(own=names, others=st.lists(names, max_size=6), before=nobodys_words, after=nobodys_words)
def test_ones_own_name_never_alarms(own: str, others: list[str], before: str, after: str) -> None:
    words = own.split()
    for start in range(len(words)):
        text = f"{before} {' '.join(words[start:])} {after}"
        found = Classmates([own, *others]).named_in(text, own_name=own)
        assert found == []


@given(others=st.lists(names, max_size=6), text=small_words)
def test_small_words_never_alarm(others: list[str], text: str) -> None:
    """Apart from a full name, which no words are by chance: there is one between each two."""
    text = text.replace(" ", " em ")
    assert Classmates(others).named_in(text, own_name=DUC) == []


@given(others=st.lists(names, min_size=1, max_size=6), data=st.data())
def test_a_full_name_in_mid_sentence_is_found(others: list[str], data: st.DataObject) -> None:
    other = data.draw(st.sampled_from(others))

    found = Classmates(others).named_in(f"em chơi với bạn {other} rất vui", own_name="Y Bông")

    assert other in found


@given(text=st.text(max_size=80), own=st.text(max_size=20))
def test_no_text_is_too_strange(text: str, own: str) -> None:
    assert set(Classmates(CLASS).named_in(text, own_name=own)) <= set(CLASS)
