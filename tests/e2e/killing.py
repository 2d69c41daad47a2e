"""Kills the server while a teacher types, and counts what is left of her work.

A round: she types into some cells, the server is killed at a moment that chance chooses, it is
started again on the same database, she logs in again and reopens the grid. Each text must then
be in the table or be offered, and no answer "saved" that her page had received may be untrue.
"""

import random
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.sync_api import Error, Page, expect

from tests.e2e.grid_cases import press
from tests.e2e.grids import CELLS, SAVED, GridWindow
from tests.e2e.server import Server

WORDS = ["đọc to", "rõ ràng", "nhớ bảng nhân", "trình bày sạch", "giúp bạn", "hay hỏi", "viết đẹp"]
COLUMNS = ("level", "score", "comment")
LONGEST_SAVE = 0.12  # seconds: the kill falls before, into and after the request's work
LONGEST_IDLE = 1.5
MOST_ATTEMPTS = 20
IN_MID_SAVE = 0.7  # of the kills

REMEMBER_ANSWERS = """
addEventListener("grid:settled", ({ detail }) => {
  const answers = JSON.parse(sessionStorage.answers ?? "[]");
  answers.push(...detail.cells.filter(({ fate }) => fate === "saved" || fate === "unchanged"));
  sessionStorage.answers = JSON.stringify(answers);
});
"""
TAKE_ANSWERS = """
() => {
  const answers = JSON.parse(sessionStorage.answers ?? "[]");
  sessionStorage.removeItem("answers");
  return answers;
}
"""
READ_CELLS = """
() => Object.fromEntries(
  Array.from(document.querySelectorAll(".grid__control"), ({ name, value }) => [name, value]))
"""


@dataclass
class Tally:
    kills: int = 0
    kills_in_mid_save: int = 0
    answers: int = 0
    answers_lost: list[str] = field(default_factory=list)
    texts: int = 0
    texts_offered: int = 0
    keystrokes: int = 0
    texts_lost: list[str] = field(default_factory=list)

    @property
    def keystrokes_lost(self) -> int:
        return sum(map(len, self.texts_lost))


class Killing:
    def __init__(self, server: Server, page: Page, chance: random.Random) -> None:
        self.server, self.page, self.chance = server, page, chance
        self.window = GridWindow(page)
        self.tally = Tally()
        page.context.add_init_script(REMEMBER_ANSWERS)
        self.window.log_in()
        self.url = self.window.open_grid()
        self.rows = page.locator("tbody .grid__row").count()

    def round(self) -> None:
        """The whole server dies, her page is left, and she logs in again."""
        typed = self._type_some()
        self._wait_for_some_moment()
        self.server.kill()
        answers = self._answers()
        self.page.goto("about:blank")
        self.server.start()
        self.page.context.clear_cookies()
        self.window.log_in()
        self._reopen_and_count(typed, answers)

    def round_of_crashes(self) -> None:
        """The process that does the work dies, and her page with it; another takes over."""
        typed = self._type_some()
        self._wait_for_some_moment()
        self.server.kill_worker()
        answers = self._answers()
        self._crash_page()
        self._reopen_and_count(typed, answers)

    def _answers(self) -> list[Mapping[str, str]]:
        self.tally.kills += 1
        self.window.wait_until_kept()
        answers: list[Mapping[str, str]] = self.page.evaluate(TAKE_ANSWERS)
        return answers

    def _crash_page(self) -> None:
        crashed, context = self.page, self.page.context
        with suppress(Error):
            crashed.goto("chrome://crash", timeout=5000)
        self.page = context.new_page()
        self.window = GridWindow(self.page)
        crashed.close()

    def _reopen_and_count(self, typed: Mapping[str, str], answers: list[Mapping[str, str]]) -> None:
        self._reopen()
        stored = self.page.evaluate(READ_CELLS)
        self._count_answers(stored, answers, typed)
        self._count_texts(stored, typed)
        self._put_back()

    def _reopen(self) -> None:
        """What came to the dying process is answered by nobody: she tries again."""
        for _attempt in range(MOST_ATTEMPTS):
            with suppress(Error):
                self.page.goto(self.url)
                break
            self.page.wait_for_timeout(500)
        self.window.expect_key()

    def _type_some(self) -> dict[str, str]:
        typed = {}
        for _number in range(self.chance.randint(1, 4)):
            row, column = self.chance.randrange(self.rows), self.chance.choice(COLUMNS)
            text = self._some_text(column)
            cell = self.window.cell(row, column)
            self._write(row, column, text)
            typed[cell.get_attribute("name") or ""] = text
        return typed

    def _some_text(self, column: str) -> str:
        if column == "level":
            return self.chance.choice("THC")
        if column == "score":
            return str(self.chance.randint(1, 10))
        words = self.chance.sample(WORDS, self.chance.randint(2, 6))
        return f"{' '.join(words)} {self.chance.randrange(10**6)}"

    def _write(self, row: int, column: str, text: str) -> None:
        if column == "level":
            self.window.cell(row, column).focus()
            press(self.page, text.lower())  # at a hand's pace: a faster key is an input method's
        else:
            self.window.type(row, column, text)
        self.tally.texts += 1
        self.tally.keystrokes += len(text)

    def _wait_for_some_moment(self) -> None:
        if self.chance.random() < IN_MID_SAVE:
            self._wait_into_a_save()
        else:
            time.sleep(self.chance.uniform(0, LONGEST_IDLE))

    def _wait_into_a_save(self) -> None:
        wait = self.chance.uniform(0, LONGEST_SAVE)
        try:
            with self.page.expect_request(CELLS, timeout=1500):
                self.window.save()
        except Error:
            return  # all of it had been saved already
        self.tally.kills_in_mid_save += 1
        time.sleep(wait)

    def _count_answers(
        self,
        stored: Mapping[str, str],
        answers: list[Mapping[str, str]],
        typed: Mapping[str, str],
    ) -> None:
        """The last answer for a cell counts; what was typed later may have been saved over it."""
        last = {f"e{answer['pupil']}-{answer['field']}": answer["value"] for answer in answers}
        self.tally.answers += len(last)
        self.tally.answers_lost += [
            f"{name}: {value}"
            for name, value in last.items()
            if stored[name] not in {value, typed.get(name)}
        ]

    def _count_texts(self, stored: Mapping[str, str], typed: Mapping[str, str]) -> None:
        unsaved = {name: text for name, text in typed.items() if stored[name] != text}
        if unsaved:
            expect(self.window.offer).to_be_visible()
        offered = self.window.offer.locator("[data-draft-text]").all_inner_texts()
        self.tally.texts_offered += len(offered)
        self.tally.texts_lost += [text for text in unsaved.values() if text not in offered]

    def _put_back(self) -> None:
        if not self.window.offer.is_visible():
            return
        self.window.restore()
        expect(self.window.offer).to_be_hidden()
        for _question in range(self.page.get_by_label("Thầy/cô vừa gõ").count()):
            self.page.get_by_label("Thầy/cô vừa gõ").first.check()
        expect(self.window.state).to_have_text(SAVED)
