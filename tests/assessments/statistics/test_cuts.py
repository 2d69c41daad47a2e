import pytest

from assessments.statistics.cuts import NO_MINORITY, SCHOOL, Cut, Unit, cut_name, cuts_of, units_of
from students.ministry_codes import ETHNICITIES
from tests.assessments.statistics.populations import alike


def test_every_pupil_is_counted_in_the_total() -> None:
    assert cuts_of(alike(girl=False)) == [Cut.ALL]


def test_a_girl_of_an_ethnic_minority_is_counted_four_times() -> None:
    found = cuts_of(alike(girl=True, minority=True))
    assert found == [Cut.ALL, Cut.GIRLS, Cut.MINORITY, Cut.MINORITY_GIRLS]


@pytest.mark.parametrize(
    ("facts", "cut"),
    [
        ({"minority": True}, Cut.MINORITY),
        ({"multigrade": True}, Cut.MULTIGRADE),
        ({"disability": True}, Cut.DISABILITY),
    ],
)
def test_each_fact_has_its_cut(facts: dict[str, bool], cut: Cut) -> None:
    assert cuts_of(alike(girl=False, **facts)) == [Cut.ALL, cut]


def test_a_boy_of_an_ethnic_minority_is_no_minority_girl() -> None:
    assert Cut.MINORITY_GIRLS not in cuts_of(alike(girl=False, minority=True))


def test_a_pupil_counts_for_school_grade_and_class() -> None:
    assert units_of(alike(4, class_id=7)) == (SCHOOL, Unit(4), Unit(4, 7))


def test_the_cuts_stand_in_the_order_of_the_ministrys_reports() -> None:
    assert [cut_name(cut) for cut in Cut] == [
        "Tổng số",
        "Nữ",
        "Dân tộc thiểu số",
        "Nữ dân tộc thiểu số",
        "Lớp ghép",
        "Khuyết tật",
    ]


def test_all_fifty_three_others_are_minorities() -> None:
    """But Kinh, foreigners and whose ethnicity nobody has written down."""
    assert len(ETHNICITIES.keys() - NO_MINORITY) == 53
    assert {ETHNICITIES[code] for code in NO_MINORITY if code} == {
        "Kinh",
        "Người nước ngoài",
        "Không rõ",
    }
