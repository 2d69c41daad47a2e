"""The rows of C1-HocSinh as django-import-export takes them: read, compared, written.

A dry run reads and compares only. Writing goes through the actions of `students`, in bulk.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import Result

from audit.events import Actor
from exchange import cell_values
from exchange.cell_values import is_blank
from exchange.columns import COLUMN_BY_KEY
from exchange.identities import IDENTITY_CELLS, RepeatedRows, Unidentified, read_identity
from exchange.known_students import EnrolledElsewhere, KnownStudents
from exchange.placement import Misplaced, classes_by_name, place
from exchange.sheet_fields import (
    BIRTH_COLUMNS,
    HOME_TOWN_COLUMNS,
    PERMANENT_COLUMNS,
    CellField,
    PlaceField,
    Row,
)
from exchange.student_entries import StudentEntry
from exchange.students_sheet import StudentsSheet
from schools.models import SchoolYear
from schools.named import NAME_KEYS
from students.actions import create_students, end_enrollments, enroll_students, update_students
from students.changes import Departure, Placement, Revision
from students.models import Student

REQUIRED_DETAILS = ("full_name", "date_of_birth", "gender")
NUMBER = "number"


class StudentResource(Resource):
    ministry_code = CellField("ministry_code", cell_values.read_ministry_code)
    personal_id = CellField("personal_id", cell_values.read_personal_id)
    full_name = CellField("full_name", cell_values.read_text)
    date_of_birth = CellField("date_of_birth", cell_values.read_date_of_birth)
    gender = CellField("gender", cell_values.read_gender)
    ethnicity_code = CellField("ethnicity_code", cell_values.read_ethnicity, "ethnicity")
    nationality = CellField("nationality", cell_values.read_nationality)
    disability = CellField("disability", cell_values.read_text)
    birth_place = PlaceField("birth_place", BIRTH_COLUMNS)
    home_town = PlaceField("home_town", HOME_TOWN_COLUMNS)
    residence = PlaceField("residence", ("residence",), PERMANENT_COLUMNS)
    contact_phone = CellField("contact_phone", cell_values.read_phone)
    father_name = CellField("father_name", cell_values.read_text)
    mother_name = CellField("mother_name", cell_values.read_text)
    guardian_name = CellField("guardian_name", cell_values.read_text)
    class_name = CellField("class_name", cell_values.read_text)
    grade_level = CellField("grade_level", cell_values.read_grade)
    status = CellField("status", cell_values.read_status)
    status_on = CellField("status_on", cell_values.read_date)

    class Meta:
        model = Student
        import_id_fields = ()
        instance_loader_class = BaseInstanceLoader
        use_bulk = True
        batch_size = None
        store_instance = True
        skip_html_diff = True

    def __init__(self, *, school_year: SchoolYear, sheet: StudentsSheet, by: Actor) -> None:
        super().__init__()
        self.create_instances: list[StudentEntry] = []
        self.update_instances: list[StudentEntry] = []
        self.school_year = school_year
        self.sheet = sheet
        self.by = by
        for name in ("date_of_birth", "status_on"):
            widget = self.fields[name].widget
            widget.read = partial(widget.read, epoch=sheet.epoch)

    def run(self, *, dry_run: bool) -> Result:
        """One result for each row of the sheet, in its order."""
        self.is_dry_run = dry_run
        result = self._dry_run() if dry_run else self.import_data(self._dataset())
        for failure in [*result.base_errors, *(row.errors[0] for row in result if row.errors)]:
            raise failure.error  # import-export collects what is our fault, not the file's
        return result

    def _dry_run(self) -> Result:
        """Without the transaction of import_data: nobody has to wait while nothing is written."""
        return self.import_data_inner(
            self._dataset(),
            dry_run=True,
            raise_errors=False,
            using_transactions=False,
            collect_failed_rows=False,
        )

    def _dataset(self) -> tablib.Dataset:
        dataset = tablib.Dataset(headers=[NUMBER, *COLUMN_BY_KEY])
        for row in self.sheet.rows:
            dataset.append([row.number, *(row.cells.get(key) for key in COLUMN_BY_KEY)])
        return dataset

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        readers = {name: self.fields[name].widget.read for name in IDENTITY_CELLS}
        self.identities = {row[NUMBER]: read_identity(row, readers) for row in dataset.dict}
        self.repeated = RepeatedRows(self.identities)
        self.known = KnownStudents(self.school_year, self.identities.values())
        self.classes = classes_by_name(self.school_year)

    def get_instance(self, instance_loader: BaseInstanceLoader, row: Row) -> StudentEntry | None:
        identity = self.identities[row[NUMBER]]
        try:
            self.repeated.check(identity)
            student = self.known.find(identity)
        except EnrolledElsewhere as refusal:
            if _says_that_she_left(row):
                return None
            raise ValidationError(str(refusal)) from refusal
        except Unidentified as refusal:
            raise ValidationError(str(refusal)) from refusal
        if student is None:
            return None
        return StudentEntry(student, self.known.current(student), self.known.past(student))

    def init_instance(self, row: Row | None = None) -> StudentEntry:
        return StudentEntry()

    def import_field(self, field: Field, instance: StudentEntry, row: Row, **kwargs: Any) -> None:
        if field.is_given(row):
            field.save(instance, row)

    def import_instance(self, instance: StudentEntry, row: Row, **kwargs: Any) -> None:
        errors: dict[str, Any] = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as refusal:
            errors = refusal.error_dict
        for name in REQUIRED_DETAILS:
            if name not in errors and not getattr(instance, name):
                errors[name] = ValidationError(_("Ô này còn trống."))
        if errors:
            raise ValidationError(errors)
        try:
            place(instance, self.school_year, self.classes)
        except Misplaced as refusal:
            raise ValidationError(str(refusal)) from refusal

    def skip_row(
        self,
        instance: StudentEntry,
        original: StudentEntry,
        row: Row,
        import_validation_errors: Mapping[str, Any] | None = None,
    ) -> bool:
        if import_validation_errors:
            return False
        return bool(instance.remark) or (
            instance.details == original.details and not instance.moves
        )

    def validate_instance(
        self,
        instance: StudentEntry,
        import_validation_errors: Mapping[str, Any] | None = None,
        validate_unique: bool = True,  # noqa: FBT001, FBT002
    ) -> None:
        super().validate_instance(instance, import_validation_errors, validate_unique)
        Student(**instance.details).clean_fields(exclude=NAME_KEYS)

    def bulk_create(self, *args: Any, **kwargs: Any) -> None:
        entries, self.create_instances = self.create_instances, []
        if not self.is_dry_run:
            self._create(entries)

    def bulk_update(self, *args: Any, **kwargs: Any) -> None:
        entries, self.update_instances = self.update_instances, []
        if not self.is_dry_run:
            self._update(entries)

    def _create(self, entries: Sequence[StudentEntry]) -> None:
        details = [entry.details for entry in entries]
        students = create_students(details=details, school=self.school_year.school, by=self.by)
        for entry, student in zip(entries, students, strict=True):
            entry.student = student
        self._move(entries)

    def _update(self, entries: Sequence[StudentEntry]) -> None:
        revisions = [Revision(entry.student, entry.details) for entry in entries if entry.student]
        update_students(revisions=revisions, school=self.school_year.school, by=self.by)
        self._move(entries)

    def _move(self, entries: Sequence[StudentEntry]) -> None:
        end_enrollments(
            departures=[
                Departure(entry.enrollment, entry.end.ended_on, entry.end.exit_reason)
                for entry in entries
                if entry.end and entry.enrollment
            ],
            by=self.by,
        )
        enrollments = enroll_students(
            placements=[
                Placement(entry.student, **vars(entry.start))
                for entry in entries
                if entry.start and entry.student
            ],
            by=self.by,
        )
        started = {enrollment.student_id: enrollment for enrollment in enrollments}
        for entry in entries:
            if entry.student:
                entry.started_enrollment = started.get(entry.student.pk)


def _says_that_she_left(row: Row) -> bool:
    if is_blank(row["status"]):
        return False
    try:
        return not cell_values.read_status(row["status"]).is_studying
    except ValueError:
        return False
