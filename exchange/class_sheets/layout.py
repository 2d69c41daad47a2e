"""How a class sheet is laid out, and the hidden worksheet that says what it was made from.

A worksheet is found again by its title, a column by its header, a pupil by the code: what each
of them was when the file was made stands in the stamp. Positions mean nothing.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assessments.forms.rows import as_posted
from assessments.grids import PupilRow
from exchange.class_sheets.grids import ClassSheet, SheetGrid
from students.models import Student

FORMAT = 1
STAMP_TITLE = "hocba"
CLEAR_MARK = "xóa"
LONGEST_TITLE = 31
FORBIDDEN_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

Line = list[Any]


class NoStamp(ValueError):
    """The lines are not those of a stamp that this version reads."""


@dataclass(frozen=True)
class Layout:
    """One worksheet: its title, and its headers by field."""

    title: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Stamp:
    """`bases` are the values that stood there, as a grid's controls would hold them."""

    school_code: str
    school_class_id: int
    period: str
    ruleset_key: str
    made_at: datetime.datetime
    labels: tuple[str, ...]
    code_header: str
    name_header: str
    layouts: dict[str, Layout] = field(default_factory=dict)
    students: dict[str, int] = field(default_factory=dict)
    bases: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)


def pupil_code(student: Student) -> str:
    """The ministry's code, or ours for whom it has not given one yet; no ministry code has "-"."""
    return student.ministry_code or own_code(student)


def own_code(student: Student) -> str:
    return f"HB-{student.pk}"


def stamp_of(class_sheet: ClassSheet, made_at: datetime.datetime) -> Stamp:
    sheet = class_sheet.sheet
    year = sheet.school_class.school_year
    titles = worksheet_titles(class_sheet.grids)
    return Stamp(
        school_code=year.school.ministry_code,
        school_class_id=sheet.school_class.pk,
        period=sheet.period.value,
        ruleset_key=year.ruleset_key,
        made_at=made_at,
        labels=(year.school.name, sheet.school_class.name, sheet.time.name, year.name),
        code_header=_("Mã học sinh"),
        name_header=_("Họ và tên"),
        layouts={
            found.key: Layout(title, {column.name: column.label for column in found.grid.columns})
            for found, title in zip(class_sheet.grids, titles, strict=True)
        },
        students={
            pupil_code(pupil.enrollment.student): pupil.enrollment.student_id
            for pupil in sheet.pupils
        },
        bases={
            (found.key, pupil_code(pupil.enrollment.student)): base_texts(found, pupil)
            for found in class_sheet.grids
            for pupil in found.grid.pupils
        },
    )


def base_texts(found: SheetGrid, pupil: PupilRow) -> dict[str, str]:
    return {
        name: as_posted(cell, found.grid.value_of(pupil, name))
        for name, cell in found.grid.fields_of(pupil).items()
    }


def worksheet_titles(grids: Iterable[SheetGrid]) -> list[str]:
    return distinct_titles(found.title for found in grids)


def distinct_titles(names: Iterable[str]) -> list[str]:
    """Unlike each other, and such as spreadsheet programs accept."""
    titles: list[str] = []
    for name in names:
        title = " ".join(name.translate(FORBIDDEN_IN_TITLES).split())[:LONGEST_TITLE].strip()
        if title in titles:
            title = f"{title[: LONGEST_TITLE - 4].strip()} ({len(titles)})"
        titles.append(title)
    return titles


def stamp_lines(stamp: Stamp) -> Iterator[Line]:
    yield ["hocba", FORMAT]
    yield ["school", stamp.school_code]
    yield ["school_class", stamp.school_class_id]
    yield ["period", stamp.period]
    yield ["ruleset", stamp.ruleset_key]
    yield ["made_at", stamp.made_at.isoformat()]
    yield ["labels", *stamp.labels]
    yield ["identity", stamp.code_header, stamp.name_header]
    for key, layout in stamp.layouts.items():
        yield ["sheet", key, layout.title, *_flat(layout.headers)]
    for code, student_id in stamp.students.items():
        yield ["pupil", code, student_id]
    for (key, code), texts in stamp.bases.items():
        yield ["base", key, code, *_flat(texts)]


def _flat(pairs: Mapping[str, str]) -> Line:
    return [text for pair in pairs.items() for text in pair]


def read_stamp(lines: Iterable[Line]) -> Stamp:
    """Raises NoStamp, whatever the lines are."""
    by_kind: dict[str, list[Line]] = {}
    for kind, *rest in lines:
        by_kind.setdefault(str(kind), []).append(rest)
    try:
        return _stamp(by_kind)
    except (KeyError, ValueError, TypeError, IndexError, OverflowError) as error:
        raise NoStamp from error


def _stamp(lines: Mapping[str, list[Line]]) -> Stamp:
    [[format_number, *_rest]] = lines["hocba"]
    if format_number != FORMAT:
        raise NoStamp(format_number)
    return Stamp(
        school_code=_first(lines, "school"),
        school_class_id=int(_first(lines, "school_class")),
        period=_first(lines, "period"),
        ruleset_key=_first(lines, "ruleset"),
        made_at=_moment(_first(lines, "made_at")),
        labels=tuple(_texts(lines["labels"][0])[:4]),
        code_header=_texts(lines["identity"][0])[0],
        name_header=_texts(lines["identity"][0])[1],
        layouts={
            str(key): Layout(str(title), _pairs(headers))
            for key, title, *headers in lines.get("sheet", [])
        },
        students={str(code): int(pk) for code, pk, *_rest in lines.get("pupil", [])},
        bases={(str(key), str(code)): _pairs(texts) for key, code, *texts in lines.get("base", [])},
    )


def _first(lines: Mapping[str, list[Line]], kind: str) -> str:
    return str(lines[kind][0][0])


def _moment(text: str) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise NoStamp(text)
    return moment


def _texts(line: Line) -> list[str]:
    return ["" if cell is None else str(cell) for cell in line]


def _pairs(line: Line) -> dict[str, str]:
    """Empty cells at the end of a row are lost on the way through a spreadsheet program."""
    texts = _texts(line)
    texts += [""] * (len(texts) % 2)
    return {name: text for name, text in zip(texts[::2], texts[1::2], strict=True) if name}
