"""Which form of the class's summary sheet is whose (Phụ lục 2, and its guide)."""

from itertools import product

import pytest

from rulesets import FormPart, Period, SummaryForm
from rulesets.tt27 import TT27
from tests.rulesets.invented import KITETEST

MID_TERMS = [Period.MID_TERM_1, Period.MID_TERM_2]

# Domain, 2.3: Mẫu, lớp, thời điểm
TABLE = [
    (1, [1, 2], MID_TERMS),
    (2, [1, 2], [Period.END_TERM_1]),
    (3, [1, 2], [Period.END_YEAR]),
    (4, [3], MID_TERMS),
    (5, [3], [Period.END_TERM_1]),
    (6, [3], [Period.END_YEAR]),
    (7, [4, 5], MID_TERMS),
    (8, [4, 5], [Period.END_TERM_1]),
    (9, [4, 5], [Period.END_YEAR]),
]
ON_A_FORM = [
    (number, grade_level, period)
    for number, grades, periods in TABLE
    for grade_level, period in product(grades, periods)
]
WITH_A_RESULT = {FormPart.YEAR_OUTCOME, FormPart.REWARD, FormPart.NOT_PROMOTED}


def form_of(number: int) -> SummaryForm:
    [form] = [form for form in TT27.summary_forms if form.number == number]
    return form


@pytest.mark.parametrize(("number", "grade_level", "period"), ON_A_FORM)
def test_each_grade_has_its_form_at_each_moment(number, grade_level, period):
    form = TT27.summary_form(grade_level, period)
    assert form is not None
    assert form.number == number


def test_no_grade_is_without_a_form_at_a_moment():
    asked = set(product(TT27.grade_levels, TT27.periods))
    assert {(grade_level, period) for _number, grade_level, period in ON_A_FORM} == asked


@pytest.mark.parametrize(("grade_level", "period"), [*product(TT27.grade_levels, TT27.periods)])
def test_never_do_two_forms_serve_the_same_grade_and_moment(grade_level, period):
    assert sum(form.serves(grade_level, period) for form in TT27.summary_forms) == 1


def test_forms_are_numbered_in_order():
    assert [form.number for form in TT27.summary_forms] == list(range(1, 10))


@pytest.mark.parametrize("number", range(1, 10))
def test_the_year_is_decided_on_forms_3_6_and_9(number):
    parts = WITH_A_RESULT & set(form_of(number).parts)
    assert parts == (WITH_A_RESULT if number in {3, 6, 9} else set())


@pytest.mark.parametrize(("number", "grade_level", "period"), ON_A_FORM)
def test_levels_stand_without_a_heading_where_nothing_is_tested(number, grade_level, period):
    is_tested = bool(TT27.tested_subjects(grade_level=grade_level, period=period))
    assert form_of(number).is_level_only == (not is_tested)
    assert form_of(number).is_level_only == (number in {1, 4})


@pytest.mark.parametrize("form", TT27.summary_forms, ids=lambda form: str(form.number))
def test_every_form_has_subjects_traits_and_remarks(form):
    assert form.parts[0] == FormPart.SUBJECTS
    assert form.parts[-1] == FormPart.REMARKS
    assert form.has_part(FormPart.TRAITS)


@pytest.mark.parametrize("ruleset", [TT27, KITETEST], ids=str)
def test_every_group_of_traits_stands_under_one_heading(ruleset):
    groups = [group.code for group in ruleset.trait_groups]
    for form in ruleset.summary_forms:
        headed = [code for heading in form.trait_headings for code, _name in heading.groups]
        assert sorted(headed) == sorted(groups)


def test_qualities_stand_before_competences_as_the_guide_speaks_of_them():
    """[U]: the printed grid of Phụ lục 2 was not seen."""
    headings = [heading.name for heading in form_of(9).trait_headings]
    assert headings == ["Phẩm chất chủ yếu", "Năng lực cốt lõi"]


def test_pupils_who_are_assessed_once_more_in_summer_have_no_form():
    assert TT27.summary_form(4, Period.SUPPLEMENTARY) is None


def test_another_regulation_has_its_own_forms():
    form = KITETEST.summary_form(2, Period.END_YEAR)
    assert form is not None
    assert form.number == 12
    assert KITETEST.summary_form(2, Period.END_TERM_1) is None
