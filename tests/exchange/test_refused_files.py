"""Files that are refused with a sentence, before anything of them stands in memory."""

import io
import tracemalloc
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from exchange import workbook_guard
from exchange.errors import FileRefused
from exchange.students_sheet import read_students_sheet
from tests.exchange.workbooks import HEADERS, ROW, repacked, saved, workbook_of

SHEET = "xl/worksheets/sheet1.xml"
SHEET_XML = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>%s</sheetData></worksheet>"
)
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.fixture
def good():
    return workbook_of([HEADERS, ROW])


def refusal(file, name="danh-sach.xlsx"):
    with pytest.raises(FileRefused) as refused:
        read_students_sheet(file, name)
    return str(refused.value)


def with_sheet(good, rows):
    return repacked(good, {SHEET: (SHEET_XML % rows).encode()})


def test_a_good_file_passes(good):
    assert read_students_sheet(good, "Danh sách.XLSX").rows


@pytest.mark.parametrize("name", ["anh.png", "danh-sach.csv", "danh-sach", "danh-sach.pdf"])
def test_another_extension(good, name):
    assert "không phải là bảng tính .xlsx" in refusal(good, name)


@pytest.mark.parametrize("content", [b"", b"PK", b"<html></html>", b"%PDF-1.7", b"a,b\n1,2\n"])
def test_not_a_spreadsheet_in_spite_of_its_name(content):
    assert ".xlsx" in refusal(io.BytesIO(content)) or "hỏng" in refusal(io.BytesIO(content))


def test_another_kind_of_archive():
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("bai-tap.txt", "Toán")
    assert "không phải là bảng tính .xlsx" in refusal(file)


@pytest.mark.parametrize("name", ["danh-sach.xls", "danh-sach.xlsx"])
def test_old_format(name):
    assert "đời cũ (.xls)" in refusal(io.BytesIO(OLE + bytes(2000)), name)


def test_old_extension_on_a_new_file(good):
    assert "đời cũ (.xls)" in refusal(good, "danh-sach.xls")


def test_encrypted_workbook():
    content = OLE + bytes(1000) + "EncryptedPackage".encode("utf-16-le")
    assert "mật khẩu" in refusal(io.BytesIO(content))


def test_encrypted_archive_entry(good):
    content = bytearray(good.getvalue())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    assert "mật khẩu" in refusal(io.BytesIO(bytes(content)))


@pytest.mark.parametrize("name", ["danh-sach.xlsm", "danh-sach.xltm", "danh-sach.XLSB"])
def test_macro_extension(good, name):
    assert "macro" in refusal(good, name)


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/sub/VBAPROJECT.BIN"])
def test_macro_part_in_spite_of_the_extension(good, part):
    assert "macro" in refusal(repacked(good, {part: b"\x00"}))


def test_macro_content_type_in_spite_of_the_extension(good):
    with ZipFile(good) as archive:
        types = archive.read("[Content_Types].xml")
    main = b"spreadsheetml.sheet.main"
    types = types.replace(
        b"openxmlformats-officedocument." + main, b"ms-excel.sheet.macroEnabled.main"
    )
    assert "macro" in refusal(repacked(good, {"[Content_Types].xml": types}))


def test_over_twenty_megabytes(good):
    file = io.BytesIO(good.getvalue() + bytes(workbook_guard.LARGEST_FILE))
    assert "lớn hơn 20 MB" in refusal(file)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_cut_off_file(good, kept):
    content = good.getvalue()
    assert "hỏng" in refusal(io.BytesIO(content[: int(len(content) * kept)]))


def test_damaged_content(good):
    content = bytearray(good.getvalue())
    with ZipFile(good) as archive:
        entry = archive.getinfo(SHEET)
    start = entry.header_offset + 30 + len(SHEET)
    content[start : start + 40] = bytes(40)
    assert "hỏng" in refusal(io.BytesIO(bytes(content)))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET, "[Content_Types].xml"]
)
def test_part_that_is_no_xml(good, part):
    assert "hỏng" in refusal(repacked(good, {part: b"khong phai XML"}))


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/workbook.xml", b"<a/>"),
        ("xl/_rels/workbook.xml.rels", b"<a/>"),
        ("[Content_Types].xml", b"<a/>"),
    ],
)
def test_part_that_is_other_xml(good, part, content):
    assert refusal(repacked(good, {part: content}))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_missing_part(good, part):
    assert "hỏng" in refusal(repacked(good, {}, without=[part]))


def test_shared_string_out_of_range(good):
    row = '<row r="1"><c r="A1" t="s"><v>999999</v></c></row>'
    assert "hỏng" in refusal(with_sheet(good, row))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "http://127.0.0.1/x"> %b;]>',
        "<!DOCTYPE a>",
    ],
)
def test_xml_with_entities(good, declaration):
    xml = declaration + SHEET_XML % ""
    assert "khai báo XML lạ" in refusal(repacked(good, {SHEET: xml.encode()}))


def test_xml_with_entities_in_another_encoding(good):
    xml = "<!DOCTYPE a>" + SHEET_XML % ""
    assert "khai báo XML lạ" in refusal(repacked(good, {SHEET: xml.encode("utf-16")}))


def test_formula_that_was_never_calculated(good):
    row = '<row r="1"><c r="A1"><f>1+1</f></c></row>'
    assert "công thức chưa được tính" in refusal(with_sheet(good, row))


def test_calculated_formula_is_read_as_its_value():
    workbook = Workbook()
    workbook.active.append(HEADERS)
    workbook.active.append(["='4'&\"A\"", *ROW[1:]])
    file = saved(workbook)
    with ZipFile(file) as archive:
        xml = archive.read(SHEET).replace(b"<v />", b"<v>4A</v>").replace(b"<v></v>", b"<v>4A</v>")
    xml = xml.replace(b'<c r="A2">', b'<c r="A2" t="str">')
    sheet = read_students_sheet(repacked(file, {SHEET: xml}), "danh-sach.xlsx")
    assert sheet.rows[0].cells["class_name"] == "4A"


def test_over_fifty_thousand_rows(good):
    rows = "".join(f'<row r="{number}"/>' for number in range(1, 50_014))
    assert "hơn 50.000 dòng" in refusal(with_sheet(good, rows))


def test_a_gap_of_over_fifty_thousand_rows(good):
    def cells(number):
        row = zip("ABCD", HEADERS, strict=True)
        return "".join(
            f'<c r="{letter}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for letter, text in row
        )

    rows = f'<row r="1">{cells(1)}</row><row r="900000000">{cells(900000000)}</row>'
    assert "hơn 50.000 dòng" in refusal(with_sheet(good, rows))


def test_row_with_endless_cells(good):
    assert "quá lớn" in refusal(with_sheet(good, f"<row>{'<c/>' * 70_000}</row>"))


def test_endless_elements_outside_rows(good):
    assert "quá lớn" in refusal(with_sheet(good, "<a/>" * 210_000))


def test_endless_nesting(good):
    assert "quá lớn" in refusal(with_sheet(good, "<a>" * 100 + "</a>" * 100))


def test_unusual_compression(good):
    file = io.BytesIO()
    with ZipFile(good) as old, ZipFile(file, "w", ZIP_BZIP2) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert "hỏng" in refusal(file)


def bomb(good, names, size):
    file = io.BytesIO(good.getvalue())
    with ZipFile(file, "a", ZIP_DEFLATED, compresslevel=9) as archive:
        for name in names:
            with archive.open(name, "w") as part:
                for _ in range(size // workbook_guard.MEBIBYTE):
                    part.write(bytes(workbook_guard.MEBIBYTE))
    return file


@pytest.mark.parametrize(
    ("names", "size"),
    [
        (["xl/media/a.png"], 8 * workbook_guard.MEBIBYTE),
        (["xl/sharedStrings2.xml"], 160 * workbook_guard.MEBIBYTE),
    ],
)
def test_zip_bomb(good, names, size):
    file = bomb(good, names, size)
    tracemalloc.start()
    assert "quá lớn" in refusal(file)
    assert tracemalloc.get_traced_memory()[1] < workbook_guard.MEBIBYTE
    tracemalloc.stop()


def test_bomb_of_many_small_parts(good):
    parts = {f"xl/media/{number}.png": b"" for number in range(2001)}
    assert "quá lớn" in refusal(repacked(good, parts))


def test_bomb_whose_directory_understates_its_size(good):
    """zipfile reads no more than the directory promises and then finds the checksum wrong."""
    file = bomb(good, ["xl/media/a.xml"], 8 * workbook_guard.MEBIBYTE)
    content = bytearray(file.getvalue())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    assert "hỏng" in refusal(io.BytesIO(bytes(content)))


def test_reading_keeps_only_the_known_columns():
    """Ten thousand cells, of which nothing is asked for."""
    noise = [[f"{row}-{column}" * 5 for column in range(10)] for row in range(1000)]
    file = workbook_of(noise)
    tracemalloc.start()
    assert "Không tìm thấy dòng tiêu đề" in refusal(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * workbook_guard.MEBIBYTE
