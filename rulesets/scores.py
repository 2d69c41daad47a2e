"""Test scores: whole numbers on a scale."""

import re
from dataclasses import dataclass

FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")
WHOLE = re.compile(r"-?[0-9]+")
DECIMAL = re.compile(r"-?([0-9]+[.,][0-9]*|[.,][0-9]+)")
# int() itself refuses texts of several thousand digits with an error of its own.
MOST_DIGITS = 9


class ScoreError(ValueError):
    """A text that is no score: a code and what the sentence on screen needs."""

    def __init__(self, code: str, params: dict[str, object]) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class ScoreScale:
    minimum: int = 1
    maximum: int = 10
    allows_zero: bool = False

    def parse(self, raw: str | int) -> int:
        """The score that was typed, or ScoreError: not_a_number, decimal, zero, out_of_range."""
        text = str(raw).translate(FULL_WIDTH).strip()
        if DECIMAL.fullmatch(text):
            raise self._error("decimal", raw)
        if not WHOLE.fullmatch(text):
            raise self._error("not_a_number", raw)
        if len(text) > MOST_DIGITS:
            raise self._error("out_of_range", raw)
        return self._check(int(text), raw)

    def _check(self, score: int, raw: str | int) -> int:
        if score == 0 and not self.allows_zero:
            raise self._error("zero", raw)
        if score != 0 and not self.minimum <= score <= self.maximum:
            raise self._error("out_of_range", raw)
        return score

    def _error(self, code: str, raw: str | int) -> ScoreError:
        params = {"raw": str(raw), "minimum": self.minimum, "maximum": self.maximum}
        return ScoreError(code, params)
