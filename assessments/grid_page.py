"""A grid with what stands around it on its page."""

from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.forms.grid import Column, Grid, Outcome
from assessments.forms.shown_rows import ErrorEntry, ShownRow, shown_rows
from assessments.key_rules import LevelKeys, Refusal, heading_words, level_keys, refusals
from assessments.sheet_page import SheetPage
from schools.models import StaffMember
from students.permissions import grades_with_plans_seen


class GridPage(SheetPage):
    def __init__(
        self,
        grid: Grid,
        title: str,
        outcome: Outcome | None = None,
        *,
        url: str = "",
        reader: StaffMember | None = None,
    ) -> None:
        super().__init__(grid.sheet, title, may_write=grid.may_write)
        self.reader = reader
        self.cells_url = f"{url}cells/"
        self.history_url = f"{url}history/"
        self.grid = grid
        self.outcome = outcome or Outcome()

    @cached_property
    def rows(self) -> list[ShownRow]:
        return shown_rows(self.grid, self.outcome)

    @cached_property
    def can_write(self) -> bool:
        return any(row.is_writable for row in self.rows)

    @property
    def columns(self) -> list[Column]:
        return self.grid.columns

    @property
    def groups(self) -> list[tuple[str, int]]:
        """The headings over neighbouring columns, with how many each spans."""
        groups: list[tuple[str, int]] = []
        for column in self.columns:
            if groups and groups[-1][0] == column.group:
                groups[-1] = (column.group, groups[-1][1] + 1)
            else:
                groups.append((column.group, 1))
        return groups if any(label for label, _span in groups) else []

    @cached_property
    def grades_with_plans(self) -> set[int]:
        """Of whom the reader may open the individual plan; asked only where somebody has one."""
        pupils = [pupil.enrollment for pupil in self.grid.pupils]
        if self.reader is None or not any(pupil.has_plan for pupil in pupils):  # type: ignore[attr-defined]
            return set()
        return grades_with_plans_seen(self.reader, self.sheet.school_class)

    @property
    def column_count(self) -> int:
        return len(self.columns) + 3  # number, name and state stand around them

    @cached_property
    def error_entries(self) -> list[ErrorEntry]:
        refusal = [ErrorEntry("", self.outcome.refusal, "")] if self.outcome.refusal else []
        return [*refusal, *(entry for row in self.rows for entry in row.error_entries)]

    @property
    def saved_sentence(self) -> str:
        saved, left = self.outcome.saved, len(self.error_entries)
        done = ngettext("Đã lưu %(n)s học sinh", "Đã lưu %(n)s học sinh", saved) % {"n": saved}
        words = {
            "saved": done if saved else _("Chưa lưu được em nào"),
            "left": ngettext("còn %(n)s ô cần sửa", "còn %(n)s ô cần sửa", left) % {"n": left},
        }
        return _("%(saved)s; %(left)s.") % words

    @property
    def level_keys(self) -> list[LevelKeys]:
        return level_keys(self.grid)

    @property
    def heading_words(self) -> str:
        return heading_words()

    @property
    def refusals(self) -> list[Refusal]:
        return refusals(self.grid)

    @property
    def unfilled_count(self) -> int:
        return sum(row.state == "missing" for row in self.rows)
