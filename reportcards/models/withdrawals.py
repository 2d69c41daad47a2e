from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.requests import RequestModel, decided_at_and_by, reason_present
from reportcards.models.archive import ArchivedFile
from reportcards.models.cards import ReportCard
from schools.models import School


class WithdrawalCause(models.TextChoices):
    MISTAKE = "mistake", _("có sai sót")
    CIVIL_STATUS = "civil_status", _("thay đổi hộ tịch")


class WithdrawalRequestQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "WithdrawalRequestQuerySet":
        return self.filter(report_card__school_year__school=school)

    def pending(self) -> "WithdrawalRequestQuerySet":
        return self.filter(decided_at__isnull=True)


class WithdrawalRequest(RequestModel):
    """The school asks to withdraw an issued card; the department's decision is its answer."""

    report_card = models.ForeignKey(
        ReportCard, on_delete=models.PROTECT, related_name="withdrawal_requests"
    )
    cause = models.CharField(_("nguyên nhân"), max_length=12, choices=WithdrawalCause)
    attachment = models.ForeignKey(
        ArchivedFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision_number = models.CharField(_("số văn bản của Sở"), max_length=150, blank=True)
    decided_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    refusal = models.TextField(_("lý do Sở không cho thu hồi"), blank=True)

    objects = WithdrawalRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề nghị thu hồi học bạ")
        verbose_name_plural = _("đề nghị thu hồi học bạ")
        constraints = [
            models.UniqueConstraint(
                fields=["report_card"],
                condition=Q(decided_at__isnull=True),
                name="withdrawal_request_one_pending",
                violation_error_message=_("Đề nghị thu hồi trước chưa được trả lời."),
            ),
            reason_present("withdrawal_request_reason_present", _("Hãy ghi lý do thu hồi.")),
            decided_at_and_by("withdrawal_request_decided_at_and_by"),
            models.CheckConstraint(
                name="withdrawal_request_decision_is_named",
                condition=Q(decided_at__isnull=True)
                | (~Q(decision_number="") & Q(decided_on__isnull=False)),
                violation_error_message=_("Quyết định của Sở ghi cả số và ngày văn bản."),
            ),
            models.CheckConstraint(
                name="withdrawal_request_civil_status_has_decision",
                condition=~Q(cause=WithdrawalCause.CIVIL_STATUS) | Q(attachment__isnull=False),
                violation_error_message=_(
                    "Thay đổi hộ tịch phải kèm quyết định hoặc giấy khai sinh mới (QĐ 1789 Đ21.7)."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_card_id}: {self.reason}"
