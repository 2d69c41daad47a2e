"""A constraint's test is one line: a row, or two, that it alone forbids.

Each line is tried twice: against the database, and as a form asks (`validate_constraints`).
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from tests.cast import Cast
from tests.flush import remove_all_triggers
from tests.rows import saved_row, valid_row

Fields = dict[str, Any]


@dataclass(frozen=True)
class Forbidden:
    """A row with these fields; where `after` is given, after a row with those."""

    constraint: str
    model: type[models.Model]
    fields: Fields = field(default_factory=dict)
    after: Fields | None = None

    def __str__(self) -> str:
        return f"{self.constraint}[{', '.join(self.fields)}]"

    @property
    def declared(self) -> models.BaseConstraint:
        [constraint] = [
            constraint
            for constraint in self.model._meta.constraints
            if constraint.name == self.constraint
        ]
        return constraint

    def row(self, cast: Cast) -> models.Model:
        """Fields may be functions of the cast, for rows that only it knows."""
        if self.after is None:
            return valid_row(self.model, cast, **_filled_in(self.fields, cast))
        row = saved_row(self.model, cast, **_filled_in(self.after, cast))
        row.pk, row._state.adding = None, True
        for name, value in _filled_in(self.fields, cast).items():
            setattr(row, name, value)
        return row

    def words_of_the_database(self) -> str:
        """SQLite names the columns of a unique constraint instead of the constraint."""
        if self.after is None or connection.vendor == "postgresql":
            return self.constraint
        columns = [self.model._meta.get_field(name).column for name in self.declared.fields]
        return ", ".join(f"{self.model._meta.db_table}.{column}" for column in columns)


def _filled_in(fields: Fields, cast: Cast) -> Fields:
    return {name: value(cast) if callable(value) else value for name, value in fields.items()}


def check_database_refuses(case: Forbidden, cast: Cast) -> None:
    row = case.row(cast)
    remove_all_triggers()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        row.save()
    assert case.words_of_the_database() in str(refusal.value)


def check_form_is_told(case: Forbidden, cast: Cast) -> None:
    with pytest.raises(ValidationError) as refusal:
        case.row(cast).validate_constraints()
    assert refusal.value.messages == [str(case.declared.violation_error_message)]
