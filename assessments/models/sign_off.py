from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.periods import PeriodRecord
from audit.models import AppendOnlyModel, AppendOnlyQuerySet
from schools.models import School, StaffMember

SHA256_HEX_LENGTH = 64


class SignOffQuerySet(AppendOnlyQuerySet):
    def for_school(self, school: School) -> "SignOffQuerySet":
        return self.filter(record__class_period__school_class__school_year__school=school)

    def in_force(self) -> "SignOffQuerySet":
        """The sign-off in force of each record: later ones supersede, none is changed."""
        return self.filter(superseded_by__isnull=True)


class SignOff(AppendOnlyModel):
    """A principal's decision on one pupil's period, with the payload that was signed."""

    held_by = "record__enrollment__issue_lock"

    record = models.ForeignKey(PeriodRecord, on_delete=models.PROTECT, related_name="sign_offs")
    payload = models.JSONField()
    digest = models.CharField(max_length=SHA256_HEX_LENGTH)
    signed_at = models.DateTimeField(default=timezone.now)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signer = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="sign_offs")
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần ký duyệt")
        verbose_name_plural = _("các lần ký duyệt")
        constraints = [
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(supersedes__isnull=True),
                name="sign_off_one_first",
                violation_error_message=_("Kết quả này đã có lần ký duyệt đầu tiên."),
            ),
            models.CheckConstraint(
                name="sign_off_digest_sha256",
                condition=Q(Exact(Length("digest"), SHA256_HEX_LENGTH)),
                violation_error_message=_("Giá trị băm SHA-256 gồm 64 chữ số thập lục phân."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.signed_at:%d/%m/%Y}"
