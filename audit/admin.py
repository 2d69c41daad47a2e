from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from audit.events import Scope, record_event


class AuditedModelAdmin(admin.ModelAdmin):
    """Reference data: every change leaves an audit event, nothing is deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        self._record("created", request, obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        self._record("changed", request, obj, message)
        return super().log_change(request, obj, message)

    def _record(self, verb: str, request: HttpRequest, obj: models.Model, message: Any) -> None:
        record_event(
            f"{obj._meta.model_name}.{verb}",
            by=request.user,  # type: ignore[arg-type]  # the admin site has checked the login
            target=obj,
            scope=Scope(),
            changes={"administration": (None, message)},
        )
