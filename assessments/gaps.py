"""What is missing, grouped by the grid that it is entered in, each with the pupils' names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from assessments.completeness import CHANGED_SINCE, OF_A_SUBJECT, Kind, MissingEntry
from assessments.wording import field_name, trait_name
from rulesets import Ruleset
from students.models import Enrollment

MOST_TRAITS_NAMED = 3

Grid = tuple[Kind, str]  # as in links.grid_url


@dataclass(frozen=True)
class Lack:
    sentence: str
    names: list[str]


def lacks_by_grid(missing: Sequence[MissingEntry], ruleset: Ruleset) -> dict[Grid, list[Lack]]:
    entries: dict[Grid, list[MissingEntry]] = defaultdict(list)
    for entry in missing:
        entries[_grid(entry)].append(entry)
    return {grid: _lacks(ruleset, rows) for grid, rows in entries.items()}


def _grid(entry: MissingEntry) -> Grid:
    if entry.kind in OF_A_SUBJECT:
        return Kind.SUBJECT_LEVEL, entry.code
    return entry.kind, ""


def _lacks(ruleset: Ruleset, entries: Sequence[MissingEntry]) -> list[Lack]:
    by_thing: dict[Grid, list[MissingEntry]] = defaultdict(list)
    for entry in entries:
        is_trait = entry.kind == Kind.TRAIT_LEVEL
        by_thing[entry.kind, "" if is_trait else entry.code].append(entry)
    return [
        Lack(_sentence(kind, code, _pupils(rows)), _names(ruleset, rows))
        for (kind, code), rows in by_thing.items()
    ]


def _pupils(entries: Sequence[MissingEntry]) -> int:
    return len({entry.enrollment.pk for entry in entries})


def _names(ruleset: Ruleset, entries: Sequence[MissingEntry]) -> list[str]:
    """With the traits in brackets, where they are few."""
    traits: dict[Enrollment, list[str]] = defaultdict(list)
    for entry in entries:
        lacking = traits[entry.enrollment]
        if entry.kind == Kind.TRAIT_LEVEL:
            lacking.append(trait_name(ruleset, entry.code))
    return [
        f"{pupil.student.full_name} ({', '.join(lacking)})"
        if 0 < len(lacking) <= MOST_TRAITS_NAMED
        else pupil.student.full_name
        for pupil, lacking in traits.items()
    ]


def _sentence(kind: Kind, code: str, pupils: int) -> str:
    sentences = {
        Kind.SUBJECT_LEVEL: ngettext(
            "%(count)s em chưa có mức đạt được", "%(count)s em chưa có mức đạt được", pupils
        ),
        Kind.TEST_SCORE: ngettext(
            "%(count)s em chưa có điểm kiểm tra", "%(count)s em chưa có điểm kiểm tra", pupils
        ),
        Kind.RETEST_SCORE: ngettext(
            "%(count)s em chờ điểm kiểm tra lại", "%(count)s em chờ điểm kiểm tra lại", pupils
        ),
        Kind.EXEMPTION_REASON: ngettext(
            "%(count)s em được miễn chưa có lý do", "%(count)s em được miễn chưa có lý do", pupils
        ),
        Kind.TRAIT_LEVEL: ngettext("%(count)s em chưa đủ mức", "%(count)s em chưa đủ mức", pupils),
        Kind.RECORD_FIELD: ngettext(
            "%(count)s em chưa có %(field)s", "%(count)s em chưa có %(field)s", pupils
        ),
        Kind.YEAR_DECISION: ngettext(
            "%(count)s em chưa được xác nhận", "%(count)s em chưa được xác nhận", pupils
        ),
    }
    if code == CHANGED_SINCE:
        sentences[kind] = ngettext(
            "%(count)s em đổi kết quả sau khi xác nhận",
            "%(count)s em đổi kết quả sau khi xác nhận",
            pupils,
        )
    field = field_name(code) if kind == Kind.RECORD_FIELD else ""
    return sentences[kind] % {"count": pupils, "field": field}
