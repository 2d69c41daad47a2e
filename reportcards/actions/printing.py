"""Printing, which is recorded: a card holds what is sensitive, such as the pupil's ethnicity."""

from collections.abc import Iterable

from accounts.models import User
from audit.events import Happening, Scope, record_events
from reportcards.academic_record import (
    Book,
    book_for_guardian,
    book_for_school,
    enrollments_of,
    last_enrollment,
)
from reportcards.documents.binding import bound
from reportcards.documents.document import Document
from reportcards.documents.paper_form import book_title, year_title
from reportcards.errors import NothingSigned, YearNotFound
from reportcards.permissions import check_user_can_print, check_user_is_guardian
from reportcards.renderings.at_once import pages_of
from schools.models import SchoolClass, StaffMember
from students.models import Student


def print_report_card(*, student: Student, first_year: int | None, by: StaffMember) -> Document:
    """The whole book, or the pages of one year; drafts are marked as such."""
    enrollments = enrollments_of(student)
    enrollment = last_enrollment(enrollments, by.school)
    check_user_can_print(by, enrollment.school_class)
    document = _document(student, book_for_school(enrollments, by.school), first_year)
    _record_printed([student], enrollment.school_class, first_year, by=by.acting_user)
    return document


def print_child_report_card(*, student: Student, first_year: int | None, by: User) -> Document:
    """For a guardian: what is signed off, and nothing else."""
    check_user_is_guardian(by, student)
    enrollments = enrollments_of(student)
    book = book_for_guardian(enrollments)
    if book is None:
        raise NothingSigned
    document = _document(student, book, first_year)
    _record_printed([student], enrollments[-1].school_class, first_year, by=by)
    return document


def _document(student: Student, book: Book, first_year: int | None) -> Document:
    if first_year is None:
        title = book_title(student.full_name)
        return Document(title, bound([pages_of(part) for part in book.contents], title=title))
    year = book.year(first_year)
    if year is None:
        raise YearNotFound
    return Document(year_title(year.body["payload"]), pages_of(year))


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
