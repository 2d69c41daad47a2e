from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from audit.application_role import grant_statements, why_role_is_too_strong


class Command(BaseCommand):
    help = (
        "PostgreSQL: gives the role that the program connects as what it needs, and takes back "
        "all else. Run by the owner of the tables, after every migrate."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role")
        parser.add_argument(
            "--create", action="store_true", help="create the role first, if there is none"
        )
        parser.add_argument("--sql", action="store_true", help="only print the statements")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles; with SQLite, guard the file")
        role = options["role"]
        if options["sql"]:
            self.stdout.write("\n".join(f"{line};" for line in grant_statements(role, connection)))
            return
        with transaction.atomic(), connection.cursor() as cursor:
            if options["create"] and why_role_is_too_strong(role, connection) is None:
                cursor.execute(f"CREATE ROLE {connection.ops.quote_name(role)} LOGIN")
            _check(role)
            for statement in grant_statements(role, connection):
                cursor.execute(statement)
        self.stderr.write(f"{role} may do the program's work, and owns nothing.")


def _check(role: str) -> None:
    reason = why_role_is_too_strong(role, connection)
    if reason is None:
        raise CommandError(f"No role is named {role}; create it, or give --create")
    if reason:
        raise CommandError(f"{role} {reason}: triggers do not hold against it. Take another role")
