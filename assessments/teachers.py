"""Who teaches what in which class, for many classes at once."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from schools.models import HomeroomAssignment, SchoolClass, StaffMember, TeachingAssignment


@dataclass(frozen=True)
class ClassTeachers:
    homeroom: dict[int, StaffMember]
    by_subject: dict[tuple[int, str], list[StaffMember]]

    def homeroom_name(self, school_class: SchoolClass) -> str:
        teacher = self.homeroom.get(school_class.pk)
        return teacher.full_name if teacher else ""

    def names(self, school_class: SchoolClass, subject_code: str) -> str:
        teachers = self.by_subject.get((school_class.pk, subject_code), [])
        return ", ".join(dict.fromkeys(teacher.full_name for teacher in teachers))


def teachers_of(
    classes: Sequence[SchoolClass], school_year_ends_on: datetime.date
) -> ClassTeachers:
    """In post today, or at the end of a school year that is over."""
    day = min(timezone.localdate(), school_year_ends_on)
    homeroom = HomeroomAssignment.objects.in_post_on(day).filter(school_class__in=classes)
    teaching = TeachingAssignment.objects.in_post_on(day).filter(offering__school_class__in=classes)
    by_subject = defaultdict(list)
    for assignment in teaching.select_related("staff_member", "offering").order_by(
        "offering__grade_level", "staff_member__sort_key"
    ):
        offering = assignment.offering
        by_subject[offering.school_class_id, offering.subject_code].append(assignment.staff_member)
    return ClassTeachers(
        {row.school_class_id: row.staff_member for row in homeroom.select_related("staff_member")},
        by_subject,
    )


def subjects_taught_by(
    staff: StaffMember, classes: Sequence[SchoolClass], school_year_ends_on: datetime.date
) -> set[tuple[int, str]]:
    day = min(timezone.localdate(), school_year_ends_on)
    assignments = TeachingAssignment.objects.in_post_on(day).filter(
        staff_member=staff, offering__school_class__in=classes
    )
    return set(assignments.values_list("offering__school_class_id", "offering__subject_code"))
