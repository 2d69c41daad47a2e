"""What an uploaded class sheet changes: each pupil found again, each cell held against its base."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assessments.forms.fields import GridCell
from assessments.grids import PupilRow
from exchange.class_sheets.grids import ClassSheet, SheetGrid
from exchange.class_sheets.layout import Stamp, own_code
from exchange.class_sheets.reader import ReadRow, ReadWorksheet, SheetReading
from exchange.class_sheets.typed_texts import is_same, shown_text, typed_text
from schools.names import fold


class NotThisPupil(ValueError):
    """The sentence says why a row is nobody's."""


@dataclass(frozen=True)
class CellEdit:
    """A cell that says something else than it did when the file was made."""

    reference: str
    pupil: PupilRow
    field: str
    typed: str
    base: str | None


@dataclass(frozen=True)
class Refusal:
    """Of a cell, a row (its code's cell) or, without a reference, of a worksheet."""

    sentence: str
    reference: str = ""
    pupil_name: str = ""
    column: str = ""
    typed: str = ""


@dataclass
class WorksheetEdits:
    key: str
    title: str
    found: SheetGrid | None = None
    edits: list[CellEdit] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    unchanged: int = 0
    left_empty: int = 0


def worksheet_edits(class_sheet: ClassSheet, reading: SheetReading) -> list[WorksheetEdits]:
    """In the order of the grids; worksheets of nobody's who asks come last."""
    order = {found.key: place for place, found in enumerate(class_sheet.grids)}
    read = sorted(reading.worksheets, key=lambda sheet: order.get(sheet.key, len(order)))
    roster = Roster(class_sheet.sheet.pupils, reading.stamp)
    return [
        _edits(worksheet, class_sheet.grid(worksheet.key), reading.stamp, roster)
        for worksheet in read
    ]


class Roster:
    """Finds the pupil whom a row means, by code; the name must not be another pupil's."""

    def __init__(self, pupils: Iterable[PupilRow], stamp: Stamp) -> None:
        self.stamp = stamp
        self.stamp_codes = {pk: code for code, pk in stamp.students.items()}
        self.by_student = {pupil.enrollment.student_id: pupil for pupil in pupils}
        self.by_code: dict[str, PupilRow] = {}
        self.by_name: dict[str, set[int]] = {}
        for pk, pupil in self.by_student.items():
            student = pupil.enrollment.student
            for code in filter(None, (student.ministry_code, own_code(student))):
                self.by_code[code] = pupil
            self.by_name.setdefault(fold(student.full_name), set()).add(pk)

    def find(self, row: ReadRow) -> PupilRow:
        if not row.code:
            raise NotThisPupil(_("Dòng này không có mã học sinh nên không biết là của em nào."))
        code = self._whole_code(row.code)
        pupil = self._by_code(code)
        if pupil is None:
            raise NotThisPupil(self._unknown(code))
        others = self.by_name.get(fold(row.name), set())
        if others and pupil.enrollment.student_id not in others:
            words = {"code": row.code, "name": pupil.enrollment.student.full_name}
            raise NotThisPupil(
                _("Mã %(code)s là của em %(name)s nhưng tên trong dòng là của em khác.") % words
            )
        return pupil

    def _by_code(self, code: str) -> PupilRow | None:
        """The code as it is now; a code that was given or corrected since is in the stamp."""
        meant = self.stamp.students.get(code)
        pupil = self.by_code.get(code)
        if pupil is None and meant is not None:
            return self.by_student.get(meant)
        if pupil and meant not in {None, pupil.enrollment.student_id}:
            raise NotThisPupil(
                _("Mã %(code)s nay là của em khác; hãy tải tệp mới về.") % {"code": code}
            )
        return pupil

    def stamp_code(self, pupil: PupilRow) -> str:
        """The code under which the file knows the pupil."""
        return self.stamp_codes.get(pupil.enrollment.student_id, "")

    def _whole_code(self, code: str) -> str:
        """A program that took the code for a number has dropped the zeros in front."""
        codes = {*self.by_code, *self.stamp.students}
        if code in codes:
            return code
        matching = [whole for whole in codes if whole.lstrip("0") == code]
        return matching[0] if len(matching) == 1 else code

    def _unknown(self, code: str) -> str:
        if code in self.stamp.students:
            return _("Em không còn trong danh sách của lớp ở thời điểm này.")
        return _("Lớp không có học sinh nào mang mã %(code)s ở thời điểm này.") % {"code": code}


def _edits(
    worksheet: ReadWorksheet, found: SheetGrid | None, stamp: Stamp, roster: Roster
) -> WorksheetEdits:
    result = WorksheetEdits(worksheet.key, worksheet.title, found)
    if found is None:
        sentence = _("Thầy/cô không được phân công nhập phần này nên không đọc cả trang.")
        result.refusals.append(Refusal(sentence))
        return result
    if worksheet.refusal:
        result.refusals.append(Refusal(worksheet.refusal))
        return result
    meant = {row.number: _meant(row, roster) for row in worksheet.rows}
    times = Counter(who.enrollment.pk for who in meant.values() if isinstance(who, PupilRow))
    for row in worksheet.rows:
        who = meant[row.number]
        if isinstance(who, NotThisPupil):
            result.refusals += _refused_row(row, str(who))
        elif times[who.enrollment.pk] > 1:
            result.refusals += _refused_row(row, _repeated(who))
        else:
            base = stamp.bases.get((worksheet.key, roster.stamp_code(who)), {})
            RowReader(result, found, who, base).read(row, worksheet.fields)
    return result


def _meant(row: ReadRow, roster: Roster) -> PupilRow | NotThisPupil:
    try:
        return roster.find(row)
    except NotThisPupil as refusal:
        return refusal


def _repeated(pupil: PupilRow) -> str:
    return _("Em %(name)s có ở nhiều dòng của trang này; hãy giữ lại một dòng.") % {
        "name": pupil.enrollment.student.full_name
    }


def _refused_row(row: ReadRow, sentence: str) -> Iterator[Refusal]:
    """A row that says nothing but who is meant needs no refusal."""
    if row.cells:
        yield Refusal(sentence, row.reference, row.name or row.code)


@dataclass
class RowReader:
    result: WorksheetEdits
    found: SheetGrid
    pupil: PupilRow
    base: Mapping[str, str]

    def read(self, row: ReadRow, fields: Collection[str]) -> None:
        cells = self.found.grid.fields_of(self.pupil)
        for name in (column.name for column in self.found.grid.columns if column.name in fields):
            if name in row.cells:
                self._read_cell(name, *row.cells[name], cells.get(name))
            elif self.base.get(name):
                self.result.left_empty += 1

    def _read_cell(self, name: str, reference: str, value: Any, cell: GridCell | None) -> None:
        try:
            typed = typed_text(cell, value, self.found.grid.levels)
        except ValueError as refusal:
            self._refuse(name, reference, value, str(refusal))
            return
        base = self.base.get(name)
        if cell and base is not None and is_same(cell, typed, base):
            self.result.unchanged += 1
        else:
            self.result.edits.append(CellEdit(reference, self.pupil, name, typed, base))

    def _refuse(self, name: str, reference: str, value: Any, sentence: str) -> None:
        labels = {column.name: column.label for column in self.found.grid.columns}
        self.result.refusals.append(
            Refusal(
                sentence,
                reference,
                self.pupil.enrollment.student.full_name,
                labels.get(name, name),
                shown_text(value),
            )
        )
