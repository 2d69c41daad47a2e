import math

from hypothesis import given, settings
from hypothesis import strategies as st

from reportcards.signing.stamp_text import MAY_BREAK, SIZES, Box, Line, around, block
from tests.reportcards.signing.stamp_pages import are_inside, letters_on, page_of, text_on

INK = (0.0, 0.0, 0.0)
BOX = Box(10, 10, 100, 40)
LETTERS = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyẮẶỄỘỮỲ.,-()\\ "), min_size=1, max_size=80
)


def page(*lines: Line, box: Box = BOX, is_centred: bool = False) -> bytes:
    content = b"\n".join(block(lines, box, is_centred=is_centred))
    return page_of(content, 200, 60)


def lines_on(pdf: bytes) -> list[str]:
    return text_on(pdf).splitlines()


def heights_of(pdf: bytes) -> list[float]:
    return sorted(each.top - each.bottom for each in letters_on(pdf))


def ring(text: str, *, is_below: bool) -> bytes:
    content = around(Line(text, INK), (50, 50), 40, 10, is_below=is_below)
    return page_of(b"\n".join(content), 100, 100)


def test_a_short_line_is_set_in_the_largest_size():
    [letter] = letters_on(page(Line("H", INK)))
    [twice] = letters_on(page(Line("H", INK, scale=2)))
    assert math.isclose((twice.top - twice.bottom) / (letter.top - letter.bottom), 2, rel_tol=0.1)
    assert letter.top - letter.bottom > SIZES[0] * 0.6


def test_more_lines_are_set_smaller_until_they_fit():
    few, many = page(*[Line("Hạnh", INK)] * 3), page(*[Line("Hạnh", INK)] * 8)
    assert heights_of(many)[0] < heights_of(few)[0]
    assert lines_on(many) == ["Hạnh"] * 8


def test_a_line_is_broken_between_words():
    assert lines_on(page(Line("Trường Tiểu học Nguyễn Thị Minh Khai", INK))) == [
        "Trường Tiểu học Nguyễn",
        "Thị Minh Khai",
    ]


def test_a_word_is_broken_where_it_may_be_and_nothing_is_seen_of_it_elsewhere():
    serial = f"{'A' * 20}{MAY_BREAK}{'B' * 20}"
    assert lines_on(page(Line(f"x {serial}", INK), box=Box(0, 0, 60, 60)))[-1] == "B" * 20
    assert lines_on(page(Line(f"A{MAY_BREAK}B", INK))) == ["AB"]


def test_a_word_without_such_a_place_makes_the_text_smaller():
    whole = "A" * 20
    pdf = page(Line(whole, INK), box=Box(0, 0, 80, 60))
    assert lines_on(pdf) == [whole]
    assert heights_of(pdf)[0] < SIZES[0] * 0.6


def test_a_word_that_fits_in_no_size_is_broken_anywhere():
    lines = lines_on(page(Line("M" * 60, INK), box=Box(0, 0, 60, 60)))
    assert "".join(lines) == "M" * 60
    assert len(lines) > 1


def test_a_binding_space_is_no_place_to_break():
    text = "aaaaaaaaaaaaaaaaaa b\N{NO-BREAK SPACE}ccc"
    assert lines_on(page(Line(text, INK), box=Box(0, 0, 85, 60)))[-1] == "b ccc"


def test_lines_begin_at_the_left_or_stand_in_the_middle():
    left = min(each.left for each in letters_on(page(Line("HH", INK))))
    assert math.isclose(left, BOX.left, abs_tol=1)
    centred = letters_on(page(Line("HH", INK), is_centred=True))
    middle = (centred[0].left + centred[-1].right) / 2
    assert math.isclose(middle, BOX.left + BOX.width / 2, abs_tol=0.5)


def test_a_block_stands_in_the_middle_of_its_height():
    [letter] = letters_on(page(Line("H", INK)))
    assert math.isclose((letter.bottom + letter.top) / 2, BOX.bottom + BOX.height / 2, abs_tol=2)


def test_around_a_circle_the_text_is_in_the_middle_of_its_side():
    above = letters_on(ring("HOH", is_below=False))
    below = letters_on(ring("HOH", is_below=True))
    for letters in (above, below):
        assert math.isclose((letters[1].left + letters[1].right) / 2, 50, abs_tol=0.5)
        assert letters[0].left < letters[1].left < letters[2].left
    assert above[1].bottom > 85
    assert below[1].top < 25


def test_around_a_circle_long_text_is_made_smaller_and_closes_no_ring():
    pdf = ring("TRƯỜNG TIỂU HỌC " * 6, is_below=False)
    letters = letters_on(pdf)
    assert letters[0].left < 20
    assert letters[-1].right > 80
    assert min(each.bottom for each in letters) > 30


@settings(max_examples=25)
@given(texts=st.lists(LETTERS, min_size=1, max_size=4))
def test_whatever_is_written_stays_in_its_box_and_loses_no_letter(texts: list[str]):
    box = Box(0, 0, 190, 60)
    letters = letters_on(page(*[Line(text, INK) for text in texts], box=box))
    assert are_inside(letters, 195, 62)
    drawn = "".join(each.text for each in letters)
    assert drawn == "".join("".join(text.split()) for text in texts)
