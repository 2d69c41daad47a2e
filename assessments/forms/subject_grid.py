from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from assessments.forms.fields import CommentCell, GridCell, LevelCell, ScoreCell
from assessments.forms.grid import Column, Grid
from assessments.forms.rows import Posted, SubjectRowForm
from assessments.grids import Cells, PeriodSheet, PupilRow
from assessments.permissions import OfferedGrade
from rulesets import Level


class SubjectGrid(Grid):
    """Level, score where a test is due, comment; a multi-grade class may be taught in parts."""

    def __init__(
        self, sheet: PeriodSheet, stored: Cells, subject_code: str, grades: list[OfferedGrade]
    ) -> None:
        taught = {grade.grade_level for grade in grades if grade.is_taught}
        super().__init__(sheet, stored, may_write=bool(taught))
        self.subject_code = subject_code
        self.grade_levels = {grade.grade_level for grade in grades}
        self.taught_grade_levels = taught

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        return (*self.sheet.ruleset.subject_levels, self.sheet.ruleset.exempt_level)

    @cached_property
    def columns(self) -> list[Column]:
        score = Column("score", _("Điểm KTĐK"), "score")
        return [
            Column("level", _("Mức đạt được"), "level", short_label=_("Mức")),
            *([score] if self.tested_grade_levels else []),
            Column("comment", _("Nhận xét"), "comment"),
        ]

    @cached_property
    def tested_grade_levels(self) -> set[int]:
        school_class = self.sheet.school_class
        return {
            grade_level
            for grade_level in self.grade_levels
            if self.sheet.ruleset.has_test(
                self.subject_code,
                grade_level=grade_level,
                period=self.sheet.period,
                is_special_class=school_class.is_special,
            )
        }

    @property
    def pupils(self) -> list[PupilRow]:
        return [
            pupil
            for pupil in self.sheet.pupils
            if pupil.enrollment.grade_level in self.grade_levels
        ]

    def fields_of(self, pupil: PupilRow) -> dict[str, GridCell]:
        ruleset = self.sheet.ruleset
        pupil_name = pupil.enrollment.student.full_name
        fields: dict[str, GridCell] = {
            "level": LevelCell(levels=self.levels, label=_("Mức đạt được"), pupil_name=pupil_name),
            "score": ScoreCell(
                scale=ruleset.score_scale, label=_("Điểm KTĐK"), pupil_name=pupil_name
            ),
            "comment": CommentCell(label=_("Nhận xét"), pupil_name=pupil_name),
        }
        if pupil.enrollment.grade_level not in self.tested_grade_levels:
            del fields["score"]
        return fields

    def make_form(self, pupil: PupilRow, posted: Posted | None) -> SubjectRowForm:
        form = SubjectRowForm(pupil, self.fields_of(pupil), self.stored_of(pupil), posted)
        form.ruleset = self.sheet.ruleset
        return form

    def is_writable(self, pupil: PupilRow) -> bool:
        return (
            super().is_writable(pupil) and pupil.enrollment.grade_level in self.taught_grade_levels
        )

    def lacks_something(self, pupil: PupilRow) -> bool:
        level: Any = self.value_of(pupil, "level")
        if not level:
            return True
        owes_score = (
            pupil.enrollment.grade_level in self.tested_grade_levels
            and level != self.sheet.ruleset.exempt_level.code
        )
        return owes_score and self.value_of(pupil, "score") is None
