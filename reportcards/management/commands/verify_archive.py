import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reportcards.archive_check import ArchiveCheck, Fault, pages_of_cards
from reportcards.archive_grounds import grounds_at, grounds_of
from reportcards.archive_walk import unnamed_files
from reportcards.models import ReportCard
from reportcards.models.cards import ReportCardQuerySet
from reportcards.verify import Grounds
from schools.models import School


@dataclass
class Progress:
    """Where a run stands: everything up to the card `after` has been looked at."""

    school: str = ""
    after: int = 0
    cards: int = 0
    faults: int = 0


class Command(BaseCommand):
    help = (
        "Checks every file of every card that was ever issued: present, unchanged, what was "
        "signed, and still verified. Exits with 1 where anything is not right. A run that was "
        "stopped goes on with --resume. Files that no card names are told, and are no fault."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--school", metavar="CODE", default="", help="one school's alone")
        parser.add_argument("--resume", action="store_true", help="go on where a run was stopped")
        parser.add_argument("--json", action="store_true", help="a JSON object a line")
        parser.add_argument(
            "--cursor",
            type=Path,
            default=settings.VAR_DIR / "verify_archive.json",
            help="where a run writes how far it has come (default: %(default)s)",
        )

    def handle(
        self, *args: Any, school: str, resume: bool, json: bool, cursor: Path, **options: Any
    ) -> None:
        self.as_json, self.cursor = json, cursor
        progress = self._begin(school, resume=resume)
        check = ArchiveCheck()
        for page in pages_of_cards(_cards(progress.school), progress.after):
            self._look_at(page, check, progress)
        unnamed = self._tell_unnamed(progress.school)
        self.cursor.unlink(missing_ok=True)
        self._tell({**asdict(progress), "files": check.files, "unnamed": unnamed}, SUMMARY)
        if progress.faults:
            raise CommandError(f"{progress.faults} faults in the archive")

    def _begin(self, school: str, *, resume: bool) -> Progress:
        self.known = grounds_at(timezone.now())
        self.grounds: dict[int, Grounds] = {}
        if not resume or not self.cursor.exists():
            return Progress(school)
        progress = Progress(**json.loads(self.cursor.read_text()))
        if school and school != progress.school:
            raise CommandError(f"The run that was stopped was about {progress.school or 'all'}.")
        return progress

    def _look_at(self, page: list[ReportCard], check: ArchiveCheck, progress: Progress) -> None:
        for card in page:
            for fault in check.faults_of(card, self._grounds_of(card.school)):
                self._tell_fault(fault)
                progress.faults += 1
        progress.cards += len(page)
        progress.after = page[-1].pk
        self._keep(progress)

    def _grounds_of(self, school: School) -> Grounds:
        if school.pk not in self.grounds:
            self.grounds[school.pk] = grounds_of(school, self.known)
        return self.grounds[school.pk]

    def _keep(self, progress: Progress) -> None:
        """Whole or not at all: a run may be stopped at any moment."""
        written = self.cursor.with_suffix(".new")
        written.write_text(json.dumps(asdict(progress)))
        written.replace(self.cursor)

    def _tell_fault(self, fault: Fault) -> None:
        self._tell({"fault": asdict(fault), "sentence": fault.sentence}, "{sentence}")

    def _tell_unnamed(self, school: str) -> int:
        told = 0
        for name in unnamed_files(school):
            self._tell({"unnamed": name}, "{unnamed}: no card names this file")
            told += 1
        return told

    def _tell(self, told: dict[str, Any], sentence: str) -> None:
        line = json.dumps(told, ensure_ascii=False) if self.as_json else sentence.format(**told)
        self.stdout.write(line)


SUMMARY = "{cards} cards, {files} files: {faults} faults, {unnamed} files that no card names"


def school_or_complain(code: str) -> School:
    found = School.objects.filter(ministry_code=code).first()
    if found is None:
        raise CommandError(f"No school has the code {code}.")
    return found


def _cards(school: str) -> ReportCardQuerySet:
    cards = ReportCard.objects.issued_ever().select_related("school_year__school")
    return cards.for_school(school_or_complain(school)) if school else cards
