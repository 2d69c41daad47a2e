"""Leave to enter results after a period has closed."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.periods import ClassPeriod
from assessments.models.requests import RequestModel, decided_at_and_by, reason_present
from schools.constraints import both_or_neither
from schools.models import PeriodWindow, School, SchoolClass, StaffMember

ALREADY_EXTENDED = _("Đã có gia hạn đang còn hiệu lực; hãy thu hồi trước khi gia hạn lại.")


class ExtensionQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "ExtensionQuerySet":
        return self.filter(window__school_year__school=school)

    def standing_on(self, day: datetime.date) -> "ExtensionQuerySet":
        """The last day is one of them."""
        return self.filter(revoked_at__isnull=True, ends_on__gte=day)


class Extension(models.Model):
    """A period stays open longer for a class, for a teacher, or for a teacher in one class."""

    window = models.ForeignKey(PeriodWindow, models.PROTECT, related_name="extensions")
    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, null=True, blank=True, related_name="extensions"
    )
    staff_member = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="extensions"
    )
    ends_on = models.DateField(_("gia hạn đến hết ngày"))
    reason = models.TextField(_("lý do"))
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("gia hạn")
        verbose_name_plural = _("gia hạn")
        constraints = [
            models.CheckConstraint(
                name="extension_for_somebody",
                condition=Q(school_class__isnull=False) | Q(staff_member__isnull=False),
                violation_error_message=_("Gia hạn cho một lớp hoặc một giáo viên."),
            ),
            reason_present("extension_reason_present", _("Hãy ghi lý do gia hạn.")),
            models.CheckConstraint(
                name="extension_revoked_at_and_by",
                condition=both_or_neither("revoked_at", "revoked_by"),
                violation_error_message=_("Lần thu hồi phải ghi cả người và thời điểm."),
            ),
            models.UniqueConstraint(
                fields=["window", "school_class"],
                condition=Q(revoked_at__isnull=True, staff_member__isnull=True),
                name="extension_one_for_class",
                violation_error_message=ALREADY_EXTENDED,
            ),
            models.UniqueConstraint(
                fields=["window", "staff_member"],
                condition=Q(revoked_at__isnull=True, school_class__isnull=True),
                name="extension_one_for_teacher",
                violation_error_message=ALREADY_EXTENDED,
            ),
            models.UniqueConstraint(
                fields=["window", "school_class", "staff_member"],
                condition=Q(
                    revoked_at__isnull=True,
                    school_class__isnull=False,
                    staff_member__isnull=False,
                ),
                name="extension_one_for_teacher_in_class",
                violation_error_message=ALREADY_EXTENDED,
            ),
        ]

    def __str__(self) -> str:
        covered = " ".join(str(row) for row in (self.school_class, self.staff_member) if row)
        return f"{self.window}: {covered}"


class ExtensionRequestQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "ExtensionRequestQuerySet":
        return self.filter(class_period__school_class__school_year__school=school)

    def pending(self) -> "ExtensionRequestQuerySet":
        return self.filter(decided_at__isnull=True)


class ExtensionRequest(RequestModel):
    """A teacher asks for leave to enter a closed period of one class."""

    class_period = models.ForeignKey(
        ClassPeriod, on_delete=models.PROTECT, related_name="extension_requests"
    )

    objects = ExtensionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề nghị gia hạn")
        verbose_name_plural = _("đề nghị gia hạn")
        constraints = [
            models.UniqueConstraint(
                fields=["class_period", "asked_by"],
                condition=Q(decided_at__isnull=True),
                name="extension_request_one_pending",
                violation_error_message=_("Đề nghị trước chưa được trả lời."),
            ),
            reason_present("extension_request_reason_present", _("Hãy ghi lý do đề nghị gia hạn.")),
            decided_at_and_by("extension_request_decided_at_and_by"),
        ]

    def __str__(self) -> str:
        return f"{self.class_period}: {self.reason}"
