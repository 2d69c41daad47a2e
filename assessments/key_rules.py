"""What the page tells its scripts, so that a cell can say at once why it takes not what was typed.

The server judges again when it saves; these are its own sentences, ahead of time.
"""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.forms.grid import Grid
from assessments.sentences import score_error_sentence
from rulesets import ScoreError

SCORE_ERRORS = ["not_a_number", "decimal", "zero", "out_of_range"]
TYPED = "{typed}"  # the script puts what was typed in its place


# What stands over the columns of a teacher's own sheet, whatever language the screen has.
HEADING_WORDS = gettext_noop(
    "STT;TT;Mã học sinh;Mã HS;Mã định danh;Mã định danh Bộ GD&ĐT;Họ và tên;Họ tên;Tên học sinh;"
    "Ngày sinh;Điểm;Điểm KTĐK;Mức;Mức đạt;Mức đạt được;Nhận xét;Nội dung nhận xét"
)


@dataclass(frozen=True)
class LevelKeys:
    """The keys that set a level: its letter, and where that has a stroke the plain one too."""

    code: str
    plain: str
    name: str


def level_keys(grid: Grid) -> list[LevelKeys]:
    """A level whose code is a word has none."""
    return [
        LevelKeys(level["code"], _without_stroke(level["code"]), level["name"])
        for level in grid.level_names
        if len(level["code"]) == 1
    ]


def _without_stroke(letter: str) -> str:
    plain_name, stroke, _rest = unicodedata.name(letter).partition(" WITH STROKE")
    return unicodedata.lookup(plain_name) if stroke else ""


def heading_words() -> str:
    return f"{HEADING_WORDS};{_(HEADING_WORDS)}"


@dataclass(frozen=True)
class Refusal:
    code: str
    sentence: str


def refusals(grid: Grid) -> list[Refusal]:
    scale = grid.sheet.ruleset.score_scale
    params = {"raw": TYPED, "minimum": scale.minimum, "maximum": scale.maximum}
    levels = ", ".join(level.code for level in grid.levels)
    wrong_level = _("Mức “%(value)s” không có trong quy định; chỉ nhận: %(levels)s.")
    return [
        *(Refusal(code, score_error_sentence(ScoreError(code, params))) for code in SCORE_ERRORS),
        Refusal("level", wrong_level % {"value": TYPED, "levels": levels}),
        Refusal("locked", _("Ô này không nhập được: em không có ô này, hoặc kết quả đã khóa.")),
    ]
