"""A pupil's file as rows of a page, as much of it as the reader may see."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from students.models import Student
from students.reading import guardians_of

Row = dict[str, str]

BASIC = ("ministry_code", "gender")
FAMILY = ("father_name", "mother_name", "guardian_name", "contact_phone", "residence")
SENSITIVE = ("personal_id", "nationality", "birth_place", "home_town", "disability")


def identity(student: Student, *, sees_file: bool, sees_sensitive: bool) -> list[Row]:
    rows = [
        {"term": _("Ngày sinh"), "value": date_format(student.date_of_birth)},
        *_fields(student, BASIC),
    ]
    if sees_sensitive:
        rows += _fields(student, SENSITIVE)
        rows.append({"term": _("Dân tộc"), "value": student.ethnicity_name})
    if sees_file:
        rows += [*_fields(student, FAMILY), _readers(student)]
    return rows


def _fields(student: Student, names: tuple[str, ...]) -> Iterator[Row]:
    for name in names:
        label = Student._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        value = student.get_gender_display() if name == "gender" else getattr(student, name)
        yield {"term": capfirst(str(label)), "value": value or ""}


def _readers(student: Student) -> Row:
    """Whose accounts open this child's card."""
    names = [
        f"{guardian.user.full_name} ({guardian.get_relation_display().lower()})"
        for guardian in guardians_of(student)
    ]
    return {"term": _("Tài khoản của gia đình"), "value": ", ".join(names)}
