from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.periods import PeriodRecord
from audit.models import LockableModel
from schools.constraints import both_or_neither
from schools.models import School
from schools.models.classes import HIGHEST_GRADE, LOWEST_GRADE

LONGEST_PLAN = 2000


class SupplementaryAssessmentQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "SupplementaryAssessmentQuerySet":
        return self.filter(record__class_period__school_class__school_year__school=school)

    def with_pupil(self) -> "SupplementaryAssessmentQuerySet":
        return self.select_related(
            "record__class_period__school_class__school_year__school__department",
            "record__enrollment__student",
            "record__enrollment__year_decision",
            "decided_by",
        )

    def in_roll_order(self) -> "SupplementaryAssessmentQuerySet":
        return self.order_by("record__enrollment__student__sort_key", "pk")


class SupplementaryAssessment(LockableModel):
    """The summer of a pupil who has not completed the year's programme (Điều 11).

    The plan says what is assessed again. The later results hang on `record`, a record of the
    period SUPPLEMENTARY beside that of the year's end; the case goes to the principal with it,
    and she decides completion and promotion as she signs it.
    """

    unlocking_fields = ("decided_at", "decided_by")
    held_by = "record__enrollment__issue_lock"

    record = models.OneToOneField(
        PeriodRecord, on_delete=models.PROTECT, related_name="supplementary_assessment"
    )
    grade_level = models.PositiveSmallIntegerField(_("khối"))
    plan = models.TextField(_("kế hoạch hướng dẫn, giúp đỡ"), max_length=LONGEST_PLAN)
    subject_codes = models.JSONField(_("môn học đánh giá bổ sung"), default=list, blank=True)
    trait_codes = models.JSONField(
        _("phẩm chất, năng lực đánh giá bổ sung"), default=list, blank=True
    )
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    case_reason = models.TextField(_("lý do trình hiệu trưởng"), blank=True)
    derived_result = models.CharField(_("kết quả sau đánh giá bổ sung"), max_length=20, blank=True)
    has_completed = models.BooleanField(_("hoàn thành chương trình lớp học"), null=True, blank=True)
    is_promoted = models.BooleanField(_("được lên lớp"), null=True, blank=True)
    decision_reason = models.TextField(_("lý do quyết định"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SupplementaryAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("đánh giá bổ sung")
        verbose_name_plural = _("đánh giá bổ sung")
        constraints = [
            models.CheckConstraint(
                name="supplementary_assessment_grade_in_range",
                condition=Q(grade_level__gte=LOWEST_GRADE, grade_level__lte=HIGHEST_GRADE),
                violation_error_message=_("Khối từ 1 đến 5."),
            ),
            models.CheckConstraint(
                name="supplementary_assessment_plan_present",
                condition=~Q(plan=""),
                violation_error_message=_("Hãy ghi kế hoạch hướng dẫn, giúp đỡ em."),
            ),
            models.CheckConstraint(
                name="supplementary_assessment_decided_at_and_by",
                condition=both_or_neither("decided_at", "decided_by"),
                violation_error_message=_("Quyết định phải ghi cả người và thời điểm."),
            ),
            models.CheckConstraint(
                name="supplementary_assessment_completion_decided",
                condition=Q(decided_at__isnull=True) | Q(has_completed__isnull=False),
                violation_error_message=_("Quyết định phải nói em đã hoàn thành hay chưa."),
            ),
            models.CheckConstraint(
                name="supplementary_assessment_promotion_decided",
                condition=Q(decided_at__isnull=True)
                | Q(grade_level=HIGHEST_GRADE)
                | Q(is_promoted__isnull=False),
                violation_error_message=_("Khối 1 đến 4: quyết định em được lên lớp hay chưa."),
            ),
            models.CheckConstraint(
                name="supplementary_assessment_completed_is_promoted",
                condition=Q(grade_level=HIGHEST_GRADE)
                | Q(has_completed__isnull=True)
                | Q(has_completed=False)
                | Q(is_promoted__isnull=False, is_promoted=True),
                violation_error_message=_(
                    "Khối 1 đến 4: đã hoàn thành chương trình thì được lên lớp."
                ),
            ),
            models.CheckConstraint(
                name="supplementary_assessment_last_grade_not_promoted",
                condition=~Q(grade_level=HIGHEST_GRADE) | Q(is_promoted__isnull=True),
                violation_error_message=_(
                    "Khối 5 xét hoàn thành chương trình tiểu học, không lên lớp."
                ),
            ),
            models.CheckConstraint(
                name="supplementary_assessment_incomplete_has_reasons",
                condition=Q(decided_at__isnull=True)
                | Q(has_completed=True)
                | (~Q(case_reason="") & ~Q(decision_reason="")),
                violation_error_message=_(
                    "Em chưa hoàn thành thì ghi lý do trình và lý do quyết định."
                ),
            ),
            models.CheckConstraint(
                name="supplementary_assessment_locked_when_decided",
                condition=both_or_neither("locked_at", "decided_at"),
                violation_error_message=_("Đã quyết định thì bị khóa, và chỉ khi ấy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.derived_result}"

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None
