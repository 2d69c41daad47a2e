"""The grids of a class at a period as rows: whose each is, how far it has come, what it lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.class_subjects import offered_subject_name
from assessments.completeness import Kind
from assessments.confirmations import ConfirmedSubject
from assessments.gaps import Grid, Lack
from assessments.links import grid_url
from assessments.progress import ClassProgress, PartProgress
from assessments.teachers import ClassTeachers
from assessments.wording import missing_in_words


@dataclass(frozen=True)
class GridRow:
    name: str
    url: str
    part: PartProgress
    teachers: str
    is_homeroom: bool
    lacks: Sequence[Lack] = ()
    levels: str = ""
    code: str = ""  # of a subject
    confirmed: ConfirmedSubject | None = None

    @property
    def state(self) -> str:
        return missing_in_words(self.part.missing)


def grid_rows(
    progress: ClassProgress,
    teachers: ClassTeachers,
    *,
    lacks: Mapping[Grid, Sequence[Lack]] | None = None,
    levels: Mapping[Grid, str] | None = None,
    confirmed: Mapping[str, ConfirmedSubject] | None = None,
) -> list[GridRow]:
    """Subjects in form order, then what the homeroom teacher enters."""
    school_class, period = progress.school_class, progress.class_period.period
    homeroom = teachers.homeroom_name(school_class)
    return [
        GridRow(
            name=name,
            url=grid_url(school_class, period, *grid),
            part=part,
            teachers=teachers.names(school_class, grid[1]) if grid[1] else homeroom,
            is_homeroom=not grid[1],
            lacks=(lacks or {}).get(grid, ()),
            levels=(levels or {}).get(grid, ""),
            code=grid[1],
            confirmed=(confirmed or {}).get(grid[1]),
        )
        for grid, name, part in _grids(progress)
        if part.total
    ]


def _grids(progress: ClassProgress) -> list[tuple[Grid, str, PartProgress]]:
    school_class = progress.school_class
    return [
        *(
            ((Kind.SUBJECT_LEVEL, code), offered_subject_name(school_class, code), part)
            for code, part in progress.subjects.items()
        ),
        ((Kind.TRAIT_LEVEL, ""), _("Phẩm chất, năng lực"), progress.traits),
        ((Kind.RECORD_FIELD, ""), _("Nghỉ học, sức khỏe, nhận xét"), progress.record_fields),
        ((Kind.YEAR_DECISION, ""), _("Kết quả năm học"), progress.year_decisions),
    ]
