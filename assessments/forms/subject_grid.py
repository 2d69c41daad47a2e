from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from assessments.cell_events import CellTrail, subject_trail
from assessments.comment_bank import CommentBank
from assessments.forms.fields import CommentCell, GridCell, LevelCell, ReasonCell, ScoreCell
from assessments.forms.grid import Column, Grid, Remark
from assessments.forms.rows import Posted, RowForm, SubjectRowForm
from assessments.grids import Cells, PeriodSheet, PupilRow, StoredCell
from assessments.links import subject_retests_url
from assessments.permissions import OfferedGrade
from assessments.retest_policies import retest_is_allowed
from assessments.retest_workflow import RetestStatus
from rulesets import Level


class SubjectGrid(Grid):
    """Level, score where a test is due, comment; a multi-grade class may be taught in parts."""

    printed_comments = frozenset({"comment"})

    def __init__(
        self,
        sheet: PeriodSheet,
        stored: Cells,
        subject_code: str,
        grades: list[OfferedGrade],
        bank: CommentBank | None = None,
        *,
        shows_reasons: bool = True,
    ) -> None:
        taught = {grade.grade_level for grade in grades if grade.is_taught}
        super().__init__(sheet, stored, may_write=bool(taught), bank=bank)
        self.subject_code = subject_code
        self.grade_levels = {grade.grade_level for grade in grades}
        self.taught_grade_levels = taught
        self.shows_reasons = shows_reasons

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
    def owed_names(self) -> tuple[str, ...]:
        return ("level", "score")

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
            "comment": CommentCell(
                label=_("Nhận xét"),
                pupil_name=pupil_name,
                codes=self.codes_of(pupil, self.subject_code),
            ),
        }
        if pupil.enrollment.grade_level not in self.tested_grade_levels:
            del fields["score"]
        if self.shows_reasons:
            label = self.reason_column.label
            fields["exemption_reason"] = ReasonCell(label=label, pupil_name=pupil_name)
        return fields

    @cached_property
    def reason_column(self) -> Column:
        return Column("exemption_reason", _("Lý do miễn học"), "reason")

    def column_under(self, pupil: PupilRow, form: RowForm) -> Column | None:
        """Of who is exempt, or was to be: what was typed is not hidden by its own refusal."""
        if not self.shows_reasons:
            return None
        is_exempt = form["level"].value() == self.sheet.ruleset.exempt_level.code
        return self.reason_column if is_exempt or form["exemption_reason"].value() else None

    def make_form(self, pupil: PupilRow, posted: Posted | None) -> SubjectRowForm:
        form = SubjectRowForm(pupil, self.fields_of(pupil), self.stored_of(pupil), posted)
        form.ruleset = self.sheet.ruleset
        form.was_retested = bool(self._score_of(pupil).earlier)
        form.has_open_retest = bool(self._score_of(pupil).retest)
        if form.has_open_retest and "score" in form.fields:
            form.fields["score"].widget.attrs["readonly"] = True
        return form

    def _score_of(self, pupil: PupilRow) -> StoredCell:
        return self.stored_of(pupil).get("score", StoredCell(None))

    def remark_on(self, pupil: PupilRow, name: str) -> Remark | None:
        """A score with a history says so: "lần 1: 4"."""
        if name != "score":
            return None
        score = self._score_of(pupil)
        words = [
            _("lần %(attempt)s: %(score)s") % {"attempt": attempt, "score": earlier}
            for attempt, earlier in enumerate(score.earlier, start=1)
        ]
        if score.retest:
            words.append(str(RetestStatus(score.retest).label))
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
        return sum(bool(self._score_of(pupil).retest) for pupil in self.pupils)

    def why_closed(self, pupil: PupilRow) -> str:
        closed = super().why_closed(pupil)
        if closed or pupil.enrollment.grade_level in self.taught_grade_levels:
            return closed
        return _("Thầy/cô không dạy môn này cho khối của học sinh.")

    def why_not_asked(self, pupil: PupilRow, name: str) -> str:
        if name == "score":
            return _("Môn này không có bài kiểm tra ở thời điểm này.")
        return super().why_not_asked(pupil, name)

    @property
    def trail(self) -> CellTrail:
        return subject_trail(self.subject_code)

    def lacks_something(self, pupil: PupilRow) -> bool:
        level: Any = self.value_of(pupil, "level")
        if not level:
            return True
        if level == self.sheet.ruleset.exempt_level.code:
            return not self.value_of(pupil, "exemption_reason")
        owes_score = pupil.enrollment.grade_level in self.tested_grade_levels
        return owes_score and self.value_of(pupil, "score") is None
