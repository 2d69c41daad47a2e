import secrets
from functools import partial
from types import FrameType
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker

from hocba.workers import Workers, cores, load_what_workers_use

MOST_TASKS = 100  # of ten documents each
RESUMED = ("resume_signing", "resume_rendering", "resume_prints")


class Command(BaseCommand):
    help = "Signs and lays out documents beside the site: one worker a core, until it is stopped"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workers", type=int, default=cores(), help="default: %(default)s")
        parser.add_argument(
            "--max-tasks", type=int, default=MOST_TASKS, help="of one worker (%(default)s)"
        )
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks")

    def handle(self, *args: Any, **options: Any) -> None:
        load_what_workers_use()
        connections.close_all()  # each worker has its own
        Workers(options["workers"], partial(work, options)).run()


def work(options: dict[str, Any]) -> None:
    """Whoever takes a dead one's place calls for what that one was at."""
    for name in RESUMED:
        call_command(name)
    PatientWorker(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        excluded_queue_names=[],
        interval=options["interval"],
        batch=False,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=options["max_tasks"],
        worker_id=secrets.token_hex(16),
    ).work()


class PatientWorker(Worker):
    """Told to end, it finishes its task, however often it is told: by a terminal or a service
    manager, which tell each process, and by the one that forked it."""

    def work(self) -> None:
        self.configure_signals()
        self.run()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        if self.running:
            super().shutdown(signum, frame)
