"""Which pupil a row means: by the ministry's code, then the personal ID, then name and birth.

Somebody whom only another school knows is not looked at: the row is refused with a sentence
that says what to do and nothing about the pupil.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from exchange.cell_values import read_class_name
from exchange.identities import Identity, Unidentified
from schools.models import SchoolYear
from schools.names import fold
from students.models import Enrollment, Student

CHUNK = 900


class EnrolledElsewhere(Unidentified):
    pass


class KnownStudents:
    """The pupils that the rows of a file may mean, read in a few queries."""

    def __init__(self, school_year: SchoolYear, identities: Collection[Identity]) -> None:
        self.school_id = school_year.school_id
        by_id = [
            *_students_with("ministry_code", {row.ministry_code for row in identities}),
            *_students_with("personal_id", {row.personal_id for row in identities}),
        ]
        pupils = list(_pupils_of(school_year))
        self.by_code = {row.ministry_code: row for row in by_id if row.ministry_code}
        self.by_personal_id = {row.personal_id: row for row in by_id if row.personal_id}
        self.enrollments = _enrollments_of({row.pk for row in [*by_id, *pupils]})
        self.by_name: dict[object, list[Student]] = defaultdict(list)
        for student in pupils:
            if self.is_ours(student):
                self.by_name[fold(student.full_name), student.date_of_birth].append(student)

    def find(self, identity: Identity) -> Student | None:
        by_code = self.by_code.get(identity.ministry_code or "")
        by_id = self.by_personal_id.get(identity.personal_id or "")
        if by_code and by_id and by_code.pk != by_id.pk:
            raise Unidentified(
                _("Mã học sinh và số định danh cá nhân thuộc về hai học sinh khác nhau.")
            )
        if student := by_code or by_id:
            if not self.is_ours(student):
                raise EnrolledElsewhere(
                    _(
                        "Mã của học sinh này đã có ở một trường khác. "
                        "Hãy dùng chức năng chuyển trường để tiếp nhận học sinh."
                    )
                )
            _check_same_person(student, identity)
            return student
        return self._find_by_name(identity)

    def current(self, student: Student) -> Enrollment | None:
        return next((row for row in self._here(student) if row.is_current), None)

    def past(self, student: Student) -> tuple[Enrollment, ...]:
        return tuple(row for row in self._here(student) if not row.is_current)

    def is_ours(self, student: Student) -> bool:
        """Enrolled here once, and nowhere else now."""
        is_elsewhere = any(
            row.is_current and not self._is_here(row) for row in self.enrollments[student.pk]
        )
        return bool(self._here(student)) and not is_elsewhere

    def _here(self, student: Student) -> list[Enrollment]:
        return [row for row in self.enrollments[student.pk] if self._is_here(row)]

    def _is_here(self, enrollment: Enrollment) -> bool:
        return enrollment.school_class.school_year.school_id == self.school_id

    def _find_by_name(self, identity: Identity) -> Student | None:
        if identity.has_unreadable_id_only:
            return None
        namesakes = [
            student
            for student in self.by_name.get(identity.name_and_birth, [])
            if _may_be(student, identity)
        ]
        classmates = [
            student
            for student in namesakes
            if any(
                read_class_name(row.school_class.name) == identity.class_name
                for row in self._here(student)
            )
        ]
        if len(classmates) == 1:
            return classmates[0]
        if namesakes:
            raise Unidentified(
                _(
                    "Trường đã có học sinh cùng họ tên và ngày sinh. "
                    "Hãy ghi mã học sinh hoặc số định danh cá nhân của em."
                )
            )
        return None


def _may_be(student: Student, identity: Identity) -> bool:
    """Two different IDs of one kind are two pupils."""
    pairs = (
        (student.ministry_code, identity.ministry_code),
        (student.personal_id, identity.personal_id),
    )
    return not any(known and given and known != given for known, given in pairs)


def _check_same_person(student: Student, identity: Identity) -> None:
    if identity.ministry_code and student.ministry_code not in {None, identity.ministry_code}:
        raise Unidentified(
            _("Học sinh mang số định danh cá nhân này đã có mã học sinh khác; mã ấy không đổi.")
        )
    has_other_name = identity.full_name and fold(identity.full_name) != fold(student.full_name)
    has_other_birth = identity.date_of_birth not in {None, student.date_of_birth}
    if has_other_name and has_other_birth:
        raise Unidentified(
            _(
                "Mã của dòng này thuộc về một học sinh khác họ tên và khác ngày sinh. "
                "Hãy kiểm tra lại mã."
            )
        )


def _students_with(name: str, values: set[str | None]) -> Iterable[Student]:
    known = sorted(value for value in values if value)
    for start in range(0, len(known), CHUNK):
        yield from Student.objects.filter(**{f"{name}__in": known[start : start + CHUNK]})


def _pupils_of(school_year: SchoolYear) -> Iterable[Student]:
    """Who is at the school now, or was in that year."""
    enrollments = Enrollment.objects.for_school(school_year.school).filter(
        Q(ended_on__isnull=True) | Q(school_class__school_year=school_year),
        student=OuterRef("pk"),
    )
    return Student.objects.filter(Exists(enrollments)).iterator()


def _enrollments_of(student_ids: set[int]) -> dict[int, list[Enrollment]]:
    enrollments = defaultdict(list)
    known = sorted(student_ids)
    for start in range(0, len(known), CHUNK):
        for row in Enrollment.objects.filter(
            student__in=known[start : start + CHUNK]
        ).select_related("school_class__school_year"):
            enrollments[row.student_id].append(row)
    return enrollments
