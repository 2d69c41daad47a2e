"""Bảng tổng hợp kết quả đánh giá giáo dục của lớp (Phụ lục 2), read from what is stored.

The words are those of the active language; on paper they are Vietnamese whoever prints it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from assessments.completeness import expectations
from assessments.grids import PeriodSheet, cells_by_subject, period_sheet, trait_cells
from assessments.models import Commendation, SupplementaryAssessment, YearDecision
from assessments.summary_sheets.columns import GradeTaught, SheetColumn, columns_of
from assessments.summary_sheets.confirmations import (
    Confirmation,
    Signatures,
    endorsements_of,
    signatures_of,
)
from assessments.summary_sheets.header import HeaderRow, header_rows
from assessments.summary_sheets.rows import SheetRow, StoredResults, sheet_rows
from assessments.wording import translated
from assessments.workflow import Status
from rulesets import Level, Period, Ruleset
from schools.models import SchoolClass


class SheetState(StrEnum):
    """How final the results are. Under review: signed off, and then a pupil was reopened."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    SIGNED_OFF = "signed_off"


@dataclass(frozen=True)
class GradeSheet:
    """The form of one grade; a multi-grade class has one for each."""

    form_number: int
    grade_level: int
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]

    @property
    def header(self) -> tuple[HeaderRow, ...]:
        return header_rows(self.columns)


@dataclass(frozen=True)
class Legend:
    """What the letters of some columns mean: "T: Hoàn thành tốt; H: …"."""

    about: str
    meanings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SummarySheet:
    school_name: str
    class_name: str
    school_year: str
    period: Period
    period_name: str
    is_multigrade: bool
    state: SheetState
    grades: tuple[GradeSheet, ...]
    legends: tuple[Legend, ...]
    signatures: Signatures
    confirmations: tuple[Confirmation, ...]

    @property
    def title(self) -> str:
        return _("Bảng tổng hợp kết quả đánh giá giáo dục của lớp")

    @property
    def name(self) -> str:
        """Of its files."""
        return _("Bảng tổng hợp lớp %(name)s, %(period)s, %(year)s") % {
            "name": self.class_name,
            "period": self.period_name,
            "year": self.school_year,
        }

    @property
    def pupils(self) -> int:
        return sum(len(grade.rows) for grade in self.grades)


def grades_with_form(school_class: SchoolClass, period: str) -> list[int]:
    ruleset = school_class.school_year.ruleset
    return [
        grade_level
        for grade_level in school_class.grade_levels
        if ruleset.summary_form(grade_level, Period(period))
    ]


def summary_sheet(
    school_class: SchoolClass,
    period: str,
    *,
    shows_disability: bool,
    grade_level: int | None = None,
) -> SummarySheet:
    """Of a class that `assessments.grids.classes_at` has loaded: all its grades, or one."""
    prefetch_related_objects([school_class], "subject_offerings")
    sheet = period_sheet(school_class, period)
    endorsements = endorsements_of(sheet)
    stored = _stored_results(sheet, shows_disability=shows_disability)
    chosen = [
        grade
        for grade in grades_with_form(school_class, period)
        if grade_level is None or grade == grade_level
    ]
    school_year = school_class.school_year
    return SummarySheet(
        school_name=school_year.school.name,
        class_name=school_class.name,
        school_year=school_year.name,
        period=sheet.period,
        period_name=sheet.time.name,
        is_multigrade=school_class.is_multigrade,
        state=state_of(sheet, stored.decisions.values()),
        grades=tuple(_grade_sheets(sheet, chosen, stored)),
        legends=_legends(sheet.ruleset, has_outcomes=sheet.period == Period.END_YEAR),
        signatures=signatures_of(school_class, endorsements),
        confirmations=endorsements.confirmations,
    )


def _stored_results(sheet: PeriodSheet, *, shows_disability: bool) -> StoredResults:
    codes = [subject.code for subject in sheet.ruleset.subjects]
    pupils = [pupil.enrollment.pk for pupil in sheet.pupils]
    decided = YearDecision.objects.filter(enrollment__in=pupils)
    decisions = decided if sheet.period == Period.END_YEAR else decided.none()
    summers = SupplementaryAssessment.objects.filter(
        record__enrollment__in=decisions.values("enrollment"), decided_at__isnull=False
    )
    return StoredResults(
        subjects=cells_by_subject(sheet.class_period, codes),
        traits=trait_cells(sheet.class_period),
        decisions={decision.enrollment_id: decision for decision in decisions},
        summers={row.record.enrollment_id: row for row in summers.select_related("record")},
        commended=_commended(pupils),
        shows_disability=shows_disability,
    )


def _commended(pupils: Iterable[int]) -> set[int]:
    """Who was awarded something that the report card prints; letters of praise do not count."""
    awarded = Commendation.objects.awarded().filter(enrollment__in=pupils)
    return set(awarded.values_list("enrollment", flat=True))


def _grade_sheets(
    sheet: PeriodSheet, grade_levels: Iterable[int], stored: StoredResults
) -> Iterator[GradeSheet]:
    expected = expectations(sheet.school_class, sheet.period)
    for grade_level in grade_levels:
        form = sheet.ruleset.summary_form(grade_level, sheet.period)
        if form is None:
            continue
        languages = _languages(sheet.school_class, grade_level)
        taught = GradeTaught(sheet.ruleset, form, expected[grade_level], languages)
        columns = columns_of(taught)
        pupils = [row for row in sheet.pupils if row.enrollment.grade_level == grade_level]
        rows = sheet_rows(pupils, columns, stored, sheet.school_class.school_year)
        yield GradeSheet(form.number, grade_level, columns, rows)


def _languages(school_class: SchoolClass, grade_level: int) -> dict[str, str]:
    return {
        offering.subject_code: offering.language_name
        for offering in school_class.subject_offerings.all()
        if offering.grade_level == grade_level
    }


def state_of(sheet: PeriodSheet, decisions: Iterable[YearDecision]) -> SheetState:
    """A class is signed off with all its pupils, at the year's end with their decisions."""
    if sheet.status == Status.SUBMITTED:
        return SheetState.SUBMITTED
    if sheet.status != Status.SIGNED_OFF:
        return SheetState.DRAFT
    is_pending = any(pupil.status != Status.SIGNED_OFF for pupil in sheet.pupils)
    if is_pending or any(decision.signed_off_at is None for decision in decisions):
        return SheetState.UNDER_REVIEW
    return SheetState.SIGNED_OFF


def _legends(ruleset: Ruleset, *, has_outcomes: bool) -> tuple[Legend, ...]:
    subject_levels = (*ruleset.subject_levels, ruleset.exempt_level)
    legends = [
        Legend(_("Môn học và hoạt động giáo dục"), _meanings(subject_levels)),
        Legend(_("Phẩm chất, năng lực"), _meanings(ruleset.trait_levels)),
    ]
    if has_outcomes:
        outcomes = tuple(
            (translated(row.short_name), translated(row.name)) for row in ruleset.year_rows
        )
        legends.append(Legend(_("Đánh giá kết quả giáo dục"), outcomes))
    return tuple(legends)


def _meanings(levels: Iterable[Level]) -> tuple[tuple[str, str], ...]:
    return tuple((level.code, translated(level.name)) for level in levels)
