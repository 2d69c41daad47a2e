"""A second, invented regulation: what works with it as well does not know the real one."""

from collections.abc import Iterator

import pytest

from rulesets import (
    RULESETS,
    DueTests,
    EntryKind,
    FormPart,
    Level,
    Period,
    Ruleset,
    ScoreScale,
    Subject,
    SummaryForm,
    Trait,
    TraitGroup,
    TraitHeading,
    YearOutcome,
    YearRow,
    register,
)

YOUNGER = frozenset({1})
BOTH = frozenset({1, 2})
OLDER = frozenset({2})
CRAFT = TraitGroup("craft", "Sự khéo léo")

KITETEST = Ruleset(
    key="kitetest",
    title="Quy định thử nghiệm về thả diều",
    circular="0/0000/TT-DIEU",
    grade_levels=(1, 2),
    subjects=(
        Subject("knots", "Thắt nút", 1, "Nút", BOTH),
        Subject("wind", "Đọc gió", 2, "Gió", OLDER, YOUNGER),
        Subject("painting", "Vẽ diều", 3, "Vẽ", YOUNGER),
    ),
    special_class_subjects=frozenset({"knots"}),
    trait_groups=(CRAFT,),
    traits=(
        Trait("patience", "Kiên nhẫn", CRAFT, BOTH),
        Trait("steadiness", "Vững tay", CRAFT, OLDER),
    ),
    subject_levels=(Level("CAO", "Bay cao"), Level("VUA", "Bay vừa"), Level("ROI", "Rơi")),
    exempt_level=Level("X", "Không học"),
    trait_levels=(Level("G", "Giỏi"), Level("K", "Kém")),
    periods=(Period.END_TERM_1, Period.MID_TERM_2, Period.END_YEAR),
    supplementary_period=Period.SUPPLEMENTARY,
    due_tests=(
        DueTests(frozenset({Period.MID_TERM_2}), OLDER, frozenset({"wind"})),
        DueTests(
            frozenset({Period.END_YEAR, Period.SUPPLEMENTARY}), BOTH, frozenset({"knots", "wind"})
        ),
    ),
    score_scale=ScoreScale(minimum=1, maximum=20, allows_zero=True),
    year_rows=(
        YearRow(
            YearOutcome.GOOD,
            "Lên cao",
            "LC",
            {
                EntryKind.SUBJECT_LEVEL: "CAO",
                EntryKind.TRAIT_LEVEL: "G",
                EntryKind.TEST_SCORE: 15,
            },
        ),
        YearRow(YearOutcome.COMPLETED, "Bay được", "BĐ", {EntryKind.SUBJECT_LEVEL: "VUA"}),
        YearRow(YearOutcome.NOT_COMPLETED, "Chưa bay", "CB"),
    ),
    summary_forms=(
        SummaryForm(
            12,
            BOTH,
            frozenset({Period.END_YEAR}),
            (FormPart.YEAR_OUTCOME, FormPart.TRAITS, FormPart.SUBJECTS),
            (TraitHeading("Người thả diều", (("craft", "Khéo"),)),),
        ),
    ),
)


@pytest.fixture
def kitetest() -> Iterator[Ruleset]:
    register(KITETEST)
    yield KITETEST
    del RULESETS[KITETEST.key]
