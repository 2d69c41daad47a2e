from functools import cached_property

from django.utils.translation import gettext as _

from assessments.cell_events import CellTrail, note_trail
from assessments.forms.fields import CommentCell, GridCell
from assessments.forms.grid import Column, Grid
from assessments.grids import Cells, PeriodSheet, PupilRow
from schools.models import StaffMember


class NoteGrid(Grid):
    """A teacher's own notes; none is owed."""

    def __init__(
        self, sheet: PeriodSheet, stored: Cells, *, may_write: bool, author: StaffMember
    ) -> None:
        super().__init__(sheet, stored, may_write=may_write)
        self.author = author

    @cached_property
    def columns(self) -> list[Column]:
        return [Column("text", _("Ghi chú cho giáo viên chủ nhiệm"), "comment")]

    def fields_of(self, pupil: PupilRow) -> dict[str, GridCell]:
        return {
            "text": CommentCell(
                label=_("Ghi chú"),
                pupil_name=pupil.enrollment.student.full_name,
                is_printed=False,
            )
        }

    @property
    def trail(self) -> CellTrail:
        return note_trail(self.author.acting_user.pk)

    def lacks_something(self, pupil: PupilRow) -> bool:
        return False
