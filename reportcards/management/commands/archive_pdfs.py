from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reportcards.actions.archiving import ARCHIVIST, archive_card_pdf
from reportcards.models import FileKind, ReportCard
from schools.models import School


class Command(BaseCommand):
    help = (
        "Lays issued cards out on paper where that has not been done yet, and keeps the pages in "
        "the archive. The worker does it after each issue; this catches up."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--school", metavar="CODE", help="the ministry's code of one school")

    def handle(self, *args: Any, school: str | None, **options: Any) -> None:
        cards = ReportCard.objects.issued_ever().without_file(FileKind.PDF)
        if school:
            cards = cards.for_school(school_or_complain(school))
        waiting = list(cards.order_by("pk").values_list("pk", flat=True))
        for pk in waiting:
            archive_card_pdf(report_card=ReportCard.objects.get(pk=pk), by=ARCHIVIST)
        self.stdout.write(f"{len(waiting)} cards laid out")


def school_or_complain(code: str) -> School:
    found = School.objects.filter(ministry_code=code).first()
    if found is None:
        raise CommandError(f"No school has the code {code}.")
    return found
