"""The columns of the sector database's sheet C1-HocSinh that hocba reads.

Everything else in the sheet (parents' occupations and years of birth, policy groups …)
is not needed for the report card and is not collected.
"""

import unicodedata
from dataclasses import dataclass
from functools import cached_property

from schools.names import fold

PERMANENT = "(Theo địa chỉ thường trú)"
HOME_TOWN = "(Theo quê quán)"
BIRTH = "(Theo nơi sinh)"


@dataclass(frozen=True)
class Column:
    key: str
    header: str
    other_headers: tuple[str, ...] = ()
    is_required: bool = False

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Its normalised headers, the usual one first."""
        return tuple(normalise_header(header) for header in (self.header, *self.other_headers))


def normalise_header(text: str) -> str:
    """Letters and digits only: line breaks, asterisks, NFC or NFD and letter case fall away."""
    composed = unicodedata.normalize("NFC", text)
    kept = (char if char.isalnum() else " " for char in composed)
    return fold("".join(kept))


COLUMNS = (
    Column("class_name", "Mã lớp", ("Lớp", "Tên lớp", "Lớp học"), is_required=True),
    Column("grade_level", "Khối", ("Khối lớp", "Khối học")),
    Column(
        "ministry_code",
        "Mã học sinh",
        ("Mã HS", "Mã định danh Bộ GD&ĐT", "Mã định danh Bộ GD&ĐT (trên CSDL ngành)"),
    ),
    Column(
        "full_name", "Họ tên", ("Họ và tên", "Họ tên học sinh", "Họ và tên học sinh"),
        is_required=True,
    ),
    Column("date_of_birth", "Ngày sinh", ("Ngày tháng năm sinh",), is_required=True),
    Column("gender", "Giới tính", is_required=True),
    Column("status", "Trạng thái HS", ("Trạng thái học sinh", "Trạng thái")),
    Column("status_on", "Ngày nhập trạng thái", ("Ngày trạng thái",)),
    Column("ethnicity", "Dân tộc"),
    Column("nationality", "Quốc tịch"),
    Column("disability", "Loại khuyết tật", ("Khuyết tật",)),
    Column(
        "personal_id",
        "Số định danh cá nhân",
        ("Số ĐDCN", "Mã định danh cá nhân", "Số ĐDCN/CCCD", "Số CCCD/ĐDCN", "Số CCCD"),
    ),
    Column("permanent_province", f"Tỉnh/Thành phố {PERMANENT}"),
    Column("permanent_district", f"Quận/Huyện {PERMANENT}"),
    Column("permanent_commune", f"Xã/Phường {PERMANENT}"),
    Column("permanent_hamlet", f"Tổ/Thôn/Xóm {PERMANENT}"),
    Column("home_province", f"Tỉnh/Thành phố {HOME_TOWN}"),
    Column("home_district", f"Quận/Huyện {HOME_TOWN}"),
    Column("home_commune", f"Xã/Phường {HOME_TOWN}"),
    Column("home_hamlet", f"Tổ/Thôn/Xóm {HOME_TOWN}"),
    Column("birth_province", f"Tỉnh/Thành phố {BIRTH}"),
    Column("birth_district", f"Quận/Huyện {BIRTH}"),
    Column("birth_commune", f"Xã/Phường {BIRTH}"),
    Column("birth_detail", "Nơi sinh chi tiết", ("Nơi sinh",)),
    Column("residence", "Chỗ ở hiện nay", ("Nơi ở hiện nay",)),
    Column("contact_phone", "Số điện thoại liên hệ"),
    Column("father_name", "Họ tên cha", ("Họ và tên cha",)),
    Column("mother_name", "Họ tên mẹ", ("Họ và tên mẹ",)),
    Column("guardian_name", "Họ tên người giám hộ", ("Họ và tên người giám hộ",)),
)  # fmt: skip
COLUMN_BY_KEY = {column.key: column for column in COLUMNS}
