from typing import Any

from django.core.management.base import BaseCommand

from exchange.class_sheets.actions import CLEANING, remove_expired_uploads


class Command(BaseCommand):
    help = "Forgets the uploaded class sheets that nobody has confirmed in a day."

    def handle(self, *args: Any, **options: Any) -> None:
        count = remove_expired_uploads(by=CLEANING)
        self.stderr.write(f"{count} expired upload(s) removed.")
