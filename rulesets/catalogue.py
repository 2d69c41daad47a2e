"""What a regulation names: moments, levels, subjects, qualities and competences, tests."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar


class UnknownCode(LookupError):
    """The ruleset has no subject, trait, level or grade level of this code."""


class Coded(Protocol):
    @property
    def code(self) -> str: ...


C = TypeVar("C", bound=Coded)


def by_code(entries: Iterable[C], code: str) -> C:
    for entry in entries:
        if entry.code == code:
            return entry
    raise UnknownCode(code)


class Period(StrEnum):
    """Thời điểm đánh giá; SUPPLEMENTARY is the summer's đánh giá bổ sung of single pupils."""

    MID_TERM_1 = "mid_term_1"
    END_TERM_1 = "end_term_1"
    MID_TERM_2 = "mid_term_2"
    END_YEAR = "end_year"
    SUPPLEMENTARY = "supplementary"


@dataclass(frozen=True)
class Level:
    """Mức đạt được."""

    code: str
    name: str


@dataclass(frozen=True)
class Subject:
    """Môn học hoặc hoạt động giáo dục: one row of the form."""

    code: str
    name: str
    position: int
    short_name: str
    compulsory_grades: frozenset[int]
    optional_grades: frozenset[int] = frozenset()
    counts_towards_result: bool = True


@dataclass(frozen=True)
class TraitGroup:
    """One block of the form that carries one comment for all its traits."""

    code: str
    name: str


@dataclass(frozen=True)
class Trait:
    """Phẩm chất hoặc năng lực."""

    code: str
    name: str
    group: TraitGroup
    grades: frozenset[int]


@dataclass(frozen=True)
class DueTests:
    """Bài kiểm tra định kỳ: which subjects are tested at these moments in these grades."""

    periods: frozenset[Period]
    grade_levels: frozenset[int]
    subjects: frozenset[str]
