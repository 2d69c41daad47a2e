from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class RowDensity(models.TextChoices):
    COMFORTABLE = "comfortable", _("Thoáng")
    DENSE = "dense", _("Dày")


class User(AbstractUser):
    """Who may log in. What a user is at a school, or to a child, stands there, not here."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("họ và tên"), max_length=100)
    row_density = models.CharField(
        _("độ dày của hàng"),
        max_length=12,
        choices=RowDensity,
        default=RowDensity.COMFORTABLE,
    )

    REQUIRED_FIELDS = ["full_name"]

    class Meta(AbstractUser.Meta):
        verbose_name = _("người dùng")  # type: ignore[assignment]
        verbose_name_plural = _("người dùng")  # type: ignore[assignment]
        constraints = [
            models.CheckConstraint(
                name="user_full_name_present",
                condition=~models.Q(full_name=""),
                violation_error_message=_("Hãy ghi họ và tên của người dùng."),
            ),
        ]

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split()[-1] if self.full_name else self.username
