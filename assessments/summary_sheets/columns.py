"""The columns of a summary sheet: a form of the ruleset, filled with what a grade is taught."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _

from assessments.completeness import Expectation
from assessments.wording import translated
from rulesets import FormPart, Ruleset, SummaryForm


class ColumnKind(StrEnum):
    NUMBER = "number"
    NAME = "name"
    LEVEL = "level"
    SCORE = "score"
    TRAIT = "trait"
    OUTCOME = "outcome"
    REWARD = "reward"
    NOT_PROMOTED = "not_promoted"
    REMARKS = "remarks"


# These are wide enough for words; every other column holds a letter or a number.
WIDE = frozenset({ColumnKind.NAME, ColumnKind.REMARKS})


class Heading(NamedTuple):
    """The lowest of a column reaches down to the rows, however many it says."""

    label: str
    rows: int = 1


@dataclass(frozen=True)
class SheetColumn:
    """`headings` stand over it, outermost first; `code` is a subject's, trait's or outcome's."""

    kind: ColumnKind
    headings: tuple[Heading, ...]
    code: str = ""

    @property
    def is_wide(self) -> bool:
        return self.kind in WIDE


@dataclass(frozen=True)
class GradeTaught:
    """What decides the columns of a grade; languages by subject, as the class names them."""

    ruleset: Ruleset
    form: SummaryForm
    expected: Expectation
    languages: Mapping[str, str]


Columns = Iterator[SheetColumn]


def columns_of(grade: GradeTaught) -> tuple[SheetColumn, ...]:
    columns = [
        SheetColumn(ColumnKind.NUMBER, (Heading(_("STT")),)),
        SheetColumn(ColumnKind.NAME, (Heading(_("Họ và tên")),)),
    ]
    for part in grade.form.parts:
        columns += COLUMNS_OF_PART[part](grade)
    return tuple(columns)


def _subjects(grade: GradeTaught) -> Columns:
    above = Heading(_("Môn học và hoạt động giáo dục"))
    for code in grade.expected.subjects:
        name = subject_heading(grade, code)
        if grade.form.is_level_only:
            yield SheetColumn(ColumnKind.LEVEL, (above, Heading(name)), code)
            continue
        # Beside "Năng lực chung" and its competences, which are long and take the lower row.
        headings = (above, Heading(name, rows=2))
        yield SheetColumn(ColumnKind.LEVEL, (*headings, Heading(_("Mức đạt được"))), code)
        if code in grade.expected.tested:
            yield SheetColumn(ColumnKind.SCORE, (*headings, Heading(_("Điểm KTĐK"))), code)


def subject_heading(grade: GradeTaught, code: str) -> str:
    name = translated(grade.ruleset.subject(code).name)
    language = grade.languages.get(code)
    return f"{name} ({language})" if language else name


def _traits(grade: GradeTaught) -> Columns:
    for heading in grade.form.trait_headings:
        for group_code, group_name in heading.groups:
            names = (heading.name, group_name) if group_name else (heading.name,)
            above = tuple(Heading(translated(name)) for name in names)
            for trait in grade.ruleset.traits:
                if trait.group.code == group_code and trait.code in grade.expected.traits:
                    own = Heading(translated(trait.name))
                    yield SheetColumn(ColumnKind.TRAIT, (*above, own), trait.code)


def _year_outcomes(grade: GradeTaught) -> Columns:
    above = Heading(_("Đánh giá kết quả giáo dục"))
    for row in grade.ruleset.year_rows:
        own = Heading(translated(row.short_name))
        yield SheetColumn(ColumnKind.OUTCOME, (above, own), row.outcome)


def _single(kind: ColumnKind, heading: Callable[[], str]) -> Callable[[GradeTaught], Columns]:
    return lambda grade: iter((SheetColumn(kind, (Heading(heading()),)),))


COLUMNS_OF_PART: dict[FormPart, Callable[[GradeTaught], Columns]] = {
    FormPart.SUBJECTS: _subjects,
    FormPart.TRAITS: _traits,
    FormPart.YEAR_OUTCOME: _year_outcomes,
    FormPart.REWARD: _single(ColumnKind.REWARD, lambda: _("Khen thưởng")),
    FormPart.NOT_PROMOTED: _single(ColumnKind.NOT_PROMOTED, lambda: _("Chưa được lên lớp")),
    FormPart.REMARKS: _single(ColumnKind.REMARKS, lambda: _("Ghi chú")),
}
