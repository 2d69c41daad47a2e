"""What lies in a print: pupil by pupil, with the digest of each original."""

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import StringIO

HEADINGS = {
    "number": "STT",
    "class_name": "Lớp",
    "ministry_code": "Mã học sinh",
    "full_name": "Họ và tên",
    "document": "Tài liệu",
    "school_year": "Năm học",
    "lookup_code": "Mã tra cứu",
    "file": "Tệp",
    "pages": "Số trang",
    "size": "Số byte",
    "sha256": "SHA-256",
}
# A spreadsheet takes a cell that begins so for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"  # by which a spreadsheet knows UTF-8


@dataclass(frozen=True)
class Line:
    """One document. `number` is the pupil's in the print, `file` its name in a zip."""

    number: int
    class_name: str
    ministry_code: str
    full_name: str
    document: str
    school_year: str
    lookup_code: str
    file: str
    pages: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    title: str
    made_at: str
    lines: Sequence[Line]

    def as_csv(self) -> bytes:
        text = StringIO()
        table = csv.writer(text, lineterminator="\r\n")
        table.writerow(HEADINGS.values())
        for line in self.lines:
            table.writerow(_cell(value) for value in asdict(line).values())
        return (MARK + text.getvalue()).encode()

    def as_json(self) -> bytes:
        described = {
            "title": self.title,
            "made_at": self.made_at,
            "pupils": len({line.number for line in self.lines}),
            "documents": len(self.lines),
            "pages": sum(line.pages for line in self.lines),
            "files": [asdict(line) for line in self.lines],
        }
        return json.dumps(described, ensure_ascii=False, indent=1).encode()

    def as_files(self) -> dict[str, bytes]:
        return {"manifest.csv": self.as_csv(), "manifest.json": self.as_json()}


def _cell(value: str | int) -> str | int:
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
