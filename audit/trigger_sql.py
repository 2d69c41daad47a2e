"""What a trigger is, and how each engine writes it down."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE_CREATE = """
CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}" FOR EACH ROW WHEN {condition}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
POSTGRESQL_BODY = """
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END """
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $${body}$$
"""
# Else a temporary table would be read in the place of ours that has its name.
POSTGRESQL_READS_OURS = """
DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION "{name}"() SET search_path TO %I, pg_temp', current_schema());
END $$
"""
POSTGRESQL_CREATE = """
CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}" FOR EACH {scope} EXECUTE FUNCTION "{name}"()
"""


@dataclass(frozen=True)
class Trigger:
    table: str
    operation: str
    refusal: str
    condition: str

    @property
    def name(self) -> str:
        refusal = self.refusal.translate({ord("-"): "_", ord(" "): "_"})
        return f"{self.table}_{refusal}_{self.operation}".lower()

    @property
    def message(self) -> str:
        return f"{self.table} is {self.refusal}: {self.operation} refused"

    @property
    def _values(self) -> dict[str, str]:
        return {
            "name": self.name,
            "table": self.table,
            "operation": self.operation,
            "condition": self.condition,
            "message": self.message,
            "scope": "STATEMENT" if self.operation == "TRUNCATE" else "ROW",
        }

    def stored(self, vendor: str) -> str:
        """What the database's catalogue says of the trigger when it is as it should be."""
        if vendor == "sqlite":
            return SQLITE_CREATE.format(**self._values).strip()
        return POSTGRESQL_BODY.format(**self._values)

    def sql_to_create(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [SQLITE_CREATE.format(**self._values)]
        return [
            POSTGRESQL_FUNCTION.format(**self._values, body=self.stored(vendor)),
            POSTGRESQL_READS_OURS.format(**self._values),
            POSTGRESQL_CREATE.format(**self._values),
        ]

    def sql_to_drop(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [f'DROP TRIGGER IF EXISTS "{self.name}"']
        return [
            f'DROP TRIGGER IF EXISTS "{self.name}" ON "{self.table}"',
            f'DROP FUNCTION IF EXISTS "{self.name}"()',
        ]


def triggers_on(
    table: str, refusal: str, conditions: Mapping[str, str], connection: BaseDatabaseWrapper
) -> list[Trigger]:
    """By the condition under which each operation is refused; SQLite knows no TRUNCATE."""
    return [
        Trigger(table, operation, refusal, condition)
        for operation, condition in conditions.items()
        if operation != "TRUNCATE" or connection.vendor == "postgresql"
    ]
