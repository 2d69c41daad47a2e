from typing import Any

from django.core.management.base import BaseCommand

from audit.models import SystemJob
from reportcards.actions import resume_rendering

JOB = SystemJob("resume_rendering")


class Command(BaseCommand):
    help = "Calls a worker for documents that wait: before it starts, or by cron"

    def handle(self, *args: Any, **options: Any) -> None:
        count = resume_rendering(by=JOB)
        if count:
            self.stdout.write(f"{count} documents wait and a worker is called")
