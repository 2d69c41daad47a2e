"""How a summary sheet is laid out on its pages, reckoned before it is set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.summary_sheets.columns import ColumnKind, Heading, SheetColumn
from assessments.summary_sheets.rows import SheetCell, SheetRow
from assessments.summary_sheets.sheet import GradeSheet
from reportcards.summary_sheets.paper import (
    COMFORTABLE,
    COMPACT,
    DENSE,
    DENSITIES,
    NAME,
    NARROW_COLUMNS,
    NUMBER,
    REMARKS,
    WIDTH,
    Room,
    density_of,
    narrow_width,
)

ROOM = Room(page=144.0, foot=32.0)  # of form 9


def a_row(name: str = "Lê Minh Anh", remarks: str = "") -> SheetRow:
    return SheetRow(
        (
            SheetCell(ColumnKind.NUMBER, 1),
            SheetCell(ColumnKind.NAME, name),
            SheetCell(ColumnKind.REMARKS, remarks),
        )
    )


def a_grade(narrow: int, *, has_remarks: bool = True) -> GradeSheet:
    kinds = [ColumnKind.NUMBER, ColumnKind.NAME, *[ColumnKind.LEVEL] * narrow]
    kinds += [ColumnKind.REMARKS] if has_remarks else []
    columns = tuple(SheetColumn(kind, (Heading("T"),)) for kind in kinds)
    return GradeSheet(9, 4, columns, ())


@pytest.mark.parametrize(
    ("pupils", "density"),
    [(0, COMFORTABLE), (15, COMFORTABLE), (20, COMPACT), (28, DENSE), (45, COMPACT)],
)
def test_rows_stand_as_wide_as_the_fewest_pages_allow(pupils, density):
    assert density_of([a_row()] * pupils, ROOM) is density


@pytest.mark.parametrize("density", [COMFORTABLE, COMPACT, DENSE])
def test_a_long_name_makes_its_row_higher(density):
    long_name = "Công Tằng Tôn Nữ Hoàng Thị Nguyễn Phương Khánh Linh Thảo Nguyên"
    assert density.height(a_row()) == density.row
    assert density.height(a_row(long_name)) > density.row


def test_long_remarks_count_as_long_names_do():
    assert DENSE.height(a_row(remarks="Chuyển đến 12/10/2026; Miễn học GDTC")) > DENSE.row


@given(st.lists(st.text(min_size=1, max_size=70), max_size=60), st.floats(90, 160))
def test_no_density_takes_fewer_pages_and_no_wider_one_as_few(names, page):
    rows = [a_row(name) for name in names]
    room = Room(page, foot=32.0)
    chosen = density_of(rows, room)
    pages = [room.pages_for(sum(map(each.height, rows))) for each in DENSITIES]
    place = DENSITIES.index(chosen)
    assert pages[place] == min(pages)
    assert all(more > pages[place] for more in pages[:place])


@given(st.integers(1, 39))
def test_the_columns_are_never_wider_than_the_page(narrow):
    width = narrow_width(a_grade(narrow))
    assert width in NARROW_COLUMNS
    assert NUMBER + NAME + REMARKS + narrow * width <= WIDTH + 1e-9


def test_without_remarks_there_is_more_room():
    assert narrow_width(a_grade(36, has_remarks=False)) > narrow_width(a_grade(36))
