"""The columns of the sector database's results import, by grade, as tables.

Grades 1 and 2: `FlieMau-KQHT-C1-CN-Khoi12-TT27_2020.xls` (sic), 35 columns, three header rows,
known from one program that reads it; the words of its first header row are not. The templates
of grades 3 and 4-5 were not seen: theirs follow the same rules and are marked as unconfirmed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rulesets import Period

RULESET_KEY = "tt27"
PERIODS = frozenset({Period.END_TERM_1, Period.END_YEAR})


class Source(StrEnum):
    """Where a column's text comes from; `code` of the column says which subject or trait."""

    NUMBER = "number"
    CLASS_NAME = "class_name"
    MINISTRY_CODE = "ministry_code"
    FULL_NAME = "full_name"
    DATE_OF_BIRTH = "date_of_birth"
    LEVEL = "level"
    SCORE = "score"
    TRAIT = "trait"
    COMPLETED = "completed"
    PROMOTED = "promoted"
    OUTCOME = "outcome"
    NOTHING = "nothing"


@dataclass(frozen=True)
class ResultColumn:
    """One header for each of the three rows, or fewer: the last one then reaches down."""

    source: Source
    headers: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True)
class ResultsTemplate:
    name: str
    grade_levels: frozenset[int]
    columns: tuple[ResultColumn, ...]
    is_confirmed: bool = False


SUBJECTS, COMPETENCES, QUALITIES = "Môn học và hoạt động giáo dục", "Năng lực", "Phẩm chất"
LEVEL, SCORE = "Mức đạt được", "Điểm KTĐK"

IDENTITY = (
    ResultColumn(Source.NUMBER, ("STT",)),
    ResultColumn(Source.CLASS_NAME, ("Mã lớp",)),
    ResultColumn(Source.MINISTRY_CODE, ("Mã học sinh",)),
    ResultColumn(Source.FULL_NAME, ("Họ tên",)),
    ResultColumn(Source.DATE_OF_BIRTH, ("Ngày sinh",)),
)
MATHS, VIETNAMESE = ("toan", "Toán"), ("tieng_viet", "Tiếng việt")
ETHICS, NATURE = ("dao_duc", "Đạo đức"), ("tu_nhien_va_xa_hoi", "Tự nhiên và xã hội")
FOREIGN, ETHNIC = ("ngoai_ngu_1", "Ngoại ngữ"), ("tieng_dan_toc", "Tiếng dân tộc")
COMPUTING, TECHNOLOGY = ("tin_hoc", "TH-CN (Tin học)"), ("cong_nghe", "TH-CN (Công nghệ)")
HISTORY, SCIENCE = ("lich_su_va_dia_li", "Lịch sử và Địa lí"), ("khoa_hoc", "Khoa học")
ARTS_AND_SPORT = (
    ("am_nhac", "Nghệ thuật (Âm nhạc)"),
    ("mi_thuat", "Nghệ thuật (Mĩ thuật)"),
    ("hoat_dong_trai_nghiem", "Hoạt động trải nghiệm"),
    ("giao_duc_the_chat", "Giáo dục thể chất"),
)
GENERAL = (
    ("tu_chu_va_tu_hoc", "Tự chủ và tự học"),
    ("giao_tiep_va_hop_tac", "Giao tiếp và hợp tác"),
    ("giai_quyet_van_de_va_sang_tao", "Giải quyết vấn đề và sáng tạo"),
)
SPECIFIC = (
    ("ngon_ngu", "Ngôn ngữ"),
    ("tinh_toan", "Tính toán"),
    ("khoa_hoc", "Khoa học"),
    ("cong_nghe", "Công nghệ"),
    ("tin_hoc", "Tin học"),
    ("tham_mi", "Thẩm mĩ"),
    ("the_chat", "Thể chất"),
)
WITHOUT_MACHINES = tuple(trait for trait in SPECIFIC if trait[0] not in {"cong_nghe", "tin_hoc"})
QUALITY_NAMES = (
    ("yeu_nuoc", "Yêu nước"),
    ("nhan_ai", "Nhân ái"),
    ("cham_chi", "Chăm chỉ"),
    ("trung_thuc", "Trung thực"),
    ("trach_nhiem", "Trách nhiệm"),
)
YEAR = (
    ResultColumn(Source.COMPLETED, ("Hoàn thành chương trình lớp học",)),
    ResultColumn(Source.PROMOTED, ("Lên lớp",)),
    ResultColumn(Source.OUTCOME, ("Xếp loại",)),
    ResultColumn(Source.NOTHING, ()),
)
"""The last column has no header; the guide speaks of "Khen thưởng", not where: it stays empty."""

Named = tuple[str, str]


def tested(*subjects: Named) -> Iterator[ResultColumn]:
    for code, name in subjects:
        yield ResultColumn(Source.LEVEL, (SUBJECTS, name, LEVEL), code)
        yield ResultColumn(Source.SCORE, (SUBJECTS, name, SCORE), code)


def assessed(*subjects: Named) -> Iterator[ResultColumn]:
    for code, name in subjects:
        yield ResultColumn(Source.LEVEL, (SUBJECTS, name, LEVEL), code)


def traits(specific: tuple[Named, ...]) -> Iterator[ResultColumn]:
    for group, names in (("Năng lực chung", GENERAL), ("Năng lực đặc thù", specific)):
        for code, name in names:
            yield ResultColumn(Source.TRAIT, (COMPETENCES, group, name), code)
    for code, name in QUALITY_NAMES:
        yield ResultColumn(Source.TRAIT, (QUALITIES, name), code)


GRADES_1_2 = ResultsTemplate(
    name="KQHT-C1-Khoi12-TT27_2020",
    grade_levels=frozenset({1, 2}),
    columns=(
        *IDENTITY,
        *tested(MATHS, VIETNAMESE),
        *assessed(ETHICS, NATURE, FOREIGN, ETHNIC, COMPUTING, *ARTS_AND_SPORT),
        *traits(WITHOUT_MACHINES),
        *YEAR,
    ),
    is_confirmed=True,
)
GRADE_3 = ResultsTemplate(
    name="KQHT-C1-Khoi3-TT27_2020-chua-doi-chieu-voi-mau-cua-Bo",
    grade_levels=frozenset({3}),
    columns=(
        *IDENTITY,
        *tested(MATHS, VIETNAMESE),
        *assessed(ETHICS, NATURE),
        *tested(FOREIGN),
        *assessed(ETHNIC),
        *tested(COMPUTING, TECHNOLOGY),
        *assessed(*ARTS_AND_SPORT),
        *traits(SPECIFIC),
        *YEAR,
    ),
)
GRADES_4_5 = ResultsTemplate(
    name="KQHT-C1-Khoi45-TT27_2020-chua-doi-chieu-voi-mau-cua-Bo",
    grade_levels=frozenset({4, 5}),
    columns=(
        *IDENTITY,
        *tested(MATHS, VIETNAMESE),
        *assessed(ETHICS),
        *tested(HISTORY, SCIENCE, FOREIGN),
        *assessed(ETHNIC),
        *tested(COMPUTING, TECHNOLOGY),
        *assessed(*ARTS_AND_SPORT),
        *traits(SPECIFIC),
        *YEAR,
    ),
)
TEMPLATES = (GRADES_1_2, GRADE_3, GRADES_4_5)


def template_for(ruleset_key: str, period: str, grade_level: int) -> ResultsTemplate | None:
    """None: the ministry takes nothing of this regulation, at this moment or for this grade."""
    if ruleset_key != RULESET_KEY or period not in PERIODS:
        return None
    return next((each for each in TEMPLATES if grade_level in each.grade_levels), None)
