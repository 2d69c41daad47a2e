import datetime

import pytest

from schools.years import school_year_of
from tests.factories import make_school_year


@pytest.fixture
def last_year(cast):
    return make_school_year(cast.school, 2025)


@pytest.mark.parametrize(
    "day", [datetime.date(2026, 9, 5), datetime.date(2027, 1, 5), datetime.date(2027, 5, 31)]
)
def test_a_day_within_the_year_is_of_that_year(cast, last_year, day):
    assert school_year_of(cast.school, day) == cast.school_year


def test_in_summer_it_is_still_the_year_that_has_ended(cast, last_year):
    assert school_year_of(cast.school, datetime.date(2027, 8, 20)) == cast.school_year
    assert school_year_of(cast.school, datetime.date(2026, 8, 20)) == last_year


def test_before_the_first_year_there_is_none(cast):
    assert school_year_of(cast.school, datetime.date(2026, 9, 4)) is None


def test_another_schools_year_is_not_this_ones(cast):
    other = make_school_year(cast.other_school, 2030)
    day = other.starts_on
    assert school_year_of(cast.other_school, day) == other
    assert school_year_of(cast.school, day) == cast.school_year
