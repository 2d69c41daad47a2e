from typing import Any

from django.core.management.base import BaseCommand

from audit.models import SystemJob
from reportcards.actions import purge_prints


class Command(BaseCommand):
    help = "Deletes files of prints and drafts that are older than a day; once a night"

    def handle(self, *args: Any, **options: Any) -> None:
        count = purge_prints(by=SystemJob("purge_prints"))
        self.stdout.write(f"{count} files deleted")
