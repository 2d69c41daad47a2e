"""What every request to the principal holds: who asks why, and the answer."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RequestModel(models.Model):
    reason = models.TextField(_("lý do"))
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    is_granted = models.BooleanField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


def reason_present(name: str, sentence: Any) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name, condition=~Q(reason=""), violation_error_message=sentence
    )


def decided_at_and_by(name: str) -> models.CheckConstraint:
    pending = Q(is_granted__isnull=True, decided_at__isnull=True, decided_by__isnull=True)
    answered = Q(is_granted__isnull=False, decided_at__isnull=False, decided_by__isnull=False)
    return models.CheckConstraint(
        name=name,
        condition=pending | answered,
        violation_error_message=_("Quyết định phải ghi cả người và thời điểm."),
    )
