"""The lengths and ranges of the national field set of mid-2026, by tag of v1.0.

`thongtinsohocbasotieuhoc`, the data dictionary of what the ministry sends to the national data
centre: unofficial copy, and narrower than v1.0, which has no lengths. Every card keeps to it,
so that the ministry can take it in. What that set has as a code and v1.0 as words (gender,
ethnicity, nationality) has no row here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

from reportcards.profiles.document import Payload, written_fields
from reportcards.profiles.structure import parse_card
from reportcards.profiles.tables import Profile
from reportcards.profiles.violations import Violation

Complaint = tuple[str, dict[str, str | int]]


@dataclass(frozen=True)
class Longest:
    """In characters."""

    length: int

    def complaint(self, text: str) -> Complaint | None:
        if len(text) <= self.length:
            return None
        return "too_long", {"length": len(text), "longest": self.length}


@dataclass(frozen=True)
class Exactly:
    """So many characters."""

    length: int

    def complaint(self, text: str) -> Complaint | None:
        return None if len(text) == self.length else ("wrong_length", {"expected": self.length})


@dataclass(frozen=True)
class Digits:
    count: int

    def complaint(self, text: str) -> Complaint | None:
        if len(text) == self.count and text.isascii() and text.isdigit():
            return None
        return "wrong_digits", {"expected": self.count}


@dataclass(frozen=True)
class Between:
    """A number in this range, its ends in it."""

    least: int
    most: int

    def complaint(self, text: str) -> Complaint | None:
        try:
            number = Decimal(text)
        except InvalidOperation:
            return "not_a_number", {}
        if number.is_finite() and self.least <= number <= self.most:
            return None
        return "out_of_range", {"least": self.least, "most": self.most}


@dataclass(frozen=True)
class OneOf:
    texts: tuple[str, ...]

    def complaint(self, text: str) -> Complaint | None:
        return None if text in self.texts else ("not_allowed", {"allowed": ", ".join(self.texts)})


@dataclass(frozen=True)
class SchoolYear:
    """ "2026-2027"."""

    def complaint(self, text: str) -> Complaint | None:
        years = re.fullmatch(r"([0-9]{4})-([0-9]{4})", text)
        if years and int(years.group(2)) == int(years.group(1)) + 1:
            return None
        return "not_a_school_year", {}


Limit = Longest | Exactly | Digits | Between | OneOf | SchoolYear

PERSONAL_ID = Digits(12)
SUBJECT_LEVELS = OneOf(("T", "H", "C", "M"))
TRAIT_LEVELS = OneOf(("T", "Đ", "C"))
NARRATIVE, COMMENT = Longest(2000), Longest(500)

# fmt: off
LIMITS: dict[str, Limit] = {
    "THONG_TIN_CHUNG/PHIEN_BAN":                     Longest(10),
    "THONG_TIN_CHUNG/THONG_TU":                      Longest(10),
    "THONG_TIN_CHUNG/MA_TRA_CUU_UUID":               Exactly(36),
    "THONG_TIN_CHUNG/TEN_NAM_HOC":                   SchoolYear(),
    "THONG_TIN_CHUNG/MA_SO_GIAO_DUC":                Exactly(2),
    "THONG_TIN_CHUNG/MA_TRUONG":                     Longest(20),
    "THONG_TIN_CHUNG/TEN_QUAN_HUYEN":                Longest(250),
    "THONG_TIN_CHUNG/MA_CAP_HOC":                    Exactly(2),
    "THONG_TIN_CHUNG/SO_CCCD":                       PERSONAL_ID,
    "THONG_TIN_CHUNG/MA_HOC_SINH":                   Longest(20),
    "THONG_TIN_CHUNG/CAN_NANG":                      Between(1, 300),   # kg
    "THONG_TIN_CHUNG/CHIEU_CAO":                     Between(10, 300),  # cm
    "THONG_TIN_CHUNG/TONG_SO_BUOI_NGHI_CO_PHEP":     Between(0, 200),
    "THONG_TIN_CHUNG/THONG_SO_BUOI_NGHI_KHONG_PHEP": Between(0, 200),
    "THONG_TIN_CHUNG/SO_CCCD_GIAM_HIEU_KY_HOC_BA":   PERSONAL_ID,
    "THONG_TIN_CHUNG/SO_CCCD_GIAO_VIEN_CHU_NHIEM":   PERSONAL_ID,
    "THONG_TIN_CHUNG/MA_KHOI":                       Exactly(2),
    "THONG_TIN_CHUNG/TEN_LOP":                       Longest(10),
    "NAM_HOC_CHI_TIET/NAM_HOC":                      SchoolYear(),
    "NAM_HOC_CHI_TIET/TEN_LOP":                      Longest(100),
    "NAM_HOC_CHI_TIET/TEN_TRUONG":                   Longest(250),
    "TONG_KET/KET_QUA_XEP_LOAI":                     Longest(50),
    "TONG_KET/NOI_DUNG_HOAN_THANH_CHUONG_TRINH":     NARRATIVE,
    "TONG_KET/NOI_DUNG_KHEN_THUONG":                 NARRATIVE,
    "TONG_KET/NOI_DUNG_KHEN_THUONG_DOT_XUAT":        NARRATIVE,
    "TONG_KET/NHAN_XET_GVCN":                        NARRATIVE,
    "MON_HOC/MA_MON_HOC":                            Exactly(3),
    "MON_HOC/TEN_MON_HOC":                           Longest(50),
    "MON_HOC/MUC_DAT_DUOC":                          SUBJECT_LEVELS,
    "MON_HOC/DIEM_KIEM_TRA_DINH_KY":                 Longest(4),
    **{
        f"DANH_GIA_NANG_LUC_PHAM_CHAT/{tag}": TRAIT_LEVELS
        for tag in (
            "NANG_LUC_TU_CHU_TU_HOC", "NANG_LUC_GIAO_TIEP_HOC_TAC",
            "NANG_LUC_GIAI_QUYET_VAN_DE_SANG_TAO", "NANG_LUC_NGON_NGU", "NANG_LUC_TINH_TOAN",
            "NANG_LUC_KHOA_HOC", "NANG_LUC_CONG_NGHE", "NANG_LUC_TIN_HOC", "NANG_LUC_THAM_MI",
            "NANG_LUC_THE_CHAT", "PHAM_CHAT_YEU_NUOC", "PHAM_CHAT_NHAN_AI", "PHAM_CHAT_CHAM_CHI",
            "PHAM_CHAT_TRUNG_THUC", "PHAM_CHAT_TRACH_NHIEM",
        )
    },
    "DANH_GIA_NANG_LUC_PHAM_CHAT/NHAN_XET_PHAM_CHAT":         COMMENT,
    "DANH_GIA_NANG_LUC_PHAM_CHAT/NHAN_XET_NANG_LUC_CHUNG":    COMMENT,
    "DANH_GIA_NANG_LUC_PHAM_CHAT/NHAN_XET_NANG_LUC_DAC_THU":  COMMENT,
}
# fmt: on


def check_limits(card: bytes | etree._Element | Payload, profile: Profile) -> list[Violation]:
    """What is too long or out of range, in a card or in the payload of one that is to be made.

    A violation's path is the value's in the payload, or the element's in the card; params: tag,
    and what the limit says.
    """
    texts = _of_payload(card, profile) if isinstance(card, dict) else _of_card(card, profile)
    return [
        Violation(path, complaint[0], {"tag": place.partition("/")[2], **complaint[1]})
        for path, place, text in texts
        if place in LIMITS and (complaint := LIMITS[place].complaint(text))
    ]


def _of_payload(payload: Payload, profile: Profile) -> Iterator[tuple[str, str, str]]:
    for written in written_fields(payload, profile):
        if written.text is not None:
            yield written.source, f"{written.group.tag}/{written.field.tag}", written.text


def _of_card(card: bytes | etree._Element, profile: Profile) -> Iterator[tuple[str, str, str]]:
    root = parse_card(card) if isinstance(card, bytes) else card
    tree = root.getroottree()
    for part in root.iter(profile.tree.tag):
        for element in part.iterdescendants():
            if len(element) == 0 and (parent := element.getparent()) is not None:
                yield tree.getpath(element), f"{parent.tag}/{element.tag}", element.text or ""
