"""The unique keys of a table, as the conditions of its triggers ask for them."""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.sql import Query
from django.db.models.sql.where import WhereNode


def has_key_of_new(model: type[models.Model], connection: BaseDatabaseWrapper) -> str:
    """Holds for a row that has the primary key or another unique key of NEW."""
    keys = [f'"{field.column}" = NEW."{field.column}"' for field in _unique_fields(model)]
    keys += [
        _unique_constraint_of_new(model, constraint, connection)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    return " OR ".join(f"({key})" for key in sorted(keys))


def _unique_fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if field.unique]


def _unique_constraint_of_new(
    model: type[models.Model], constraint: models.UniqueConstraint, connection: BaseDatabaseWrapper
) -> str:
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    parts = [f'"{columns[name]}" = NEW."{columns[name]}"' for name in constraint.fields]
    if constraint.condition is not None:
        parts += _condition_on_both_rows(model, constraint.condition, connection)
    return " AND ".join(parts)


def _condition_on_both_rows(
    model: type[models.Model], condition: Q, connection: BaseDatabaseWrapper
) -> list[str]:
    of_existing = Query(model).build_where(condition)
    of_new = of_existing.relabeled_clone({model._meta.db_table: "new"})
    return [literal(where, model, connection) for where in (of_existing, of_new)]


def literal(where: WhereNode, model: type[models.Model], connection: BaseDatabaseWrapper) -> str:
    """A condition with its parameters written into it: a trigger takes none."""
    sql, parameters = Query(model).get_compiler(connection=connection).compile(where)
    quote = connection.schema_editor().quote_value
    return f"({sql % tuple(map(quote, parameters))})"
