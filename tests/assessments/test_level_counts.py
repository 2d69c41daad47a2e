from assessments import actions
from assessments.completeness import Kind
from assessments.level_counts import level_counts
from assessments.merge import Edit, RowEdit
from assessments.models import PeriodRecord
from rulesets import TT27, Period
from tests.assessments import states
from tests.cast import Cast

TOAN = (Kind.SUBJECT_LEVEL, "toan")
TRAITS = (Kind.TRAIT_LEVEL, "")


def counts() -> dict[tuple[Kind, str], str]:
    return level_counts(list(PeriodRecord.objects.with_results()), TT27)


def grade(cast: Cast, *, anh: str, hhen: str, duc: str) -> None:
    levels = {cast.anh: anh, cast.hhen: hhen, cast.duc: duc}
    actions.save_subject_results(
        school_class=cast.school_class,
        period=Period.END_TERM_1,
        subject_code="toan",
        rows=[RowEdit(pupil.pk, {"level": Edit("", level)}) for pupil, level in levels.items()],
        by=cast.ngoc,
    )


def test_levels_stand_best_first_whoever_has_them(cast: Cast) -> None:
    grade(cast, anh="C", hhen="H", duc="T")
    assert counts()[TOAN] == "T 1 · H 1 · C 1"


def test_a_level_that_nobody_has_is_left_out(cast: Cast) -> None:
    grade(cast, anh="T", hhen="T", duc="C")
    assert counts()[TOAN] == "T 2 · C 1"


def test_exempt_pupils_are_counted_last(cast: Cast) -> None:
    grade(cast, anh="M", hhen="T", duc="T")
    assert counts()[TOAN] == "T 2 · M 1"


def test_pupils_without_a_level_are_not_counted(cast: Cast) -> None:
    grade(cast, anh="T", hhen="", duc="")
    assert counts()[TOAN] == "T 1"


def test_traits_are_counted_together(cast: Cast) -> None:
    states.filled(cast)
    assert counts()[TRAITS] == f"T {3 * len(TT27.traits_for(4))}"


def test_without_records_there_is_nothing_to_count(cast: Cast) -> None:
    assert counts() == {TRAITS: ""}
