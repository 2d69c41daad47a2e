"""What pages load, always from the school inwards."""

from accounts.models import User
from reportcards.models import CertifiedCopy, ReportCard, WithdrawalRequest
from reportcards.models.archive import CertifiedCopyQuerySet
from reportcards.models.cards import ReportCardQuerySet
from reportcards.models.withdrawals import WithdrawalRequestQuerySet
from schools.models import School
from students.models import Student


def cards_of(school: School) -> ReportCardQuerySet:
    return ReportCard.objects.for_school(school).with_pupil().select_related("school_year__school")


def issued_cards_of_child(user: User, student: Student) -> ReportCardQuerySet:
    """Hers as a guardian, the newest year first; what was withdrawn stays readable."""
    cards = ReportCard.objects.of_guardian(user).filter(student=student).issued_ever()
    return cards.with_pupil().order_by("-school_year__first_year", "-made_at", "-pk")


def pupil_of(card: ReportCard) -> Student:
    """A row of its own: a form writes into the one that it is given."""
    return Student.objects.get(pk=card.student_id)


def pending_withdrawals(school: School) -> WithdrawalRequestQuerySet:
    """Whoever has waited longest first."""
    return (
        WithdrawalRequest.objects.for_school(school)
        .pending()
        .select_related("report_card__student", "report_card__enrollment__school_class", "asked_by")
        .order_by("asked_at", "pk")
    )


def copies_of(school: School) -> CertifiedCopyQuerySet:
    return CertifiedCopy.objects.for_school(school).select_related(
        "report_card__student",
        "report_card__enrollment__school_class__school_year",
        "school",
        "given_by",
    )
