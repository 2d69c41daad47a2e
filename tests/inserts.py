"""Rows that are written again and again, by the statements that wrote them first.

Hundreds of tests begin with the same rows; to compose the same SQL for each takes longer than to
run it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, models


class Inserts:
    """`rows`: a list for each table, after those that it points to."""

    def __init__(self, rows: Sequence[list[models.Model]]) -> None:
        self.rows = rows
        self.statements: list[tuple[str, Any]] = []

    def write(self) -> None:
        if self.statements:
            self._run()
            return
        with connection.execute_wrapper(self._keep):
            for of_a_table in filter(None, self.rows):
                type(of_a_table[0])._base_manager.bulk_create(of_a_table)

    def _keep(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if sql.startswith("INSERT"):
            self.statements.append((sql, params))
        return execute(sql, params, many, context)

    def _run(self) -> None:
        with connection.cursor() as cursor:
            for sql, params in self.statements:
                cursor.execute(sql, params)
