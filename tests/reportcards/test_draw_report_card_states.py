from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reportcards.management.commands.draw_report_card_states import PAGE, draw
from reportcards.workflow import TRANSITIONS, CardState, CardStep, moves

COMMAND = "draw_report_card_states"


@pytest.fixture
def page(settings: Any, tmp_path: Path) -> Path:
    settings.BASE_DIR = tmp_path
    path = tmp_path / PAGE
    path.parent.mkdir()
    return path


def test_the_page_in_docs_is_what_the_table_says() -> None:
    call_command(COMMAND, check=True)


def test_every_move_is_an_arrow_and_every_arrow_a_move() -> None:
    arrows = [
        line.partition(":")[0].split(" --> ") for line in draw().splitlines() if "-->" in line
    ]
    drawn = {(source.strip(), target.strip()) for source, target in arrows}
    assert {pair for pair in drawn if "[*]" not in pair} == moves()


def test_a_life_begins_when_it_is_created_and_ends_where_no_step_leads_on() -> None:
    drawn = draw()
    assert "[*] --> created" in drawn
    assert "superseded --> [*]" in drawn
    assert "discarded --> [*]" in drawn
    assert drawn.count("--> [*]") == 2


@pytest.mark.parametrize("word", [*CardState, *CardStep])
def test_every_state_and_step_has_its_row(word: CardState | CardStep) -> None:
    assert f"| `{word.value}` | {word.label} |" in draw()


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda row: row.step)
def test_every_step_names_its_event(transition: Any) -> None:
    assert f"| `report_card.{transition.event}` |" in draw()


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (CardState.LEADER_SIGNED, "in making"),
        (CardState.ISSUED, "in force"),
        (CardState.REFUSED, "in force"),
        (CardState.WITHDRAWN, "over"),
    ],
)
def test_a_state_says_whether_the_card_stands(state: CardState, standing: str) -> None:
    assert f"| `{state.value}` | {state.label} | {standing} |" in draw()


def test_the_command_writes_the_page(page: Path) -> None:
    call_command(COMMAND)
    assert page.read_text() == draw()
    call_command(COMMAND, check=True)


@pytest.mark.parametrize("text", ["an older drawing", None])
def test_a_stale_or_absent_page_fails_the_check_and_stays(page: Path, text: str | None) -> None:
    if text:
        page.write_text(text)
    with pytest.raises(CommandError, match=f"stale: run manage.py {COMMAND}"):
        call_command(COMMAND, check=True)
    assert (page.read_text() if page.exists() else None) == text
