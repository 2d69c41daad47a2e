"""Two people and one cell: what somebody typed is held against what stands there now.

A page remembers each cell's value as it was shown (`base`). A cell whose stored value has
moved on meanwhile is a conflict, unless both people wrote the same; cells that were not
touched never disturb anybody.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Value = Any


@dataclass(frozen=True)
class Edit:
    base: Value
    typed: Value


@dataclass(frozen=True)
class RowEdit:
    """What was typed for one pupil, by field (or trait code)."""

    enrollment_id: int
    edits: Mapping[str, Edit]

    @property
    def has_changes(self) -> bool:
        return any(edit.typed != edit.base for edit in self.edits.values())


@dataclass(frozen=True)
class Conflict:
    """Somebody else changed this cell after the page was shown; nothing was overwritten."""

    enrollment_id: int
    field: str
    stored: Value
    typed: Value
    saved_by: str
    saved_at: datetime.datetime | None


@dataclass(frozen=True)
class SaveReport:
    saved: list[int] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


@dataclass(frozen=True)
class Merge:
    changes: dict[str, tuple[Value, Value]]
    conflicts: dict[str, tuple[Value, Value]]


def merge(stored: Mapping[str, Value], edits: Mapping[str, Edit]) -> Merge:
    """The changes to write, as (old, new), and the conflicts, as (stored, typed)."""
    changes: dict[str, tuple[Value, Value]] = {}
    conflicts: dict[str, tuple[Value, Value]] = {}
    for name, edit in edits.items():
        if edit.typed in (edit.base, stored[name]):
            continue
        fate = changes if stored[name] == edit.base else conflicts
        fate[name] = (stored[name], edit.typed)
    return Merge(changes, conflicts)
