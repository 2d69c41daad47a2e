"""Summary sheets for tests: a class with results that differ from column to column."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from assessments.completeness import expectations
from assessments.grids import classes_at
from assessments.models import ClassPeriod, PeriodRecord, SubjectResult, TestScore, TraitResult
from assessments.summary_sheets.sheet import GradeSheet, SummarySheet, summary_sheet
from rulesets import Period
from schools.models import SchoolClass
from students.models import Enrollment
from tests import factories
from tests.cast import Cast

LEVELS, TRAIT_LEVELS, SCORES = "THC", "TĐC", (10, 9, 8, 7, 6, 5)


def loaded(school_class: SchoolClass, period: str) -> SchoolClass:
    return classes_at(school_class.school_year.school, period).get(pk=school_class.pk)


def sheet_of(
    school_class: SchoolClass, period: str = Period.END_TERM_1, **options: Any
) -> SummarySheet:
    options = {"shows_disability": True, **options}
    return summary_sheet(loaded(school_class, period), period, **options)


def only_grade(sheet: SummarySheet) -> GradeSheet:
    [grade] = sheet.grades
    return grade


def columns_and_cells(grade: GradeSheet, row: int = 0) -> list[tuple[str, str]]:
    """Each column as its headings, the outermost first, with the cell of one pupil."""
    paths = [" / ".join(heading.label for heading in column.headings) for column in grade.columns]
    texts = [str(text) for text in grade.rows[row].texts] if grade.rows else ["" for _ in paths]
    return list(zip(paths, texts, strict=True))


def cell_of(grade: GradeSheet, heading: str, row: int = 0) -> str:
    """Of the only column whose headings end so."""
    [text] = [text for path, text in columns_and_cells(grade, row) if path.endswith(heading)]
    return text


def class_of_grade(cast: Cast, *grades: int, name: str = "L", **fields: Any) -> SchoolClass:
    return factories.make_class(cast.school_year, name, grades, **fields)


def enter_everything(pupil: Enrollment, period: str, by: User) -> PeriodRecord:
    """Levels and scores in turn, so that no two neighbours are the same."""
    class_period, _ = ClassPeriod.objects.get_or_create(
        school_class=pupil.school_class, period=period
    )
    record = PeriodRecord.objects.create(class_period=class_period, enrollment=pupil)
    saved = {"record": record, "saved_at": timezone.now(), "saved_by": by}
    expected = expectations(pupil.school_class, period)[pupil.grade_level]
    for place, code in enumerate(expected.subjects):
        result = SubjectResult.objects.create(
            subject_code=code, level=LEVELS[place % 3], comment="Chăm học.", **saved
        )
        if code in expected.tested:
            TestScore.objects.create(result=result, score=SCORES[place % 6])
    for place, code in enumerate(expected.traits):
        TraitResult.objects.create(trait_code=code, level=TRAIT_LEVELS[place % 3], **saved)
    return record
