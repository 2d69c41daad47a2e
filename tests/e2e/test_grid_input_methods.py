"""Vietnamese input methods in the grid: they compose, they rewrite, they never give a command."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import OpenWindow
from tests.e2e.grid_cases import LOOK, SEND, Case, open_grid, press, stand

HELD_BACK = [
    {"key": "Process"},
    {"key": "h", "isComposing": True},
    {"key": "Enter", "isComposing": True},
    {"key": "ArrowDown", "isComposing": True},
    {"key": "Enter", "keyCode": 229},
    {"key": "z", "ctrlKey": True, "keyCode": 229},
    {"key": "t", "ctrlKey": True, "altKey": True},
]


@dataclass(frozen=True)
class Typing:
    """What an input method does to a comment; what it leaves there, after so many Ctrl+Z."""

    does: list[tuple[str, str]]
    leaves: str
    undone: str = "Đọc to."
    at: str = "0 comment"
    texts: dict[str, str] = field(default_factory=dict)


TYPINGS = [
    # Telex as it composes under Windows, macOS and ibus: the letters stand underlined first
    Typing([("compose", " d"), ("compose", " đ"), ("commit", " đ")], "Đọc to. đ"),
    Typing([("compose", "a"), ("compose", "â"), ("compose", "ấ"), ("commit", "ấ")], "Đọc to.ấ"),
    # VNI: the digits are tone marks
    Typing([("compose", "Hoa"), ("compose", "Hòa"), ("commit", "Hòa")], "Đọc to.Hòa"),
    # What is given up leaves nothing
    Typing([("compose", "ấ"), ("compose", "")], "Đọc to."),
    # Unikey takes the letter back and writes another
    Typing([("key", "d"), ("key", "Backspace"), ("insert", "đ")], "Đọc to.đ"),
    Typing(
        [
            ("key", "a"),
            ("key", "Backspace"),
            ("insert", "â"),
            ("key", "Backspace"),
            ("insert", "ấ"),
        ],
        "Đọc to.ấ",
    ),
    # A decomposed letter keeps its mark
    Typing([("insert", "e\u0302\u0301")], "Đọc to.e\u0302\u0301"),
]


@pytest.fixture
def grid(open_window: OpenWindow) -> Page:
    return open_grid(open_window())


def perform(page: Page, does: list[tuple[str, str]]) -> None:
    browser = page.context.new_cdp_session(page)
    for act, text in does:
        if act == "compose":
            end = len(text)
            parameters = {"text": text, "selectionStart": end, "selectionEnd": end}
            browser.send("Input.imeSetComposition", parameters)
        elif act in {"commit", "insert"}:
            browser.send("Input.insertText", {"text": text})
        else:
            page.keyboard.press(text)
    browser.detach()


def test_what_an_input_method_types_stays_as_it_typed_it(grid: Page) -> None:
    for typing in TYPINGS:
        stand(grid, Case("0 comment", "", ""))
        perform(grid, typing.does)
        seen = grid.evaluate(LOOK)
        press(grid, "Control+z")
        undone = grid.evaluate(LOOK)["values"]["0 comment"]

        assert (seen["at"], seen["values"]["0 comment"]) == ("0 comment", typing.leaves), typing
        assert typing.leaves == typing.undone or undone == typing.undone, typing


@pytest.mark.parametrize("at", ["0 level", "0 score", "0 comment"])
def test_keys_that_an_input_method_holds_back_give_no_command(grid: Page, at: str) -> None:
    for event in HELD_BACK:
        stand(grid, Case(at, "", ""))
        before: Any = grid.evaluate(LOOK)
        grid.evaluate(SEND, [event])

        assert grid.evaluate(LOOK) == before, event


def test_a_letter_that_an_input_method_writes_anew_counts_once(grid: Page) -> None:
    """Telex turns a third "d" into backspace, "d", "d" faster than fingers can."""
    stand(grid, Case("0 level", "", ""))
    grid.evaluate(SEND, [{"key": "Backspace"}, {"key": "c"}, {"key": "c"}])
    seen = grid.evaluate(LOOK)

    assert seen["at"] == "1 level"
    assert (seen["values"]["0 level"], seen["values"]["1 level"]) == ("C", "T")

    # And it is one step
    press(grid, "Control+z")
    assert grid.evaluate(LOOK)["values"]["0 level"] == "T"
