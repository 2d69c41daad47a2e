"""What stands under "Ghi chú": Phụ lục 2 asks for what is particular about a pupil."""

import datetime
from collections.abc import Iterable, Iterator, Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.grids import StoredCell
from assessments.wording import translated
from rulesets import Ruleset
from schools.models import SchoolYear
from students.models import Enrollment
from students.models.enrollment import EntryReason, ExitReason

SubjectCells = Mapping[str, Mapping[str, StoredCell]]


def remarks_of(
    enrollment: Enrollment,
    subjects: SubjectCells,
    school_year: SchoolYear,
    *,
    shows_disability: bool,
) -> str:
    ruleset = school_year.ruleset
    remarks = [
        *_disability(enrollment, is_shown=shows_disability),
        *_exemptions(subjects, ruleset),
        *_retests(subjects, ruleset),
        *_joining(enrollment, school_year.starts_on),
        *_leaving(enrollment),
    ]
    return "; ".join(remarks)


def _disability(enrollment: Enrollment, *, is_shown: bool) -> Iterator[str]:
    """That there is one, never which; an individual plan says it too (Điều 8)."""
    has_plan = getattr(enrollment, "has_plan", False)
    has_one = enrollment.student.disability or enrollment.is_not_assessed or has_plan
    if is_shown and has_one:
        yield _("Học sinh khuyết tật")
    if enrollment.is_not_assessed:
        yield _("Không đánh giá")


def _exemptions(subjects: SubjectCells, ruleset: Ruleset) -> Iterator[str]:
    """The reason may speak of the pupil's health and stays in the grid."""
    exempt = (
        code
        for code, cells in subjects.items()
        if "level" in cells and cells["level"].value == ruleset.exempt_level.code
    )
    if names := _short_names(exempt, ruleset):
        yield _("Miễn học %(subjects)s") % {"subjects": names}


def _retests(subjects: SubjectCells, ruleset: Ruleset) -> Iterator[str]:
    taken = (
        code for code, cells in subjects.items() if "score" in cells and cells["score"].earlier
    )
    if names := _short_names(taken, ruleset):
        yield _("Kiểm tra lại %(subjects)s") % {"subjects": names}


def _short_names(codes: Iterable[str], ruleset: Ruleset) -> str:
    return ", ".join(translated(ruleset.subject(code).short_name) for code in codes)


def _joining(enrollment: Enrollment, year_starts_on: datetime.date) -> Iterator[str]:
    day = enrollment.enrolled_on
    if enrollment.entry_reason == EntryReason.TRANSFERRED_IN:
        yield _("Chuyển đến %(day)s") % _day(day)
    elif enrollment.entry_reason == EntryReason.READMITTED:
        yield _("Học lại từ %(day)s") % _day(day)
    elif day > year_starts_on:
        yield _("Vào lớp %(day)s") % _day(day)


def _leaving(enrollment: Enrollment) -> Iterator[str]:
    day = enrollment.ended_on
    if day is None:
        return
    if enrollment.exit_reason == ExitReason.TRANSFERRED_OUT:
        yield _("Chuyển đi %(day)s") % _day(day)
    elif enrollment.exit_reason == ExitReason.WITHDRAWN:
        yield _("Thôi học %(day)s") % _day(day)


def _day(day: datetime.date) -> dict[str, str]:
    return {"day": date_format(day)}
