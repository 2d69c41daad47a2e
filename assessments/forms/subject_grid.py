from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from assessments.forms.fields import CommentCell, GridCell, LevelCell, ScoreCell
from assessments.forms.grid import Column, Grid, Remark
from assessments.forms.rows import Posted, SubjectRowForm
from assessments.grids import Cells, PeriodSheet, PupilRow
from assessments.links import subject_retests_url
from assessments.models import Retest
from assessments.permissions import OfferedGrade
from assessments.retest_policies import retest_is_allowed
from rulesets import Level


class SubjectGrid(Grid):
    """Level, score where a test is due, comment; a multi-grade class may be taught in parts."""

    def __init__(
        self,
        sheet: PeriodSheet,
        stored: Cells,
        subject_code: str,
        grades: list[OfferedGrade],
        retests: Mapping[int, Retest] | None = None,
    ) -> None:
        taught = {grade.grade_level for grade in grades if grade.is_taught}
        super().__init__(sheet, stored, may_write=bool(taught))
        self.subject_code = subject_code
        self.grade_levels = {grade.grade_level for grade in grades}
        self.taught_grade_levels = taught
        self.retests = retests or {}

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
        form.was_retested = bool(self._earlier_scores(pupil))
        form.has_open_retest = pupil.enrollment.pk in self.retests
        if form.has_open_retest and "score" in form.fields:
            form.fields["score"].widget.attrs["readonly"] = True
        return form

    def _earlier_scores(self, pupil: PupilRow) -> tuple[int, ...]:
        score = self.stored_of(pupil).get("score")
        return score.earlier if score else ()

    def remark_on(self, pupil: PupilRow, name: str) -> Remark | None:
        """A score with a history says so: "lần 1: 4"."""
        if name != "score":
            return None
        retest = self.retests.get(pupil.enrollment.pk)
        earlier = [
            _("lần %(attempt)s: %(score)s") % {"attempt": attempt, "score": score}
            for attempt, score in enumerate(self._earlier_scores(pupil), start=1)
        ]
        words = [*earlier, *([str(retest.get_status_display())] if retest else [])]
        return Remark(", ".join(words), self.retests_url) if words else None

    @property
    def retests_url(self) -> str:
        """Nothing where the regulation allows no other test."""
        sheet = self.sheet
        if not any(
            retest_is_allowed(sheet.school_class, sheet.period, self.subject_code, grade_level)
            for grade_level in self.grade_levels
        ):
            return ""
        return subject_retests_url(sheet.school_class, sheet.period, self.subject_code)

    @property
    def retest_count(self) -> int:
        return len(self.retests)

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
