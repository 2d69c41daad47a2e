"""Where the regulation lets a school give another test."""

import pytest

from rulesets import Period, get_ruleset

TT27 = get_ruleset("tt27")


@pytest.mark.parametrize(
    ("subject", "grade_level", "period", "is_allowed"),
    [
        ("toan", 4, Period.END_TERM_1, True),
        ("toan", 4, Period.END_YEAR, True),
        ("toan", 4, Period.MID_TERM_1, False),  # a test, but not at the end of a term
        ("toan", 1, Period.MID_TERM_1, False),
        ("toan", 4, Period.SUPPLEMENTARY, False),
        ("am_nhac", 4, Period.END_YEAR, False),  # no test at all
        ("ngoai_ngu_1", 1, Period.END_YEAR, False),  # optional there: no test
        ("ngoai_ngu_1", 3, Period.END_YEAR, True),
    ],
)
def test_another_test_is_for_the_ends_of_the_terms(
    subject: str, grade_level: int, period: Period, is_allowed: bool
) -> None:
    assert TT27.allows_retest(subject, grade_level=grade_level, period=period) is is_allowed


def test_a_special_class_repeats_only_what_it_is_tested_in() -> None:
    def allowed(code: str) -> bool:
        return TT27.allows_retest(
            code, grade_level=4, period=Period.END_YEAR, is_special_class=True
        )

    assert allowed("tieng_viet")
    assert not allowed("khoa_hoc")
