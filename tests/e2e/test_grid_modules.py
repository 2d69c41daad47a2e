"""The grid's modules that touch no page, called in the browser: blocks of text, matching, words."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from tests.e2e.conftest import OpenWindow
from tests.e2e.server import ROOT
from tests.e2e.sessions import come_in

CALL = "async ({path, name, values}) => (await import(path))[name](...values)"
LEVELS = [
    {"code": "T", "name": "Hoàn thành tốt"},
    {"code": "H", "name": "Hoàn thành"},
    {"code": "C", "name": "Chưa hoàn thành"},
    {"code": "M", "name": "Miễn"},
]
TRAIT_LEVELS = [
    {"code": "T", "name": "Tốt"},
    {"code": "Đ", "name": "Đạt"},
    {"code": "C", "name": "Cần cố gắng"},
]
SCALE = {"minimum": 1, "maximum": 10, "allowsZero": False}


class Modules:
    def __init__(self, page: Page) -> None:
        self.page = page
        manifest = json.loads((ROOT / "var/static/staticfiles.json").read_text())
        self.paths = manifest["paths"]

    def call(self, module: str, name: str, *values: Any) -> Any:
        path = f"/static/{self.paths[f'js/grid/{module}.js']}"
        return self.page.evaluate(CALL, {"path": path, "name": name, "values": list(values)})


@pytest.fixture
def modules(open_window: OpenWindow) -> Modules:
    page = open_window()
    come_in(page, "gv5a")
    return Modules(page)


TSV = [
    ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
    ("a\n", [["a"]]),
    ("a\n\nb", [["a"], [""], ["b"]]),
    ("a\t\t", [["a", "", ""]]),
    ("\r", [[""]]),
    ('"a\nb"\tc', [["a\nb", "c"]]),
    ('"a\r\nb ""x"""', [['a\nb "x"']]),
    ('"Em" ngoan\tx', [['"Em" ngoan', "x"]]),
    ('"abc"', [['"abc"']]),
    ('"chưa đóng\nx', [['"chưa đóng'], ["x"]]),
]


def test_blocks_are_read_as_spreadsheets_write_them(modules: Modules) -> None:
    for text, rows in TSV:
        assert modules.call("tsv", "parseTsv", text) == rows, repr(text)


def test_what_is_written_is_read_back(modules: Modules) -> None:
    letters = st.text(alphabet='aĐ"\t\n ', max_size=8)
    blocks = st.integers(1, 3).flatmap(
        lambda width: st.lists(
            st.lists(letters, min_size=width, max_size=width), min_size=1, max_size=4
        )
    )

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(blocks)
    def read_back(rows: list[list[str]]) -> None:
        text = modules.call("tsv", "printTsv", rows)
        assert modules.call("tsv", "parseTsv", text) == rows

    read_back()


WORDS = [
    ("t", LEVELS, "T"),
    ("Hoàn thành tốt", LEVELS, "T"),
    ("hoàn  thành", LEVELS, "H"),
    ("tốt", LEVELS, "T"),
    ("HTT", LEVELS, "T"),
    ("CHT", LEVELS, "C"),
    ("Hoàn thành", LEVELS, "H"),
    ("miễn", LEVELS, "M"),
    ("thành", LEVELS, None),
    ("d", LEVELS, None),
    ("", LEVELS, None),
    ("d", TRAIT_LEVELS, "Đ"),
    ("đ", TRAIT_LEVELS, "Đ"),
    ("D", TRAIT_LEVELS, "Đ"),
    ("Đạt", TRAIT_LEVELS, "Đ"),
    ("cần cố gắng", TRAIT_LEVELS, "C"),
    ("CCG", TRAIT_LEVELS, "C"),
    ("H", TRAIT_LEVELS, None),
]


def test_levels_are_known_by_code_name_and_initials(modules: Modules) -> None:
    for text, levels, code in WORDS:
        assert modules.call("typed", "levelOf", text, levels) == code, text


SCORES = [
    ("", None, False),
    ("1", None, False),
    ("2", None, True),
    ("9", None, True),
    ("10", None, True),
    ("0", "zero", False),
    ("11", "out_of_range", False),
    ("9,5", "decimal", False),
    ("9.", "decimal", False),
    ("chín", "not_a_number", False),
    ("-1", "not_a_number", False),
]


def test_scores_are_refused_by_the_names_of_the_ruleset(modules: Modules) -> None:
    for text, refusal, is_complete in SCORES:
        assert modules.call("typed", "scoreRefusal", text, SCALE) == refusal, text
        assert modules.call("typed", "isComplete", text, SCALE) is is_complete, text


def test_names_are_the_same_wherever_the_tone_mark_stands(modules: Modules) -> None:
    forms = {
        modules.call("typed", "plainForm", name)
        for name in ("Hòa  Thúy", "hoà thuý", "HO\u0300A THU\u0301Y", " Hoà Thúy ")
    }
    assert len(forms) == 1
    assert modules.call("typed", "plainForm", "Hoa") not in forms


def test_whole_numbers_lose_what_spreadsheets_add(modules: Modules) -> None:
    numbers = {"9,0": "9", "9.00": "9", " 10 ": "10", "9,5": "9,5", "x": "x"}
    for text, held in numbers.items():
        assert modules.call("typed", "asWholeNumber", text) == held


def test_tables_of_a_page_are_read_with_line_breaks_and_spans(modules: Modules) -> None:
    html = "<p>x</p><table><tr><td colspan=2> Họ\n tên</td><td>a<br>b</td></tr></table>"

    assert modules.call("tsv", "rowsOfHtml", html) == [["Họ tên", "", "a\nb"]]
    assert modules.call("tsv", "rowsOfHtml", "<p>không có bảng</p>") == []
