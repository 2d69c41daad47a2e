"""The cells of the grids. Each reads what was typed, and what the page remembers of the base."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from assessments.comment_bank import CommentBank, code_in, written_for
from assessments.forms.text import plain_text, with_plain_line_ends
from assessments.forms.widgets import Base, LevelSelect, LongText, ShortText
from assessments.models.periods import LONGEST_COMMENT, MOST_ABSENCES
from assessments.models.results import LONGEST_EXEMPTION_REASON
from assessments.sentences import score_error_sentence
from assessments.wording import shortened
from rulesets import Level, ScoreError, ScoreScale
from schools.validators import validate_printable
from students.models import Student

CONTROL = "grid__control"
LONGEST_NUMBER = 9
LONGEST_SHOWN = 40
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
        self.codes = codes

    def to_python(self, value: Any) -> str:
        """A small letter means the same: nobody has to hold Shift, on a page or in a sheet."""
        typed = plain_text(value or "")
        return typed.upper() if typed.upper() in self.codes else typed

    def validate(self, value: str) -> None:
        if value and value not in self.codes:
            sentence = _("Mức “%(value)s” không có trong quy định; chỉ nhận: %(levels)s.")
            words = {"value": shortened(value), "levels": ", ".join(self.codes)}
            raise forms.ValidationError(sentence % words, code="invalid_choice")


class CommentCell(GridCell, forms.CharField):
    """A code of the comment bank that stands alone, as "#T1", is read as the text it means."""

    widget = LongText(attrs={"rows": 1})

    def __init__(
        self,
        *,
        longest: int = LONGEST_COMMENT,
        codes: "CodesOfCell | None" = None,
        is_printed: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.codes = codes
        self.widget.attrs["data-longest"] = longest
        if codes:
            self.widget.attrs["data-comments"] = codes.purpose
        too_long = _("Nhận xét dài tối đa %(limit_value)d ký tự; đang có %(show_value)d.")
        self.validators.append(MaxLengthValidator(longest, too_long))
        if is_printed:
            self.validators.append(validate_printable)

    def to_python(self, value: Any) -> str:
        text = plain_text(value or "")
        return self.codes.written(text) if self.codes else text

    def base_value(self, raw: str) -> str:
        return with_plain_line_ends(raw)


@dataclass(frozen=True)
class CodesOfCell:
    """What codes mean in one comment cell of one pupil."""

    bank: CommentBank
    purpose: str
    student: Student

    def written(self, text: str) -> str:
        code = code_in(text)
        if not code:
            return text
        meant = self.bank.text_of(code, self.purpose)
        if meant is None:
            raise forms.ValidationError(
                _("Bảng mã nhận xét không có mã “%(code)s” cho ô này; hãy ghi mã khác.")
                % {"code": code[:LONGEST_SHOWN]},
                code="unknown_code",
            )
        return written_for(self.student, meant)


class ReasonCell(GridCell, forms.CharField):
    """Why a pupil is exempt, in one line."""

    widget = ShortText(attrs={"autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        too_long = _("Lý do dài tối đa %(limit_value)d ký tự; đang có %(show_value)d.")
        self.validators += [
            MaxLengthValidator(LONGEST_EXEMPTION_REASON, too_long),
            validate_printable,
        ]

    def to_python(self, value: Any) -> str:
        return plain_text(value or "")


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
