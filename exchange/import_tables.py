"""The rows of an import as tables: refused, created, changed, left alone."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from exchange.models import ImportRow, Outcome
from students.ministry_codes import ETHNICITIES
from students.models import Enrollment, EntryReason, ExitReason, Gender, Student

Cell = dict[str, Any]
Cells = list[Cell]

DATES = ("date_of_birth", "enrolled_on", "ended_on")
NEW_PUPIL = ("date_of_birth", "gender", "ethnicity_code", "ministry_code", "personal_id")
CHOICES: Mapping[str, Mapping[str, Any]] = {
    "gender": dict(Gender.choices),
    "ethnicity_code": ETHNICITIES,
    "entry_reason": dict(EntryReason.choices),
    "exit_reason": dict(ExitReason.choices),
}


def columns_of(outcome: Outcome) -> Cells:
    return [
        {"label": _("Dòng"), "kind": "number"},
        {"label": _("Họ và tên")},
        {"label": _("Lớp")},
        *({"label": label} for label in _further_labels(outcome)),
    ]


def _further_labels(outcome: Outcome) -> list[str]:
    if outcome == Outcome.REFUSED:
        return [_("Cần sửa")]
    if outcome == Outcome.CREATED:
        return [label_of(name) for name in NEW_PUPIL]
    if outcome == Outcome.CHANGED:
        return [_("Mục"), _("Đang có"), _("Sẽ là")]
    return [_("Ghi chú")]


def table_rows(rows: Iterable[ImportRow], outcome: Outcome) -> list[Cells]:
    return [line for row in rows for line in LINES[outcome](row)]


def _remark_lines(row: ImportRow) -> Iterator[Cells]:
    for place, remark in enumerate(row.remarks or [""]):
        yield [*_who(row, is_repeated=place > 0), {"text": remark}]


def _created_lines(row: ImportRow) -> Iterator[Cells]:
    yield [*_who(row), *({"text": new_value(row, name)} for name in NEW_PUPIL)]


def _changed_lines(row: ImportRow) -> Iterator[Cells]:
    for place, (name, (old, new)) in enumerate(row.changes.items()):
        yield [
            *_who(row, is_repeated=place > 0),
            {"text": label_of(name)},
            {"text": in_words(name, old)},
            {"text": in_words(name, new)},
        ]


LINES: Mapping[Outcome, Callable[[ImportRow], Iterator[Cells]]] = {
    Outcome.REFUSED: _remark_lines,
    Outcome.CREATED: _created_lines,
    Outcome.CHANGED: _changed_lines,
    Outcome.UNCHANGED: _remark_lines,
}


def _who(row: ImportRow, *, is_repeated: bool = False) -> Cells:
    """The pupil stands once before all that is said of her."""
    texts = ("", "", "") if is_repeated else (row.number, row.full_name, row.class_name)
    return [{"text": texts[0], "kind": "number"}, {"text": texts[1]}, {"text": texts[2]}]


def new_value(row: ImportRow, name: str) -> str:
    return in_words(name, row.changes.get(name, [None, None])[1])


def label_of(name: str) -> str:
    fields = {
        field.name: field
        for model in (Enrollment, Student)
        for field in model._meta.concrete_fields
    }
    labels = {"school_class": _("lớp")}
    return capfirst(labels.get(name) or str(fields[name].verbose_name))


def in_words(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in DATES:
        return date_format(datetime.date.fromisoformat(value), "SHORT_DATE_FORMAT")
    return str(CHOICES.get(name, {}).get(value, value))
