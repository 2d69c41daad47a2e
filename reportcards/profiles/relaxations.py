"""What a profile requires and a lawful pupil cannot have: who is excused from what, and why.

The only place where a required element may be left out. A row holds for one profile and for
school years, named by their first year; each use is kept in the frozen payload.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reportcards.profiles.document import Payload, Written, written_fields
from reportcards.profiles.tables import Profile

VIETNAMESE = frozenset({"việt nam", "vietnam", "vn"})

LEVELS_AND_RESULT = (
    "KET_QUA_XEP_LOAI",
    "DUOC_LEN_LOP",
    "DA_HOAN_THANH_CHUONG_TRINH_LOP_HOC",
    "MUC_DAT_DUOC",
    "NANG_LUC_TU_CHU_TU_HOC",
    "NANG_LUC_GIAO_TIEP_HOC_TAC",
    "NANG_LUC_GIAI_QUYET_VAN_DE_SANG_TAO",
    "NANG_LUC_NGON_NGU",
    "NANG_LUC_TINH_TOAN",
    "NANG_LUC_KHOA_HOC",
    "NANG_LUC_THAM_MI",
    "NANG_LUC_THE_CHAT",
    "PHAM_CHAT_YEU_NUOC",
    "PHAM_CHAT_NHAN_AI",
    "PHAM_CHAT_CHAM_CHI",
    "PHAM_CHAT_TRUNG_THUC",
    "PHAM_CHAT_TRACH_NHIEM",
    "NHAN_XET_PHAM_CHAT",
    "NHAN_XET_NANG_LUC_CHUNG",
    "NHAN_XET_NANG_LUC_DAC_THU",
)
"""Not NHAN_XET_GVCN: every pupil is commented on (Thông tư 27, Điều 8), and the national set of
2026 requires it of these pupils too."""


@dataclass(frozen=True)
class Relaxation:
    """`until`: the first year of the last school year, None while it holds."""

    key: str
    profile: str
    tags: tuple[str, ...]
    since: int
    until: int | None
    excuses: Callable[[Payload], bool]
    source: str

    def holds_for(self, payload: Payload, profile: Profile) -> bool:
        first_year = int(payload["school_year"][:4])
        return (
            self.profile == profile.key
            and self.since <= first_year
            and (self.until is None or first_year <= self.until)
            and self.excuses(payload)
        )


@dataclass(frozen=True)
class Use:
    """A required element is left out of a card, and this row says why."""

    key: str
    tag: str


@dataclass(frozen=True)
class Lack:
    """A required element has no value and nothing excuses it.

    `source`: path in the payload, "subjects.toan.level"; `entry`: what a person calls the entry
    of a list, "Toán". `code`: who can put it right, the first step of the path.
    """

    tag: str
    source: str
    entry: str = ""

    @property
    def code(self) -> str:
        return self.source.partition(".")[0]


def everybody(_payload: Payload) -> bool:
    return True


def has_another_adult(payload: Payload) -> bool:
    return bool(payload["student"]["father_name"] or payload["student"]["guardian_name"])


def is_foreign(payload: Payload) -> bool:
    nationality = payload["student"]["nationality"].strip().casefold()
    return bool(nationality) and nationality not in VIETNAMESE


def is_not_assessed(payload: Payload) -> bool:
    return bool(payload["is_not_assessed"])


RELAXATIONS = (
    Relaxation(
        key="no_district",
        profile="v1.0",
        tags=("TEN_QUAN_HUYEN",),
        since=2025,
        until=None,
        excuses=everybody,
        source="Quyết định 19/2025/QĐ-TTg: from 01/7/2025 there is no district",
    ),
    Relaxation(
        key="no_mother",
        profile="v1.0",
        tags=("HO_VA_TEN_ME",),
        since=2023,
        until=None,
        excuses=has_another_adult,
        source="Nghị định 123/2015/NĐ-CP, Điều 14 and 15; hotenme of the 2026 set is optional",
    ),
    Relaxation(
        key="foreign_child",
        profile="v1.0",
        tags=("SO_CCCD",),
        since=2023,
        until=None,
        excuses=is_foreign,
        source="Luật Căn cước 26/2023/QH15, Điều 12: the number is given to citizens",
    ),
    Relaxation(
        key="no_register_number",
        profile="v1.0",
        tags=("SO_SO_DANG_BO",),
        since=2025,
        until=None,
        excuses=everybody,
        source="sosodangbo of the 2026 set is optional",
    ),
    Relaxation(
        key="no_body_measures",
        profile="v1.0",
        tags=("CAN_NANG", "CHIEU_CAO"),
        since=2025,
        until=None,
        excuses=everybody,
        source="cannang and chieucao of the 2026 set are optional",
    ),
    Relaxation(
        key="not_assessed",
        profile="v1.0",
        tags=LEVELS_AND_RESULT,
        since=2023,
        until=None,
        excuses=is_not_assessed,
        source="Thông tư 27, Điều 8; cokhuyettatkhongdanhgia of the 2026 set",
    ),
)


def relaxations_for(payload: Payload, profile: Profile) -> tuple[Use, ...]:
    """What the card leaves out though the profile requires it, each tag once."""
    uses = (
        Use(row.key, written.field.tag)
        for written, row in _missing(payload, profile)
        if row is not None
    )
    return tuple(dict.fromkeys(uses))


def lacks(payload: Payload, profile: Profile) -> tuple[Lack, ...]:
    """What the school still has to put in before the card may be signed."""
    return tuple(
        Lack(written.field.tag, written.source, written.entry)
        for written, row in _missing(payload, profile)
        if row is None
    )


def _missing(payload: Payload, profile: Profile) -> Iterator[tuple[Written, Relaxation | None]]:
    rows = [row for row in RELAXATIONS if row.holds_for(payload, profile)]
    for written in written_fields(payload, profile):
        if written.field.is_required and written.text is None:
            yield written, next((row for row in rows if written.field.tag in row.tags), None)
