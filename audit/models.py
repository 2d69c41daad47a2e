from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SHA256_HEX_LENGTH = 64


class AppendOnlyError(Exception):
    pass


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are never deleted")


class AppendOnlyModel(models.Model):
    """Rows that are only ever added; a subclass's manager comes from AppendOnlyQuerySet."""

    held_by: ClassVar[str] = ""  # a path to a row of the app; while it is there, none is added

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} rows are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{type(self).__name__} rows are never deleted")


class FrozenError(Exception):
    pass


class FrozenQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> int:
        _check_is_living(self.model, kwargs)
        return super().update(**kwargs)

    def delete(self) -> NoReturn:
        raise FrozenError(f"{self.model.__name__} rows are never deleted")


class FrozenModel(models.Model):
    """Rows whose content never changes; a subclass's manager comes from FrozenQuerySet.

    `living_fields` may be updated. `living_moves` says from which value to which one such a
    field may go; without an entry, to any.
    """

    living_fields: ClassVar[tuple[str, ...]] = ()
    living_moves: ClassVar[Mapping[str, frozenset[tuple[str, str]]]] = {}

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _check_is_living(type(self), kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenError(f"{type(self).__name__} rows are never deleted")


def _check_is_living(model: Any, names: Iterable[str] | None) -> None:
    """Whoever names no field writes them all."""
    if names is None or not set(names) <= set(model.living_fields):
        raise FrozenError(f"of {model.__name__} only {', '.join(model.living_fields)} may change")


class LockableModel(models.Model):
    """While `locked_at` is set the database refuses to change the row (audit/triggers.py)."""

    unlocking_fields: ClassVar[tuple[str, ...]] = ()  # what may change as `locked_at` is emptied
    hangs_on: ClassVar[str] = ""  # the key of a lockable row that takes no new row while locked
    held_by: ClassVar[str] = ""  # a path to a row of the app; while it is there, nothing changes

    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


@dataclass(frozen=True)
class SystemJob:
    """Stands for a person where a command acts: `by=SystemJob("seed_demo")`."""

    name: str


class AuditEventQuerySet(AppendOnlyQuerySet):
    def for_school(self, school_id: int) -> "AuditEventQuerySet":
        return self.filter(school_id=school_id)

    def about_student(self, student_id: int) -> "AuditEventQuerySet":
        return self.filter(student_id=student_id)

    def about_class(self, school_class_id: int) -> "AuditEventQuerySet":
        return self.filter(school_class_id=school_class_id)

    def newest_first(self) -> "AuditEventQuerySet":
        return self.order_by("-at", "-id")


class AuditEvent(AppendOnlyModel):
    """Who did what, when, with old and new values.

    Everything but the actor is a plain number: the event outlives what it speaks of. The events of
    a school are a chain (audit/chain.py): each holds its place and the digest of the one before.
    """

    chain = models.BigIntegerField()
    number = models.BigIntegerField()
    previous_digest = models.CharField(max_length=SHA256_HEX_LENGTH)
    digest = models.CharField(max_length=SHA256_HEX_LENGTH)
    event = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    system_job = models.CharField(max_length=60, blank=True)
    school_id = models.BigIntegerField(null=True)
    school_class_id = models.BigIntegerField(null=True)
    student_id = models.BigIntegerField(null=True)
    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["school_id", "at"]),
            models.Index(fields=["student_id", "at"]),
            models.Index(fields=["school_class_id", "at"]),
            models.Index(fields=["target_type", "target_id", "at"]),
            models.Index(fields=["actor", "at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "number"],
                name="audit_event_one_of_each_number",
                violation_error_message=_("Chuỗi nhật ký đã có sự kiện mang số này."),
            ),
            models.CheckConstraint(
                name="audit_event_digests_sha256",
                condition=Q(Exact(Length("digest"), SHA256_HEX_LENGTH))
                & Q(Exact(Length("previous_digest"), SHA256_HEX_LENGTH)),
                violation_error_message=_("Giá trị băm SHA-256 gồm 64 chữ số thập lục phân."),
            ),
            models.CheckConstraint(
                name="audit_event_actor_or_system_job",
                condition=Q(actor__isnull=False, system_job="")
                | (Q(actor__isnull=True) & ~Q(system_job="")),
                violation_error_message=_(
                    "Một sự kiện do một người hoặc một tác vụ hệ thống gây ra."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.target_type} {self.target_id}"


class AuditChain(FrozenModel):
    """Where a school's chain ends now; whoever adds an event locks this row first."""

    living_fields = ("length", "digest")

    chain = models.BigIntegerField(primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=SHA256_HEX_LENGTH)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("chuỗi nhật ký")
        verbose_name_plural = _("chuỗi nhật ký")

    def __str__(self) -> str:
        return f"{self.chain}: {self.length}"
