"""The history of one cell, or of one pupil's row of a grid: who, when, old and new."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.cell_events import UNNAMED_FIELDS, cell_events
from assessments.forms.grid import Grid
from assessments.grids import PupilRow
from assessments.history import HistoryEntry, history_entries
from assessments.history_values import HistoryValues
from assessments.links import class_period_url
from audit.models import AuditEvent

MOST_EVENTS = 100
Crumb = dict[str, str]


@dataclass(frozen=True)
class CellHistory:
    """`field` is empty where the pupil's whole row is asked for."""

    grid: Grid
    pupil: PupilRow
    field: str
    grid_title: str
    grid_url: str

    @property
    def title(self) -> str:
        words = {"name": self.pupil.enrollment.student.full_name, "grid": self.grid_title}
        if not self.field:
            return _("Lịch sử: %(grid)s, %(name)s") % words
        label = self.grid.fields_of(self.pupil)[self.field].label
        return _("Lịch sử ô %(cell)s, %(name)s") % {**words, "cell": label}

    @property
    def crumbs(self) -> list[Crumb]:
        sheet = self.grid.sheet
        words = {"name": sheet.school_class.name, "period": sheet.time.name}
        return [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {
                "label": _("Lớp %(name)s, %(period)s") % words,
                "url": class_period_url(sheet.school_class, sheet.period),
            },
            {"label": self.grid_title, "url": self.grid_url},
            {"label": self.title, "url": ""},
        ]

    @cached_property
    def entries(self) -> list[HistoryEntry]:
        """The newest first; of a cell nothing but the cell, whatever was saved with it."""
        events = cell_events(
            self.grid.sheet, self.grid.trail, (self.pupil.enrollment.pk, self.field)
        )
        values = HistoryValues(
            self.grid.sheet.ruleset,
            sees_health=self.grid.shows_health,
            sees_sensitive=False,
        )
        return history_entries([self._narrowed(event) for event in events[:MOST_EVENTS]], values)

    def _narrowed(self, event: AuditEvent) -> AuditEvent:
        if self.field:
            shown = UNNAMED_FIELDS | {self.field}
            event.changes = {name: pair for name, pair in event.changes.items() if name in shown}
        return event
