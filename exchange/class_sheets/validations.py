"""What a spreadsheet program lets a teacher type into the cells of a column."""

from decimal import Decimal

from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from openpyxl.worksheet.datavalidation import DataValidation

from assessments.forms.fields import (
    CommentCell,
    CountCell,
    GridCell,
    LevelCell,
    MeasureCell,
    ScoreCell,
)
from assessments.models.periods import MOST_ABSENCES
from exchange.class_sheets.layout import CLEAR_MARK

LONGEST_LIST = 255


def validation_of(cell: GridCell, first: str) -> DataValidation | None:
    """For cells from `first` ("D5") downwards; the mark that clears is let through everywhere."""
    if isinstance(cell, LevelCell):
        return _levels(cell)
    if isinstance(cell, ScoreCell):
        words = {"minimum": cell.scale.minimum, "maximum": cell.scale.maximum}
        sentence = _("Điểm là số nguyên từ %(minimum)s đến %(maximum)s.") % words
        return _number(first, cell.scale.minimum, cell.scale.maximum, sentence, is_whole=True)
    if isinstance(cell, CountCell):
        sentence = _("Số buổi là số nguyên từ 0 đến %(most)s.") % {"most": MOST_ABSENCES}
        return _number(first, 0, MOST_ABSENCES, sentence, is_whole=True)
    if isinstance(cell, MeasureCell):
        return _number(first, cell.least, cell.most, cell.refusal, is_whole=False)
    if isinstance(cell, CommentCell):
        return _text_length(cell)
    return None


def _levels(cell: LevelCell) -> DataValidation | None:
    choices = ",".join([*cell.codes, CLEAR_MARK])
    if len(choices) > LONGEST_LIST:
        return None
    sentence = _("Chọn một trong các mức: %(levels)s.") % {"levels": ", ".join(cell.codes)}
    return _explained(DataValidation("list", formula1=f'"{choices}"'), sentence)


def _number(
    first: str, least: int | Decimal, most: int | Decimal, sentence: str, *, is_whole: bool
) -> DataValidation:
    whole = f",{first}=INT({first})" if is_whole else ""
    is_number = f"AND(ISNUMBER({first}){whole},{first}>={least},{first}<={most})"
    formula = f'OR(IFERROR({is_number},FALSE),LOWER({first})="{CLEAR_MARK}")'
    return _explained(DataValidation("custom", formula1=formula), sentence)


def _text_length(cell: CommentCell) -> DataValidation:
    longest = min(
        validator.limit_value
        for validator in cell.validators
        if isinstance(validator, MaxLengthValidator)
    )
    sentence = _("Dài nhất %(longest)s ký tự.") % {"longest": longest}
    validation = DataValidation("textLength", operator="lessThanOrEqual", formula1=str(longest))
    return _explained(validation, sentence)


def _explained(validation: DataValidation, sentence: str) -> DataValidation:
    validation.allow_blank = True
    validation.showErrorMessage = True
    validation.errorStyle = "stop"
    validation.errorTitle = _("Giá trị không được nhận")
    validation.error = f"{sentence} {clearing_sentence()}"
    return validation


def clearing_sentence() -> str:
    return _("Muốn xóa giá trị đang có thì ghi «%(mark)s».") % {"mark": CLEAR_MARK}
