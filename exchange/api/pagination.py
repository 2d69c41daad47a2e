"""Pages by key: what follows the last row of a page, in the total order (changed_at, pk).

DRF's CursorPagination counts an offset among rows of one timestamp, so a row that leaves them
in the middle of a walk, because it is reopened, shifts the others, and one is never read. A
class is signed off in one instant, so here every page is such a tie.
"""

import datetime
from typing import Any, NamedTuple

from django.core import signing
from django.db.models import Q, QuerySet

SALT = "exchange.api.position"


class Position(NamedTuple):
    """Of the last row that was read."""

    changed_at: datetime.datetime
    pk: int

    @classmethod
    def of(cls, row: Any) -> "Position":
        return cls(row.changed_at, row.pk)

    @classmethod
    def from_cursor(cls, cursor: str) -> "Position":
        """Raises signing.BadSignature for what `to_cursor` did not make."""
        changed_at, pk = signing.loads(cursor, salt=SALT)
        return cls(datetime.datetime.fromisoformat(changed_at), pk)

    def to_cursor(self) -> str:
        return signing.dumps([self.changed_at.isoformat(), self.pk], salt=SALT)


class Page(NamedTuple):
    rows: list[Any]
    next_position: Position | None

    @property
    def next_cursor(self) -> str | None:
        return self.next_position.to_cursor() if self.next_position else None


def page_after(rows: QuerySet, position: Position | None, *, size: int) -> Page:
    """`rows` carry the annotation `changed_at`.

    Only the positions are sorted; what may be long, such as payloads, is read for the page alone.
    """
    if position:
        rows_left = rows.filter(
            Q(changed_at__gt=position.changed_at)
            | Q(changed_at=position.changed_at, pk__gt=position.pk)
        )
    else:
        rows_left = rows
    in_order = rows_left.order_by("changed_at", "pk").values_list("changed_at", "pk")
    positions = [Position(*found) for found in in_order[: size + 1]]
    on_page = positions[:size]
    by_key = {row.pk: row for row in rows.filter(pk__in=[found.pk for found in on_page])}
    return Page(
        [by_key[found.pk] for found in on_page if found.pk in by_key],
        on_page[-1] if len(positions) > size else None,
    )
