"""Who was reminded of what is missing; at most once a day each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schools.models import StaffMember


class Nudge(models.Model):
    """One e-mail. One that could not be sent leaves the day free for another."""

    staff_member = models.ForeignKey(StaffMember, models.PROTECT, related_name="nudges")
    sent_on = models.DateField(_("ngày nhắc"))
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    has_failed = models.BooleanField(_("không gửi được"), default=False)

    class Meta:
        verbose_name = _("lời nhắc")
        verbose_name_plural = _("lời nhắc")
        constraints = [
            models.UniqueConstraint(
                fields=["staff_member", "sent_on"],
                condition=Q(has_failed=False),
                name="nudge_one_a_day",
                violation_error_message=_("Hôm nay thầy/cô này đã được nhắc."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member} {self.sent_on:%d/%m/%Y}"
