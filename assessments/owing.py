"""Which teacher owes which grid of which class: counts only, no pupil is named."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.completeness import Kind
from assessments.links import class_period_url, grid_url
from assessments.models import Nudge
from assessments.progress import ClassProgress, PartProgress
from assessments.school_readiness import Part, part_name, parts_of
from assessments.teachers import ClassTeachers, teachers_of
from assessments.wording import missing_in_words
from assessments.workflow import Status
from schools.models import SchoolClass, SchoolYear, StaffMember


@dataclass(frozen=True)
class Debt:
    """One grid that lacks something; without a part, the class is complete and not handed in."""

    school_class: SchoolClass
    period: str
    part: Part | None = None
    missing: Mapping[Kind, int] | None = None

    @property
    def url(self) -> str:
        if self.part is None:
            return class_period_url(self.school_class, self.period)
        return grid_url(self.school_class, self.period, *self.part)

    @property
    def sentence(self) -> str:
        """In the language of whoever reads it."""
        if self.part is None or self.missing is None:
            return _("Lớp %(name)s: đã đủ, chưa gửi hiệu trưởng") % {"name": self.school_class.name}
        return _("Lớp %(name)s, %(part)s: %(missing)s") % {
            "name": self.school_class.name,
            "part": part_name(self.part, self.school_class.school_year.ruleset),
            "missing": missing_in_words(self.missing),
        }


@dataclass(frozen=True)
class Debtor:
    teacher: StaffMember
    debts: list[Debt]
    was_nudged: bool = False

    @property
    def address(self) -> str:
        return self.teacher.user.email if self.teacher.user else ""

    @property
    def can_be_nudged(self) -> bool:
        return bool(self.address) and not self.was_nudged


@dataclass(frozen=True)
class Owing:
    """Those who owe something, and the grids that nobody is assigned to."""

    debtors: list[Debtor]
    nobodys: list[Debt]

    @property
    def to_nudge(self) -> list[Debtor]:
        return [row for row in self.debtors if row.can_be_nudged]

    @property
    def without_address(self) -> list[Debtor]:
        return [row for row in self.debtors if not row.address]

    @property
    def nudged_today(self) -> list[Debtor]:
        return [row for row in self.debtors if row.was_nudged and row.address]

    def without(self, staff: StaffMember) -> "Owing":
        """Nobody reminds herself."""
        return Owing([row for row in self.debtors if row.teacher != staff], self.nobodys)


def owing_in(
    progress: Sequence[ClassProgress], *, school_year: SchoolYear, today: datetime.date
) -> Owing:
    """By name; the number of queries is fixed."""
    classes = [row.school_class for row in progress]
    teachers = teachers_of(classes, school_year.ends_on)
    debts: dict[StaffMember, list[Debt]] = defaultdict(list)
    nobodys = []
    for row in progress:
        for debt in _debts(row):
            owners = _owners(debt, teachers)
            for teacher in owners:
                debts[teacher].append(debt)
            nobodys += [] if owners else [debt]
    nudged = set(
        Nudge.objects.filter(
            staff_member__in=list(debts), sent_on=today, has_failed=False
        ).values_list("staff_member", flat=True)
    )
    ordered = sorted(_with_users(debts), key=lambda teacher: (teacher.sort_key, teacher.pk))
    return Owing([Debtor(row, debts[row], row.pk in nudged) for row in ordered], nobodys)


def _with_users(debts: Mapping[StaffMember, list[Debt]]) -> list[StaffMember]:
    """The addresses stand with the users."""
    found = StaffMember.objects.filter(pk__in=[row.pk for row in debts])
    return list(found.select_related("user", "school"))


def _debts(progress: ClassProgress) -> Iterator[Debt]:
    """What was handed in owes nothing; a returned class owes what it lacks, and its handing in."""
    class_period = progress.class_period
    if not class_period.is_editable or not progress.pupils:
        return
    place = progress.school_class, class_period.period
    for part, counted in parts_of(progress):
        if not counted.is_complete:
            yield Debt(*place, part, _lacking(counted))
    if progress.is_complete and class_period.status == Status.OPEN:
        yield Debt(*place)


def _lacking(counted: PartProgress) -> dict[Kind, int]:
    return {kind: count for kind, count in counted.missing.items() if count}


def _owners(debt: Debt, teachers: ClassTeachers) -> list[StaffMember]:
    """Whoever is assigned the subject; all else is the homeroom teacher's."""
    class_pk = debt.school_class.pk
    if debt.part and debt.part[1]:
        found = teachers.by_subject.get((class_pk, debt.part[1]), [])
        return list(dict.fromkeys(found))
    homeroom = teachers.homeroom.get(class_pk)
    return [homeroom] if homeroom else []
