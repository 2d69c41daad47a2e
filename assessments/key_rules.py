"""What the page tells its scripts, so that a cell can say at once why it takes not what was typed.

The server judges again when it saves; these are its own sentences, ahead of time.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.forms.grid import Grid
from assessments.sentences import score_error_sentence
from rulesets import ScoreError

SCORE_ERRORS = ["not_a_number", "decimal", "zero", "out_of_range"]
TYPED = "{typed}"  # the script puts what was typed in its place


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
