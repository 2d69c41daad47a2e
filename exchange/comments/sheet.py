"""The comment bank as a spreadsheet: four columns, read and written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import IO, Any

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from assessments.comment_drafts import CommentDraft, level_codes, purpose_names, with_one_mark
from assessments.forms.text import plain_text
from exchange.cell_values import EXCEL_ERRORS, read_text
from exchange.columns import Column, normalise_header
from exchange.errors import FileRefused
from exchange.header_rows import SheetRow, data_rows, find_header, opened_workbook
from exchange.students_sheet_writer import harmless
from rulesets import Ruleset

SHEET_NAME = "NHAN_XET"
MOST_ENTRIES = 1000
COLUMNS = (
    Column("code", "Mã", ("Mã nhận xét",), is_required=True),
    Column("purpose", "Môn học", ("Môn", "Dùng cho", "Môn học và hoạt động giáo dục")),
    Column("level", "Mức", ("Mức đạt được",)),
    Column("text", "Nội dung", ("Nội dung nhận xét", "Nhận xét"), is_required=True),
)
WIDTHS = {"A": 10, "B": 32, "C": 8, "D": 100}


@dataclass(frozen=True)
class DraftRow:
    """A row of the file as a draft; `remarks` say which cells could not be read."""

    number: int
    draft: CommentDraft
    remarks: list[str] = field(default_factory=list)


def read_comment_sheet(file: IO[bytes], file_name: str, ruleset: Ruleset) -> list[DraftRow]:
    with opened_workbook(file, file_name) as workbook:
        header = find_header(workbook, COLUMNS)
        rows = []
        for row in data_rows(header, lambda cell: cell):
            rows.append(row)
            if len(rows) > MOST_ENTRIES:
                raise _too_many_entries()
    words = Vocabulary(ruleset)
    return [_draft_row(row, words) for row in rows]


def _too_many_entries() -> FileRefused:
    return FileRefused(
        _("Tệp có hơn %(most)s mã nhận xét; hãy chia thành nhiều tệp.") % {"most": MOST_ENTRIES}
    )


def written_names(ruleset: Ruleset) -> dict[str, str]:
    """Vietnamese as the headers are, whoever takes the file out."""
    with translation.override("vi"):
        return purpose_names(ruleset)


class Vocabulary:
    """What subjects, comments and levels may be called in a cell."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset

    @cached_property
    def purposes(self) -> Mapping[str, str]:
        spoken = [purpose_names(self.ruleset), written_names(self.ruleset)]
        known = [(name, code) for names in spoken for code, name in names.items()]
        known += [(subject.short_name, subject.code) for subject in self.ruleset.subjects]
        known += [(code, code) for code in purpose_names(self.ruleset)]
        return {normalise_header(name): code for name, code in known}

    @cached_property
    def levels(self) -> Mapping[str, str]:
        levels = (*self.ruleset.subject_levels, *self.ruleset.trait_levels)
        known = {level.name.casefold(): level.code for level in levels}
        codes = {code.casefold(): code for code in level_codes(self.ruleset, "")}
        # "Tốt" and "Hoàn thành tốt" are both T; "D" is how Đ is typed without an input method.
        return known | {"d": codes.get("đ", "")} | codes

    def purpose_code(self, text: str) -> str:
        """As it was written where it is not known: the draft is refused with it."""
        return self.purposes.get(normalise_header(text), text)

    def level_code(self, text: str) -> str:
        return self.levels.get(text.casefold(), text) if text else ""


def _draft_row(row: SheetRow, words: Vocabulary) -> DraftRow:
    texts, remarks = {}, []
    for column in COLUMNS:
        try:
            texts[column.key] = plain_text(read_text(row.cells.get(column.key)))
        except ValueError as error:
            texts[column.key] = ""
            remarks.append(f"{column.header}: {error}")
    draft = CommentDraft(
        code=texts["code"].upper(),
        purpose=words.purpose_code(texts["purpose"]),
        level=words.level_code(texts["level"]),
        text=with_one_mark(texts["text"]),
    )
    return DraftRow(row.number, draft, remarks)


def write_comment_sheet(
    target: IO[bytes], drafts: Iterable[CommentDraft], ruleset: Ruleset
) -> None:
    names = written_names(ruleset)
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(SHEET_NAME)
    sheet.freeze_panes = "A2"
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.append(_cells(sheet, [column.header for column in COLUMNS], is_bold=True))
    for draft in drafts:
        purpose = names.get(draft.purpose, draft.purpose)
        sheet.append(_cells(sheet, [draft.code, purpose, draft.level, draft.text]))
    workbook.save(target)


def _cells(sheet: Any, texts: Iterable[str], *, is_bold: bool = False) -> list[WriteOnlyCell]:
    cells = [WriteOnlyCell(sheet, _as_text(text)) for text in texts]
    for cell in cells:
        cell.font = Font(bold=is_bold)
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cells


def _as_text(text: str) -> str:
    """Nothing that a spreadsheet program calculates; read_text takes the apostrophe off again."""
    is_taken_off = text.startswith("'") or text in EXCEL_ERRORS
    return f"'{text}" if is_taken_off else harmless(text)
