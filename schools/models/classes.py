from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rulesets import Subject
from schools.constraints import dates_in_order
from schools.models.school import School, SchoolYear
from schools.models.staff import InPostQuerySet, StaffMember
from schools.updates import UpdatedModel, UpdatedQuerySet
from schools.validators import validate_printable

LOWEST_GRADE = 1
HIGHEST_GRADE = 5


class ClassKind(models.TextChoices):
    REGULAR = "regular", _("lớp thường")
    SPECIAL = "special", _("lớp dành cho người khuyết tật")


class SchoolClassQuerySet(UpdatedQuerySet):
    def for_school(self, school: School) -> "SchoolClassQuerySet":
        return self.filter(school_year__school=school)

    def in_order(self) -> "SchoolClassQuerySet":
        return self.order_by("lowest_grade", "highest_grade", "name")


class SchoolClass(UpdatedModel):
    """A class of one school year; a multi-grade class spans lowest to highest grade."""

    school_year = models.ForeignKey(
        SchoolYear, models.PROTECT, related_name="classes", verbose_name=_("năm học")
    )
    name = models.CharField(_("tên lớp"), max_length=10, validators=[validate_printable])
    kind = models.CharField(
        _("loại lớp"), max_length=10, choices=ClassKind, default=ClassKind.REGULAR
    )
    lowest_grade = models.PositiveSmallIntegerField(_("khối thấp nhất"))
    highest_grade = models.PositiveSmallIntegerField(_("khối cao nhất"))

    objects = SchoolClassQuerySet.as_manager()

    class Meta:
        verbose_name = _("lớp")
        verbose_name_plural = _("lớp")
        constraints = [
            models.UniqueConstraint(
                fields=["school_year", "name"],
                name="school_class_unique_name",
                violation_error_message=_("Năm học đã có lớp mang tên này."),
            ),
            models.CheckConstraint(
                name="school_class_name_present",
                condition=~Q(name=""),
                violation_error_message=_("Hãy ghi tên lớp."),
            ),
            models.CheckConstraint(
                name="school_class_grades_in_order",
                condition=Q(
                    lowest_grade__gte=LOWEST_GRADE,
                    highest_grade__lte=HIGHEST_GRADE,
                    lowest_grade__lte=F("highest_grade"),
                ),
                violation_error_message=_("Khối của lớp từ 1 đến 5, khối thấp trước khối cao."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def grade_levels(self) -> range:
        return range(self.lowest_grade, self.highest_grade + 1)

    @property
    def is_multigrade(self) -> bool:
        return self.lowest_grade < self.highest_grade

    @property
    def is_special(self) -> bool:
        return self.kind == ClassKind.SPECIAL


class HomeroomAssignment(models.Model):
    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, related_name="homeroom_assignments", verbose_name=_("lớp")
    )
    staff_member = models.ForeignKey(
        StaffMember,
        models.PROTECT,
        related_name="homeroom_assignments",
        verbose_name=_("cán bộ, giáo viên"),
    )
    started_on = models.DateField(_("từ ngày"))
    ended_on = models.DateField(_("đến hết ngày"), null=True, blank=True)

    objects = InPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("phân công chủ nhiệm")
        verbose_name_plural = _("phân công chủ nhiệm")
        constraints = [
            models.UniqueConstraint(
                fields=["school_class"],
                condition=Q(ended_on__isnull=True),
                name="homeroom_assignment_one_open",
                violation_error_message=_(
                    "Lớp đang có giáo viên chủ nhiệm; hãy kết thúc phân công cũ."
                ),
            ),
            models.CheckConstraint(
                name="homeroom_assignment_dates_in_order",
                condition=dates_in_order("started_on", "ended_on"),
                violation_error_message=_("Ngày thôi chủ nhiệm phải sau ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class}: {self.staff_member}"


class SubjectOffering(models.Model):
    """A subject that a grade of a class is taught, whether or not a teacher is assigned."""

    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, related_name="subject_offerings", verbose_name=_("lớp")
    )
    grade_level = models.PositiveSmallIntegerField(_("khối"))
    subject_code = models.CharField(_("môn học"), max_length=30)
    language_name = models.CharField(
        _("tên ngoại ngữ hoặc tiếng dân tộc"),
        max_length=50,
        blank=True,
        validators=[validate_printable],
    )

    class Meta:
        verbose_name = _("môn học của lớp")
        verbose_name_plural = _("môn học của lớp")
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "grade_level", "subject_code"],
                name="subject_offering_unique",
                violation_error_message=_("Khối này của lớp đã có môn học đó."),
            ),
            models.CheckConstraint(
                name="subject_offering_grade_in_range",
                condition=Q(grade_level__gte=LOWEST_GRADE, grade_level__lte=HIGHEST_GRADE),
                violation_error_message=_("Khối từ 1 đến 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class}/{self.grade_level} {self.subject_code}"

    @property
    def subject(self) -> Subject:
        return self.school_class.school_year.ruleset.subject(self.subject_code)


class TeachingAssignment(models.Model):
    offering = models.ForeignKey(
        SubjectOffering,
        models.PROTECT,
        related_name="teaching_assignments",
        verbose_name=_("môn học của lớp"),
    )
    staff_member = models.ForeignKey(
        StaffMember,
        models.PROTECT,
        related_name="teaching_assignments",
        verbose_name=_("cán bộ, giáo viên"),
    )
    started_on = models.DateField(_("từ ngày"))
    ended_on = models.DateField(_("đến hết ngày"), null=True, blank=True)

    objects = InPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("phân công giảng dạy")
        verbose_name_plural = _("phân công giảng dạy")
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "staff_member"],
                condition=Q(ended_on__isnull=True),
                name="teaching_assignment_one_open",
                violation_error_message=_("Giáo viên này đang được phân công dạy môn đó."),
            ),
            models.CheckConstraint(
                name="teaching_assignment_dates_in_order",
                condition=dates_in_order("started_on", "ended_on"),
                violation_error_message=_("Ngày thôi dạy phải sau ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offering}: {self.staff_member}"
