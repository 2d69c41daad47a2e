"""What pages load, always from the school inwards."""

from django.db.models import Prefetch

from schools.models import School, SchoolClass
from students.models import Enrollment, Guardian, Student
from students.models.enrollment import EnrollmentQuerySet
from students.models.guardian import GuardianQuerySet
from students.models.student import StudentQuerySet


def students_of(school: School) -> StudentQuerySet:
    return Student.objects.for_school(school)


def enrollments_of(student: Student, school: School) -> EnrollmentQuerySet:
    """At this school only, newest first: what other schools hold is theirs."""
    return (
        Enrollment.objects.for_school(school)
        .filter(student=student)
        .select_related("school_class__school_year")
        .order_by("-enrolled_on", "-pk")
    )


def last_class_of(student: Student, school: School) -> SchoolClass:
    return enrollments_of(student, school)[0].school_class


def with_current_class(students: StudentQuerySet, school: School) -> StudentQuerySet:
    """Each with `current_enrollments`: none, or the one at this school."""
    current = Enrollment.objects.for_school(school).current().select_related("school_class")
    return students.prefetch_related(
        Prefetch("enrollments", queryset=current, to_attr="current_enrollments")
    )


def search_students(
    students: StudentQuerySet, *, text: str, school_class: SchoolClass | None
) -> StudentQuerySet:
    if text:
        students = students.matching(text)
    if school_class:
        students = students.in_classes(SchoolClass.objects.filter(pk=school_class.pk))
    return students.in_name_order()


def guardians_of(student: Student) -> GuardianQuerySet:
    return Guardian.objects.confirmed().filter(student=student).select_related("user")
