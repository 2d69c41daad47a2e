from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BoundField
from django.utils.translation import gettext as _

from assessments.class_subjects import ClassSubjects, OfferedSubject
from assessments.forms.text import plain_text
from schools.models import SubjectOffering
from schools.validators import validate_printable

LONGEST_LANGUAGE = SubjectOffering._meta.get_field("language_name").max_length


class LanguageField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        too_long = _("Tên dài tối đa %(limit_value)d ký tự; đang có %(show_value)d.")
        self.validators += [MaxLengthValidator(LONGEST_LANGUAGE, too_long), validate_printable]

    def to_python(self, value: Any) -> str:
        return plain_text(value or "")


@dataclass(frozen=True)
class SubjectLine:
    row: OfferedSubject
    takes: BoundField | None
    language: BoundField | None


class ClassSubjectsForm(forms.Form):
    """Per grade: a box for each optional subject, a name for each language."""

    def __init__(self, subjects: ClassSubjects, data: Any = None) -> None:
        super().__init__(data)
        self.subjects = subjects
        for row in self._rows():
            words = {"subject": row.name, "grade": row.grade_level}
            if not row.is_compulsory:
                self.fields[_takes(row)] = forms.BooleanField(
                    label=_("%(subject)s, khối %(grade)s") % words,
                    required=False,
                    initial=row.is_offered,
                )
            if row.has_language:
                self.fields[_language(row)] = LanguageField(
                    label=_("%(subject)s, khối %(grade)s: tên ngôn ngữ") % words,
                    initial=row.language_name,
                )

    def _rows(self) -> Iterator[OfferedSubject]:
        return (row for grade in self.subjects.grades.values() for row in grade)

    @property
    def grades(self) -> list[tuple[int, list[SubjectLine]]]:
        return [
            (grade_level, [self._line(row) for row in rows])
            for grade_level, rows in self.subjects.grades.items()
        ]

    def _line(self, row: OfferedSubject) -> SubjectLine:
        takes = None if row.is_compulsory else self[_takes(row)]
        return SubjectLine(row, takes, self[_language(row)] if row.has_language else None)

    @property
    def optional(self) -> frozenset[tuple[int, str]]:
        return frozenset(
            (row.grade_level, row.subject.code)
            for row in self._rows()
            if self.cleaned_data.get(_takes(row))
        )

    @property
    def language_names(self) -> dict[tuple[int, str], str]:
        return {
            (row.grade_level, row.subject.code): self.cleaned_data[_language(row)]
            for row in self._rows()
            if row.has_language
        }


def _takes(row: OfferedSubject) -> str:
    return f"takes-{row.grade_level}-{row.subject.code}"


def _language(row: OfferedSubject) -> str:
    return f"language-{row.grade_level}-{row.subject.code}"
