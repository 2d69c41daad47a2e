from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.models import LockableModel
from schools.constraints import both_or_neither
from schools.models import School
from schools.models.classes import HIGHEST_GRADE, LOWEST_GRADE
from students.models import Enrollment


class YearDecisionQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "YearDecisionQuerySet":
        return self.filter(enrollment__school_class__school_year__school=school)


class YearDecision(LockableModel):
    """A pupil's year: the result (derived and confirmed), completion, promotion, rewards.

    Completion and promotion are two facts: the principal may promote a pupil who has not
    completed the programme (Điều 11), which she decides after the supplementary assessment
    (SupplementaryAssessment). Grade level and ruleset are copied in, so that the row reads the
    same whatever becomes of the class. It is locked while it is signed off.
    """

    unlocking_fields = ("signed_off_at", "signed_off_by")
    held_by = "enrollment__issue_lock"

    enrollment = models.OneToOneField(
        Enrollment, on_delete=models.PROTECT, related_name="year_decision"
    )
    grade_level = models.PositiveSmallIntegerField(_("khối"))
    ruleset_key = models.CharField(_("quy định đánh giá"), max_length=20)
    derived_result = models.CharField(_("kết quả theo quy định"), max_length=20)
    confirmed_result = models.CharField(_("kết quả giáo viên xác nhận"), max_length=20)
    deviation_reason = models.TextField(_("lý do khác quy định"), blank=True)
    has_completed = models.BooleanField(_("hoàn thành chương trình lớp học"))
    is_promoted = models.BooleanField(_("được lên lớp"), null=True, blank=True)
    reward_title = models.CharField(_("danh hiệu được đề nghị"), max_length=30, blank=True)
    outstanding_subject = models.CharField(
        _("môn có thành tích xuất sắc"), max_length=30, blank=True
    )
    progress_trait = models.CharField(
        _("phẩm chất, năng lực tiến bộ rõ rệt"), max_length=40, blank=True
    )
    recognised_on = models.DateField(_("ngày tập thể lớp công nhận"), null=True, blank=True)
    reward_refusal = models.TextField(_("lý do không tặng danh hiệu"), blank=True)
    reward = models.CharField(_("khen thưởng"), max_length=2000, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = YearDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("quyết định cuối năm")
        verbose_name_plural = _("quyết định cuối năm")
        constraints = [
            models.CheckConstraint(
                name="year_decision_grade_in_range",
                condition=Q(grade_level__gte=LOWEST_GRADE, grade_level__lte=HIGHEST_GRADE),
                violation_error_message=_("Khối từ 1 đến 5."),
            ),
            models.CheckConstraint(
                name="year_decision_completed_is_promoted",
                condition=Q(grade_level=HIGHEST_GRADE)
                | Q(has_completed=False)
                | Q(is_promoted__isnull=False, is_promoted=True),
                violation_error_message=_(
                    "Khối 1 đến 4: đã hoàn thành chương trình thì được lên lớp; "
                    "chưa hoàn thành thì chờ hiệu trưởng quyết định."
                ),
            ),
            models.CheckConstraint(
                name="year_decision_last_grade_not_promoted",
                condition=~Q(grade_level=HIGHEST_GRADE) | Q(is_promoted__isnull=True),
                violation_error_message=_(
                    "Khối 5 xét hoàn thành chương trình tiểu học, không lên lớp."
                ),
            ),
            models.CheckConstraint(
                name="year_decision_deviation_has_reason",
                condition=Q(derived_result=models.F("confirmed_result")) | ~Q(deviation_reason=""),
                violation_error_message=_("Kết quả khác quy định phải ghi lý do."),
            ),
            models.CheckConstraint(
                name="year_decision_reward_has_title",
                condition=Q(reward="") | (~Q(reward_title="") & Q(reward_refusal="")),
                violation_error_message=_(
                    "Khen thưởng cuối năm phải có danh hiệu, và danh hiệu ấy không bị từ chối."
                ),
            ),
            models.CheckConstraint(
                name="year_decision_recognition_is_whole",
                condition=Q(recognised_on__isnull=True, outstanding_subject="", progress_trait="")
                | (
                    Q(recognised_on__isnull=False)
                    & ~Q(reward_title="")
                    & ~Q(outstanding_subject="", progress_trait="")
                ),
                violation_error_message=_(
                    "Được lớp công nhận thì ghi ngày, và môn xuất sắc hoặc phẩm chất, "
                    "năng lực tiến bộ rõ rệt."
                ),
            ),
            models.CheckConstraint(
                name="year_decision_refusal_has_title",
                condition=Q(reward_refusal="") | ~Q(reward_title=""),
                violation_error_message=_("Chỉ danh hiệu đã được đề nghị mới bị từ chối."),
            ),
            models.CheckConstraint(
                name="year_decision_signed_off_at_and_by",
                condition=both_or_neither("signed_off_at", "signed_off_by"),
                violation_error_message=_("Ký duyệt phải ghi cả người và thời điểm."),
            ),
            models.CheckConstraint(
                name="year_decision_locked_when_signed_off",
                condition=both_or_neither("locked_at", "signed_off_at"),
                violation_error_message=_("Quyết định đã ký duyệt thì bị khóa, và chỉ khi ấy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment}: {self.confirmed_result}"
