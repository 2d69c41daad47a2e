import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schools.constraints import both_or_neither, dates_in_order
from schools.models import School, SchoolClass
from schools.models.classes import HIGHEST_GRADE, LOWEST_GRADE
from schools.updates import UpdatedModel, UpdatedQuerySet
from schools.validators import validate_printable
from students.models.student import Student


class EntryReason(models.TextChoices):
    ENROLLED = "enrolled", _("nhập học")
    TRANSFERRED_IN = "transferred_in", _("chuyển đến")
    READMITTED = "readmitted", _("nghỉ học xin học lại")


class ExitReason(models.TextChoices):
    YEAR_ENDED = "year_ended", _("hết năm học")
    TRANSFERRED_OUT = "transferred_out", _("chuyển đi")
    WITHDRAWN = "withdrawn", _("thôi học")


class EnrollmentQuerySet(UpdatedQuerySet):
    def for_school(self, school: School) -> "EnrollmentQuerySet":
        return self.filter(school_class__school_year__school=school)

    def current(self) -> "EnrollmentQuerySet":
        return self.filter(ended_on__isnull=True)

    def enrolled_on_day(self, day: datetime.date) -> "EnrollmentQuerySet":
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=day),
            enrolled_on__lte=day,
        )

    def in_roll_order(self) -> "EnrollmentQuerySet":
        return self.order_by("student__sort_key", "student_id")


class Enrollment(UpdatedModel):
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="enrollments")
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, related_name="enrollments"
    )
    grade_level = models.PositiveSmallIntegerField(_("khối"))
    enrolled_on = models.DateField(_("ngày vào lớp"))
    entry_reason = models.CharField(
        _("lý do vào"), max_length=20, choices=EntryReason, default=EntryReason.ENROLLED
    )
    ended_on = models.DateField(_("ngày rời lớp"), null=True, blank=True)
    exit_reason = models.CharField(
        _("lý do rời"), max_length=20, choices=ExitReason, null=True, blank=True
    )
    register_number = models.CharField(
        _("số đăng bộ"), max_length=20, blank=True, validators=[validate_printable]
    )
    is_not_assessed = models.BooleanField(_("khuyết tật không đánh giá"), default=False)
    assessment_decided_on = models.DateField(
        _("ngày quyết định về việc đánh giá"), null=True, blank=True
    )
    assessment_decision = models.CharField(
        _("quyết định về việc đánh giá"), max_length=250, blank=True
    )

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("xếp lớp")
        verbose_name_plural = _("xếp lớp")
        constraints = [
            models.UniqueConstraint(
                fields=["student"],
                condition=Q(ended_on__isnull=True),
                name="enrollment_one_open",
                violation_error_message=_(
                    "Học sinh đang học ở một lớp khác; hãy dùng chuyển trường."
                ),
            ),
            models.UniqueConstraint(
                fields=["student", "school_class", "enrolled_on"],
                name="enrollment_unique",
                violation_error_message=_("Học sinh đã được xếp vào lớp này từ ngày đó."),
            ),
            models.CheckConstraint(
                name="enrollment_dates_in_order",
                condition=dates_in_order("enrolled_on", "ended_on"),
                violation_error_message=_("Ngày rời lớp phải sau ngày vào lớp."),
            ),
            models.CheckConstraint(
                name="enrollment_end_has_reason",
                condition=both_or_neither("ended_on", "exit_reason"),
                violation_error_message=_("Ngày rời lớp và lý do rời đi cùng nhau."),
            ),
            models.CheckConstraint(
                name="enrollment_assessment_decision_has_day",
                condition=Q(assessment_decided_on__isnull=True, assessment_decision="")
                | (Q(assessment_decided_on__isnull=False) & ~Q(assessment_decision="")),
                violation_error_message=_("Quyết định về việc đánh giá ghi cả ngày và nội dung."),
            ),
            models.CheckConstraint(
                name="enrollment_grade_in_range",
                condition=Q(grade_level__gte=LOWEST_GRADE, grade_level__lte=HIGHEST_GRADE),
                violation_error_message=_("Khối từ 1 đến 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}, {self.school_class}"

    @property
    def is_current(self) -> bool:
        return self.ended_on is None


class Transfer(models.Model):
    """A move between schools; the other school need not use this installation."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="transfers")
    from_enrollment = models.OneToOneField(
        Enrollment, null=True, blank=True, on_delete=models.PROTECT, related_name="transfer_out"
    )
    to_enrollment = models.OneToOneField(
        Enrollment, null=True, blank=True, on_delete=models.PROTECT, related_name="transfer_in"
    )
    from_school_name = models.CharField(_("trường chuyển đi"), max_length=150)
    to_school_name = models.CharField(_("trường chuyển đến"), max_length=150)
    moved_on = models.DateField(_("ngày chuyển"))
    reason = models.CharField(_("lý do"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("chuyển trường")
        verbose_name_plural = _("chuyển trường")
        constraints = [
            models.CheckConstraint(
                name="transfer_has_an_enrollment",
                condition=Q(from_enrollment__isnull=False) | Q(to_enrollment__isnull=False),
                violation_error_message=_("Chuyển trường phải gắn với lớp đi hoặc lớp đến."),
            ),
            models.CheckConstraint(
                name="transfer_names_both_schools",
                condition=~Q(from_school_name="") & ~Q(to_school_name=""),
                violation_error_message=_("Hãy ghi tên trường đi và trường đến."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.from_school_name} → {self.to_school_name}"
