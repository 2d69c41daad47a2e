from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.periods import LONGEST_COMMENT, PeriodRecord
from assessments.models.retests import Retest
from audit.models import LockableModel
from schools.models import StaffMember

LONGEST_EXEMPTION_REASON = 250


class SubjectResult(LockableModel):
    """One pupil's result in one subject at one period. No level means not entered."""

    hangs_on = "record"
    held_by = "record__enrollment__issue_lock"

    record = models.ForeignKey(
        PeriodRecord, on_delete=models.PROTECT, related_name="subject_results"
    )
    subject_code = models.CharField(_("môn học"), max_length=30)
    level = models.CharField(_("mức đạt được"), max_length=4, blank=True)
    exemption_reason = models.CharField(
        _("lý do miễn học"), max_length=LONGEST_EXEMPTION_REASON, blank=True
    )
    comment = models.TextField(_("nhận xét"), max_length=LONGEST_COMMENT, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("kết quả môn học")
        verbose_name_plural = _("kết quả môn học")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "subject_code"],
                name="subject_result_unique",
                violation_error_message=_("Học sinh đã có kết quả môn này."),
            ),
            models.CheckConstraint(
                name="subject_result_exemption_reason_has_level",
                condition=Q(exemption_reason="") | ~Q(level=""),
                violation_error_message=_("Lý do miễn chỉ đi với mức miễn."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.subject_code}: {self.level}"

    @property
    def attempts(self) -> list["TestScore"]:
        return sorted(self.test_scores.all(), key=lambda score: score.attempt)

    @property
    def effective_score(self) -> int | None:
        """The last attempt's score (Phụ lục 1: "ghi điểm số của bài kiểm tra lần cuối")."""
        return self.attempts[-1].score if self.attempts else None


class TestScore(LockableModel):
    """A periodic test's score. A retest adds an attempt; the last one counts."""

    __test__ = False  # not a test class, whatever pytest thinks of the name
    hangs_on = "result"
    held_by = "result__record__enrollment__issue_lock"

    result = models.ForeignKey(SubjectResult, on_delete=models.PROTECT, related_name="test_scores")
    attempt = models.PositiveSmallIntegerField(_("lần kiểm tra"), default=1)
    score = models.PositiveSmallIntegerField(_("điểm"))
    taken_on = models.DateField(_("ngày kiểm tra"), null=True, blank=True)
    retest = models.OneToOneField(
        Retest, null=True, blank=True, on_delete=models.PROTECT, related_name="test_score"
    )

    class Meta:
        verbose_name = _("điểm kiểm tra định kỳ")
        verbose_name_plural = _("điểm kiểm tra định kỳ")
        constraints = [
            models.UniqueConstraint(
                fields=["result", "attempt"],
                name="test_score_unique",
                violation_error_message=_("Lần kiểm tra này đã có điểm."),
            ),
            models.CheckConstraint(
                name="test_score_in_range",
                condition=Q(score__gte=0, score__lte=100),
                violation_error_message=_("Điểm nằm ngoài thang điểm."),
            ),
            models.CheckConstraint(
                name="test_score_attempt_from_one",
                condition=Q(attempt__gte=1),
                violation_error_message=_("Lần kiểm tra tính từ 1."),
            ),
            models.CheckConstraint(
                name="test_score_further_attempt_is_a_retest",
                condition=Q(attempt__lte=1, retest__isnull=True)
                | Q(attempt__gt=1, retest__isnull=False, taken_on__isnull=False),
                violation_error_message=_(
                    "Từ lần hai trở đi phải là bài kiểm tra lại đã được đồng ý, có ngày kiểm tra."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result} {self.score}"


class TraitResult(LockableModel):
    hangs_on = "record"
    held_by = "record__enrollment__issue_lock"

    record = models.ForeignKey(PeriodRecord, on_delete=models.PROTECT, related_name="trait_results")
    trait_code = models.CharField(_("phẩm chất, năng lực"), max_length=40)
    level = models.CharField(_("mức đạt được"), max_length=4)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("mức của phẩm chất, năng lực")
        verbose_name_plural = _("mức của phẩm chất, năng lực")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "trait_code"],
                name="trait_result_unique",
                violation_error_message=_("Học sinh đã có mức của phẩm chất, năng lực này."),
            ),
            models.CheckConstraint(
                name="trait_result_level_present",
                condition=~Q(level=""),
                violation_error_message=_("Chưa đánh giá thì không có dòng nào."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.trait_code}: {self.level}"


class TraitNote(models.Model):
    """What a subject teacher tells the homeroom teacher about a pupil's traits (Điều 7.2)."""

    record = models.ForeignKey(PeriodRecord, on_delete=models.PROTECT, related_name="trait_notes")
    author = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="trait_notes")
    text = models.TextField(_("ghi chú"), max_length=LONGEST_COMMENT)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("ghi chú về phẩm chất, năng lực")
        verbose_name_plural = _("ghi chú về phẩm chất, năng lực")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "author"],
                name="trait_note_unique",
                violation_error_message=_("Thầy/cô đã có ghi chú về học sinh này."),
            ),
            models.CheckConstraint(
                name="trait_note_text_present",
                condition=~Q(text=""),
                violation_error_message=_("Hãy ghi nội dung."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.text}"
