from functools import cached_property

from django.utils.translation import gettext as _

from assessments.forms.fields import CommentCell, GridCell
from assessments.forms.grid import Column, Grid
from assessments.grids import PupilRow


class NoteGrid(Grid):
    """A teacher's own notes; none is owed."""

    @cached_property
    def columns(self) -> list[Column]:
        return [Column("text", _("Ghi chú cho giáo viên chủ nhiệm"), "comment")]

    def fields_of(self, pupil: PupilRow) -> dict[str, GridCell]:
        return {
            "text": CommentCell(label=_("Ghi chú"), pupil_name=pupil.enrollment.student.full_name)
        }

    def lacks_something(self, pupil: PupilRow) -> bool:
        return False
