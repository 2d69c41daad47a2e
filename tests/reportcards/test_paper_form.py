import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcards.documents.paper_form import SubjectRow, TraitRow, YearState, name_after_label
from rulesets import Ruleset
from tests.reportcards.papers import DECISION, a_year, subjects_of
from tests.rulesets.invented import kitetest

__all__ = ["kitetest"]

FORM_ROWS = [
    ("Tiếng Việt", ""),
    ("Toán", ""),
    ("Ngoại ngữ 1", ""),
    ("Lịch sử và Địa lí", ""),
    ("Khoa học", ""),
    ("Tin học và Công nghệ", "Tin học"),
    ("Tin học và Công nghệ", "Công nghệ"),
    ("Đạo đức", ""),
    ("Tự nhiên và Xã hội", ""),
    ("Giáo dục thể chất", ""),
    ("Nghệ thuật", "Âm nhạc"),
    ("Nghệ thuật", "Mĩ thuật"),
    ("Hoạt động trải nghiệm", ""),
    ("Tiếng dân tộc", ""),
]


def row(name: str, qualifier: str = "", **changes: object) -> SubjectRow:
    rows = a_year(**changes).subjects
    return next(found for found in rows if (found.name, found.qualifier) == (name, qualifier))


@pytest.mark.parametrize("grade_level", [1, 2, 3, 4, 5])
def test_every_grade_has_all_fourteen_rows_in_the_order_of_the_form(grade_level: int) -> None:
    rows = a_year(grade_level=grade_level, subjects=[]).subjects
    assert [(found.name, found.qualifier) for found in rows] == FORM_ROWS


def test_a_subject_that_is_not_studied_is_an_empty_row() -> None:
    found = row("Tự nhiên và Xã hội", grade_level=4)
    assert (found.level, found.score, found.comment) == ("", "", "")


def test_a_subject_shows_level_score_and_comment() -> None:
    found = row("Tiếng Việt")
    assert (found.level, found.score, found.comment) == ("T", "9", "Nhận xét tieng_viet.")


def test_a_subject_without_test_has_no_score() -> None:
    assert row("Đạo đức").score == ""


def test_what_is_not_entered_is_empty() -> None:
    subjects = [{**entry, "level": None, "level_name": None} for entry in subjects_of(4)]
    assert row("Tiếng Việt", subjects=subjects).level == ""


def test_the_foreign_language_is_named() -> None:
    assert row("Ngoại ngữ 1", "Tiếng Anh").level == "T"


def test_an_exempt_subject_says_so_in_a_word() -> None:
    subjects = [{**entry, "level": "M", "level_name": "Miễn"} for entry in subjects_of(4)]
    assert row("Giáo dục thể chất", subjects=subjects).level == "Miễn"


def test_traits_stand_in_three_blocks_with_one_comment_each() -> None:
    blocks = a_year().traits
    assert [(block.name, len(block.rows)) for block in blocks] == [
        ("Những phẩm chất chủ yếu", 5),
        ("Những năng lực chung", 3),
        ("Những năng lực đặc thù", 7),
    ]
    assert [block.comment.split()[0] for block in blocks] == ["Đi", "Chủ", "Sử"]


def test_young_grades_have_empty_rows_for_technology_and_computing() -> None:
    rows = a_year(grade_level=1).traits[2].rows
    assert rows[3:5] == (TraitRow("Công nghệ"), TraitRow("Tin học"))
    assert rows[0] == TraitRow("Ngôn ngữ", "Đ")


def test_a_long_comment_is_shared_out_among_the_rows() -> None:
    comments = {"quality": "à" * 500, "general_competence": "", "specific_competence": "à" * 60}
    quality, general, specific = a_year(comments=comments).traits
    assert quality.row_height == 9
    assert general.row_height == specific.row_height == 6


def test_another_regulation_brings_its_own_rows(kitetest: Ruleset) -> None:
    pages = a_year(ruleset="kitetest", subjects=[], traits=[])
    assert [found.name for found in pages.subjects] == ["Thắt nút", "Đọc gió", "Vẽ diều"]
    assert [block.name for block in pages.traits] == ["Sự khéo léo"]


@pytest.mark.parametrize(
    ("height", "weight", "shown"),
    [
        ("128.5", "26.0", ("128,5 cm", "26 kg")),
        ("100.0", "20.5", ("100 cm", "20,5 kg")),
        ("120", "30", ("120 cm", "30 kg")),
        (None, None, ("", "")),
    ],
)
def test_measures_have_a_decimal_comma(
    height: str | None, weight: str | None, shown: tuple[str, str]
) -> None:
    pages = a_year(body={"height_cm": height, "weight_kg": weight})
    assert (pages.height, pages.weight) == shown


@given(st.integers(10, 300), st.integers(0, 9))
def test_no_digit_of_a_measure_is_lost(whole: int, tenth: int) -> None:
    pages = a_year(body={"height_cm": f"{whole}.{tenth}", "weight_kg": None})
    number = pages.height.removesuffix(" cm").replace(",", ".")
    assert float(number) == pytest.approx(whole + tenth / 10)


def test_absences_are_counted_in_half_days_and_none_is_said_too() -> None:
    pages = a_year()
    assert (pages.absences_with_leave, pages.absences_without_leave) == ("3 buổi", "0 buổi")


def test_absences_that_nobody_entered_are_empty() -> None:
    pages = a_year(attendance={"absences_with_leave": None, "absences_without_leave": None})
    assert (pages.absences_with_leave, pages.absences_without_leave) == ("", "")


@pytest.mark.parametrize(
    ("reward", "extraordinary", "shown"),
    [
        ("", "", ""),
        ("Học sinh Xuất sắc", "", "Học sinh Xuất sắc"),
        ("", "Giải Nhì cờ vua.", "Giải Nhì cờ vua"),
        ("Học sinh Xuất sắc.", "Giải Nhì cờ vua", "Học sinh Xuất sắc; Giải Nhì cờ vua"),
    ],
)
def test_rewards_are_one_line(reward: str, extraordinary: str, shown: str) -> None:
    decision = {**DECISION, "reward": reward, "extraordinary_reward": extraordinary}
    assert a_year(year_decision=decision).rewards == shown


@pytest.mark.parametrize(
    ("grade_level", "has_completed", "is_promoted", "sentence"),
    [
        (2, True, True, "Hoàn thành chương trình lớp 2; Được lên lớp 3."),
        (4, False, False, "Chưa hoàn thành chương trình lớp 4; Chưa được lên lớp."),
        (3, False, True, "Chưa hoàn thành chương trình lớp 3; Được lên lớp 4."),
        (1, False, None, "Chưa hoàn thành chương trình lớp 1."),
        (5, True, None, "Hoàn thành chương trình tiểu học."),
        (5, False, None, "Chưa hoàn thành chương trình tiểu học."),
    ],
)
def test_completion_is_said_as_the_circular_says_it(
    grade_level: int, *, has_completed: bool, is_promoted: bool | None, sentence: str
) -> None:
    decision = {**DECISION, "has_completed": has_completed, "is_promoted": is_promoted}
    assert a_year(grade_level=grade_level, year_decision=decision).completion == sentence


def test_without_a_decision_the_outcome_is_empty() -> None:
    pages = a_year(year_decision=None)
    assert (pages.outcome, pages.rewards, pages.completion) == ("", "", "")


def test_the_signature_has_place_date_and_both_names() -> None:
    signature = a_year().signature
    assert signature.place == "Buôn Hồ"
    assert signature.signed_on == datetime.date(2027, 5, 28)
    assert signature.signer_name == "Nguyễn Thị Hạnh"
    assert signature.homeroom_teacher == "Trần Thị Ngọc"


@pytest.mark.parametrize(
    ("title", "capacity"),
    [
        ("Hiệu trưởng", ()),
        ("Phó hiệu trưởng", ("KT. Hiệu trưởng", "Phó hiệu trưởng")),
        ("Phụ trách trường", ("Phụ trách trường",)),
    ],
)
def test_whoever_signs_for_the_principal_says_so(title: str, capacity: tuple[str, ...]) -> None:
    signer = {"full_name": "Đỗ Văn Phúc", "position_title": title}
    assert a_year(signed_by=signer).signature.signer_capacity == capacity


def test_a_draft_names_no_signer_and_no_day() -> None:
    signature = a_year(YearState.DRAFT, signed_by=None, signed_at=None).signature
    assert (signature.signed_on, signature.signer_name) == (None, "")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Trường Tiểu học Kim Đồng", "Tiểu học Kim Đồng"),
        ("TRƯỜNG Tiểu học Kim Đồng", "Tiểu học Kim Đồng"),
        ("Tiểu học Trường Sa", "Tiểu học Trường Sa"),
        ("Trường", "Trường"),
    ],
)
def test_the_label_trường_is_not_said_twice(name: str, shown: str) -> None:
    assert name_after_label(name) == shown
