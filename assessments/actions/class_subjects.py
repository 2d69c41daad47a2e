from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.class_subjects import (
    LANGUAGES,
    ClassSubjects,
    OfferedSubject,
    in_words,
    results_by_period,
)
from assessments.errors import StepNotAllowed
from assessments.models import ClassPeriod
from assessments.permissions import check_user_can_set_subjects
from audit.events import Happening, Scope, record_events
from schools.models import SchoolClass, StaffMember, SubjectOffering, TeachingAssignment

Languages = Mapping[tuple[int, str], str]


@dataclass
class _Changes:
    added: list[OfferedSubject] = field(default_factory=list)
    removed: list[OfferedSubject] = field(default_factory=list)
    renamed: list[OfferedSubject] = field(default_factory=list)


@transaction.atomic
def set_class_subjects(
    *,
    school_class: SchoolClass,
    optional: frozenset[tuple[int, str]],
    language_names: Languages,
    by: StaffMember,
) -> int:
    """The optional subjects that each grade takes, and which languages; how many changed.

    Both are by grade level and subject code. What is compulsory is offered in any case.
    """
    check_user_can_set_subjects(by, school_class)
    SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    subjects = ClassSubjects(SchoolClass.objects.get(pk=school_class.pk))
    changes = _changes(subjects, optional, language_names)
    if changes.added or changes.removed or changes.renamed:
        _check_nothing_awaits_a_signature(school_class)
    for subject in changes.removed:
        _check_nothing_is_entered(school_class, subject)
    happenings = [
        *_removals(subjects, changes.removed),
        *_add(school_class, changes.added, language_names),
        *_rename(subjects, changes.renamed, language_names),
    ]
    _remove(subjects, changes.removed)
    record_events(happenings, by=by.acting_user)
    return len(changes.added) + len(changes.removed) + len(changes.renamed)


def _changes(
    subjects: ClassSubjects, optional: frozenset[tuple[int, str]], names: Languages
) -> _Changes:
    changes = _Changes()
    for row in (row for grade in subjects.grades.values() for row in grade):
        key = row.grade_level, row.subject.code
        is_wanted = row.is_compulsory or key in optional
        if is_wanted and not row.is_offered:
            changes.added.append(row)
        elif row.is_offered and not is_wanted:
            changes.removed.append(row)
        elif row.is_offered and _language(row, names) != row.language_name:
            changes.renamed.append(row)
    return changes


def _language(row: OfferedSubject, names: Languages) -> str:
    if row.subject.code not in LANGUAGES:
        return ""
    return names.get((row.grade_level, row.subject.code), row.language_name)


def _check_nothing_awaits_a_signature(school_class: SchoolClass) -> None:
    waiting = ClassPeriod.objects.awaiting_sign_off().filter(school_class=school_class).first()
    if waiting:
        raise StepNotAllowed(
            _(
                "Kết quả %(period)s của lớp đang chờ ký duyệt; "
                "hãy đợi hiệu trưởng ký hoặc trả lại rồi mới đổi môn học."
            )
            % {"period": waiting.get_period_display().lower()}
        )


def _check_nothing_is_entered(school_class: SchoolClass, row: OfferedSubject) -> None:
    counts = results_by_period(school_class, row.grade_level, row.subject.code)
    if counts:
        raise StepNotAllowed(
            _(
                "Không bỏ được %(subject)s ở khối %(grade)s vì đã có kết quả (%(counts)s). "
                "Hãy nhờ giáo viên xóa các kết quả ấy ở bảng nhập; kết quả đã ký duyệt thì môn "
                "học ở lại đến hết năm học."
            )
            % {"subject": row.name, "grade": row.grade_level, "counts": in_words(counts)}
        )


def _removals(subjects: ClassSubjects, rows: list[OfferedSubject]) -> Iterator[Happening]:
    for row in rows:
        offering = subjects.offerings[row.grade_level, row.subject.code]
        assignments = offering.teaching_assignments.select_related("staff_member")
        teachers = ", ".join(entry.staff_member.full_name for entry in assignments)
        yield _happening("subject_offering.removed", offering, "teacher", teachers or None, None)


def _remove(subjects: ClassSubjects, rows: list[OfferedSubject]) -> None:
    """With its assignments: a subject that nobody was assessed in leaves nothing to sign."""
    offerings = [subjects.offerings[row.grade_level, row.subject.code].pk for row in rows]
    TeachingAssignment.objects.filter(offering__in=offerings).delete()
    SubjectOffering.objects.filter(pk__in=offerings).delete()


def _add(
    school_class: SchoolClass, rows: list[OfferedSubject], names: Languages
) -> Iterator[Happening]:
    for row in rows:
        offering = SubjectOffering.objects.create(
            school_class=school_class,
            grade_level=row.grade_level,
            subject_code=row.subject.code,
            language_name=_language(row, names),
        )
        name = offering.language_name or None
        yield _happening("subject_offering.added", offering, "language_name", None, name)


def _rename(
    subjects: ClassSubjects, rows: list[OfferedSubject], names: Languages
) -> Iterator[Happening]:
    for row in rows:
        offering = subjects.offerings[row.grade_level, row.subject.code]
        offering.language_name = _language(row, names)
        offering.save(update_fields=["language_name"])
        yield _happening(
            "subject_offering.renamed",
            offering,
            "language_name",
            row.language_name,
            offering.language_name,
        )


def _happening(
    event: str, offering: SubjectOffering, name: str, old: str | None, new: str | None
) -> Happening:
    school_class = offering.school_class
    changes = {
        "subject": (None, offering.subject_code),
        "grade_level": (offering.grade_level, offering.grade_level),
        name: (old, new),
    }
    scope = Scope(school_class.school_year.school_id, school_class.pk)
    return Happening(event, offering, scope, changes)
