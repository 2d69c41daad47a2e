"""The cells of the grids. Each reads what was typed, and what the page remembers of the base."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from assessments.forms.text import plain_text, with_plain_line_ends
from assessments.forms.widgets import Base, LevelSelect, LongText, ShortText
from assessments.models.periods import LONGEST_COMMENT, MOST_ABSENCES
from assessments.sentences import score_error_sentence
from rulesets import Level, ScoreError, ScoreScale

CONTROL = "grid__control"
LONGEST_NUMBER = 9
MEASURE = re.compile(r"[0-9]{1,3}(\.[0-9])?")


class GridCell(forms.Field):
    """Never required: an empty cell is one that is not filled in yet."""

    kind = "text"
    hidden_widget = Base

    def __init__(self, *, label: str, pupil_name: str, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, show_hidden_initial=True, **kwargs)
        self.widget.attrs |= {
            "class": CONTROL,
            "data-kind": self.kind,
            "aria-label": f"{label}, {pupil_name}",
        }

    def base_value(self, raw: str) -> Any:
        """The stored value that the page was made from."""
        return raw


class LevelCell(GridCell, forms.ChoiceField):
    kind = "level"
    widget = LevelSelect

    def __init__(self, *, levels: Sequence[Level], **kwargs: Any) -> None:
        codes = [level.code for level in levels]
        super().__init__(choices=[("", "–"), *((code, code) for code in codes)], **kwargs)
        self.error_messages["invalid_choice"] = _(
            "Mức “%(value)s” không có trong quy định; chỉ nhận: %(levels)s."
        ).replace("%(levels)s", ", ".join(codes))


class CommentCell(GridCell, forms.CharField):
    widget = LongText(attrs={"rows": 1})

    def __init__(self, *, longest: int = LONGEST_COMMENT, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        too_long = _("Nhận xét dài tối đa %(limit_value)d ký tự; đang có %(show_value)d.")
        self.validators.append(MaxLengthValidator(longest, too_long))

    def to_python(self, value: Any) -> str:
        return plain_text(value or "")

    def base_value(self, raw: str) -> str:
        return with_plain_line_ends(raw)


class NumberCell(GridCell):
    def base_value(self, raw: str) -> Any:
        """Read as what is typed is; what no page can have shown is no value."""
        try:
            return self.to_python(raw)
        except forms.ValidationError:
            return None


class ScoreCell(NumberCell):
    kind = "score"
    widget = ShortText(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, scale: ScoreScale, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.scale = scale

    def to_python(self, value: Any) -> int | None:
        typed = plain_text(value or "")
        if not typed:
            return None
        try:
            return self.scale.parse(typed)
        except ScoreError as error:
            raise forms.ValidationError(score_error_sentence(error), code=error.code) from error


class CountCell(NumberCell):
    """A number of half days."""

    kind = "number"
    widget = ShortText(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        typed = plain_text(value or "")
        if not typed:
            return None
        if not typed.isdecimal() or len(typed) > LONGEST_NUMBER or int(typed) > MOST_ABSENCES:
            raise forms.ValidationError(
                _("Số buổi là số nguyên từ 0 đến %(most)s.") % {"most": MOST_ABSENCES}
            )
        return int(typed)


class MeasureCell(NumberCell):
    """A height or a weight, with at most one decimal; comma and point both separate it."""

    kind = "number"
    widget = ShortText(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, least: int, most: int, refusal: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most, self.refusal = least, most, refusal

    def to_python(self, value: Any) -> Decimal | None:
        typed = plain_text(value or "").replace(",", ".")
        if not typed:
            return None
        if not MEASURE.fullmatch(typed) or not self.least <= Decimal(typed) <= self.most:
            raise forms.ValidationError(self.refusal)
        return Decimal(typed)

    def prepare_value(self, value: Any) -> Any:
        return measure_text(value) if isinstance(value, Decimal) else value


def measure_text(value: Decimal) -> str:
    """As it is written here: "132,5", and "29" for a whole number."""
    is_whole = value == value.to_integral_value()
    return number_format(value, decimal_pos=0 if is_whole else 1)
