"""A period's report for a family, printed by the school or by the family itself, and recorded."""

from accounts.models import User
from assessments.models import SignOff
from audit.events import Scope, record_event
from reportcards.academic_record import enrollments_of, last_enrollment
from reportcards.documents.document import Document
from reportcards.documents.period_report import report_title
from reportcards.errors import PeriodNotSigned
from reportcards.period_reports import signed_periods
from reportcards.permissions import check_user_can_print, check_user_is_guardian
from reportcards.renderings.at_once import pages_of
from reportcards.renderings.contents import report_content
from schools.models import StaffMember
from students.models import Student


def print_period_report(
    *, student: Student, first_year: int, period: str, by: StaffMember
) -> Document:
    """What the school itself signed off of the pupil."""
    in_class = last_enrollment(enrollments_of(student), by.school).school_class
    check_user_can_print(by, in_class)
    signed = signed_periods(student, first_year=first_year, period=period)
    return _report(signed.for_school(by.school).last(), by=by.acting_user)


def print_child_period_report(
    *, student: Student, first_year: int, period: str, by: User
) -> Document:
    check_user_is_guardian(by, student)
    signed = signed_periods(student, first_year=first_year, period=period)
    return _report(signed.last(), by=by)


def _report(sign_off: SignOff | None, *, by: User) -> Document:
    if sign_off is None:
        raise PeriodNotSigned
    content = report_content(sign_off)
    document = Document(report_title(content.body), pages_of(content))
    _record_printed(sign_off, by=by)
    return document


def _record_printed(sign_off: SignOff, *, by: User) -> None:
    enrollment = sign_off.record.enrollment
    record_event(
        "period_report.printed",
        by=by,
        target=sign_off.record,
        scope=Scope(
            enrollment.school_class.school_year.school_id,
            enrollment.school_class_id,
            enrollment.student_id,
        ),
        changes={"signed_at": (None, sign_off.payload["signed_at"])},
    )
