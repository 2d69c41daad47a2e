"""What each pupil of a class still lacks: pupils x things to enter, each gap at its cell."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.calendar import period_name
from assessments.completeness import Kind, MissingEntry, missing_in_class
from assessments.links import class_period_url, grid_url
from assessments.policies import check_period_takes_entries
from assessments.roster import roster
from assessments.teachers import subjects_taught_by
from assessments.wording import field_name, subject_name, trait_name
from audit.errors import DomainError
from rulesets import Ruleset
from schools.models import SchoolClass, StaffMember
from students.models import Enrollment

Thing = tuple[Kind, str]

FIELDS = {
    Kind.SUBJECT_LEVEL: "level",
    Kind.TEST_SCORE: "score",
    Kind.RETEST_SCORE: "score",
    Kind.EXEMPTION_REASON: "exemption_reason",
}


@dataclass(frozen=True)
class Column:
    """One thing that some pupils lack; `pupils` is how many."""

    label: str
    url: str
    pupils: int


@dataclass(frozen=True)
class Gap:
    label: str
    url: str


@dataclass(frozen=True)
class PupilGaps:
    """One cell for each column; None where nothing is missing."""

    name: str
    cells: list[Gap | None]


@dataclass(frozen=True)
class ClassReadiness:
    """`untouched` is what nobody of the class has yet: one line says it better than a column."""

    school_class: SchoolClass
    period: str
    pupils: int
    gaps: int
    columns: list[Column]
    rows: list[PupilGaps]
    untouched: list[Column]

    @property
    def title(self) -> str:
        words = {"name": self.school_class.name, "n": self.gaps}
        if not self.pupils:
            return _("Lớp %(name)s chưa có học sinh") % words
        if not self.gaps:
            return _("Lớp %(name)s đã nhập đủ") % words
        return (
            ngettext(
                "Lớp %(name)s còn %(n)s chỗ thiếu", "Lớp %(name)s còn %(n)s chỗ thiếu", self.gaps
            )
            % words
        )

    @property
    def lead(self) -> str:
        complete = self.pupils - len(self.rows) if not self.untouched else 0
        sentence = ngettext(
            "%(n)s trong %(all)s em đã đủ", "%(n)s trong %(all)s em đã đủ", complete
        ) % {"n": complete, "all": self.pupils}
        return f"{period_name(self.period)} · {sentence}"

    @property
    def url(self) -> str:
        return class_period_url(self.school_class, self.period)


def class_readiness(school_class: SchoolClass, period: str, staff: StaffMember) -> ClassReadiness:
    missing = missing_in_class(school_class, period)
    pupils = roster(school_class, period).filter(is_not_assessed=False).count()
    by_thing = _by_thing(missing, school_class.school_year.ruleset)
    whole = [thing for thing, rows in by_thing.items() if 1 < pupils == len(rows)]
    partial = [thing for thing in by_thing if thing not in whole]
    links = _Links(school_class, period, _writable_subjects(staff, school_class, period))
    return ClassReadiness(
        school_class=school_class,
        period=period,
        pupils=pupils,
        gaps=len(missing),
        columns=[links.column(thing, len(by_thing[thing])) for thing in partial],
        rows=_rows(by_thing, partial, links),
        untouched=_untouched(whole, pupils, links),
    )


def _by_thing(missing: Sequence[MissingEntry], ruleset: Ruleset) -> dict[Thing, list[Enrollment]]:
    """In form order, whichever pupil lacks it first."""
    found: dict[Thing, list[Enrollment]] = defaultdict(list)
    for entry in missing:
        code = "" if entry.kind == Kind.YEAR_DECISION else entry.code
        found[entry.kind, code].append(entry.enrollment)
    subjects = [subject.code for subject in ruleset.subjects]
    traits = [trait.code for trait in ruleset.traits]
    kinds = list(Kind)

    def place(thing: Thing) -> tuple[int, int, int]:
        kind, code = thing
        if kind in FIELDS:
            return 0, subjects.index(code), kinds.index(kind)
        return kinds.index(kind), traits.index(code) if code in traits else 0, 0

    return {thing: found[thing] for thing in sorted(found, key=place)}


def _untouched(whole: Sequence[Thing], pupils: int, links: "_Links") -> list[Column]:
    """Several things of one grid are one link."""
    by_grid: dict[str, list[Thing]] = defaultdict(list)
    for thing in whole:
        by_grid[links.grid(thing)].append(thing)
    return [
        Column(
            links.label(things[0]) if len(things) == 1 else links.grid_name(things[0]), url, pupils
        )
        for url, things in by_grid.items()
    ]


def _rows(
    by_thing: dict[Thing, list[Enrollment]], columns: Sequence[Thing], links: "_Links"
) -> list[PupilGaps]:
    """The pupils who lack something, in roll order."""
    lacking = {thing: {row.pk for row in by_thing[thing]} for thing in columns}
    pupils = {row.pk: row for thing in columns for row in by_thing[thing]}
    ordered = sorted(pupils.values(), key=lambda row: (row.student.sort_key, row.student_id))
    return [
        PupilGaps(
            pupil.student.full_name,
            [links.gap(thing, pupil) if pupil.pk in lacking[thing] else None for thing in columns],
        )
        for pupil in ordered
    ]


@dataclass(frozen=True)
class _Links:
    """`writable` is None where the reader writes nothing now: then there are rows, no controls."""

    school_class: SchoolClass
    period: str
    writable: set[str] | None

    def column(self, thing: Thing, pupils: int) -> Column:
        return Column(self.label(thing), self.grid(thing), pupils)

    def grid(self, thing: Thing) -> str:
        return grid_url(self.school_class, self.period, *thing)

    def grid_name(self, thing: Thing) -> str:
        kind, code = thing
        if kind in FIELDS:
            return subject_name(self.school_class.school_year.ruleset, code)
        if kind == Kind.TRAIT_LEVEL:
            return _("Phẩm chất, năng lực")
        return _("Nghỉ học, sức khỏe, nhận xét")

    def gap(self, thing: Thing, pupil: Enrollment) -> Gap:
        return Gap(self.label(thing), f"{self.grid(thing)}#{self._anchor(thing, pupil)}")

    def _anchor(self, thing: Thing, pupil: Enrollment) -> str:
        """The control of the very cell, which the browser focuses."""
        kind, code = thing
        is_read_only = self.writable is None or (kind in FIELDS and code not in self.writable)
        if is_read_only or kind == Kind.YEAR_DECISION:
            return f"row-{pupil.pk}"
        return f"id_e{pupil.pk}-{FIELDS.get(kind, code)}"

    def label(self, thing: Thing) -> str:
        kind, code = thing
        ruleset = self.school_class.school_year.ruleset
        if kind == Kind.TRAIT_LEVEL:
            return trait_name(ruleset, code)
        if kind == Kind.RECORD_FIELD:
            name = field_name(code)
            return name[:1].upper() + name[1:]
        if kind == Kind.YEAR_DECISION:
            return _("Kết quả năm học")
        words = {"subject": subject_name(ruleset, code)}
        sentences = {
            Kind.SUBJECT_LEVEL: _("%(subject)s, mức"),
            Kind.TEST_SCORE: _("%(subject)s, điểm"),
            Kind.RETEST_SCORE: _("%(subject)s, điểm kiểm tra lại"),
            Kind.EXEMPTION_REASON: _("%(subject)s, lý do miễn học"),
        }
        return sentences[kind] % words


def _writable_subjects(
    staff: StaffMember, school_class: SchoolClass, period: str
) -> set[str] | None:
    try:
        check_period_takes_entries(school_class, period, staff)
    except DomainError:
        return None
    taught = subjects_taught_by(staff, [school_class], school_class.school_year.ends_on)
    return {code for _pk, code in taught}
