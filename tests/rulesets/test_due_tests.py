"""Which tests fall due when (Điều 7.1.b): every grade, period and subject."""

from itertools import product

import pytest

from rulesets import Period, UnknownCode, get_ruleset

TT27 = get_ruleset("tt27")

CORE = {"tieng_viet", "toan"}
THIRD = {"tieng_viet", "toan", "ngoai_ngu_1", "tin_hoc", "cong_nghe"}
UPPER = {
    "tieng_viet",
    "toan",
    "ngoai_ngu_1",
    "lich_su_va_dia_li",
    "khoa_hoc",
    "tin_hoc",
    "cong_nghe",
}
NONE: set[str] = set()

EXPECTED = {
    (1, Period.MID_TERM_1): NONE,
    (1, Period.END_TERM_1): CORE,
    (1, Period.MID_TERM_2): NONE,
    (1, Period.END_YEAR): CORE,
    (1, Period.SUPPLEMENTARY): CORE,
    (2, Period.MID_TERM_1): NONE,
    (2, Period.END_TERM_1): CORE,
    (2, Period.MID_TERM_2): NONE,
    (2, Period.END_YEAR): CORE,
    (2, Period.SUPPLEMENTARY): CORE,
    (3, Period.MID_TERM_1): NONE,
    (3, Period.END_TERM_1): THIRD,
    (3, Period.MID_TERM_2): NONE,
    (3, Period.END_YEAR): THIRD,
    (3, Period.SUPPLEMENTARY): THIRD,
    (4, Period.MID_TERM_1): CORE,
    (4, Period.END_TERM_1): UPPER,
    (4, Period.MID_TERM_2): CORE,
    (4, Period.END_YEAR): UPPER,
    (4, Period.SUPPLEMENTARY): UPPER,
    (5, Period.MID_TERM_1): CORE,
    (5, Period.END_TERM_1): UPPER,
    (5, Period.MID_TERM_2): CORE,
    (5, Period.END_YEAR): UPPER,
    (5, Period.SUPPLEMENTARY): UPPER,
}
MOMENTS = sorted(EXPECTED)
CODES = [subject.code for subject in TT27.subjects]


def has_test(code: str, grade_level: int, period: Period, *, is_special_class: bool = False):
    return TT27.has_test(
        code, grade_level=grade_level, period=period, is_special_class=is_special_class
    )


def test_the_expectation_names_every_grade_and_period():
    assert set(EXPECTED) == set(product(TT27.grade_levels, Period))


@pytest.mark.parametrize(("grade_level", "period"), MOMENTS)
def test_each_subject_has_a_test_or_has_none(grade_level, period):
    due = {code for code in CODES if has_test(code, grade_level, period)}

    assert due == EXPECTED[grade_level, period]


@pytest.mark.parametrize(("grade_level", "period"), MOMENTS)
def test_tested_subjects_stand_in_form_order(grade_level, period):
    tested = TT27.tested_subjects(grade_level=grade_level, period=period)

    expected = EXPECTED[grade_level, period]
    assert [s.code for s in tested] == [s.code for s in TT27.subjects if s.code in expected]


@pytest.mark.parametrize(("grade_level", "period"), MOMENTS)
def test_a_special_class_is_tested_in_vietnamese_and_mathematics_only(grade_level, period):
    due = {code for code in CODES if has_test(code, grade_level, period, is_special_class=True)}

    assert due == CORE & EXPECTED[grade_level, period]


@pytest.mark.parametrize(("grade_level", "period"), MOMENTS)
def test_an_optional_subject_is_never_tested(grade_level, period):
    optional = TT27.optional_subjects(grade_level)

    assert not any(has_test(subject.code, grade_level, period) for subject in optional)


def test_an_unknown_subject_is_refused():
    with pytest.raises(UnknownCode):
        has_test("thien_van", 4, Period.END_YEAR)


def test_an_unknown_grade_is_refused():
    with pytest.raises(UnknownCode):
        has_test("toan", 6, Period.END_YEAR)
