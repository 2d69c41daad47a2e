from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.errors import DomainError
from audit.models import SystemJob
from reportcards.actions.revocation_lists import receive_revocation_list

JOB = SystemJob("import_revocation_list")


class Command(BaseCommand):
    help = "Takes files with revocation lists (CRLs) of trusted authorities, DER or PEM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        refused = [told for path in files if (told := self._take(path))]
        if refused:
            raise CommandError("\n".join(refused))

    def _take(self, path: Path) -> str:
        """What was wrong with the file; the others are taken all the same."""
        try:
            row = receive_revocation_list(content=path.read_bytes(), by=JOB)
        except (DomainError, OSError) as error:
            return f"{path}: {error}"
        self.stderr.write(f"{path}: {row.issuer_name}, {row.this_update:%Y-%m-%d %H:%M} UTC")
        return ""
