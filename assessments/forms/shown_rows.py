"""The rows of a grid as its page shows them, before and after a save."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.forms.grid import Column, Grid, Outcome, Remark
from assessments.forms.rows import RowForm
from assessments.grids import PupilRow, StoredCell
from assessments.models import TraitNote


@dataclass(frozen=True)
class ShownCell:
    """A control, or a text where nothing can be entered; neither where nothing is asked."""

    column: Column
    control: BoundField | None = None
    text: str = ""
    remark: Remark | None = None


@dataclass(frozen=True)
class Choice:
    """Two people's values of one cell."""

    control: BoundField
    question: str
    mine: str
    theirs: str
    theirs_by: str

    @property
    def target(self) -> str:
        return choice_id(self.control)


@dataclass(frozen=True)
class ErrorEntry:
    where: str
    sentence: str
    target: str


@dataclass
class ShownRow:
    grid: Grid
    pupil: PupilRow
    form: RowForm
    is_writable: bool
    contested: list[str] = field(default_factory=list)
    late: RowForm | None = None

    @property
    def name(self) -> str:
        return self.pupil.enrollment.student.full_name

    @property
    def anchor(self) -> str:
        return f"row-{self.pupil.enrollment.pk}"

    @property
    def state(self) -> str:
        if not self.pupil.is_editable:
            return "locked"
        if self.contested:
            return "conflict"
        if self.form.errors:
            return "invalid"
        if self.form.is_bound:
            return "changed"
        if self.grid.lacks_something(self.pupil):
            return "missing"
        return "saved" if self._has_stored_values else "empty"

    @property
    def _has_stored_values(self) -> bool:
        cells = self.grid.stored_of(self.pupil).values()
        return any(cell.value not in {None, ""} for cell in cells)

    @property
    def notes(self) -> list[TraitNote]:
        return self.grid.notes_on(self.pupil)

    @cached_property
    def cells(self) -> list[ShownCell]:
        return [self._cell(column) for column in self.grid.columns]

    @cached_property
    def cell_under(self) -> ShownCell | None:
        column = self.grid.column_under(self.pupil, self.form)
        return self._cell(column) if column else None

    def _cell(self, column: Column) -> ShownCell:
        if column.name not in self.form.fields:
            return ShownCell(column)
        remark = self.grid.remark_on(self.pupil, column.name)
        if self.is_writable:
            return ShownCell(column, control=self.form[column.name], remark=remark)
        value = self.grid.value_of(self.pupil, column.name)
        return ShownCell(column, text=self.grid.text_of(column.name, value), remark=remark)

    @cached_property
    def choices(self) -> list[Choice]:
        return [self._choice(name) for name in self.contested]

    def _choice(self, name: str) -> Choice:
        stored = self.grid.stored_of(self.pupil).get(name, StoredCell(None))
        control = self.form[name]
        question = _(
            "%(cell)s của %(name)s đã được người khác sửa trong lúc thầy/cô gõ. Giữ bản nào?"
        )
        return Choice(
            control=control,
            question=question % {"cell": control.label, "name": self.name},
            mine=_as_read(str(control.value() or "")),
            theirs=_as_read(self.grid.text_of(name, stored.value)),
            theirs_by=_author(stored),
        )

    @property
    def invalid_controls(self) -> list[BoundField]:
        return [control for control in self.form if control.errors] if self.form.is_bound else []

    @cached_property
    def warnings(self) -> list[str]:
        """About what is stored and can still be mended here."""
        if not self.is_writable:
            return []
        values = ((name, self.grid.value_of(self.pupil, name)) for name in self.form.fields)
        warned = (self.grid.warning_on(self.pupil, name, value) for name, value in values)
        return [warning for warning in warned if warning]

    @property
    def error_entries(self) -> Iterator[ErrorEntry]:
        for control in self.invalid_controls:
            for sentence in control.errors:
                where = f"{self.name}, {control.label}"
                yield ErrorEntry(where, str(sentence), control.id_for_label)
        for choice in self.choices:
            yield ErrorEntry("", choice.question, choice.target)
        if self.unsaved_texts:
            yield ErrorEntry(self.name, self.why_unsaved, self.anchor)

    @property
    def why_unsaved(self) -> str:
        """The row is locked, or the time of the whole class is over."""
        if self.pupil.is_editable and self.grid.sheet.refusal:
            return _("chưa lưu, vì đã hết thời gian nhập. %(why)s") % {
                "why": self.grid.sheet.refusal
            }
        return _("kết quả của em đã khóa trong lúc thầy/cô gõ, nên chưa lưu.")

    @property
    def unsaved_texts(self) -> list[str]:
        """What was typed into a row that was locked meanwhile."""
        if self.late is None:
            return []
        changed = (self.late[name] for name in self.late.changed_data)
        return [f"{control.label}: {_as_read(control.value() or '')}" for control in changed]


def shown_rows(grid: Grid, outcome: Outcome | None = None) -> list[ShownRow]:
    """The grid as it is stored; after a save, what was not saved stands as it was typed."""
    outcome = outcome or Outcome()
    return [_shown_row(grid, pupil, outcome) for pupil in grid.pupils]


def _shown_row(grid: Grid, pupil: PupilRow, outcome: Outcome) -> ShownRow:
    pk = pupil.enrollment.pk
    is_writable = grid.is_writable(pupil)
    typed = outcome.wrong.get(pk)
    if typed is None or not is_writable:
        form = grid.make_form(pupil, None)
        return ShownRow(grid, pupil, form, is_writable, late=typed or outcome.late.get(pk))
    contested = outcome.conflicts.get(pk, typed.undecided)
    form = grid.make_form(pupil, _posted_again(grid, pupil, typed, outcome))
    for name in contested:
        _point_at_choice(form, name)
    return ShownRow(grid, pupil, form, is_writable, contested=list(contested))


def _posted_again(
    grid: Grid, pupil: PupilRow, typed: RowForm, outcome: Outcome
) -> dict[str, object]:
    if pupil.enrollment.pk in outcome.conflicts:
        return dict(typed.typed_over(grid.stored_of(pupil)))
    return dict(typed.data)


def _point_at_choice(form: RowForm, name: str) -> None:
    form.fields[name].widget.attrs |= {
        "aria-invalid": "true",
        "aria-describedby": choice_id(form[name]),
    }


def choice_id(control: BoundField) -> str:
    return f"{control.auto_id}_choice"


def _as_read(text: str) -> str:
    return text or _("(trống)")


def _author(stored: StoredCell) -> str:
    if stored.saved_at is None:
        return stored.saved_by
    at = date_format(localtime(stored.saved_at), "DATETIME_FORMAT")
    return f"{stored.saved_by}, {at}"
