from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schools.constraints import both_or_neither
from students.models.student import Student


class Relation(models.TextChoices):
    MOTHER = "mother", _("Mẹ")
    FATHER = "father", _("Cha")
    GUARDIAN = "guardian", _("Người giám hộ")


class GuardianQuerySet(models.QuerySet):
    def confirmed(self) -> "GuardianQuerySet":
        return self.filter(confirmed_at__isnull=False, ended_on__isnull=True)

    def of_user(self, user: AbstractBaseUser) -> "GuardianQuerySet":
        return self.filter(user=user)


class Guardian(models.Model):
    """What a user is to one child. Nothing is shown before the school has confirmed it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="guardianships"
    )
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="guardians")
    relation = models.CharField(_("quan hệ"), max_length=10, choices=Relation)
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(_("đến hết ngày"), null=True, blank=True)

    objects = GuardianQuerySet.as_manager()

    class Meta:
        verbose_name = _("cha mẹ, người giám hộ")
        verbose_name_plural = _("cha mẹ, người giám hộ")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "student"],
                condition=Q(ended_on__isnull=True),
                name="guardian_one_open",
                violation_error_message=_("Tài khoản này đã là người giám hộ của học sinh."),
            ),
            models.CheckConstraint(
                name="guardian_confirmed_at_and_by",
                condition=both_or_neither("confirmed_at", "confirmed_by"),
                violation_error_message=_("Việc xác nhận phải ghi cả người và thời điểm."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.student}"
