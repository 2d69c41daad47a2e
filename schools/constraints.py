"""Conditions that several models' constraints share."""

from typing import Any

from django.db.models import BooleanField, F, Func, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

PERSONAL_ID_LENGTH = 12


class HasOnlyDigits(Func):
    """Holds on both engines without a regular-expression function, which SQLite clients lack."""

    template = "%(expressions)s !~ '[^0-9]'"
    output_field = BooleanField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "%(expressions)s NOT GLOB '*[^0-9]*'"
        return self.as_sql(compiler, connection, template=template, **context)


def dates_in_order(first: str, last: str) -> Q:
    return Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)})


def is_personal_id(name: str) -> Q:
    return Q(**{f"{name}__isnull": True}) | (
        Q(Exact(Length(name), PERSONAL_ID_LENGTH)) & Q(HasOnlyDigits(name))
    )


def both_or_neither(first: str, second: str) -> Q:
    return Q(**{f"{first}__isnull": True, f"{second}__isnull": True}) | Q(
        **{f"{first}__isnull": False, f"{second}__isnull": False}
    )


LONG_MONTHS = (1, 3, 5, 7, 8, 10, 12)


def is_day_of_year(month: str, day: str) -> Q:
    """A day that every year has: no 29 February."""
    return Q(**{f"{month}__gte": 1, f"{month}__lte": 12, f"{day}__gte": 1}) & (
        Q(**{f"{month}": 2, f"{day}__lte": 28})
        | Q(**{f"{month}__in": LONG_MONTHS, f"{day}__lte": 31})
        | Q(**{f"{month}__in": (4, 6, 9, 11), f"{day}__lte": 30})
    )
