from collections.abc import Mapping
from functools import cached_property

from assessments.cell_events import CellTrail, trait_trail
from assessments.forms.fields import GridCell, LevelCell
from assessments.forms.grid import Column, Grid
from assessments.grids import Cells, PeriodSheet, PupilRow
from assessments.models import TraitNote
from assessments.wording import translated
from rulesets import Level, Trait


class TraitGrid(Grid):
    """The levels of qualities and competences, by trait code."""

    def __init__(
        self,
        sheet: PeriodSheet,
        stored: Cells,
        *,
        may_write: bool,
        notes: Mapping[int, list[TraitNote]],
    ) -> None:
        super().__init__(sheet, stored, may_write=may_write)
        self.notes = notes

    def notes_on(self, pupil: PupilRow) -> list[TraitNote]:
        return self.notes.get(pupil.enrollment.pk, [])

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        return self.sheet.ruleset.trait_levels

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column(
                trait.code,
                translated(trait.name),
                "trait",
                group=translated(trait.group.name),
            )
            for trait in self._traits_of_class
        ]

    @cached_property
    def _traits_of_class(self) -> list[Trait]:
        grade_levels = set(self.sheet.school_class.grade_levels)
        return [trait for trait in self.sheet.ruleset.traits if trait.grades & grade_levels]

    def fields_of(self, pupil: PupilRow) -> dict[str, GridCell]:
        return {
            column.name: LevelCell(
                levels=self.levels,
                label=column.label,
                pupil_name=pupil.enrollment.student.full_name,
            )
            for column in self.columns
            if column.name in self._codes_of_grade(pupil.enrollment.grade_level)
        }

    def _codes_of_grade(self, grade_level: int) -> frozenset[str]:
        return frozenset(
            trait.code for trait in self._traits_of_class if grade_level in trait.grades
        )

    @property
    def trail(self) -> CellTrail:
        return trait_trail()

    @property
    def owed_names(self) -> list[str]:
        return [column.name for column in self.columns]

    def lacks_something(self, pupil: PupilRow) -> bool:
        return any(
            not self.value_of(pupil, code)
            for code in self._codes_of_grade(pupil.enrollment.grade_level)
        )
