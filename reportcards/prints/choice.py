"""Choosing what is printed, of whom, and seeing of whom there is nothing to print yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.roster import roster
from reportcards.models import PrintedDocument, PrintOutput
from reportcards.permissions import is_of_the_office
from reportcards.prints.addresses import SCHOOL, class_key
from reportcards.prints.contents import PrintOrder, reasons_against
from reportcards.prints.permissions import printable_classes
from reportcards.prints.wording import WHOLE_SCHOOL, of_class, of_grade, print_title
from rulesets import Period
from schools.models import SchoolClass, SchoolYear, StaffMember
from students.models import Enrollment


@dataclass(frozen=True)
class Scope:
    """Whom a print is of. `key` names it in an address, `words` in the print's own title."""

    key: str
    label: str
    words: str
    classes: tuple[SchoolClass, ...]

    @property
    def is_one_class(self) -> bool:
        return len(self.classes) == 1 and self.key.startswith("class-")


@dataclass(frozen=True)
class Pupil:
    enrollment: Enrollment
    reason: str

    @property
    def can_be_printed(self) -> bool:
        return not self.reason


@dataclass(frozen=True)
class PrintedClass:
    school_class: SchoolClass
    pupils: tuple[Pupil, ...]

    @property
    def ready(self) -> list[Pupil]:
        return [pupil for pupil in self.pupils if pupil.can_be_printed]

    @property
    def left_out(self) -> list[Pupil]:
        return [pupil for pupil in self.pupils if not pupil.can_be_printed]


def scopes_for(
    staff: StaffMember, school_year: SchoolYear, classes: Sequence[SchoolClass]
) -> list[Scope]:
    """Her classes; for the office also each grade and the whole school."""
    own = printable_classes(staff, list(classes))
    scopes = [_class_scope(school_class) for school_class in own]
    if not own or not is_of_the_office(staff):
        return scopes
    return [*scopes, *_grade_scopes(own), Scope(SCHOOL, _("Cả trường"), WHOLE_SCHOOL, tuple(own))]


def _class_scope(school_class: SchoolClass) -> Scope:
    label = _("Lớp %(name)s") % {"name": school_class.name}
    return Scope(class_key(school_class), label, of_class(school_class.name), (school_class,))


def _grade_scopes(classes: Sequence[SchoolClass]) -> list[Scope]:
    """A class of several grades is printed with its lowest."""
    grades = sorted({school_class.lowest_grade for school_class in classes})
    return [
        Scope(
            f"grade-{grade}",
            _("Khối %(grade)s") % {"grade": grade},
            of_grade(grade),
            tuple(row for row in classes if row.lowest_grade == grade),
        )
        for grade in grades
    ]


class Choice:
    """What she chose. The classes come with this very school year, its school and department."""

    def __init__(
        self, school_year: SchoolYear, scope: Scope, document: PrintedDocument, period: Period
    ) -> None:
        self.school_year, self.scope = school_year, scope
        self.document, self.period = document, period

    @property
    def is_report(self) -> bool:
        return self.document == PrintedDocument.REPORT

    @cached_property
    def classes(self) -> list[PrintedClass]:
        period = self.period if self.is_report else Period.END_YEAR
        rosters = {row.pk: _pupils_of(row, period) for row in self.scope.classes}
        everybody = [pupil for pupils in rosters.values() for pupil in pupils]
        reasons = reasons_against(everybody, self.document, self.period)
        return [
            PrintedClass(
                school_class,
                tuple(Pupil(row, reasons.get(row.pk, "")) for row in rosters[school_class.pk]),
            )
            for school_class in self.scope.classes
        ]

    @property
    def ready(self) -> list[Pupil]:
        return [pupil for row in self.classes for pupil in row.ready]

    @property
    def left_out_count(self) -> int:
        return sum(len(row.left_out) for row in self.classes)

    @property
    def way_out(self) -> str:
        """Where nothing can be printed of anybody: why, and what can be done."""
        if self.is_report:
            return _(
                "Kết quả chưa được ký duyệt. Hãy chọn thời điểm khác, hoặc in khi hiệu trưởng đã "
                "ký duyệt."
            )
        return _(
            "Học bạ số chưa phát hành. Hãy in học bạ giấy, hoặc in khi văn thư đã đóng dấu số."
        )

    @property
    def button(self) -> str:
        count = len(self.ready)
        if self.scope.is_one_class:
            return _("In các em đã chọn")
        return ngettext("In %(count)s em", "In %(count)s em", count) % {"count": count}

    @property
    def title(self) -> str:
        """Of the print: in Vietnamese, as what is printed."""
        period = self.period if self.is_report else ""
        return print_title(self.document, self.scope.words, self.school_year.name, period=period)

    def order(self, pupils: Sequence[Pupil], output: PrintOutput) -> PrintOrder:
        return PrintOrder(
            title=self.title,
            document=self.document,
            output=output,
            enrollments=[pupil.enrollment for pupil in pupils],
            period=self.period if self.is_report else "",
        )


def _pupils_of(school_class: SchoolClass, period: Period) -> list[Enrollment]:
    rows = list(roster(school_class, period))
    for row in rows:
        row.school_class = school_class
    return rows
