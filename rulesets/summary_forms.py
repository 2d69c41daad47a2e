"""Bảng tổng hợp kết quả đánh giá giáo dục của lớp: a regulation's forms, by grade and moment."""

from dataclasses import dataclass
from enum import StrEnum

from rulesets.catalogue import Period


class FormPart(StrEnum):
    """What follows a pupil's number and name; subjects and traits are as her grade has them."""

    SUBJECTS = "subjects"
    TRAITS = "traits"
    YEAR_OUTCOME = "year_outcome"
    REWARD = "reward"
    NOT_PROMOTED = "not_promoted"
    REMARKS = "remarks"


@dataclass(frozen=True)
class TraitHeading:
    """Stands over groups of traits, given by code and name; an empty name is not printed."""

    name: str
    groups: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SummaryForm:
    """Parts and headings stand in the form's order.

    `is_level_only`: a level stands right under its subject, without a heading of its own.
    """

    number: int
    grade_levels: frozenset[int]
    periods: frozenset[Period]
    parts: tuple[FormPart, ...]
    trait_headings: tuple[TraitHeading, ...]
    is_level_only: bool = False

    def serves(self, grade_level: int, period: Period) -> bool:
        return grade_level in self.grade_levels and period in self.periods

    def has_part(self, part: FormPart) -> bool:
        return part in self.parts
