"""Every letter on the pages of a display form is accounted for, and what differs is named."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportcards.display.comparison import Difference, first_difference
from reportcards.display.form import DisplayForm, TraitBlock
from reportcards.display.pieces import Piece, pieces
from tests.reportcards.cards import not_assessed_payload
from tests.reportcards.display.pages import DIGEST, a_form, changed, pages_of, pages_with

pytestmark = pytest.mark.any_database

FORM = a_form()
PIECES = pieces(FORM)
SHOWN = [number for number, piece in enumerate(PIECES) if piece.text]
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyÀẢẠĂẰÊẾÔỐƠỜƯỨỲ0123456789.,;:-–()/'\"&<>%"

texts_with_spaces = st.text(LETTERS + "  \n", max_size=300).map(str.strip)


def found_in(shown: Sequence[Piece], form: DisplayForm = FORM) -> Difference | None:
    return first_difference(pages_with(form, shown), form)


@given(width=st.integers(8, 90), height=st.integers(5, 200))
@settings(max_examples=30)
def test_line_and_page_breaks_make_no_difference(width, height):
    assert first_difference(pages_of(FORM, width=width, height=height), FORM) is None


@given(comment=texts_with_spaces, name=texts_with_spaces, width=st.integers(8, 90))
@settings(max_examples=40)
def test_whatever_the_form_says_is_found_on_pages_that_show_it(comment, name, width):
    form = a_form(student={"full_name": name}, comments={"quality": comment})

    assert first_difference(pages_of(form, width=width), form) is None


@given(st.sampled_from(SHOWN), st.data())
@settings(max_examples=80)
def test_one_changed_letter_is_found_and_its_field_named(number, data):
    text = PIECES[number].text
    at = data.draw(st.sampled_from([at for at, letter in enumerate(text) if letter != " "]))
    letter = data.draw(st.sampled_from(LETTERS).filter(lambda letter: letter != text[at]))
    difference = found_in(changed(PIECES, number, text[:at] + letter + text[at + 1 :]))

    assert difference is not None
    assert difference.field == PIECES[number].field
    assert difference.caption == PIECES[number].caption
    assert difference.expected == text


@given(st.sampled_from(SHOWN), st.data())
@settings(max_examples=50)
def test_one_missing_letter_is_found_and_its_field_named(number, data):
    text = PIECES[number].text
    at = data.draw(st.sampled_from([at for at, letter in enumerate(text) if letter != " "]))
    difference = found_in(changed(PIECES, number, text[:at] + text[at + 1 :]))

    assert difference is not None
    assert difference.field == PIECES[number].field


@given(st.sampled_from(SHOWN), st.sampled_from(LETTERS), st.data())
@settings(max_examples=50)
def test_one_letter_more_is_found_and_its_field_named(number, letter, data):
    text = PIECES[number].text
    at = data.draw(st.integers(0, len(text)))
    difference = found_in(changed(PIECES, number, text[:at] + letter + text[at:]))

    assert difference is not None
    assert difference.field == PIECES[number].field


@given(st.sampled_from([n for n in SHOWN if " " in PIECES[n].text]), st.data())
@settings(max_examples=40)
def test_a_space_that_is_lost_is_found(number, data):
    text = PIECES[number].text
    at = data.draw(st.sampled_from([at for at, letter in enumerate(text) if letter == " "]))
    shown = changed(PIECES, number, text[:at] + text[at + 1 :])
    difference = first_difference(pages_with(FORM, shown, width=500), FORM)

    assert difference is not None
    assert difference.field == PIECES[number].field


@given(st.sampled_from([number for number in SHOWN if PIECES[number].field]), st.data())
@settings(max_examples=40)
def test_a_space_within_a_word_is_found(number, data):
    text = PIECES[number].text
    inside = [at for at in range(1, len(text)) if " " not in text[at - 1 : at + 1]]
    assume(inside)
    at = data.draw(st.sampled_from(inside))
    shown = changed(PIECES, number, f"{text[:at]} {text[at:]}")

    assert first_difference(pages_with(FORM, shown, width=500), FORM) is not None


def test_the_difference_tells_what_is_there():
    number = SHOWN[3]
    difference = found_in(changed(PIECES, number, "Họ tên học sinh:"))

    assert difference == Difference(
        "full_name", "Họ và tên học sinh", "Họ và tên học sinh:", "Họ tên học sinh:"
    )


def test_a_value_that_is_not_there_is_told_as_nothing():
    form = replace(FORM, rewards="")
    difference = first_difference(pages_of(form), FORM)

    assert difference.field == "rewards"
    assert difference.found == ""


def test_a_value_in_an_empty_place_is_told_with_the_place():
    guardian = replace(FORM, guardian_name="Lê Thị Tư")
    difference = first_difference(pages_of(guardian), FORM)

    assert difference == Difference("guardian_name", "Người giám hộ (nếu có)", "", "Lê Thị Tư")


def with_row(code: str, **changes: str) -> DisplayForm:
    return replace(
        FORM,
        subjects=tuple(
            replace(row, **changes) if row.code == code else row for row in FORM.subjects
        ),
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("level", "Hoàn thành"),
        ("level", ""),
        ("score", "8"),
        ("score", "10"),
        ("score", ""),
        ("comment", "Nắm chắc kiến thức"),
        ("comment", ""),
    ],
)
def test_a_row_that_says_something_else_is_told_by_its_subject(field, value):
    difference = first_difference(pages_of(with_row("khoa_hoc", **{field: value})), FORM)

    assert difference.field == f"subjects.khoa_hoc.{field}"
    assert difference.found == value


def test_letters_that_move_into_the_next_cell_are_found():
    form = with_row("toan", score="1", comment="0 lỗi chính tả.")
    moved = with_row("toan", score="10", comment="lỗi chính tả.")

    assert first_difference(pages_of(form), moved).field == "subjects.toan.score"


def test_two_rows_whose_levels_change_places_are_found():
    shown, swapped = with_row("toan", level="Hoàn thành"), with_row("khoa_hoc", level="Hoàn thành")

    assert first_difference(pages_of(shown), swapped).field == "subjects.toan.level"


@pytest.mark.parametrize("number", range(len(FORM.traits)))
def test_a_comment_of_traits_is_told_by_its_group(number):
    blocks = list(FORM.traits)
    blocks[number] = replace(blocks[number], comment="Chăm ngoan, đoàn kết với bạn.")
    difference = first_difference(pages_of(replace(FORM, traits=tuple(blocks))), FORM)

    assert difference.field == f"comments.{FORM.traits[number].group}"
    assert difference.found == "Chăm ngoan, đoàn kết với bạn."


def test_a_long_comment_stands_behind_all_rows_of_its_traits():
    form = a_form(comments={"quality": "Biết giữ lời hứa, giúp đỡ bạn bè trong lớp. " * 45})
    block: TraitBlock = form.traits[0]
    order = [piece.field for piece in pieces(form)]

    assert block.is_long
    assert order.index("comments.quality") > order.index("traits.trach_nhiem.level")
    assert first_difference(pages_of(form, height=30), form) is None


def repeated(form: DisplayForm, *head: str) -> tuple[str, ...]:
    """Pages that begin with a table's head, as where the table goes on, but for the first two."""
    pages = pages_of(form, height=40)
    return (*pages[:2], *("\n".join((*head, page)) for page in pages[2:]))


def test_a_tables_head_may_stand_again_at_the_top_of_a_page():
    head = ("Môn học và hoạt động giáo dục", "Mức đạt được", "Điểm kiểm tra", "Nhận xét")

    assert len(pages_of(FORM, height=40)) > 2
    assert first_difference(repeated(FORM, *head), FORM) is None


def test_half_a_head_may_not():
    assert first_difference(repeated(FORM, "Mức đạt được", "Nhận xét"), FORM) is not None


def test_a_head_that_stands_on_a_new_page_for_the_first_time_is_not_taken_for_another():
    lines = [piece.text for piece in PIECES if piece.text]
    first = lines.index("Môn học và hoạt động giáo dục")

    assert first_difference(pages_of(FORM, width=500, height=first), FORM) is None


@pytest.mark.parametrize("at", [0, -1])
def test_text_at_the_end_of_a_page_is_found(at):
    pages = list(pages_of(FORM))
    pages[at] += "\nHọc sinh Xuất sắc"

    assert "Học sinh Xuất sắc" in first_difference(pages, FORM).found


def test_text_behind_the_last_name_belongs_to_nothing():
    shown = [*PIECES, Piece("", "", "Học sinh Xuất sắc")]

    assert found_in(shown) == Difference("", "", "", "Học sinh Xuất sắc")


def test_what_goes_on_behind_the_last_name_belongs_to_it():
    shown = [*PIECES, Piece("", "", "-Hương", is_own=False)]

    assert found_in(shown) == Difference(
        "homeroom_teacher", "Giáo viên chủ nhiệm", "Trần Thị Ngọc", "Trần Thị Ngọc-Hương"
    )


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (f": {FORM.uuid}", ": 123e4567-e89b-42d3-a456-556642440009", "uuid"),
        (DIGEST, DIGEST.replace("0", "1"), "digest"),
        ("Trang 2/", "Trang 3/", "full_name"),
        (f"· {FORM.owner}", "· Lê Minh Ánh", "full_name"),
        ("Mã số tra cứu học bạ (UUID): ", "", "uuid"),
    ],
)
def test_a_foot_that_says_something_else_is_found(old, new, field):
    pages = list(pages_of(FORM))
    pages[1] = pages[1].replace(old, new)
    difference = first_difference(pages, FORM)

    assert difference is not None
    assert difference.field == field


def test_a_comment_that_reads_like_a_foot_is_still_a_comment():
    comment = f"Mã số tra cứu học bạ (UUID): {FORM.uuid}\nMã băm nội dung (SHA-256): {DIGEST}"
    form = with_row("toan", comment=comment)

    assert first_difference(pages_of(form), form) is None
    assert first_difference(pages_of(form), FORM).field == "subjects.toan.comment"


def test_no_page_is_no_form():
    assert first_difference([], FORM) is not None


def test_a_pupil_who_is_not_assessed_has_a_form_to_compare():
    form = a_form(**not_assessed_payload())

    assert first_difference(pages_of(form), form) is None
    assert first_difference(pages_of(form), FORM) is not None


def test_a_form_of_which_nobody_knows_a_name_agrees_with_any():
    form = replace(FORM, full_name=None, homeroom_teacher=None)

    assert first_difference(pages_of(FORM), form) is None


def test_around_what_nobody_knows_all_is_compared():
    unknown = with_row("toan", comment=None)
    shown = with_row("ngoai_ngu_1", score="8")

    assert first_difference(pages_of(FORM), unknown) is None
    assert first_difference(pages_of(shown), unknown).field == "subjects.ngoai_ngu_1.score"
