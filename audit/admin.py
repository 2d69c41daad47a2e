from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest

from audit.events import Changes, Happening, Scope, record_events

NOT_RECORDED = frozenset({"password"})
AS_THEY_ARE = (str, int, float, bool, type(None))


class AuditedInline(admin.TabularInline):
    """Rows edited on the page of another one; the page records them."""

    extra = 0

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class AuditedModelAdmin(admin.ModelAdmin):
    """Reference data: every change leaves an audit event, nothing is deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def construct_change_message(
        self,
        request: HttpRequest,
        form: BaseForm,
        formsets: Iterable[BaseFormSet] | None,
        add: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:
        """Asked after each save, inside its transaction, with the forms that were saved."""
        written = [(form, add), *_forms_below(formsets or [])]
        happenings = [
            _written(form, is_new=is_new) for form, is_new in written if form.changed_data
        ]
        record_events(happenings, by=request.user)  # type: ignore[arg-type]  # she has logged in
        return super().construct_change_message(request, form, formsets, add)  # type: ignore[arg-type]


def _forms_below(formsets: Iterable[BaseFormSet]) -> Iterator[tuple[BaseForm, bool]]:
    for formset in formsets:
        for form in formset.forms:
            yield form, form in formset.extra_forms


def _written(form: BaseForm, *, is_new: bool) -> Happening:
    row = form.instance if hasattr(form, "instance") else form.user  # type: ignore[attr-defined]
    event = f"{row._meta.model_name}.{'created' if is_new else 'changed'}"
    return Happening(event, row, Scope(), _changes(form, row, is_new=is_new))


def _changes(form: BaseForm, row: models.Model, *, is_new: bool) -> Changes:
    """Old and new values of the row's fields; of a password, that it is another one."""
    columns = {field.name for field in row._meta.concrete_fields}
    changes = {}
    for name in columns.intersection(form.changed_data):
        old, new = None if is_new else form.initial.get(name), row.serializable_value(name)
        changes[name] = (None, "***") if name in NOT_RECORDED else (_plain(old), _plain(new))
    return changes


def _plain(value: Any) -> Any:
    return value if isinstance(value, AS_THEY_ARE) else str(value)
