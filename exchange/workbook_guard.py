"""What is checked before a library opens an uploaded workbook: it may be anything.

The sizes of the archive's directory bound what is unpacked (zipfile never reads an entry
beyond its stated size), and a first pass over the XML, which keeps nothing, bounds what the
second one will build in memory.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from exchange.errors import FileRefused

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 20 * MEBIBYTE
LARGEST_ENTRY = 150 * MEBIBYTE
LARGEST_CONTENT = 250 * MEBIBYTE
MOST_ENTRIES = 2000
HIGHEST_RATIO = 200
RATIO_MATTERS_FROM = 5 * MEBIBYTE
MOST_ROWS = 50_000
ROWS_BEFORE_DATA = 12

MOST_STRINGS = 1_000_000
MOST_PARTS_OF_ROW = 65_536
MOST_LOOSE_ELEMENTS = 200_000
DEEPEST = 64
CHUNK = 64 * 1024

OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
MACRO_PART = "vbaproject.bin"
MACRO_TYPE = b"macroenabled"
CONTENT_TYPES = "[Content_Types].xml"
IS_ENCRYPTED = 0x1


def check_workbook(file: IO[bytes], file_name: str, *, refuses_uncalculated: bool = True) -> None:
    """Raises FileRefused unless the file is an .xlsx that is safe to open.

    Whoever refuses formulas without a value cell by cell says so.
    """
    _check_size(file)
    _check_kind(file, file_name)
    with opened_archive(file) as archive:
        _check_directory(archive.infolist())
        _check_macros(archive)
        for entry in archive.infolist():
            _check_xml(archive, entry, XmlBounds(refuses_uncalculated=refuses_uncalculated))


@contextmanager
def opened_archive(file: IO[bytes]) -> Iterator[ZipFile]:
    file.seek(0)
    try:
        with ZipFile(file) as archive:
            yield archive
    except (BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise corrupted() from error
    finally:
        file.seek(0)


def corrupted() -> FileRefused:
    return FileRefused(
        _("Tệp bị hỏng nên không đọc được. Hãy mở bằng Excel, lưu lại và tải lên tệp mới.")
    )


def _check_size(file: IO[bytes]) -> None:
    if file.seek(0, 2) > LARGEST_FILE:
        raise FileRefused(
            _("Tệp lớn hơn %(most)s MB. Hãy bỏ hình ảnh và trang thừa rồi tải lên lại.")
            % {"most": LARGEST_FILE // MEBIBYTE}
        )


def _check_kind(file: IO[bytes], file_name: str) -> None:
    extension = file_name.rpartition(".")[2].lower()
    if extension in {"xlsm", "xltm", "xlsb"}:
        raise _has_macros()
    file.seek(0)
    start = file.read(len(OLE_SIGNATURE))
    if start == OLE_SIGNATURE:
        raise _ole_refusal(start + file.read())
    if extension == "xls":
        raise _is_old_format()
    if extension != "xlsx" or not start.startswith(b"PK"):
        raise FileRefused(_("Đây không phải là bảng tính .xlsx. Hãy lưu tệp dạng Excel (.xlsx)."))


def _ole_refusal(content: bytes) -> FileRefused:
    if ENCRYPTED_STREAM in content:
        return FileRefused(
            _("Tệp được đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi tải lên lại.")
        )
    return _is_old_format()


def _is_old_format() -> FileRefused:
    return FileRefused(
        _("Đây là tệp Excel đời cũ (.xls). Hãy mở bằng Excel, chọn Lưu thành, dạng .xlsx.")
    )


def _has_macros() -> FileRefused:
    return FileRefused(
        _("Tệp có macro nên không được nhận. Hãy lưu tệp dạng .xlsx (không macro) rồi tải lên lại.")
    )


def _check_directory(entries: list[ZipInfo]) -> None:
    if any(entry.flag_bits & IS_ENCRYPTED for entry in entries):
        raise FileRefused(
            _("Tệp được đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi tải lên lại.")
        )
    if any(entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for entry in entries):
        raise corrupted()
    is_bomb = (
        len(entries) > MOST_ENTRIES
        or sum(entry.file_size for entry in entries) > LARGEST_CONTENT
        or any(_is_blown_up(entry) for entry in entries)
    )
    if is_bomb:
        raise _too_large_inside()
    if CONTENT_TYPES not in {entry.filename for entry in entries}:
        raise FileRefused(_("Đây không phải là bảng tính .xlsx. Hãy lưu tệp dạng Excel (.xlsx)."))


def _is_blown_up(entry: ZipInfo) -> bool:
    return entry.file_size > LARGEST_ENTRY or (
        entry.file_size > RATIO_MATTERS_FROM
        and entry.file_size > HIGHEST_RATIO * entry.compress_size
    )


def _too_large_inside() -> FileRefused:
    return FileRefused(
        _(
            "Nội dung của tệp khi giải nén quá lớn so với một danh sách học sinh. "
            "Hãy chép riêng danh sách sang một tệp mới."
        )
    )


def _check_macros(archive: ZipFile) -> None:
    names = [name.lower() for name in archive.namelist()]
    has_part = any(name.endswith(MACRO_PART) for name in names)
    if has_part or MACRO_TYPE in archive.read(CONTENT_TYPES).lower():
        raise _has_macros()


def _check_xml(archive: ZipFile, entry: ZipInfo, bounds: "XmlBounds") -> None:
    """Pictures and printer settings are no XML and are never parsed."""
    try:
        with archive.open(entry) as part:
            while chunk := part.read(CHUNK):
                bounds.feed(chunk)
            bounds.close()
    except expat.ExpatError as error:
        if entry.filename.lower().endswith((".xml", ".rels")):
            raise corrupted() from error


class XmlBounds:
    """Counts what a parser would keep, in constant memory, and refuses when it is too much."""

    def __init__(self, *, refuses_uncalculated: bool = True) -> None:
        self.refuses_uncalculated = refuses_uncalculated
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.depth = self.rows = self.strings = self.loose = 0
        self.group_depth = self.parts = 0
        self.has_formula = self.has_value = False

    def feed(self, chunk: bytes) -> None:
        self.parser.Parse(chunk, False)  # noqa: FBT003

    def close(self) -> None:
        self.parser.Parse(b"", True)  # noqa: FBT003

    def _refuse_doctype(self, *declaration: object) -> None:
        raise FileRefused(_("Tệp chứa khai báo XML lạ nên không được nhận."))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        local_name = name[name.rfind(" ") + 1 :]
        if self.group_depth:
            self._start_in_group(local_name)
        else:
            self._start_outside(local_name)
        if self.depth > DEEPEST:
            raise _too_large_inside()

    def _start_in_group(self, name: str) -> None:
        self.parts += 1
        if self.parts > MOST_PARTS_OF_ROW:
            raise _too_large_inside()
        if name == "c":
            self.has_formula = self.has_value = False
        elif name == "f":
            self.has_formula = True
        elif name in {"v", "is"}:
            self.has_value = True

    def _start_outside(self, name: str) -> None:
        if name == "row":
            self.rows += 1
        elif name == "si":
            self.strings += 1
        else:
            self.loose += 1
        if name in {"row", "si"}:
            self.group_depth, self.parts = self.depth, 0
        if self.rows > MOST_ROWS + ROWS_BEFORE_DATA:
            raise too_many_rows()
        if self.strings > MOST_STRINGS or self.loose > MOST_LOOSE_ELEMENTS:
            raise _too_large_inside()

    def _end(self, name: str) -> None:
        if self.depth == self.group_depth:
            self.group_depth = 0
        self.depth -= 1
        is_uncalculated = self.has_formula and not self.has_value and name.endswith(" c")
        if is_uncalculated and self.refuses_uncalculated:
            raise _has_uncalculated_formula()


def _has_uncalculated_formula() -> FileRefused:
    return FileRefused(
        _(
            "Tệp có công thức chưa được tính nên ô ấy sẽ bị đọc là trống. "
            "Hãy mở bằng Excel, lưu lại và tải lên."
        )
    )


def too_many_rows() -> FileRefused:
    return FileRefused(
        _(
            "Tệp có hơn %(most)s dòng (kể cả dòng trống có định dạng). "
            "Hãy xóa những dòng thừa rồi tải lên lại."
        )
        % {"most": f"{MOST_ROWS:,}".replace(",", ".")}
    )
