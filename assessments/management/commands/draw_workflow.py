from pathlib import Path

from django.utils import translation

from assessments.drawn_pages import PageDrawing, table, yes_or_no
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


class Command(PageDrawing):
    help = "Draws docs/workflow.md from the table in assessments/workflow.py"
    page = PAGE

    def draw(self) -> str:
        return draw()


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
            yes_or_no(status in EDITABLE),
        )
        for status in Status
    ]
    return table(("status", "on screen", "who has the next move", "results may change"), rows)


def _steps() -> str:
    return table(
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
        yes_or_no(transition.needs_reason),
    )
