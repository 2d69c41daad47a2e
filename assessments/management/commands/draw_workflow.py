from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from assessments.workflow import EDITABLE, OWNERS, TRANSITIONS, Status, Transition

PAGE = Path("docs/workflow.md")

TEXT = """\
# The life of a term record

Drawn from `assessments/workflow.py` by `manage.py draw_workflow`; CI fails when it is stale.
A class's `ClassPeriod` and each pupil's `PeriodRecord` live by the same table. The class takes
its pupils along; a pupil reopened alone goes her own way while the class stays signed off.

```mermaid
stateDiagram-v2
{diagram}
```

## Statuses

{statuses}

## Steps

{steps}
"""


class Command(BaseCommand):
    help = "Draws docs/workflow.md from the table in assessments/workflow.py"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="fail when the page is stale, and write nothing"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        page = settings.BASE_DIR / PAGE
        drawn = draw()
        if not check:
            page.write_text(drawn)
        elif not page.exists() or page.read_text() != drawn:
            raise CommandError(f"{PAGE} is stale: run manage.py draw_workflow")


def draw() -> str:
    with translation.override("vi"):
        return TEXT.format(diagram=_diagram(), statuses=_statuses(), steps=_steps())


def _diagram() -> str:
    arrows = [
        f"    {source.value} --> {transition.target.value}: {transition.step.value}"
        for transition in TRANSITIONS
        for source in transition.sources
    ]
    return "\n".join([f"    [*] --> {Status.OPEN.value}", *arrows])


def _statuses() -> str:
    rows = [
        (
            f"`{status.value}`",
            str(status.label),
            str(OWNERS[status].label),
            _yes(status in EDITABLE),
        )
        for status in Status
    ]
    return _table(("status", "on screen", "who has the next move", "results may change"), rows)


def _steps() -> str:
    return _table(
        ("step", "on screen", "from", "to", "audit event", "needs a reason"),
        [_step(transition) for transition in TRANSITIONS],
    )


def _step(transition: Transition) -> tuple[str, ...]:
    return (
        f"`{transition.step.value}`",
        str(transition.step.label),
        ", ".join(f"`{source.value}`" for source in transition.sources),
        f"`{transition.target.value}`",
        f"`class_period.{transition.event}`, `period_record.{transition.event}`",
        _yes(transition.needs_reason),
    )


def _yes(answer: bool) -> str:  # noqa: FBT001
    return "yes" if answer else "no"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
