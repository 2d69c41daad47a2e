"""What is missing, grouped as people fill it: one line for each subject, the traits, each field."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.completeness import REQUIRED_FIELDS, Kind, MissingEntry
from assessments.links import grid_url
from assessments.wording import field_name, subject_name, trait_name
from rulesets import Ruleset
from schools.models import SchoolClass

MOST_TRAITS_NAMED = 3

Place = tuple[Kind, str]


@dataclass(frozen=True)
class Lack:
    sentence: str
    names: list[str]


@dataclass(frozen=True)
class Gap:
    where: str
    url: str
    lacks: list[Lack]


def gaps_of(missing: Sequence[MissingEntry], school_class: SchoolClass, period: str) -> list[Gap]:
    ruleset = school_class.school_year.ruleset
    entries: dict[Place, list[MissingEntry]] = defaultdict(list)
    for entry in missing:
        entries[_place(entry)].append(entry)
    return [
        Gap(
            where=_place_name(ruleset, place),
            url=grid_url(school_class, period, *place),
            lacks=_lacks(ruleset, entries[place]),
        )
        for place in _places_in_order(ruleset, period)
        if place in entries
    ]


def _place(entry: MissingEntry) -> Place:
    if entry.kind == Kind.TEST_SCORE:
        return Kind.SUBJECT_LEVEL, entry.code
    if entry.kind == Kind.TRAIT_LEVEL:
        return Kind.TRAIT_LEVEL, ""
    return entry.kind, entry.code


def _places_in_order(ruleset: Ruleset, period: str) -> list[Place]:
    return [
        *((Kind.SUBJECT_LEVEL, subject.code) for subject in ruleset.subjects),
        (Kind.TRAIT_LEVEL, ""),
        *((Kind.RECORD_FIELD, name) for name in REQUIRED_FIELDS[period]),
        (Kind.YEAR_DECISION, ""),
    ]


def _place_name(ruleset: Ruleset, place: Place) -> str:
    kind, code = place
    if kind == Kind.SUBJECT_LEVEL:
        return subject_name(ruleset, code)
    if kind == Kind.TRAIT_LEVEL:
        return _("Phẩm chất, năng lực")
    return capfirst(field_name(code)) if kind == Kind.RECORD_FIELD else _("Kết quả năm học")


def _lacks(ruleset: Ruleset, entries: Sequence[MissingEntry]) -> list[Lack]:
    by_kind: dict[Kind, list[MissingEntry]] = defaultdict(list)
    for entry in entries:
        by_kind[entry.kind].append(entry)
    return [
        _trait_lack(ruleset, rows)
        if kind == Kind.TRAIT_LEVEL
        else Lack(_sentence(kind, len(rows)), [row.enrollment.student.full_name for row in rows])
        for kind, rows in by_kind.items()
    ]


def _trait_lack(ruleset: Ruleset, entries: Sequence[MissingEntry]) -> Lack:
    traits: dict[int, list[str]] = defaultdict(list)
    names = {entry.enrollment.pk: entry.enrollment.student.full_name for entry in entries}
    for entry in entries:
        traits[entry.enrollment.pk].append(trait_name(ruleset, entry.code))
    return Lack(
        _sentence(Kind.TRAIT_LEVEL, len(names)),
        [
            f"{name} ({', '.join(traits[pk])})" if len(traits[pk]) <= MOST_TRAITS_NAMED else name
            for pk, name in names.items()
        ],
    )


def _sentence(kind: Kind, pupils: int) -> str:
    sentences = {
        Kind.SUBJECT_LEVEL: ngettext(
            "%(count)s em chưa có mức đạt được", "%(count)s em chưa có mức đạt được", pupils
        ),
        Kind.TEST_SCORE: ngettext(
            "%(count)s em chưa có điểm kiểm tra", "%(count)s em chưa có điểm kiểm tra", pupils
        ),
        Kind.TRAIT_LEVEL: ngettext("%(count)s em chưa đủ mức", "%(count)s em chưa đủ mức", pupils),
        Kind.RECORD_FIELD: ngettext("%(count)s em chưa có", "%(count)s em chưa có", pupils),
        Kind.YEAR_DECISION: ngettext(
            "%(count)s em chưa được xác nhận", "%(count)s em chưa được xác nhận", pupils
        ),
    }
    return sentences[kind] % {"count": pupils}
