"""Reads an uploaded class sheet: the stamp, and the cells that stand under known headers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from exchange.class_sheets.layout import STAMP_TITLE, NoStamp, Stamp, read_stamp
from exchange.columns import normalise_header
from exchange.errors import FileRefused
from exchange.header_rows import MOST_COLUMNS, UNREADABLE
from exchange.workbook_guard import ROWS_BEFORE_DATA, check_workbook, corrupted

MOST_ROWS_OF_WORKSHEET = 500
MOST_STAMP_LINES = 5_000
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

CODE, NAME = "code", "name"


class Uncalculated:
    """Stands for the value of a formula that no program has calculated."""


@dataclass(frozen=True)
class ReadRow:
    """A pupil's cells by field; a cell is (reference, value), and empty ones are left out.

    `reference` is where her code stands.
    """

    number: int
    reference: str
    code: str
    name: str
    cells: Mapping[str, tuple[str, Any]]


@dataclass(frozen=True)
class ReadWorksheet:
    key: str
    title: str
    rows: Sequence[ReadRow] = ()
    refusal: str = ""
    fields: frozenset[str] = frozenset()


@dataclass
class SheetReading:
    """`remarks` say what of the file was not read."""

    stamp: Stamp
    worksheets: list[ReadWorksheet] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_class_sheet(file: IO[bytes], file_name: str) -> SheetReading:
    check_workbook(file, file_name, refuses_uncalculated=False)
    try:
        with closing(_opened(file, data_only=True)) as values:
            stamp = _read_stamp(values)
            with closing(_opened(file, data_only=False)) as formulas:
                return _read(values, formulas, stamp)
    except UNREADABLE as error:
        raise corrupted() from error
    finally:
        file.seek(0)


def _opened(file: IO[bytes], *, data_only: bool) -> Workbook:
    file.seek(0)
    return load_workbook(file, read_only=True, data_only=data_only, keep_links=False)


def _read_stamp(workbook: Workbook) -> Stamp:
    if STAMP_TITLE not in workbook.sheetnames:
        raise _not_ours()
    lines = _lines(workbook[STAMP_TITLE], MOST_STAMP_LINES)
    try:
        return read_stamp([line for line in lines if line and line[0] is not None])
    except NoStamp as error:
        raise _not_ours() from error


def _not_ours() -> FileRefused:
    return FileRefused(
        _(
            "Đây không phải là tệp của lớp tải từ hệ thống, hoặc trang ẩn «%(title)s» của tệp đã "
            "bị xóa hay sửa. Hãy tải tệp mới về từ trang của lớp rồi chép kết quả sang."
        )
        % {"title": STAMP_TITLE}
    )


def _lines(worksheet: ReadOnlyWorksheet, most_rows: int) -> Iterator[list[Any]]:
    """Texts as they were typed: programs write characters that XML does not have as _x000D_."""
    worksheet.reset_dimensions()  # what a file says of its own size is not to be relied on
    rows = worksheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    for number, row in enumerate(rows, 1):
        if number > most_rows:
            raise FileRefused(
                _("Trang «%(title)s» có hơn %(most)s dòng. Hãy xóa những dòng thừa.")
                % {"title": worksheet.title, "most": most_rows}
            )
        yield [_unescaped(cell) for cell in row]


def _unescaped(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), cell)


def _read(values: Workbook, formulas: Workbook, stamp: Stamp) -> SheetReading:
    reading = SheetReading(stamp)
    keys = {_folded(layout.title): key for key, layout in stamp.layouts.items()}
    for worksheet in values.worksheets:
        key = keys.pop(_folded(worksheet.title), None)
        if key:
            lines = _with_formulas(worksheet, formulas[worksheet.title])
            reading.worksheets.append(_read_worksheet(reading, key, worksheet.title, lines))
        elif worksheet.title != STAMP_TITLE:
            reading.remarks.append(
                _("Trang «%(title)s» không có trong tệp đã tải về nên không đọc.")
                % {"title": worksheet.title}
            )
    return reading


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())


def _with_formulas(values: ReadOnlyWorksheet, formulas: ReadOnlyWorksheet) -> Iterator[list[Any]]:
    """The values, but where there is a formula without one."""
    formulas.reset_dimensions()
    cells = formulas.iter_rows(max_col=MOST_COLUMNS)
    lines = _lines(values, MOST_ROWS_OF_WORKSHEET)
    nothing: Sequence[Any] = ()
    for line, row in zip_longest(lines, cells, fillvalue=nothing):
        yield [
            Uncalculated if value is None and getattr(cell, "data_type", "") == "f" else value
            for value, cell in zip_longest(line, row)
        ]


def _read_worksheet(
    reading: SheetReading, key: str, title: str, lines: Iterator[list[Any]]
) -> ReadWorksheet:
    names = _names_of_headers(reading.stamp, key)
    header = _find_header(lines, names)
    if header is None:
        refusal = _("Không tìm thấy dòng tiêu đề có cột «%(code)s».") % {
            "code": reading.stamp.code_header
        }
        return ReadWorksheet(key, title, refusal=refusal)
    number, cells = header
    positions, repeated = _positions(cells, names)
    if repeated:
        refusal = _("Có hai cột «%(header)s». Hãy bỏ một cột.") % {"header": repeated}
        return ReadWorksheet(key, title, refusal=refusal)
    _remark_unknown(reading, title, cells, names)
    rows = tuple(_rows(lines, number + 1, positions))
    return ReadWorksheet(key, title, rows, fields=frozenset(positions) - {CODE, NAME})


def _names_of_headers(stamp: Stamp, key: str) -> dict[str, str]:
    headers = stamp.layouts[key].headers
    return {normalise_header(header): name for name, header in headers.items()} | {
        normalise_header(stamp.code_header): CODE,
        normalise_header(stamp.name_header): NAME,
    }


def _find_header(
    lines: Iterator[list[Any]], names: Mapping[str, str]
) -> tuple[int, list[Any]] | None:
    for number, line in enumerate(lines, 1):
        if any(names.get(_as_header(cell)) == CODE for cell in line):
            return number, line
        if number == ROWS_BEFORE_DATA:
            break
    return None


def _as_header(cell: Any) -> str:
    return normalise_header(cell) if isinstance(cell, str) else ""


def _positions(cells: list[Any], names: Mapping[str, str]) -> tuple[dict[str, int], str]:
    """Where each known column stands, and the header that stands twice."""
    positions: dict[str, int] = {}
    for position, cell in enumerate(cells):
        name = names.get(_as_header(cell))
        if name in positions:
            return {}, str(cell)
        if name:
            positions[name] = position
    return positions, ""


def _remark_unknown(
    reading: SheetReading, title: str, cells: list[Any], names: Mapping[str, str]
) -> None:
    known = {*names, normalise_header(_("STT")), "stt", "no", ""}
    unknown = [str(cell) for cell in cells if _as_header(cell) not in known]
    if unknown:
        reading.remarks.append(
            _("Trang «%(title)s»: không đọc cột %(headers)s.")
            % {"title": title, "headers": ", ".join(f"«{header}»" for header in unknown)}
        )


def _rows(
    lines: Iterator[list[Any]], first: int, positions: Mapping[str, int]
) -> Iterator[ReadRow]:
    codes = get_column_letter(positions[CODE] + 1)
    for number, line in enumerate(lines, first):
        found = {
            name: (f"{get_column_letter(position + 1)}{number}", line[position])
            for name, position in positions.items()
            if position < len(line) and not _is_blank(line[position])
        }
        code, name = (_identity(found.pop(part, ("", ""))[1]) for part in (CODE, NAME))
        if found or code:
            yield ReadRow(number, f"{codes}{number}", code, name, found)


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _identity(cell: Any) -> str:
    """A code that a program took for a number is still the same code."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is Uncalculated else " ".join(str(cell).split())
