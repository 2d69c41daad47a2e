from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.models import SHA256_HEX_LENGTH


class LookUpCount(models.Model):
    """How often the public pages have been asked from one address, or about one card.

    `key` is a keyed digest: whoever reads this table learns no address and no card. All workers
    share it, and it is cleared as its windows end (ADR: verification in public).
    """

    key = models.CharField(max_length=SHA256_HEX_LENGTH, unique=True)
    count = models.PositiveIntegerField(_("số lần"))
    started_at = models.DateTimeField(_("từ lúc"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("số lần tra cứu")
        verbose_name_plural = _("số lần tra cứu")
        constraints = [
            models.CheckConstraint(
                name="look_up_count_key_sha256",
                condition=Q(Exact(Length("key"), SHA256_HEX_LENGTH)),
                violation_error_message=_("Giá trị băm SHA-256 gồm 64 chữ số thập lục phân."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"
