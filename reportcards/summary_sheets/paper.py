"""A class's summary sheet on A4 landscape: what its pages say, and how close its rows stand.

The form is Vietnamese whatever language its reader's screens have.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.summary_sheets.columns import ColumnKind
from assessments.summary_sheets.confirmations import Confirmation
from assessments.summary_sheets.rows import SheetRow
from assessments.summary_sheets.sheet import GradeSheet, SheetState, SummarySheet
from reportcards.documents.paper_form import name_after_label, signing_capacity

# In mm, as the stylesheet has them.
WIDTH, HEIGHT = 281.0, 194.0
NUMBER, NAME, REMARKS = 6.0, 45.0, 32.0
TITLE, LEGEND, SIGNATURES, CONFIRMATION = 12.5, 7.0, 25.0, 3.4
HEADERS = {3: 44.7, 4: 49.9}
NARROW_COLUMNS = (8.0, 7.0, 6.0, 5.5, 5.2, 4.9, 4.6)

MARKS = {
    SheetState.DRAFT: "BẢN NHÁP",
    SheetState.SUBMITTED: "CHỜ KÝ DUYỆT",
    SheetState.UNDER_REVIEW: "ĐANG XEM LẠI",
    SheetState.SIGNED_OFF: "",
}


@dataclass(frozen=True, eq=False)
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


COMFORTABLE = Density("comfortable", 5.68, 3.7, {ColumnKind.NAME: 25, ColumnKind.REMARKS: 20})
COMPACT = Density("compact", 4.48, 3.2, {ColumnKind.NAME: 28, ColumnKind.REMARKS: 22})
DENSE = Density("dense", 3.48, 2.7, {ColumnKind.NAME: 32, ColumnKind.REMARKS: 24})
DENSITIES = (COMFORTABLE, COMPACT, DENSE)


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
    def words_across(self) -> str:
        return MARKS[self.sheet.state]

    @property
    def school_name(self) -> str:
        return name_after_label(self.sheet.school_name)

    @property
    def capacity(self) -> tuple[str, ...]:
        return signing_capacity(self.sheet.signatures.leader_position)


def sheet_paper(sheet: SummarySheet) -> SheetPaper:
    """A grade without pupils has no page of its own while another has some."""
    grades = [grade for grade in sheet.grades if grade.rows] or sheet.grades[:1]
    return SheetPaper(sheet, tuple(_grade_page(grade, sheet.confirmations) for grade in grades))


def _grade_page(grade: GradeSheet, confirmations: Sequence[Confirmation]) -> GradePage:
    room = Room(
        page=HEIGHT - HEADERS.get(len(grade.header), max(HEADERS.values())),
        foot=LEGEND + max(SIGNATURES, CONFIRMATION * len(confirmations)),
    )
    return GradePage(grade, density_of(grade.rows, room), narrow_width(grade))


@dataclass(frozen=True)
class Room:
    """In mm: of a page below its header, and of what follows the last row."""

    page: float
    foot: float

    def pages_for(self, rows: float) -> int:
        return math.ceil((rows + TITLE + self.foot) / self.page)


def density_of(rows: Sequence[SheetRow], room: Room) -> Density:
    """The widest of those that take the fewest pages."""
    pages = {density: room.pages_for(sum(map(density.height, rows))) for density in DENSITIES}
    return next(density for density in DENSITIES if pages[density] == min(pages.values()))


def narrow_width(grade: GradeSheet) -> float:
    """Of each column of letters; many of them are narrow, few are not wide."""
    narrow = sum(not column.is_wide for column in grade.columns) - 1
    has_remarks = any(column.kind == ColumnKind.REMARKS for column in grade.columns)
    share = (WIDTH - NUMBER - NAME - (REMARKS if has_remarks else 0)) / max(narrow, 1)
    return next((width for width in NARROW_COLUMNS if width <= share), NARROW_COLUMNS[-1])
