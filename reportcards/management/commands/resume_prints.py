from typing import Any

from django.core.management.base import BaseCommand

from audit.models import SystemJob
from reportcards.actions import resume_print_run
from reportcards.prints.queue import runs_for_worker

JOB = SystemJob("resume_prints")


class Command(BaseCommand):
    help = "Calls a worker for print runs whose files nobody makes: before it starts, or by cron"

    def handle(self, *args: Any, **options: Any) -> None:
        for run in runs_for_worker():
            resume_print_run(run=run, by=JOB)
            self.stdout.write(f"Print run {run.pk} goes on")
