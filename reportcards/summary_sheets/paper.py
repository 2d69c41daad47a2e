"""A class's summary sheet on A4 landscape: what its pages say, and how close its rows stand.

The form is Vietnamese whatever language its reader's screens have.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.summary_sheets.columns import ColumnKind
from assessments.summary_sheets.confirmations import Confirmation
from assessments.summary_sheets.rows import SheetRow
from assessments.summary_sheets.sheet import GradeSheet, SheetState, SummarySheet
from reportcards.paper import name_after_label, signing_capacity

# In mm, as the stylesheet has them.
WIDTH, HEIGHT = 281.0, 194.0
NUMBER, NAME, REMARKS = 6.0, 45.0, 32.0
TITLE, FOOT, CONFIRMATION = 12.0, 32.0, 3.1
HEADERS = {3: 45.0, 4: 42.0}
NARROW_COLUMNS = (8.0, 7.0, 6.0, 5.5, 5.2, 4.9, 4.6)

MARKS = {
    SheetState.DRAFT: "BẢN NHÁP",
    SheetState.SUBMITTED: "CHỜ KÝ DUYỆT",
    SheetState.UNDER_REVIEW: "ĐANG XEM LẠI",
    SheetState.SIGNED_OFF: "",
}


@dataclass(frozen=True)
class Density:
    """How the rows are set, by its class in the stylesheet: mm to a row and to a further line,
    and how many letters a line of these columns holds."""

    name: str
    row: float
    line: float
    letters: dict[ColumnKind, int]

    def height(self, row: SheetRow) -> float:
        lines = max(
            (
                math.ceil(len(str(cell.text)) / self.letters[cell.kind])
                for cell in row.cells
                if cell.kind in self.letters
            ),
            default=1,
        )
        return self.row + self.line * max(0, lines - 1)


COMFORTABLE = Density("comfortable", 5.5, 3.7, {ColumnKind.NAME: 25, ColumnKind.REMARKS: 20})
COMPACT = Density("compact", 4.3, 3.2, {ColumnKind.NAME: 28, ColumnKind.REMARKS: 22})
DENSE = Density("dense", 3.3, 2.7, {ColumnKind.NAME: 32, ColumnKind.REMARKS: 24})


@dataclass(frozen=True)
class GradePage:
    """One grade's form; it begins a page and may go on over several."""

    grade: GradeSheet
    density: Density
    narrow_width: float

    @property
    def depth(self) -> int:
        return len(self.grade.header)

    @property
    def narrow_class(self) -> str:
        return f"narrow-{round(self.narrow_width * 10)}"

    @property
    def col_classes(self) -> list[str]:
        """One for each column; the remarks take what is left."""
        named = {
            ColumnKind.NUMBER: "w-number",
            ColumnKind.NAME: "w-name",
            ColumnKind.REMARKS: "w-remarks",
        }
        return [named.get(column.kind, self.narrow_class) for column in self.grade.columns]


@dataclass(frozen=True)
class SheetPaper:
    sheet: SummarySheet
    pages: tuple[GradePage, ...]

    @property
    def mark(self) -> str:
        return MARKS[self.sheet.state]

    @property
    def school_name(self) -> str:
        return name_after_label(self.sheet.school_name)

    @property
    def capacity(self) -> tuple[str, ...]:
        return signing_capacity(self.sheet.signatures.leader_position)


def sheet_paper(sheet: SummarySheet) -> SheetPaper:
    pages = (_grade_page(grade, sheet.confirmations) for grade in sheet.grades)
    return SheetPaper(sheet, tuple(pages))


def _grade_page(grade: GradeSheet, confirmations: Sequence[Confirmation]) -> GradePage:
    foot = FOOT + CONFIRMATION * len(confirmations)
    room = HEIGHT - TITLE - HEADERS.get(len(grade.header), max(HEADERS.values())) - foot
    return GradePage(grade, density_of(grade.rows, room), narrow_width(grade))


def density_of(rows: Iterable[SheetRow], room: float) -> Density:
    """The widest with which the class stays on one page; on several there is room enough."""
    rows = tuple(rows)
    for density in (COMFORTABLE, COMPACT, DENSE):
        if sum(density.height(row) for row in rows) <= room:
            return density
    return COMPACT


def narrow_width(grade: GradeSheet) -> float:
    """Of each column of letters; many of them are narrow, few are not wide."""
    narrow = sum(not column.is_wide for column in grade.columns) - 1
    has_remarks = any(column.kind == ColumnKind.REMARKS for column in grade.columns)
    share = (WIDTH - NUMBER - NAME - (REMARKS if has_remarks else 0)) / max(narrow, 1)
    return next((width for width in NARROW_COLUMNS if width <= share), NARROW_COLUMNS[-1])
