"""Which documents a print is made of, pupil by pupil in roll order, and of whom there is none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from assessments.models import SignOff
from assessments.models.sign_off import SignOffQuerySet
from reportcards import academic_record
from reportcards.academic_record import enrollments_of
from reportcards.models import CardKind, PrintedDocument, PrintOutput, ReportCard
from reportcards.models.cards import ReportCardQuerySet
from reportcards.renderings import contents
from reportcards.renderings.contents import Content, display_content
from schools.models import School, SchoolClass
from students.models import Enrollment


@dataclass(frozen=True)
class PrintOrder:
    """`enrollments`: class after class, each in roll order, with their classes and schools.

    `period` is that of a report for parents.
    """

    title: str
    document: PrintedDocument
    output: PrintOutput
    enrollments: Sequence[Enrollment]
    period: str = ""

    @property
    def classes(self) -> list[SchoolClass]:
        return [
            school_class
            for school_class, _rows in groupby(self.enrollments, lambda row: row.school_class)
        ]


def contents_of(order: PrintOrder, school: School) -> list[Content]:
    """Of a pupil who has no such document nothing."""
    if order.document == PrintedDocument.BOOK:
        return [content for row in order.enrollments for content in _book(row, school)]
    if order.document == PrintedDocument.DISPLAY_BOOK:
        return [display_content(card) for card in _displays_in_order(order.enrollments)]
    found = {content.enrollment.pk: content for content in _one_each(order)}
    return [found[row.pk] for row in order.enrollments if row.pk in found]


def _one_each(order: PrintOrder) -> Iterable[Content]:
    if order.document == PrintedDocument.DISPLAY:
        cards = _issued_cards(order.enrollments).with_pupil()
        return [display_content(card) for card in cards]
    if order.document == PrintedDocument.REPORT:
        sign_offs = _sign_offs(order.enrollments, order.period)
        return [contents.report_content(sign_off) for sign_off in sign_offs]
    return [
        year
        for school_class in order.classes
        for year in academic_record.years_of_class(school_class)
    ]


def _book(enrollment: Enrollment, school: School) -> Sequence[Content]:
    return academic_record.book_for_school(enrollments_of(enrollment.student), school).contents


def _displays_in_order(enrollments: Sequence[Enrollment]) -> list[ReportCard]:
    """Pupil by pupil, each one's years in order."""
    places = {row.student_id: place for place, row in enumerate(enrollments)}
    cards = _cards_of_pupils(enrollments).with_pupil().select_related("school_year")
    return sorted(cards, key=lambda card: (places[card.student_id], card.school_year.first_year))


def reasons_against(
    enrollments: Sequence[Enrollment], document: str, period: str
) -> dict[int, str]:
    """By enrolment, where there is nothing to print."""
    if document == PrintedDocument.DISPLAY_BOOK:
        pupils = set(_cards_of_pupils(enrollments).values_list("student", flat=True))
        has_it = {row.pk for row in enrollments if row.student_id in pupils}
        reason = _("Học bạ số chưa phát hành")
    elif document == PrintedDocument.DISPLAY:
        has_it = set(_issued_cards(enrollments).values_list("enrollment", flat=True))
        reason = _("Học bạ số chưa phát hành")
    elif document == PrintedDocument.REPORT:
        sign_offs = _sign_offs(enrollments, period)
        has_it = set(sign_offs.values_list("record__enrollment", flat=True))
        reason = _("Kết quả chưa được ký duyệt")
    else:
        return {}
    return {row.pk: reason for row in enrollments if row.pk not in has_it}


def _issued_cards(enrollments: Sequence[Enrollment]) -> ReportCardQuerySet:
    return ReportCard.objects.in_force().filter(enrollment__in=enrollments, kind=CardKind.YEAR)


def _cards_of_pupils(enrollments: Sequence[Enrollment]) -> ReportCardQuerySet:
    """Of every year for which their school issued one."""
    return ReportCard.objects.in_force().filter(
        student__in=[row.student_id for row in enrollments],
        school_year__school__in={row.school_class.school_year.school_id for row in enrollments},
        kind=CardKind.YEAR,
    )


def _sign_offs(enrollments: Sequence[Enrollment], period: str) -> SignOffQuerySet:
    return (
        SignOff.objects.in_force()
        .filter(record__enrollment__in=enrollments, record__class_period__period=period)
        .select_related(
            "record__enrollment__student",
            "record__enrollment__school_class__school_year__school__department",
        )
    )
