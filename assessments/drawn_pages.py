"""Pages of docs/ that a command draws from a table of the program; CI fails when one is stale."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class PageDrawing(BaseCommand):
    """`page`: its place below the project's folder."""

    page: ClassVar[Path]

    def draw(self) -> str:
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="fail when the page is stale, and write nothing"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        page, drawn = settings.BASE_DIR / self.page, self.draw()
        if not check:
            page.write_text(drawn)
        elif not page.exists() or page.read_text() != drawn:
            command = type(self).__module__.rpartition(".")[2]
            raise CommandError(f"{self.page} is stale: run manage.py {command}")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---" for _ in head], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def yes_or_no(answer: bool) -> str:  # noqa: FBT001
    return "yes" if answer else "no"
