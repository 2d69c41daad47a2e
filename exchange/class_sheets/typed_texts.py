"""What a cell of a class sheet means, as the control of its grid would hold it.

A cell that is not understood is a ValueError with a sentence; whether the text is a good level
or score is for the grid to say.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.forms.fields import GridCell
from assessments.wording import translated
from exchange.cell_values import EXCEL_ERRORS
from exchange.class_sheets.layout import CLEAR_MARK
from exchange.class_sheets.reader import Uncalculated
from rulesets import Level
from schools.names import fold

WHOLE_WITH_DECIMALS = re.compile(r"([0-9]+)[.,]0+")
DATES = (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)


def typed_text(cell: GridCell | None, value: Any, levels: Sequence[Level] = ()) -> str:
    text = _text(value)
    if is_clear_mark(text):
        return ""
    if cell is None:  # nothing is asked there; the grid says why
        return text
    if cell.kind == "level":
        return level_codes(levels).get(fold(text), text)
    if cell.kind in {"score", "number"} and (whole := WHOLE_WITH_DECIMALS.fullmatch(text.strip())):
        return whole[1]
    return text


def is_clear_mark(text: str) -> bool:
    """However the tone is placed: xóa, xoá, XÓA."""
    return fold(text) == fold(CLEAR_MARK)


def level_codes(levels: Sequence[Level]) -> Mapping[str, str]:
    """By code and by name, in the school's language and in the reader's."""
    return {
        fold(word): level.code
        for level in levels
        for word in (level.code, level.name, translated(level.name))
    }


def _text(value: Any) -> str:
    if value is Uncalculated:
        raise ValueError(
            _("Công thức của ô chưa được tính; hãy mở tệp bằng Excel và lưu lại, hoặc gõ giá trị.")
        )
    if isinstance(value, DATES):
        raise ValueError(
            _("Ô đã bị đổi thành ngày giờ (%(text)s); hãy gõ lại giá trị.") % {"text": _day(value)}
        )
    if isinstance(value, bool):
        raise ValueError(_("Ô đã bị đổi thành đúng/sai (TRUE/FALSE); hãy gõ lại giá trị."))
    if isinstance(value, int | float):
        return str(value) if isinstance(value, int) else f"{value:.10g}"
    if value in EXCEL_ERRORS:
        raise ValueError(_("Công thức trong ô bị lỗi (%(text)s).") % {"text": value})
    return str(value)


def _day(value: Any) -> str:
    if isinstance(value, datetime.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(value)


def shown_text(value: Any) -> str:
    """The cell's value for the reader of a refusal."""
    return "" if value is Uncalculated else _day(value)


def is_same(cell: GridCell, typed: str, base: str) -> bool:
    """Whether two texts mean one value: "132,5" and "132.5" do."""
    if typed == base:
        return True
    try:
        return bool(cell.clean(typed) == cell.clean(base))
    except ValidationError:
        return False
