"""The department's days are days of every year: what Python and the database say is one thing."""

import calendar
import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from schools.models import Department
from tests.cast import Cast

A_COMMON_YEAR = 2027
PAIRS = [("year_due_month", "year_due_day"), ("supplementary_due_month", "supplementary_due_day")]
each_pair = pytest.mark.parametrize(("month", "day"), PAIRS, ids=["year", "summer"])


def exists_every_year(month: int, day: int) -> bool:
    """By the calendar alone, not by the constraint's lists of months."""
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(A_COMMON_YEAR, month)[1]


def is_stored(**values: int) -> bool:
    try:
        with transaction.atomic():
            Department.objects.update(**values)
    except IntegrityError:
        return False
    return True


def is_accepted(**values: int) -> bool:
    try:
        Department(code="66", name="Sở", **values).validate_constraints(exclude={"code"})
    except ValidationError:
        return False
    return True


@each_pair
@pytest.mark.parametrize("number", range(14))
def test_the_database_stores_the_days_of_each_month_and_no_other(
    cast: Cast, month: str, day: str, number: int
) -> None:
    stored = [d for d in range(33) if is_stored(**{month: number, day: d})]
    assert stored == [d for d in range(33) if exists_every_year(number, d)]


@pytest.mark.django_db
@each_pair
@given(number=st.integers(0, 40), of_month=st.integers(0, 400))
def test_a_form_refuses_what_the_database_refuses(
    month: str, day: str, number: int, of_month: int
) -> None:
    accepted = is_accepted(**{month: number, day: of_month})
    assert accepted == exists_every_year(number, of_month)


@pytest.mark.django_db
@each_pair
def test_the_day_of_leap_years_is_none_of_every_year(month: str, day: str) -> None:
    assert is_accepted(**{month: 2, day: 28})
    assert not is_accepted(**{month: 2, day: 29})


@each_pair
def test_the_refusal_is_a_sentence(db: None, month: str, day: str) -> None:
    department = Department(code="66", name="Sở", **{month: 6, day: 31})
    with pytest.raises(ValidationError) as refusal:
        department.validate_constraints()
    [sentence] = refusal.value.messages
    assert sentence.endswith(".")
    assert "constraint" not in sentence.lower()


@given(first_year=st.integers(2000, 2100), month=st.integers(1, 12), day=st.integers(1, 28))
def test_a_deadline_lies_in_the_calendar_year_after_the_first(
    first_year: int, month: int, day: int
) -> None:
    """A school year that begins in autumn is over in the summer after it."""
    department = Department(
        year_due_month=month,
        year_due_day=day,
        supplementary_due_month=month,
        supplementary_due_day=day,
    )
    expected = datetime.date(first_year + 1, month, day)
    assert department.year_due_on(first_year) == expected
    assert department.supplementary_due_on(first_year) == expected
