"""Which periods can be looked at, and what they are called in an address and in words."""

from hypothesis import given
from hypothesis import strategies as st

from assessments.statistics.moments import Moment, moments_of
from rulesets import Period, Ruleset
from schools.models import SchoolYear
from tests import factories
from tests.cast import Cast
from tests.rulesets.invented import kitetest

__all__ = ["kitetest"]


def keys(cast: Cast) -> list[str]:
    return [moment.key for moment in moments_of(cast.school)]


def test_the_periods_of_a_year_follow_each_other(cast: Cast) -> None:
    assert keys(cast) == ["2026-mid_term_1", "2026-end_term_1", "2026-mid_term_2", "2026-end_year"]


def test_the_newest_year_stands_first_whenever_it_was_written_down(cast: Cast) -> None:
    factories.make_school_year(cast.school, 2027)
    factories.make_school_year(cast.school, 2025)
    assert [key[:4] for key in keys(cast)[::4]] == ["2027", "2026", "2025"]


def test_the_summer_is_no_moment(cast: Cast) -> None:
    """Few pupils have one: their counts would name them."""
    assert Period.SUPPLEMENTARY not in {moment.period for moment in moments_of(cast.school)}


def test_another_schools_years_are_no_moments_of_this_one(cast: Cast) -> None:
    factories.make_school_year(cast.other_school, 2024)
    assert {moment.school_year.school for moment in moments_of(cast.school)} == {cast.school}


def test_a_school_without_a_year_has_no_moment(cast: Cast) -> None:
    assert moments_of(factories.make_school("Trường mới")) == []


def test_another_ruleset_has_its_own_periods(cast: Cast, kitetest: Ruleset) -> None:
    year = factories.make_school_year(cast.school, 2027, ruleset_key=kitetest.key)
    found = [moment.period for moment in moments_of(cast.school) if moment.school_year == year]
    assert found == list(kitetest.periods)


def test_a_moment_is_named_with_its_year(cast: Cast) -> None:
    assert Moment(cast.school_year, Period.END_YEAR).name == "Cuối năm học, 2026-2027"


@given(years=st.lists(st.integers(2020, 2040), unique=True, max_size=5))
def test_no_two_moments_have_the_same_key(years: list[int]) -> None:
    moments = [Moment(SchoolYear(first_year=year), period) for year in years for period in Period]
    assert len({moment.key for moment in moments}) == len(moments)
