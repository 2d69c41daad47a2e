from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from assessments.cell_events import CellTrail, record_trail
from assessments.comment_bank import CommentBank
from assessments.comment_drafts import longest_text
from assessments.completeness import REQUIRED_FIELDS
from assessments.forms.fields import CommentCell, CountCell, GridCell, MeasureCell, measure_text
from assessments.forms.grid import Column, Grid
from assessments.grids import Cells, PeriodSheet, PupilRow
from assessments.models.comments import COMMENT_FIELDS

HEALTH_FIELDS = frozenset({"height_cm", "weight_kg"})


class RecordGrid(Grid):
    """Absences, height and weight, the comments of the homeroom teacher."""

    printed_comments = frozenset(COMMENT_FIELDS)

    def __init__(
        self,
        sheet: PeriodSheet,
        stored: Cells,
        *,
        may_write: bool,
        shows_health: bool,
        bank: CommentBank | None = None,
    ) -> None:
        super().__init__(sheet, stored, may_write=may_write, bank=bank)
        self.shows_health = shows_health

    @cached_property
    def columns(self) -> list[Column]:
        absences, health = _("Số buổi nghỉ"), _("Sức khỏe")
        comments = _("Nhận xét của giáo viên chủ nhiệm")
        columns = [
            Column("absences_with_leave", _("Nghỉ có phép"), "count", _("Có phép"), absences),
            Column(
                "absences_without_leave", _("Nghỉ không phép"), "count", _("Không phép"), absences
            ),
            Column("height_cm", _("Chiều cao (cm)"), "count", _("Cao (cm)"), health),
            Column("weight_kg", _("Cân nặng (kg)"), "count", _("Nặng (kg)"), health),
            Column("homeroom_comment", _("Nhận xét chung"), "comment", "", comments),
            Column("quality_comment", _("Phẩm chất"), "remark", "", comments),
            Column("general_competence_comment", _("Năng lực chung"), "remark", "", comments),
            Column("specific_competence_comment", _("Năng lực đặc thù"), "remark", "", comments),
        ]
        return [
            column for column in columns if self.shows_health or column.name not in HEALTH_FIELDS
        ]

    def fields_of(self, pupil: PupilRow) -> dict[str, GridCell]:
        return {column.name: self._field(column, pupil) for column in self.columns}

    def _field(self, column: Column, pupil: PupilRow) -> GridCell:
        words: dict[str, Any] = {
            "label": column.label,
            "pupil_name": pupil.enrollment.student.full_name,
        }
        if column.name in COMMENT_FIELDS:
            codes = self.codes_of(pupil, column.name)
            return CommentCell(longest=longest_text(column.name), codes=codes, **words)
        if column.name == "height_cm":
            refusal = _("Chiều cao tính bằng cm, từ 10 đến 300, ví dụ 128,5.")
            return MeasureCell(least=10, most=300, refusal=refusal, **words)
        if column.name == "weight_kg":
            refusal = _("Cân nặng tính bằng kg, từ 1 đến 300, ví dụ 26,5.")
            return MeasureCell(least=1, most=300, refusal=refusal, **words)
        return CountCell(**words)

    @property
    def trail(self) -> CellTrail:
        return record_trail()

    @property
    def owed_names(self) -> list[str]:
        shown = {column.name for column in self.columns}
        return [name for name in REQUIRED_FIELDS[self.sheet.period] if name in shown]

    def lacks_something(self, pupil: PupilRow) -> bool:
        return any(self.value_of(pupil, name) in {None, ""} for name in self.owed_names)

    def text_of(self, name: str, value: Any) -> str:
        return measure_text(value) if isinstance(value, Decimal) else super().text_of(name, value)
