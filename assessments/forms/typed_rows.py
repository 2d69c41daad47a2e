"""Typed cells as rows of a grid's forms: the same checks for a page, a block and a single cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.forms.grid import Grid
from assessments.forms.rows import Posted, RowForm, as_posted
from assessments.grids import PupilRow
from assessments.merge import Merge, RowEdit, merge


@dataclass(frozen=True)
class TypedCell:
    """`base` is the text that the typist's page was made from; None stands for what is stored."""

    enrollment_id: int
    field: str
    typed: str
    base: str | None = None


class TypedRow:
    """A pupil's typed cells upon all the others as they are stored."""

    def __init__(self, grid: Grid, pupil: PupilRow, cells: Iterable[TypedCell]) -> None:
        self.grid = grid
        self.pupil = pupil
        self.cells = {cell.field: cell for cell in cells}
        self.stored_texts = {
            name: as_posted(field, grid.value_of(pupil, name))
            for name, field in grid.fields_of(pupil).items()
        }
        self.refusals = self._refusals_at_sight()
        self.form = self._checked_form()
        self.edit: RowEdit = self.form.row_edit()

    @property
    def enrollment_id(self) -> int:
        return self.pupil.enrollment.pk

    def text_of(self, name: str, value: Any) -> str:
        return as_posted(self.form.fields[name], value)

    def changes(self, name: str) -> bool:
        """Whether what was typed differs from what was stored when the grid was loaded."""
        return name in self.edit.edits and self.edit.edits[name].typed != self._stored(name)

    @cached_property
    def merged(self) -> Merge:
        """As things stood when the grid was loaded."""
        return merge({name: self._stored(name) for name in self.edit.edits}, self.edit.edits)

    def _stored(self, name: str) -> Any:
        cell = self.grid.stored_of(self.pupil).get(name)
        return cell.value if cell else self.form.fields[name].clean("")

    @property
    def _right(self) -> dict[str, TypedCell]:
        return {name: cell for name, cell in self.cells.items() if name not in self.refusals}

    def _refusals_at_sight(self) -> dict[str, str]:
        closed = self.grid.why_closed(self.pupil)
        if closed:
            return dict.fromkeys(self.cells, closed)
        return {
            name: self.grid.why_not_asked(self.pupil, name)
            for name in self.cells
            if name not in self.stored_texts
        }

    def _checked_form(self) -> RowForm:
        """The form of the cells that can be saved together; each other one gets its sentence."""
        form = self._form_of(self._right)
        while not form.is_valid():
            guilty = self._guilty(form)
            if not guilty:  # what is stored offends by itself, whatever is typed beside it
                break
            self.refusals |= guilty
            form = self._form_of(self._right)
        return form

    def _guilty(self, form: RowForm) -> dict[str, str]:
        """The typed cells that the form names, else those that alone would be wrong."""
        named = {name: str(form.errors[name][0]) for name in self._right if name in form.errors}
        if named or not self._form_of({}).is_valid():
            return named
        alone = {name: self._form_of({name: cell}) for name, cell in self._right.items()}
        wrong = {name: _sentence(one) for name, one in alone.items() if not one.is_valid()}
        return wrong or dict.fromkeys(self._right, _sentence(form))

    def _form_of(self, cells: Mapping[str, TypedCell]) -> RowForm:
        return self.grid.make_form(self.pupil, self._posted(cells))

    def _posted(self, cells: Mapping[str, TypedCell]) -> Posted:
        prefix = f"e{self.enrollment_id}"
        posted = {}
        for name, stored in self.stored_texts.items():
            cell = cells.get(name)
            posted[f"{prefix}-{name}"] = cell.typed if cell else stored
            base = cell.base if cell else None
            posted[f"initial-{prefix}-{name}"] = stored if base is None else base
        return posted


def _sentence(form: RowForm) -> str:
    return next(str(errors[0]) for errors in form.errors.values())
