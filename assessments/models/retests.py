from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.periods import PeriodRecord
from assessments.retest_workflow import OPEN, RetestStatus
from schools.constraints import both_or_neither
from schools.models import School


class RetestQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "RetestQuerySet":
        return self.filter(record__class_period__school_class__school_year__school=school)

    def open(self) -> "RetestQuerySet":
        return self.filter(status__in=OPEN)

    def awaiting_answer(self) -> "RetestQuerySet":
        return self.filter(status=RetestStatus.PROPOSED)

    def awaiting_score(self) -> "RetestQuerySet":
        return self.filter(status=RetestStatus.AGREED)

    def with_pupil(self) -> "RetestQuerySet":
        """All that a sentence about a retest names."""
        return self.select_related(
            "record__enrollment__student",
            "record__class_period__school_class__school_year__school",
            "proposed_by",
            "answered_by",
            "test_score",
        )


class Retest(models.Model):
    """Another test of one pupil in one subject: proposed, agreed, taken (Điều 7.1.d).

    `questioned_score` is the score that the proposal found abnormal, as it stood then.
    """

    record = models.ForeignKey(PeriodRecord, on_delete=models.PROTECT, related_name="retests")
    subject_code = models.CharField(_("môn học"), max_length=30)
    status = models.CharField(
        _("trạng thái"), max_length=12, choices=RetestStatus, default=RetestStatus.PROPOSED
    )
    questioned_score = models.PositiveSmallIntegerField(_("điểm khi đề nghị"))
    reason = models.TextField(_("lý do đề nghị"))
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closing_reason = models.TextField(_("lý do không kiểm tra lại"), blank=True)

    objects = RetestQuerySet.as_manager()

    class Meta:
        verbose_name = _("kiểm tra lại")
        verbose_name_plural = _("kiểm tra lại")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "subject_code"],
                condition=Q(status__in=sorted(OPEN)),
                name="retest_one_open",
                violation_error_message=_("Em đang có một đề nghị kiểm tra lại môn này."),
            ),
            models.CheckConstraint(
                name="retest_status_known",
                condition=Q(status__in=RetestStatus.values),
                violation_error_message=_("Trạng thái không có trong quy trình."),
            ),
            models.CheckConstraint(
                name="retest_reason_present",
                condition=~Q(reason=""),
                violation_error_message=_("Hãy ghi lý do đề nghị kiểm tra lại."),
            ),
            models.CheckConstraint(
                name="retest_answered_at_and_by",
                condition=both_or_neither("answered_at", "answered_by"),
                violation_error_message=_("Câu trả lời phải ghi cả người và thời điểm."),
            ),
            models.CheckConstraint(
                name="retest_answered_when_decided",
                condition=Q(status=RetestStatus.WITHDRAWN)
                | Q(status=RetestStatus.PROPOSED, answered_at__isnull=True)
                | (
                    ~Q(status__in=[RetestStatus.PROPOSED, RetestStatus.WITHDRAWN])
                    & Q(answered_at__isnull=False)
                ),
                violation_error_message=_("Chưa trả lời thì chưa kiểm tra lại được."),
            ),
            models.CheckConstraint(
                name="retest_ended_with_reason",
                condition=~Q(status__in=[RetestStatus.DECLINED, RetestStatus.WITHDRAWN])
                | ~Q(closing_reason=""),
                violation_error_message=_("Không kiểm tra lại thì phải ghi lý do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.subject_code}: {self.status}"

    @property
    def is_proposed(self) -> bool:
        return self.status == RetestStatus.PROPOSED

    @property
    def is_agreed(self) -> bool:
        return self.status == RetestStatus.AGREED

    @property
    def is_open(self) -> bool:
        return self.status in OPEN
