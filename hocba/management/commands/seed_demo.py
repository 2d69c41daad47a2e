import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from hocba.demo.digital_cards import issue_cards
from hocba.demo.school import Size, seed
from hocba.demo.signing_keys import (
    DEMO_PASSPHRASE,
    NotTheDemoAuthority,
    check_authority,
    register_signing_keys,
)
from hocba.demo.staff import DEMO_PASSWORD
from hocba.garbage import collect_seldom
from rulesets import Period
from schools.models import School

LOGINS = [
    ("hieutruong", "principal: signs off, returns, reopens"),
    ("phohieutruong", "vice principal"),
    ("gv1a", "homeroom teacher of 1A (signed off), and mother of a pupil"),
    ("gv1b", "homeroom teacher of 1B (returned by the principal)"),
    ("gv4a", "homeroom teacher of 4A (under way)"),
    ("tienganh", "teaches English to every class"),
    ("hocvu", "registrar: pupils and their import"),
    ("vanthu", "clerk"),
    ("quantri", "administrator: never sees results"),
    ("phuhuynh", "mother of two pupils"),
    ("hieutruong2", "principal of another school, a stranger here"),
]
OPEN_PERIODS = [Period.MID_TERM_2.value, Period.END_YEAR.value]
SIZES = [
    ("--streams", range(1, 6), 5, "classes for each grade"),
    ("--pupils", range(2, 46), 35, "pupils in each class"),
]


class Command(BaseCommand):
    help = "Makes a fictional school with two school years, once, in an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today",
            type=datetime.date.fromisoformat,
            help="the day around which the running school year is laid out (YYYY-MM-DD)",
        )
        parser.add_argument(
            "--open",
            choices=OPEN_PERIODS,
            default=OPEN_PERIODS[0],
            help="the period in which today lies (default: %(default)s)",
        )
        parser.add_argument("--logins", action="store_true", help="only print the log-ins")
        for name, sizes, usual, what in SIZES:
            limits = f"{what}, {sizes[0]} to {sizes[-1]} (default: {usual})"
            parser.add_argument(
                name, type=int, choices=sizes, metavar="N", default=usual, help=limits
            )

    def handle(self, **options: Any) -> None:
        if not options["logins"]:
            self._seed(options)
        self.stdout.write(f"\nLog in with the password {DEMO_PASSWORD} as one of:\n")
        for username, description in LOGINS:
            self.stdout.write(f"  {username:<14} {description}")
        self.stdout.write(f"\nThe key files of all who sign open with {DEMO_PASSPHRASE}\n")

    def _seed(self, options: dict[str, Any]) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("The demo's password is public: it is not seeded in production.")
        if School.objects.exists():
            raise CommandError("There is a school already; the demo wants an empty database.")
        try:
            check_authority()
        except NotTheDemoAuthority as error:
            raise CommandError(str(error)) from error
        collect_seldom()
        today = options["today"] or timezone.localdate()
        size = Size(options["streams"], options["pupils"])
        with transaction.atomic():
            school = seed(today, size, Period(options["open"]))
            register_signing_keys(school, today)
            issue_cards(school)
