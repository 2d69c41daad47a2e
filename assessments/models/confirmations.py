from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.periods import ClassPeriod
from audit.models import AppendOnlyModel, AppendOnlyQuerySet
from schools.models import StaffMember


class SubjectConfirmation(AppendOnlyModel):
    """A subject teacher stands for the results of a subject (QĐ 1789, Điều 14).

    The last one counts; it says nothing of what is saved after it.
    """

    class_period = models.ForeignKey(
        ClassPeriod, on_delete=models.PROTECT, related_name="subject_confirmations"
    )
    subject_code = models.CharField(_("môn học"), max_length=30)
    teacher = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="subject_confirmations"
    )
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("xác nhận kết quả môn học")
        verbose_name_plural = _("xác nhận kết quả môn học")
        indexes = [models.Index(fields=["class_period", "subject_code"])]
        constraints = [
            models.CheckConstraint(
                name="subject_confirmation_subject_present",
                condition=~Q(subject_code=""),
                violation_error_message=_("Hãy ghi môn học được xác nhận."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.class_period} {self.subject_code}: {self.teacher}"
