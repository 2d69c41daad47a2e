"""What stands in which field of the display form, for every pupil."""

import math
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcards.display.form import (
    CELL_PADDING,
    CONFIRMED_IN_HER_PLACE,
    LINE_HEIGHT,
    TRAIT_ROW_HEIGHTS,
    DisplayForm,
    SubjectRow,
    TraitBlock,
    TraitRow,
    display_form,
    lines_in,
    printed_day,
)
from rulesets import get_ruleset
from tests.reportcards.cards import card_payload, grade_payload, not_assessed_payload
from tests.reportcards.display.pages import DIGEST, a_form

comments = st.text("aăâ \n.,", max_size=3000)


def block_of(comment: str, rows: int = 3) -> TraitBlock:
    traits = tuple(TraitRow(f"trait_{number}", "Tự chủ", "Tốt") for number in range(rows))
    return TraitBlock("quality", "Những phẩm chất chủ yếu", traits, comment)


def subject(form: DisplayForm, code: str) -> SubjectRow:
    return next(row for row in form.subjects if row.code == code)


def levels(form: DisplayForm) -> set[str | None]:
    return {row.level for block in form.traits for row in block.rows}


def test_the_cover_and_the_information_are_the_pupils():
    form = a_form()
    assert (form.full_name, form.class_name, form.school_year) == (
        "Lê Minh Anh",
        "4A",
        "2026 – 2027",
    )
    assert (form.commune_name, form.district_name, form.province_name) == (
        "Phường Buôn Hồ",
        "",
        "Tỉnh Đắk Lắk",
    )
    assert (form.gender, form.date_of_birth, form.personal_id) == (
        "Nữ",
        "02/09/2016",
        "066316001234",
    )
    assert (form.father_name, form.mother_name, form.guardian_name) == (
        "Lê Văn Bảo",
        "Phạm Thị Hòa",
        "",
    )


def test_the_label_says_school_and_the_name_does_not_say_it_again():
    assert a_form().school_name == "Tiểu học Kim Đồng"


def test_who_signs_and_when_stand_on_it_with_the_number_and_the_digest():
    form = a_form()
    assert (form.leader_name, form.leader_title, form.issued_on) == (
        "Nguyễn Thị Hạnh",
        "Hiệu trưởng",
        "31/05/2027",
    )
    assert form.uuid == card_payload()["uuid"]
    assert form.digest == DIGEST
    assert form.place_of_issue == "Buôn Hồ"


def test_the_conclusion_is_that_of_the_paper_form():
    form = a_form()
    assert form.outcome == "Hoàn thành tốt"
    assert form.rewards == (
        "Đạt danh hiệu Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện; "
        "Giải Nhì hội thi vẽ tranh cấp tỉnh"
    )
    assert form.completion == "Hoàn thành chương trình lớp 4; Được lên lớp 5."


@pytest.mark.parametrize("grade_level", [1, 2, 3, 4, 5])
def test_every_row_of_the_form_stands_in_every_grade(grade_level):
    ruleset = get_ruleset("tt27")
    form = display_form(grade_payload(grade_level), digest=DIGEST)
    assert [row.code for row in form.subjects] == [each.code for each in ruleset.subjects]
    assert [len(block.rows) for block in form.traits] == [5, 3, 7]
    assert [block.group for block in form.traits] == [
        "quality",
        "general_competence",
        "specific_competence",
    ]


@pytest.mark.parametrize("payload", [card_payload(), grade_payload(1), not_assessed_payload()])
def test_a_form_of_a_payload_leaves_nothing_unknown(payload):
    form = display_form(payload, digest=DIGEST)
    assert all(getattr(form, each.name) is not None for each in fields(form))
    assert None not in levels(form)
    assert not any(None in (row.level, row.score, row.comment) for row in form.subjects)


def test_levels_are_in_words_and_a_language_is_named():
    english = subject(a_form(), "ngoai_ngu_1")
    assert english.name == "Ngoại ngữ 1 Tiếng Anh"
    assert (english.level, english.score) == ("Hoàn thành tốt", "9")
    assert levels(a_form()) == {"Tốt"}


def test_a_subject_without_a_test_has_no_score():
    assert subject(a_form(), "dao_duc").score == ""


def test_a_subject_that_is_not_taught_keeps_its_empty_row():
    row = subject(a_form(), "tu_nhien_va_xa_hoi")
    assert row == SubjectRow("tu_nhien_va_xa_hoi", "Tự nhiên và Xã hội", "", "", "")


def test_an_exemption_is_said_in_words():
    exempt = [
        entry | {"level": "M", "level_name": "Miễn", "score": None}
        for entry in card_payload()["subjects"]
    ]
    assert subject(a_form(subjects=exempt), "giao_duc_the_chat").level == "Miễn"


def test_a_pupil_who_is_not_assessed_has_no_level_and_no_result():
    form = display_form(not_assessed_payload(), digest=DIGEST)
    assert {row.level for row in form.subjects} == {""}
    assert levels(form) == {""}
    assert (form.outcome, form.rewards, form.completion) == ("", "", "")


def test_a_personal_id_that_nobody_knows_stays_empty():
    assert a_form(student={"personal_id": None}).personal_id == ""


def test_the_homeroom_teacher_is_named():
    assert a_form().homeroom_teacher == "Trần Thị Ngọc"


def test_of_a_teacher_who_is_gone_the_form_says_that_a_leader_confirms():
    form = a_form(homeroom_signer={"stands_in_for": "Vũ Văn Nam"})
    assert form.homeroom_teacher == f"Vũ Văn Nam {CONFIRMED_IN_HER_PLACE}"


def test_without_a_homeroom_teacher_the_place_is_empty():
    assert a_form(homeroom_signer=None).homeroom_teacher == ""


def test_a_day_is_printed_as_people_write_it():
    assert printed_day("2027-01-09") == "09/01/2027"


@pytest.mark.parametrize(
    ("name", "halves"),
    [
        ("Toán", ("Toán", "")),
        ("Tin học và Công nghệ (Tin học)", ("Tin học và Công nghệ", "(Tin học)")),
        (None, ("", "")),
    ],
)
def test_the_half_of_a_subject_is_kept_together(name, halves):
    assert SubjectRow("toan", name, "", "", "").halves == halves


@given(comments, st.sampled_from([3, 5, 7]))
def test_the_rows_have_room_for_a_comment_that_is_not_long(comment, rows):
    block = block_of(comment, rows)
    assert block.row_height in TRAIT_ROW_HEIGHTS
    if not block.is_long:
        room = rows * (block.row_height + CELL_PADDING) - CELL_PADDING
        assert lines_in(comment) * LINE_HEIGHT <= room + 1e-9


@given(comments, st.sampled_from([3, 5, 7]))
def test_a_comment_is_long_when_the_tallest_rows_have_no_room_for_it(comment, rows):
    block = block_of(comment, rows)
    tallest = rows * (TRAIT_ROW_HEIGHTS[-1] + CELL_PADDING) - CELL_PADDING
    assert block.is_long == (lines_in(comment) * LINE_HEIGHT > tallest + 1e-9)


def test_a_usual_comment_leaves_the_rows_as_they_are():
    assert block_of("Em chăm ngoan. " * 8).row_height == TRAIT_ROW_HEIGHTS[0]


def test_an_unknown_comment_needs_no_room():
    assert lines_in(None) == 0
    assert not SubjectRow("toan", "Toán", None, None, None).is_long


@pytest.mark.parametrize(("letters", "is_long"), [(830, False), (850, True)])
def test_a_subjects_row_may_break_when_its_comment_fills_much_of_a_page(letters, is_long):
    assert SubjectRow("toan", "Toán", "", "", "a" * letters).is_long == is_long


@pytest.mark.parametrize(("letters", "fit"), [(0, True), (119, True), (130, False)])
def test_the_subjects_fit_on_a_page_when_their_comments_are_three_lines(letters, fit):
    subjects = [entry | {"comment": "a" * letters} for entry in card_payload()["subjects"]]
    assert a_form(subjects=subjects).subjects_fit == fit


def test_each_line_of_a_comment_counts():
    assert lines_in("Một.\nHai.\n\nBốn.") == 4
    assert math.isclose(lines_in("a" * 500), 11)
