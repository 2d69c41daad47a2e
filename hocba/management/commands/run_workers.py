from functools import partial
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

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
        Workers(options["workers"], partial(work, options)).run()


def work(options: dict[str, Any]) -> None:
    """Whoever takes a dead one's place calls for what that one was at."""
    for name in RESUMED:
        call_command(name)
    call_command(
        "db_worker",
        verbosity=options["verbosity"],
        max_tasks=options["max_tasks"],
        interval=options["interval"],
        reload=False,
    )
