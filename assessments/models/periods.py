from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.requests import RequestModel, decided_at_and_by, reason_present
from assessments.workflow import EDITABLE, Status
from audit.models import LockableModel
from schools.constraints import both_or_neither
from schools.models import School, SchoolClass
from schools.models.school import PERIOD_CHOICES
from students.models import Enrollment

LONGEST_COMMENT = 500
LONGEST_HOMEROOM_COMMENT = 2000
MOST_ABSENCES = 200


class ClassPeriodQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "ClassPeriodQuerySet":
        return self.filter(school_class__school_year__school=school)

    def awaiting_sign_off(self) -> "ClassPeriodQuerySet":
        return self.filter(status=Status.SUBMITTED)


class ClassPeriod(models.Model):
    """The term record of a class: submitted, returned and signed off as a whole."""

    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, related_name="class_periods"
    )
    period = models.CharField(_("thời điểm đánh giá"), max_length=20, choices=PERIOD_CHOICES)
    status = models.CharField(_("trạng thái"), max_length=12, choices=Status, default=Status.OPEN)
    status_changed_at = models.DateTimeField(null=True, blank=True)
    status_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status_reason = models.TextField(blank=True)

    objects = ClassPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("kết quả của lớp ở một thời điểm")
        verbose_name_plural = _("kết quả của lớp ở một thời điểm")
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "period"],
                name="class_period_unique",
                violation_error_message=_("Lớp đã có bảng kết quả của thời điểm này."),
            ),
            models.CheckConstraint(
                name="class_period_status_known",
                condition=Q(status__in=Status.values),
                violation_error_message=_("Trạng thái không có trong quy trình."),
            ),
            models.CheckConstraint(
                name="class_period_status_changed_at_and_by",
                condition=both_or_neither("status_changed_at", "status_changed_by"),
                violation_error_message=_("Lần đổi trạng thái phải ghi cả người và thời điểm."),
            ),
            models.CheckConstraint(
                name="class_period_return_has_reason",
                condition=~Q(status__in=[Status.RETURNED, Status.REOPENED]) | ~Q(status_reason=""),
                violation_error_message=_("Trả lại hoặc mở lại phải có lý do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class}, {self.get_period_display()}"

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE


class PeriodRecordQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "PeriodRecordQuerySet":
        return self.filter(class_period__school_class__school_year__school=school)

    def in_roll_order(self) -> "PeriodRecordQuerySet":
        return self.order_by("enrollment__student__sort_key", "enrollment__student_id")

    def with_results(self) -> "PeriodRecordQuerySet":
        """All that a payload reads, in a fixed number of queries."""
        return self.select_related(
            "class_period__school_class__school_year__school__department",
            "enrollment__student",
            "enrollment__year_decision",
            "supplementary_assessment",
        ).prefetch_related(
            "subject_results__test_scores",
            "trait_results",
            "enrollment__commendations",
            "class_period__school_class__subject_offerings",
            "class_period__school_class__homeroom_assignments__staff_member",
        )

    def editable(self) -> "PeriodRecordQuerySet":
        return self.filter(status__in=EDITABLE)

    def handed_in(self) -> "PeriodRecordQuerySet":
        """Without the drafts of pupils who had left when the class was first submitted."""
        return self.exclude(status=Status.OPEN)


class PeriodRecord(LockableModel):
    """One pupil at one period: the results hang on it, and it says whether they may change.

    `locked_at` repeats "signed off" as a fact in the row, for the database's triggers.
    """

    unlocking_fields = ("status", "status_reason", "status_changed_at")
    held_by = "enrollment__issue_lock"

    class_period = models.ForeignKey(ClassPeriod, on_delete=models.PROTECT, related_name="records")
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="period_records"
    )
    status = models.CharField(_("trạng thái"), max_length=12, choices=Status, default=Status.OPEN)
    status_reason = models.TextField(blank=True)
    absences_with_leave = models.PositiveSmallIntegerField(
        _("buổi nghỉ có phép"), null=True, blank=True
    )
    absences_without_leave = models.PositiveSmallIntegerField(
        _("buổi nghỉ không phép"), null=True, blank=True
    )
    height_cm = models.DecimalField(
        _("chiều cao (cm)"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    weight_kg = models.DecimalField(
        _("cân nặng (kg)"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    quality_comment = models.TextField(
        _("nhận xét phẩm chất"), max_length=LONGEST_COMMENT, blank=True
    )
    general_competence_comment = models.TextField(
        _("nhận xét năng lực chung"), max_length=LONGEST_COMMENT, blank=True
    )
    specific_competence_comment = models.TextField(
        _("nhận xét năng lực đặc thù"), max_length=LONGEST_COMMENT, blank=True
    )
    homeroom_comment = models.TextField(
        _("nhận xét của giáo viên chủ nhiệm"), max_length=LONGEST_HOMEROOM_COMMENT, blank=True
    )
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status_changed_at = models.DateTimeField(auto_now_add=True)

    objects = PeriodRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("kết quả của một học sinh ở một thời điểm")
        verbose_name_plural = _("kết quả của học sinh ở một thời điểm")
        constraints = [
            models.UniqueConstraint(
                fields=["class_period", "enrollment"],
                name="period_record_unique",
                violation_error_message=_("Học sinh đã có trong bảng kết quả này."),
            ),
            models.CheckConstraint(
                name="period_record_status_known",
                condition=Q(status__in=Status.values),
                violation_error_message=_("Trạng thái không có trong quy trình."),
            ),
            models.CheckConstraint(
                name="period_record_locked_when_signed_off",
                condition=Q(status=Status.SIGNED_OFF, locked_at__isnull=False)
                | (~Q(status=Status.SIGNED_OFF) & Q(locked_at__isnull=True)),
                violation_error_message=_("Kết quả đã ký duyệt thì bị khóa, và chỉ khi ấy."),
            ),
            models.CheckConstraint(
                name="period_record_saved_at_and_by",
                condition=both_or_neither("saved_at", "saved_by"),
                violation_error_message=_("Lần lưu phải ghi cả người và thời điểm."),
            ),
            models.CheckConstraint(
                name="period_record_height_in_range",
                condition=Q(height_cm__isnull=True) | Q(height_cm__gte=10, height_cm__lte=300),
                violation_error_message=_("Chiều cao tính bằng cm, từ 10 đến 300."),
            ),
            models.CheckConstraint(
                name="period_record_weight_in_range",
                condition=Q(weight_kg__isnull=True) | Q(weight_kg__gte=1, weight_kg__lte=300),
                violation_error_message=_("Cân nặng tính bằng kg, từ 1 đến 300."),
            ),
            models.CheckConstraint(
                name="period_record_absences_in_range",
                condition=(
                    Q(absences_with_leave__isnull=True) | Q(absences_with_leave__lte=MOST_ABSENCES)
                )
                & (
                    Q(absences_without_leave__isnull=True)
                    | Q(absences_without_leave__lte=MOST_ABSENCES)
                ),
                violation_error_message=_("Số buổi nghỉ từ 0 đến 200."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment.student}, {self.class_period}"

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE


class ReopenRequestQuerySet(models.QuerySet):
    def pending(self) -> "ReopenRequestQuerySet":
        return self.filter(decided_at__isnull=True)


class ReopenRequest(RequestModel):
    """A teacher asks the principal to reopen the class, or one pupil of it."""

    class_period = models.ForeignKey(
        ClassPeriod, on_delete=models.PROTECT, related_name="reopen_requests"
    )
    record = models.ForeignKey(
        PeriodRecord,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reopen_requests",
    )

    objects = ReopenRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề nghị mở lại")
        verbose_name_plural = _("đề nghị mở lại")
        constraints = [
            models.UniqueConstraint(
                fields=["class_period"],
                condition=Q(decided_at__isnull=True, record__isnull=True),
                name="reopen_request_one_pending_class",
                violation_error_message=_("Đề nghị trước chưa được trả lời."),
            ),
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(decided_at__isnull=True, record__isnull=False),
                name="reopen_request_one_pending_record",
                violation_error_message=_("Đề nghị trước chưa được trả lời."),
            ),
            reason_present("reopen_request_reason_present", _("Hãy ghi lý do đề nghị mở lại.")),
            decided_at_and_by("reopen_request_decided_at_and_by"),
        ]

    def __str__(self) -> str:
        return f"{self.class_period}: {self.reason}"
