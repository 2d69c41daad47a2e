"""The tables of Circular 27/2020, written out a second time."""

import unicodedata

import pytest

from rulesets import (
    Period,
    Subject,
    UnknownCode,
    YearOutcome,
    get_ruleset,
)

TT27 = get_ruleset("tt27")

# "x" compulsory, "o" optional, "." not taught; grades 1 to 5.
FORM = [
    ("tieng_viet", "Tiếng Việt", "xxxxx"),
    ("toan", "Toán", "xxxxx"),
    ("ngoai_ngu_1", "Ngoại ngữ 1", "ooxxx"),
    ("lich_su_va_dia_li", "Lịch sử và Địa lí", "...xx"),
    ("khoa_hoc", "Khoa học", "...xx"),
    ("tin_hoc", "Tin học và Công nghệ (Tin học)", "ooxxx"),
    ("cong_nghe", "Tin học và Công nghệ (Công nghệ)", "..xxx"),
    ("dao_duc", "Đạo đức", "xxxxx"),
    ("tu_nhien_va_xa_hoi", "Tự nhiên và Xã hội", "xxx.."),
    ("giao_duc_the_chat", "Giáo dục thể chất", "xxxxx"),
    ("am_nhac", "Nghệ thuật (Âm nhạc)", "xxxxx"),
    ("mi_thuat", "Nghệ thuật (Mĩ thuật)", "xxxxx"),
    ("hoat_dong_trai_nghiem", "Hoạt động trải nghiệm", "xxxxx"),
    ("tieng_dan_toc", "Tiếng dân tộc", "ooooo"),
]

QUALITIES = ["Yêu nước", "Nhân ái", "Chăm chỉ", "Trung thực", "Trách nhiệm"]
GENERAL = ["Tự chủ và tự học", "Giao tiếp và hợp tác", "Giải quyết vấn đề và sáng tạo"]
SPECIFIC = [
    "Ngôn ngữ",
    "Tính toán",
    "Khoa học",
    "Công nghệ",
    "Tin học",
    "Thẩm mĩ",
    "Thể chất",
]


def teaching_of(subject: Subject) -> str:
    def mark(grade_level: int) -> str:
        if grade_level in subject.compulsory_grades:
            return "x"
        return "o" if grade_level in subject.optional_grades else "."

    return "".join(mark(grade_level) for grade_level in TT27.grade_levels)


def codes(subjects: tuple[Subject, ...]) -> list[str]:
    return [subject.code for subject in subjects]


def all_texts() -> list[str]:
    named = [*TT27.subjects, *TT27.traits, *TT27.trait_groups]
    levels = [*TT27.subject_levels, *TT27.trait_levels, TT27.exempt_level]
    return [
        TT27.title,
        TT27.circular,
        *(entry.name for entry in named),
        *(text for level in levels for text in (level.code, level.name)),
        *(row.name for row in TT27.year_rows),
    ]


def test_it_names_itself_as_the_circular_does():
    assert (TT27.key, TT27.title, TT27.circular) == (
        "tt27",
        "Thông tư 27/2020/TT-BGDĐT",
        "27/2020/TT-BGDĐT",
    )


def test_the_form_has_fourteen_rows_in_the_ministrys_order():
    assert [(s.code, s.name, teaching_of(s)) for s in TT27.subjects] == FORM
    assert [s.position for s in TT27.subjects] == list(range(1, 15))


@pytest.mark.parametrize("grade_level", [1, 2, 3, 4, 5])
def test_compulsory_and_optional_subjects_of_a_grade_stand_in_form_order(grade_level):
    compulsory = [code for code, _, teaching in FORM if teaching[grade_level - 1] == "x"]
    optional = [code for code, _, teaching in FORM if teaching[grade_level - 1] == "o"]

    assert codes(TT27.compulsory_subjects(grade_level)) == compulsory
    assert codes(TT27.optional_subjects(grade_level)) == optional


@pytest.mark.parametrize("grade_level", [1, 2, 3, 4, 5])
def test_a_special_class_is_assessed_in_vietnamese_and_mathematics_only(grade_level):
    subjects = TT27.compulsory_subjects(grade_level, is_special_class=True)

    assert codes(subjects) == ["tieng_viet", "toan"]


def test_every_optional_subject_counts_towards_the_result_unless_set_otherwise():
    assert all(subject.counts_towards_result for subject in TT27.subjects)


def test_short_names_are_distinct_and_short():
    names = [subject.short_name for subject in TT27.subjects]

    assert len(set(names)) == len(names)
    assert max(len(name) for name in names) <= 10


def test_traits_stand_in_three_groups_in_form_order():
    by_group = {
        group.name: [trait.name for trait in TT27.traits if trait.group == group]
        for group in TT27.trait_groups
    }

    assert by_group == {
        "Những phẩm chất chủ yếu": QUALITIES,
        "Những năng lực chung": GENERAL,
        "Những năng lực đặc thù": SPECIFIC,
    }
    assert [trait.name for trait in TT27.traits] == QUALITIES + GENERAL + SPECIFIC
    assert [group.code for group in TT27.trait_groups] == [
        "pham_chat",
        "nang_luc_chung",
        "nang_luc_dac_thu",
    ]


@pytest.mark.parametrize("grade_level", [1, 2])
def test_technology_and_informatics_are_no_competences_in_the_first_two_grades(grade_level):
    names = [trait.name for trait in TT27.traits_for(grade_level)]

    assert names == QUALITIES + GENERAL + [
        "Ngôn ngữ",
        "Tính toán",
        "Khoa học",
        "Thẩm mĩ",
        "Thể chất",
    ]


@pytest.mark.parametrize("grade_level", [3, 4, 5])
def test_all_fifteen_traits_are_assessed_from_the_third_grade(grade_level):
    assert TT27.traits_for(grade_level) == TT27.traits
    assert len(TT27.traits) == 15


def test_subject_levels_are_t_h_c_and_m_for_the_exempt():
    assert [(level.code, level.name) for level in TT27.subject_levels] == [
        ("T", "Hoàn thành tốt"),
        ("H", "Hoàn thành"),
        ("C", "Chưa hoàn thành"),
    ]
    assert (TT27.exempt_level.code, TT27.exempt_level.name) == ("M", "Miễn")


def test_trait_levels_are_t_đ_c():
    assert [(level.code, level.name) for level in TT27.trait_levels] == [
        ("T", "Tốt"),
        ("Đ", "Đạt"),
        ("C", "Cần cố gắng"),
    ]


@pytest.mark.parametrize(
    ("code", "name"),
    [("T", "Hoàn thành tốt"), ("H", "Hoàn thành"), ("C", "Chưa hoàn thành"), ("M", "Miễn")],
)
def test_subject_level_name(code, name):
    assert TT27.subject_level_name(code) == name


@pytest.mark.parametrize(("code", "name"), [("T", "Tốt"), ("Đ", "Đạt"), ("C", "Cần cố gắng")])
def test_trait_level_name(code, name):
    assert TT27.trait_level_name(code) == name


@pytest.mark.parametrize("code", ["Đ", "t", "", "Hoàn thành"])
def test_a_subject_has_no_such_level(code):
    with pytest.raises(UnknownCode):
        TT27.subject_level_name(code)


@pytest.mark.parametrize("code", ["H", "M", "D", "\u00d0", ""])
def test_a_trait_has_no_such_level(code):
    with pytest.raises(UnknownCode):
        TT27.trait_level_name(code)


def test_the_year_has_four_periods_and_a_summer():
    assert TT27.periods == (
        Period.MID_TERM_1,
        Period.END_TERM_1,
        Period.MID_TERM_2,
        Period.END_YEAR,
    )
    assert TT27.supplementary_period == Period.SUPPLEMENTARY


@pytest.mark.parametrize(
    ("outcome", "name", "short_name"),
    [
        (YearOutcome.EXCELLENT, "Hoàn thành xuất sắc", "HTXS"),
        (YearOutcome.GOOD, "Hoàn thành tốt", "HTT"),
        (YearOutcome.COMPLETED, "Hoàn thành", "HT"),
        (YearOutcome.NOT_COMPLETED, "Chưa hoàn thành", "CHT"),
    ],
)
def test_outcomes_bear_the_names_of_the_form(outcome, name, short_name):
    assert TT27.outcome_name(outcome) == name
    assert TT27.outcome_short_name(outcome) == short_name


def test_only_the_best_outcome_brings_a_title_by_itself():
    titles = {row.outcome: TT27.title_by_result(row.outcome) for row in TT27.year_rows}
    assert titles.pop(YearOutcome.EXCELLENT).wording == "Đạt danh hiệu Học sinh Xuất sắc"
    assert set(titles.values()) == {None}


def test_only_the_second_outcome_may_bring_a_title_that_people_give():
    titles = {row.outcome: TT27.title_by_recognition(row.outcome) for row in TT27.year_rows}
    assert titles.pop(YearOutcome.GOOD).wording == (
        "Đạt danh hiệu Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"
    )
    assert set(titles.values()) == {None}


def test_a_title_is_found_by_its_code():
    assert TT27.reward_title("excellent_pupil").name == "Học sinh Xuất sắc"
    with pytest.raises(UnknownCode):
        TT27.reward_title("best_pupil")


@pytest.mark.parametrize(
    ("outcome", "is_completed"),
    [
        (YearOutcome.EXCELLENT, True),
        (YearOutcome.GOOD, True),
        (YearOutcome.COMPLETED, True),
        (YearOutcome.NOT_COMPLETED, False),
        (YearOutcome.INCOMPLETE, False),
        (YearOutcome.NOT_ASSESSED, False),
    ],
)
def test_whoever_has_any_result_but_the_last_has_completed(outcome, is_completed):
    assert TT27.is_completed(outcome) is is_completed


@pytest.mark.parametrize("outcome", [YearOutcome.INCOMPLETE, YearOutcome.NOT_ASSESSED])
def test_what_stands_on_no_form_has_no_name(outcome):
    with pytest.raises(UnknownCode):
        TT27.outcome_name(outcome)


def test_the_scale_is_whole_numbers_from_one_to_ten():
    scale = TT27.score_scale

    assert (scale.minimum, scale.maximum, scale.allows_zero) == (1, 10, False)


@pytest.mark.parametrize("code", [code for code, _, _ in FORM])
def test_a_subject_is_found_by_its_code(code):
    assert TT27.subject(code).code == code


def test_a_trait_and_a_subject_may_share_a_code():
    assert TT27.trait("tin_hoc").name == "Tin học"
    assert TT27.subject("tin_hoc").name == "Tin học và Công nghệ (Tin học)"


@pytest.mark.parametrize("code", ["", "Toán", "TOAN", "lich_su"])
def test_unknown_subjects_and_traits_are_refused(code):
    with pytest.raises(UnknownCode):
        TT27.subject(code)
    with pytest.raises(UnknownCode):
        TT27.trait(code)


@pytest.mark.parametrize("grade_level", [-1, 0, 6, 12])
def test_other_grades_are_refused(grade_level):
    for ask in (TT27.compulsory_subjects, TT27.optional_subjects, TT27.traits_for):
        with pytest.raises(UnknownCode):
            ask(grade_level)


def test_every_text_is_composed_unicode():
    assert all(unicodedata.is_normalized("NFC", text) for text in all_texts())


def test_no_text_holds_the_icelandic_eth_instead_of_đ():
    assert not any("\u00d0" in text or "\u00f0" in text for text in all_texts())
