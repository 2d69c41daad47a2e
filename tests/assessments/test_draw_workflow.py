from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessments.management.commands.draw_workflow import PAGE, draw
from assessments.workflow import TRANSITIONS, Status, Step


@pytest.fixture
def page(settings: Any, tmp_path: Path) -> Path:
    settings.BASE_DIR = tmp_path
    path = tmp_path / PAGE
    path.parent.mkdir()
    return path


def test_the_page_in_docs_is_what_the_table_says() -> None:
    call_command("draw_workflow", check=True)


def test_every_transition_is_an_arrow() -> None:
    drawn = draw()
    for transition in TRANSITIONS:
        for source in transition.sources:
            assert f"{source.value} --> {transition.target.value}: {transition.step.value}" in drawn


@pytest.mark.parametrize("word", [*Status, *Step])
def test_every_status_and_step_has_its_row(word: Status | Step) -> None:
    assert f"| `{word.value}` | {word.label} |" in draw()


def test_the_command_writes_the_page(page: Path) -> None:
    call_command("draw_workflow")
    assert page.read_text() == draw()
    call_command("draw_workflow", check=True)


@pytest.mark.parametrize("text", ["an older drawing", None])
def test_a_stale_or_absent_page_fails_the_check_and_stays(page: Path, text: str | None) -> None:
    if text:
        page.write_text(text)
    with pytest.raises(CommandError, match="stale"):
        call_command("draw_workflow", check=True)
    assert (page.read_text() if page.exists() else None) == text
