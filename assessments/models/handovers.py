from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.models import LockableModel
from schools.constraints import both_or_neither
from schools.models import School, SchoolClass, StaffMember
from schools.models.classes import HIGHEST_GRADE, LOWEST_GRADE
from students.models import Enrollment

LONGEST_NOTE = 1000


def is_last_grade() -> Q:
    return Q(grade_level=HIGHEST_GRADE)


class HandoverQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "HandoverQuerySet":
        return self.filter(school_class__school_year__school=school)

    def awaiting_receipt(self) -> "HandoverQuerySet":
        return self.filter(handed_over_at__isnull=False, received_at__isnull=True)

    def unfinished(self) -> "HandoverQuerySet":
        return self.filter(received_at__isnull=True)

    def with_people(self) -> "HandoverQuerySet":
        return self.select_related(
            "school_class__school_year__school", "receiver__user", "giver__user", "returned_by"
        )


class Handover(LockableModel):
    """The pupils of one grade of a class and their records, passed on at the year's end (Điều 12).

    To the teacher who takes them next year; from the last grade to the school, for which a
    leader or the registrar receives. Locked by the receipt; what was returned is open again.
    """

    unlocking_fields = ("received_at", "received_by")

    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, related_name="handovers"
    )
    grade_level = models.PositiveSmallIntegerField(_("khối"))
    giver = models.ForeignKey(
        StaffMember,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handovers_given",
        verbose_name=_("người giao"),
    )
    receiver = models.ForeignKey(
        StaffMember,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handovers_received",
        verbose_name=_("người nhận"),
    )
    general_note = models.TextField(_("ghi chú chung"), max_length=LONGEST_NOTE, blank=True)
    lower_secondary_school = models.CharField(
        _("trường trung học cơ sở"), max_length=150, blank=True
    )
    invigilation = models.TextField(
        _("giáo viên trung học cơ sở tham gia coi, chấm"), max_length=LONGEST_NOTE, blank=True
    )
    report_cards = models.PositiveSmallIntegerField(_("số học bạ"), null=True, blank=True)
    class_summaries = models.PositiveSmallIntegerField(
        _("số bảng tổng hợp của lớp"), null=True, blank=True
    )
    handed_over_at = models.DateTimeField(null=True, blank=True)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    return_reason = models.TextField(_("lý do trả lại"), blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("bàn giao học sinh")
        verbose_name_plural = _("bàn giao học sinh")
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "grade_level"],
                name="handover_unique",
                violation_error_message=_("Lớp đã có biên bản bàn giao của khối này."),
            ),
            models.CheckConstraint(
                name="handover_grade_in_range",
                condition=Q(grade_level__gte=LOWEST_GRADE, grade_level__lte=HIGHEST_GRADE),
                violation_error_message=_("Khối từ 1 đến 5."),
            ),
            models.CheckConstraint(
                name="handover_handed_over_at_and_by",
                condition=both_or_neither("handed_over_at", "handed_over_by"),
                violation_error_message=_("Lần bàn giao phải ghi cả người và thời điểm."),
            ),
            models.CheckConstraint(
                name="handover_received_at_and_by",
                condition=both_or_neither("received_at", "received_by"),
                violation_error_message=_("Lần nhận phải ghi cả người và thời điểm."),
            ),
            models.CheckConstraint(
                name="handover_returned_at_and_by",
                condition=both_or_neither("returned_at", "returned_by"),
                violation_error_message=_("Lần trả lại phải ghi cả người và thời điểm."),
            ),
            models.CheckConstraint(
                name="handover_returned_with_reason",
                condition=Q(returned_at__isnull=True) | ~Q(return_reason=""),
                violation_error_message=_("Trả lại phải có lý do."),
            ),
            models.CheckConstraint(
                name="handover_returned_is_with_its_giver",
                condition=Q(returned_at__isnull=True) | Q(handed_over_at__isnull=True),
                violation_error_message=_("Đã trả lại thì chưa bàn giao."),
            ),
            models.CheckConstraint(
                name="handover_received_after_it_was_given",
                condition=Q(received_at__isnull=True) | Q(handed_over_at__isnull=False),
                violation_error_message=_("Chưa bàn giao thì chưa nhận được."),
            ),
            models.CheckConstraint(
                name="handover_between_two_people",
                condition=Q(handed_over_at__isnull=True)
                | Q(giver__isnull=False, receiver__isnull=False),
                violation_error_message=_("Bàn giao phải có người giao và người nhận."),
            ),
            models.CheckConstraint(
                name="handover_to_somebody_else",
                condition=Q(giver__isnull=True)
                | Q(receiver__isnull=True)
                | ~Q(giver=F("receiver")),
                violation_error_message=_("Người nhận phải là người khác."),
            ),
            models.CheckConstraint(
                name="handover_counts_the_records",
                condition=Q(handed_over_at__isnull=True)
                | Q(report_cards__isnull=False, class_summaries__isnull=False),
                violation_error_message=_("Biên bản phải ghi số học bạ và số bảng tổng hợp."),
            ),
            models.CheckConstraint(
                name="handover_lower_secondary_of_last_grade",
                condition=is_last_grade() | Q(lower_secondary_school="", invigilation=""),
                violation_error_message=_("Chỉ lớp 5 ghi giáo viên trung học cơ sở tham gia."),
            ),
            models.CheckConstraint(
                name="handover_last_grade_names_lower_secondary",
                condition=~is_last_grade()
                | Q(handed_over_at__isnull=True)
                | (~Q(lower_secondary_school="") & ~Q(invigilation="")),
                violation_error_message=_(
                    "Lớp 5: hãy ghi trường trung học cơ sở và giáo viên tham gia coi, chấm."
                ),
            ),
            models.CheckConstraint(
                name="handover_locked_when_received",
                condition=both_or_neither("locked_at", "received_at"),
                violation_error_message=_("Biên bản đã nhận thì bị khóa, và chỉ khi ấy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class}, {self.grade_level}"

    @property
    def is_handed_over(self) -> bool:
        return self.handed_over_at is not None

    @property
    def is_received(self) -> bool:
        return self.received_at is not None

    @property
    def is_returned(self) -> bool:
        return self.returned_at is not None

    @property
    def awaits_receipt(self) -> bool:
        return self.is_handed_over and not self.is_received

    @property
    def is_of_last_grade(self) -> bool:
        return self.grade_level == HIGHEST_GRADE


class HandoverNote(LockableModel):
    """What stands out in a pupil and what holds her back, for whoever takes her."""

    hangs_on = "handover"

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="notes")
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="handover_notes"
    )
    highlights = models.TextField(_("nét nổi bật"), max_length=LONGEST_NOTE, blank=True)
    limits = models.TextField(_("hạn chế"), max_length=LONGEST_NOTE, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("ghi chú bàn giao")
        verbose_name_plural = _("ghi chú bàn giao")
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "enrollment"],
                name="handover_note_unique",
                violation_error_message=_("Em đã có ghi chú trong biên bản này."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handover}: {self.enrollment}"
