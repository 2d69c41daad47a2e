"""What the program's own role may do in PostgreSQL: its daily work, and nothing to its history."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.models import AppendOnlyModel, FrozenModel

READ = "SELECT"
ADD = "SELECT, INSERT"
EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"
TABLE_OF_MIGRATIONS = "django_migrations"

ROLE_FACTS = """
    SELECT rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls,
           EXISTS (SELECT 1 FROM pg_class
                   WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
                   AND pg_has_role(rolname, relowner, 'MEMBER'))
    FROM pg_roles WHERE rolname = %s
"""


def privileges_of(model: type[models.Model]) -> str:
    if issubclass(model, AppendOnlyModel):
        return ADD
    if issubclass(model, FrozenModel):
        living = [model._meta.get_field(name) for name in model.living_fields]
        columns = ", ".join(f'"{field.column}"' for field in living)  # type: ignore[union-attr]
        return f"{ADD}, UPDATE ({columns})" if columns else ADD
    return EVERYTHING


def grant_statements(role: str, connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Takes everything back first, so that what a former version granted does not stay."""
    name, schema = connection.ops.quote_name(role), _schema(connection)
    database = connection.ops.quote_name(connection.settings_dict["NAME"])
    yield f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {name}"
    yield f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {name}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {name}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {name}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {name}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {name}"
    yield f'GRANT {READ} ON "{TABLE_OF_MIGRATIONS}" TO {name}'
    for table, privileges in sorted(_privileges_by_table().items()):
        yield f'GRANT {privileges} ON "{table}" TO {name}'


def why_role_is_too_strong(role: str, connection: BaseDatabaseWrapper) -> str | None:
    """Who may do more than is granted here is held back by no grant. Empty: it is not."""
    with connection.cursor() as cursor:
        cursor.execute(ROLE_FACTS, [role])
        row = cursor.fetchone()
    if row is None:
        return None
    is_privileged, is_owner = row
    if is_privileged:
        return "is a superuser, or may create roles, replicate or pass row security"
    return "owns tables, or is a member of the role that does" if is_owner else ""


def _schema(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return connection.ops.quote_name(cursor.fetchone()[0])


def _privileges_by_table() -> dict[str, str]:
    return {
        model._meta.db_table: privileges_of(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
