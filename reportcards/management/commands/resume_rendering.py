from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from audit.models import SystemJob
from reportcards.actions import resume_rendering, retry_renderings
from reportcards.models import Rendering, RenderingState

JOB = SystemJob("resume_rendering")


class Command(BaseCommand):
    help = "Calls a worker for documents that wait: before it starts, or by cron"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--failed", action="store_true", help="try those that failed again: after an update"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["failed"]:
            failed = Rendering.objects.filter(state=RenderingState.FAILED).defer("content")
            retry_renderings(renderings=list(failed), by=JOB)
        count = resume_rendering(by=JOB)
        if count:
            self.stdout.write(f"{count} documents wait and a worker is called")
