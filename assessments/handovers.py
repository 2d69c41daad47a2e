"""What a handover is about (Điều 12): the pupils, their records, who may take them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from assessments.models import ClassPeriod, Handover, HandoverNote, PeriodRecord
from assessments.models.handovers import HandoverQuerySet
from assessments.roster import roster
from assessments.workflow import Status
from rulesets import Period
from schools.models import HomeroomAssignment, Role, School, SchoolClass, StaffMember, StaffRole
from schools.models.classes import HIGHEST_GRADE
from schools.permissions import SCHOOL_LEADERS, homeroom_classes
from students.models import Enrollment
from students.models.enrollment import EnrollmentQuerySet

TAKE_PUPILS = frozenset({Role.TEACHER, *SCHOOL_LEADERS})
TAKE_FOR_THE_SCHOOL = frozenset({Role.REGISTRAR, *SCHOOL_LEADERS})


@dataclass(frozen=True)
class NoteText:
    highlights: str = ""
    limits: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.highlights or self.limits)


@dataclass(frozen=True)
class HandoverRecords:
    """How much is handed over with the pupils (Điều 10.2): the class's files."""

    report_cards: int
    class_summaries: int


def pupils_to_hand_over(school_class: SchoolClass, grade_level: int) -> EnrollmentQuerySet:
    """The class's roster of that grade at the year's end, in roll order."""
    return roster(school_class, Period.END_YEAR).filter(grade_level=grade_level)


def handover_of(school_class: SchoolClass, grade_level: int) -> Handover:
    """Not saved while nobody has begun it."""
    stored = Handover.objects.filter(school_class=school_class, grade_level=grade_level)
    handover = stored.with_people().first() or Handover(
        school_class=school_class, grade_level=grade_level
    )
    handover.school_class = school_class
    return handover


def handovers_of(school: School) -> HandoverQuerySet:
    return Handover.objects.for_school(school).with_people()


def notes_of(handover: Handover) -> dict[int, HandoverNote]:
    if handover.pk is None:
        return {}
    return {note.enrollment_id: note for note in handover.notes.all()}


def noted_pupils(handover: Handover) -> list[tuple[Enrollment, NoteText]]:
    """In roll order: of what was handed over its own pupils, else those of the roster."""
    notes = notes_of(handover)
    if handover.is_handed_over:
        pupils = Enrollment.objects.filter(pk__in=notes).select_related("student").in_roll_order()
    else:
        pupils = pupils_to_hand_over(handover.school_class, handover.grade_level)
    return [(pupil, _text(notes.get(pupil.pk))) for pupil in pupils]


def _text(note: HandoverNote | None) -> NoteText:
    return NoteText(note.highlights, note.limits) if note else NoteText()


def records_to_hand_over(school_class: SchoolClass, grade_level: int) -> HandoverRecords:
    signed = ClassPeriod.objects.filter(school_class=school_class, status=Status.SIGNED_OFF)
    return HandoverRecords(
        report_cards=pupils_to_hand_over(school_class, grade_level).count(),
        class_summaries=signed.filter(period__in=school_class.school_year.ruleset.periods).count(),
    )


def unsigned_pupils(school_class: SchoolClass, grade_level: int) -> int:
    """Who was reopened alone, when the class is signed."""
    records = PeriodRecord.objects.handed_in().filter(
        class_period__school_class=school_class,
        class_period__period=Period.END_YEAR,
        enrollment__grade_level=grade_level,
    )
    return records.exclude(status=Status.SIGNED_OFF).count()


def possible_receivers(school_class: SchoolClass, grade_level: int) -> list[StaffMember]:
    """Everybody in post who can log in, but the one who hands over."""
    day = timezone.localdate()
    roles = TAKE_FOR_THE_SCHOOL if grade_level == HIGHEST_GRADE else TAKE_PUPILS
    in_post = StaffRole.objects.in_post_on(day).filter(role__in=roles)
    giving = HomeroomAssignment.objects.in_post_on(min(day, school_class.school_year.ends_on))
    members = StaffMember.objects.filter(
        school=school_class.school_year.school_id,
        user__isnull=False,
        pk__in=in_post.values("staff_member"),
    ).exclude(pk__in=giving.filter(school_class=school_class).values("staff_member"))
    return list(members.order_by("sort_key", "pk"))


def handovers_to_receive(staff: StaffMember) -> HandoverQuerySet:
    """Whoever has waited longest first."""
    waiting = Handover.objects.awaiting_receipt().filter(receiver=staff)
    return waiting.with_people().order_by("handed_over_at", "pk")


def handovers_to_give(staff: StaffMember, signed: Iterable[SchoolClass]) -> list[Handover]:
    """Of the teacher's classes: those begun and not received, and those signed and not begun."""
    begun = Handover.objects.filter(school_class__in=homeroom_classes(staff)).with_people()
    by_place = {(row.school_class_id, row.grade_level): row for row in begun}
    for school_class in signed:
        for grade_level in school_class.grade_levels:
            place = (school_class.pk, grade_level)
            if place not in by_place:
                by_place[place] = Handover(school_class=school_class, grade_level=grade_level)
    places = sorted(by_place, key=lambda place: (by_place[place].school_class.name, place))
    return [by_place[place] for place in places if not by_place[place].is_received]


def signed_homeroom_classes(staff: StaffMember, school_year_id: int) -> list[SchoolClass]:
    signed = ClassPeriod.objects.filter(period=Period.END_YEAR, status=Status.SIGNED_OFF)
    classes = homeroom_classes(staff).filter(
        school_year=school_year_id, pk__in=signed.values("school_class")
    )
    return list(classes.select_related("school_year__school"))
