from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reportcards.signing.certificates import DEMO_MARKER
from reportcards.signing.demo_authority import DemoAuthority, Revocation, make_authority
from reportcards.signing.demo_files import (
    TRUST,
    has_authority,
    read_authority,
    renew_lists,
    write_authority,
)


class Command(BaseCommand):
    help = (
        f"Makes the demo certification authority ({DEMO_MARKER}) and its revocation lists; "
        "where there is one, renews its lists. Not for production."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=Path(settings.SIGNING_TRUST_FILE).parent,
            help="where its files are (default: %(default)s)",
        )
        parser.add_argument(
            "--revoke",
            metavar="SERIAL",
            action="append",
            default=[],
            type=hexadecimal,
            help="the serial of a certificate, in hexadecimal; may be given again",
        )

    def handle(self, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError(
                "Production has no demo authority: whatever it signs is worth nothing."
            )
        folder, now = options["folder"], timezone.now()
        authority = self._authority(folder)
        revoked = [Revocation(serial, now) for serial in options["revoke"]]
        renew_lists(authority, folder, at=now, revoked=revoked)
        self.stdout.write(f"{folder}: lists made, {len(revoked)} newly revoked")

    def _authority(self, folder: Path) -> DemoAuthority:
        if has_authority(folder):
            return read_authority_or_complain(folder)
        authority = make_authority(at=timezone.now())
        write_authority(authority, folder)
        self.stdout.write(f"{folder / TRUST}: {DEMO_MARKER}")
        return authority


def hexadecimal(text: str) -> int:
    return int(text, 16)


def read_authority_or_complain(folder: Path) -> DemoAuthority:
    """A trust file of real authorities has no keys beside it and stays as it is."""
    try:
        return read_authority(folder)
    except (OSError, ValueError) as error:
        raise CommandError(f"{folder / TRUST} is not the demo authority's: {error}") from error
