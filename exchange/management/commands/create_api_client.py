from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.errors import DomainError
from audit.models import SystemJob
from exchange.api.actions import create_client, revoke_client
from exchange.models import ApiClient
from schools.models import School

JOB = SystemJob("create_api_client")


class Command(BaseCommand):
    help = "Lets a program read the export of some schools, and prints its token once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default="", help="whose program it is")
        parser.add_argument(
            "--school",
            dest="codes",
            metavar="CODE",
            action="append",
            default=[],
            help="ministry code of a school that it may read; may be repeated",
        )
        parser.add_argument("--revoke", metavar="NAME", help="ends the access of a client")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["revoke"]:
            self._revoke(options["revoke"])
            return
        if not options["name"]:
            raise CommandError("Name the client, or give --revoke NAME")
        self._create(options["name"], options["codes"])

    def _create(self, name: str, codes: list[str]) -> None:
        schools = School.objects.filter(ministry_code__in=codes)
        missing = sorted(set(codes) - {school.ministry_code for school in schools})
        if missing:
            raise CommandError(f"No school has the ministry code {', '.join(missing)}")
        try:
            client, token = create_client(name=name, schools=schools, by=JOB)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"{client} may read {len(schools)} school(s). Its token, shown once:")
        self.stdout.write(token)

    def _revoke(self, name: str) -> None:
        client = ApiClient.objects.filter(name=name).first()
        if client is None:
            raise CommandError(f"No client is named {name}")
        try:
            revoke_client(client=client, by=JOB)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"{client} can no longer read.")
