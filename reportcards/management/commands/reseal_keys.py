from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.errors import DomainError
from audit.models import SystemJob
from reportcards.actions.certificates import reseal_stored_keys

JOB = SystemJob("reseal_keys")


class Command(BaseCommand):
    help = (
        "Seals all stored key files with the present KEY_SEALING_SECRET; "
        "afterwards KEY_SEALING_SECRET_FALLBACKS is needed no more."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = reseal_stored_keys(by=JOB)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} key files sealed anew")
