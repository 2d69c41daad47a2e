"""What an administrator, or twelve hours, does to a session."""

from tests.e2e.server import Database, manage


def end_all_sessions(database: Database) -> None:
    statement = "from django.contrib.sessions.models import Session; Session.objects.all().delete()"
    manage("shell", "--verbosity", "0", "--command", statement, database=database)
