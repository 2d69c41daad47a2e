from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.models import AppendOnlyModel, AppendOnlyQuerySet
from schools.constraints import dates_in_order
from students.models.enrollment import Enrollment

LONGEST_PLAN = 4000


class IndividualPlanQuerySet(AppendOnlyQuerySet):
    def in_force(self) -> "IndividualPlanQuerySet":
        """The versions that no later one replaces."""
        return self.filter(superseded_by__isnull=True)


class IndividualPlan(AppendOnlyModel):
    """Kế hoạch giáo dục cá nhân (Điều 8): how the requirements are adjusted for one pupil.

    A plan is never edited: each version supersedes the one before it, and all are kept.
    """

    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="individual_plans"
    )
    adjustments = models.TextField(_("yêu cầu điều chỉnh"), max_length=LONGEST_PLAN)
    valid_from = models.DateField(_("từ ngày"))
    valid_until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    objects = IndividualPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("kế hoạch giáo dục cá nhân")
        verbose_name_plural = _("kế hoạch giáo dục cá nhân")
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=Q(supersedes__isnull=True),
                name="individual_plan_one_first",
                violation_error_message=_("Em đã có kế hoạch; hãy ghi bản mới thay bản cũ."),
            ),
            models.CheckConstraint(
                name="individual_plan_text_present",
                condition=~Q(adjustments=""),
                violation_error_message=_("Hãy ghi yêu cầu được điều chỉnh."),
            ),
            models.CheckConstraint(
                name="individual_plan_dates_in_order",
                condition=dates_in_order("valid_from", "valid_until"),
                violation_error_message=_("Ngày hết hiệu lực phải sau ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment}: {self.valid_from}"
