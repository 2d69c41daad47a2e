"""What a person may write of a class at a period: the worksheets of its class sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from assessments import actions
from assessments.class_subjects import subject_title
from assessments.comment_bank import CommentBank
from assessments.forms.grid import Grid, Save
from assessments.forms.note_grid import NoteGrid
from assessments.forms.record_grid import RecordGrid
from assessments.forms.subject_grid import SubjectGrid
from assessments.forms.trait_grid import TraitGrid
from assessments.grids import (
    PeriodSheet,
    cells_by_subject,
    classes_at,
    note_cells,
    period_sheet,
    record_cells,
    trait_cells,
)
from assessments.models.comments import COMMENT_FIELDS
from assessments.permissions import is_homeroom_teacher, taught_subjects
from assessments.wording import subject_name
from schools.models import SchoolClass, StaffMember

TRAITS, RECORDS, NOTES = "traits", "records", "notes"


@dataclass(frozen=True)
class SheetGrid:
    """A grid with the key under which a class sheet knows it."""

    key: str
    title: str
    grid: Grid
    save: Save


@dataclass(frozen=True)
class ClassSheet:
    sheet: PeriodSheet
    grids: tuple[SheetGrid, ...]

    @property
    def school_class(self) -> SchoolClass:
        return self.sheet.school_class

    def grid(self, key: str) -> SheetGrid | None:
        return next((found for found in self.grids if found.key == key), None)


def subject_key(subject_code: str) -> str:
    return f"subject.{subject_code}"


def class_sheet(school_class: SchoolClass, period: str, by: StaffMember) -> ClassSheet:
    """As it is stored now, whatever the class passed in has loaded."""
    fresh = classes_at(by.school, period, by).get(pk=school_class.pk)
    sheet = period_sheet(fresh, period)
    return ClassSheet(sheet, tuple(_grids(sheet, by)))


def _grids(sheet: PeriodSheet, by: StaffMember) -> Iterator[SheetGrid]:
    taught = taught_subjects(by, sheet.school_class)
    is_homeroom = is_homeroom_teacher(by, sheet.school_class)
    stored = cells_by_subject(sheet.class_period, taught)
    words: dict[str, Any] = {"school_class": sheet.school_class, "period": sheet.period, "by": by}
    for code in (subject.code for subject in sheet.ruleset.subjects if subject.code in taught):
        yield SheetGrid(
            subject_key(code),
            subject_title(
                subject_name(sheet.ruleset, code), [grade.language_name for grade in taught[code]]
            ),
            SubjectGrid(
                sheet, stored[code], code, taught[code], CommentBank(by, sheet.ruleset, [code])
            ),
            partial(actions.save_subject_results, subject_code=code, **words),
        )
    if is_homeroom:
        yield from _homeroom_grids(sheet, words)
    elif taught:
        yield SheetGrid(
            NOTES,
            _("Ghi chú phẩm chất, năng lực"),
            NoteGrid(sheet, note_cells(sheet.class_period, by), may_write=True, author=by),
            partial(actions.save_trait_notes, **words),
        )


def _homeroom_grids(sheet: PeriodSheet, words: dict[str, Any]) -> Iterator[SheetGrid]:
    yield SheetGrid(
        TRAITS,
        _("Phẩm chất, năng lực"),
        TraitGrid(sheet, trait_cells(sheet.class_period), may_write=True, notes={}),
        partial(actions.save_trait_results, **words),
    )
    yield SheetGrid(
        RECORDS,
        _("Nghỉ học, sức khỏe, nhận xét"),
        RecordGrid(
            sheet,
            record_cells(sheet),
            may_write=True,
            shows_health=True,
            bank=CommentBank(words["by"], sheet.ruleset, COMMENT_FIELDS),
        ),
        partial(actions.save_period_records, **words),
    )
