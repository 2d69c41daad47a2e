"""The header of a summary sheet as rows of cells with spans, for a page, a PDF and a workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessments.summary_sheets.columns import Heading, SheetColumn


@dataclass(frozen=True)
class HeaderCell:
    """`column` is the first that it stands over, from 0; the lowest ones stand on the rows."""

    label: str
    column: int
    columns: int
    rows: int
    is_lowest: bool
    is_wide: bool

    @property
    def is_turned(self) -> bool:
        """The heading of one narrow column stands upright, so that it may be long."""
        return self.columns == 1 and not self.is_wide


HeaderRow = tuple[HeaderCell, ...]


def header_rows(columns: Sequence[SheetColumn]) -> tuple[HeaderRow, ...]:
    """Neighbours under the same headings share a cell."""
    depth = max((_depth(column.headings) for column in columns), default=0)
    rows: list[list[HeaderCell]] = [[] for _ in range(depth)]
    for place, column in enumerate(columns):
        for level, first_row in enumerate(_first_rows(column.headings)):
            if not _is_shared_with_the_one_before(columns, place, level):
                rows[first_row].append(_cell(columns, place, level, depth - first_row))
    return tuple(tuple(row) for row in rows)


def _depth(headings: Sequence[Heading]) -> int:
    return sum(heading.rows for heading in headings)


def _first_rows(headings: Sequence[Heading]) -> Iterator[int]:
    return (_depth(headings[:level]) for level in range(len(headings)))


def _cell(columns: Sequence[SheetColumn], place: int, level: int, rows_left: int) -> HeaderCell:
    column = columns[place]
    heading = column.headings[level]
    is_lowest = level == len(column.headings) - 1
    end = place + 1
    while end < len(columns) and _is_shared_with_the_one_before(columns, end, level):
        end += 1
    return HeaderCell(
        label=heading.label,
        column=place,
        columns=end - place,
        rows=rows_left if is_lowest else heading.rows,
        is_lowest=is_lowest,
        is_wide=column.is_wide,
    )


def _is_shared_with_the_one_before(columns: Sequence[SheetColumn], place: int, level: int) -> bool:
    """A column's lowest heading is its own."""
    if place == 0:
        return False
    here, before = columns[place].headings, columns[place - 1].headings
    is_above_others = level < min(len(here), len(before)) - 1
    return is_above_others and here[: level + 1] == before[: level + 1]
