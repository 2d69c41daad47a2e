from pathlib import Path

from django.utils import translation

from assessments.drawn_pages import PageDrawing, table, yes_or_no
from reportcards.workflow import (
    CREATED,
    IN_FORCE,
    IN_MAKING,
    TRANSITIONS,
    CardState,
    Transition,
    targets_of,
)

PAGE = Path("docs/report-card-states.md")

TEXT = """\
# The life of a digital report card

Drawn from `reportcards/workflow.py` by `manage.py draw_report_card_states`; CI fails when it is
stale. A card's content never changes: only its state does, along these arrows, and the database
refuses every other move. Each step is a row of `ReportCardEvent` and an event of the audit.

```mermaid
stateDiagram-v2
{diagram}
```

## States

{states}

While a card is in force, the results that it was made from are locked.

## Steps

{steps}
"""


class Command(PageDrawing):
    help = "Draws docs/report-card-states.md from the table in reportcards/workflow.py"
    page = PAGE

    def draw(self) -> str:
        return draw()


def draw() -> str:
    with translation.override("vi"):
        return TEXT.format(diagram=_diagram(), states=_states(), steps=_steps())


def _diagram() -> str:
    arrows = [
        f"    {source.value} --> {target.value}: {transition.step.value}"
        for transition in TRANSITIONS
        for source in transition.sources
        for target in targets_of(transition)
    ]
    ends = [f"    {state.value} --> [*]" for state in CardState if _is_an_end(state)]
    return "\n".join([f"    [*] --> {CardState.CREATED.value}", *arrows, *ends])


def _is_an_end(state: CardState) -> bool:
    return not any(state in transition.sources for transition in TRANSITIONS)


def _states() -> str:
    rows = [(f"`{state.value}`", str(state.label), _standing(state)) for state in CardState]
    return table(("state", "on screen", "the card is"), rows)


def _standing(state: CardState) -> str:
    if state in IN_MAKING:
        return "in making"
    return "in force" if state in IN_FORCE else "over"


def _steps() -> str:
    first = ("", "khởi tạo", "", f"`{CardState.CREATED.value}`", f"`report_card.{CREATED}`", "no")
    return table(
        ("step", "on screen", "from", "to", "audit event", "needs a reason"),
        [first, *(_step(transition) for transition in TRANSITIONS)],
    )


def _step(transition: Transition) -> tuple[str, ...]:
    is_back = transition.target is None
    return (
        f"`{transition.step.value}`",
        str(transition.step.label),
        ", ".join(f"`{source.value}`" for source in transition.sources),
        "where it stood before" if is_back else f"`{targets_of(transition)[0].value}`",
        f"`report_card.{transition.event}`",
        yes_or_no(transition.needs_reason),
    )
