"""Printing, which is recorded: a card holds what is sensitive, such as the pupil's ethnicity."""

from collections.abc import Iterable

from accounts.models import User
from audit.events import Happening, Scope, record_events
from reportcards.academic_record import (
    enrollments_of,
    last_enrollment,
    record_for_guardian,
    record_for_school,
    years_of_class,
)
from reportcards.documents.document import Document
from reportcards.documents.paper_book import book, class_file, one_year
from reportcards.documents.paper_form import AcademicRecord, class_title
from reportcards.errors import NothingSigned, YearNotFound
from reportcards.permissions import check_user_can_print, check_user_is_guardian
from schools.models import SchoolClass, StaffMember
from students.models import Student


def print_report_card(*, student: Student, first_year: int | None, by: StaffMember) -> Document:
    """The whole book, or the pages of one year; drafts are marked as such."""
    enrollments = enrollments_of(student)
    enrollment = last_enrollment(enrollments, by.school)
    check_user_can_print(by, enrollment.school_class)
    academic_record = record_for_school(student, enrollments, by.school)
    document = _document(academic_record, first_year)
    _record_printed([student], enrollment.school_class, first_year, by=by.acting_user)
    return document


def print_child_report_card(*, student: Student, first_year: int | None, by: User) -> Document:
    """For a guardian: what is signed off, and nothing else."""
    check_user_is_guardian(by, student)
    enrollments = enrollments_of(student)
    academic_record = record_for_guardian(student, enrollments)
    if academic_record is None:
        raise NothingSigned
    document = _document(academic_record, first_year)
    _record_printed([student], enrollments[-1].school_class, first_year, by=by)
    return document


def print_class_report_cards(*, school_class: SchoolClass, by: StaffMember) -> Document:
    """The class's year, pupil by pupil in roll order."""
    check_user_can_print(by, school_class)
    pupils = years_of_class(school_class)
    year = school_class.school_year
    title = class_title(school_class.name, year.name)
    document = class_file(title, [pages for _, pages in pupils])
    students = [student for student, _ in pupils]
    _record_printed(students, school_class, year.first_year, by=by.acting_user)
    return document


def _document(academic_record: AcademicRecord, first_year: int | None) -> Document:
    if first_year is None:
        return book(academic_record)
    year = academic_record.year(first_year)
    if year is None:
        raise YearNotFound
    return one_year(year)


def _record_printed(
    students: Iterable[Student],
    school_class: SchoolClass,
    first_year: int | None,
    *,
    by: User,
) -> None:
    school_id = school_class.school_year.school_id
    record_events(
        [
            Happening(
                "report_card.printed",
                student,
                Scope(school_id, school_class.pk, student.pk),
                {"first_year": (None, first_year)},
            )
            for student in students
        ],
        by=by,
    )
