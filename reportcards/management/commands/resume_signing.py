from typing import Any

from django.core.management.base import BaseCommand

from audit.models import SystemJob
from reportcards.actions.runs import resume_signing_run
from reportcards.signing_queue import runs_for_worker


class Command(BaseCommand):
    help = "Calls the worker for runs whose cards wait for nobody: before it starts, or by cron"

    def handle(self, *args: Any, **options: Any) -> None:
        for run in runs_for_worker():
            resume_signing_run(run=run, by=SystemJob("resume_signing"))
            self.stdout.write(f"Signing run {run.pk} goes on")
