from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.commendation_workflow import (
    DECIDED,
    DECIDED_KINDS,
    GIVEN,
    OPEN,
    CommendationKind,
    CommendationStatus,
)
from schools.constraints import both_or_neither
from schools.models import School, SchoolClass, SchoolYear
from students.models import Enrollment

LONGEST_ACHIEVEMENT = 2000
LONGEST_WORDING = 500


class CommendationQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "CommendationQuerySet":
        return self.filter(enrollment__school_class__school_year__school=school)

    def of_class(self, school_class: SchoolClass) -> "CommendationQuerySet":
        return self.filter(enrollment__school_class=school_class)

    def of_school_year(self, school_year: SchoolYear) -> "CommendationQuerySet":
        return self.filter(enrollment__school_class__school_year=school_year)

    def open(self) -> "CommendationQuerySet":
        """With a leader: to be decided here, or awaited from a higher level."""
        return self.filter(status__in=OPEN)

    def given(self) -> "CommendationQuerySet":
        """What a family reads: awarded, and letters."""
        return self.filter(status__in=GIVEN)

    def awarded(self) -> "CommendationQuerySet":
        return self.filter(status=CommendationStatus.AWARDED)

    def with_pupil(self) -> "CommendationQuerySet":
        return self.select_related(
            "enrollment__student",
            "enrollment__school_class__school_year__school",
            "proposed_by",
            "decided_by",
        )

    def in_roll_order(self) -> "CommendationQuerySet":
        """By pupil; of one pupil the oldest first."""
        return self.order_by(
            "enrollment__student__sort_key", "enrollment__student_id", "proposed_at", "pk"
        )


class Commendation(models.Model):
    """Recognition during the year (Điều 13.1.b, 13.2, 13.3), beside the titles of its end.

    `wording` is what the ministry's form prints; a letter is printed on no form.
    """

    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="commendations"
    )
    kind = models.CharField(_("hình thức"), max_length=20, choices=CommendationKind)
    status = models.CharField(
        _("trạng thái"),
        max_length=12,
        choices=CommendationStatus,
        default=CommendationStatus.PROPOSED,
    )
    achievement = models.TextField(_("thành tích"), max_length=LONGEST_ACHIEVEMENT)
    wording = models.CharField(_("nội dung ghi học bạ"), max_length=LONGEST_WORDING, blank=True)
    given_on = models.DateField(_("ngày khen"), null=True, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    awarding_body = models.CharField(_("cấp khen thưởng"), max_length=150, blank=True)
    decision_number = models.CharField(_("số quyết định"), max_length=50, blank=True)
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closing_reason = models.TextField(_("lý do không khen thưởng"), blank=True)

    objects = CommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("khen thưởng trong năm")
        verbose_name_plural = _("khen thưởng trong năm")
        constraints = [
            models.CheckConstraint(
                name="commendation_kind_known",
                condition=Q(kind__in=CommendationKind.values),
                violation_error_message=_("Hãy chọn hình thức khen thưởng."),
            ),
            models.CheckConstraint(
                name="commendation_status_known",
                condition=Q(status__in=CommendationStatus.values),
                violation_error_message=_("Trạng thái không có trong quy trình."),
            ),
            models.CheckConstraint(
                name="commendation_letter_is_sent",
                condition=Q(
                    kind=CommendationKind.PRAISE_LETTER,
                    status__in=[CommendationStatus.SENT, CommendationStatus.WITHDRAWN],
                )
                | (~Q(kind=CommendationKind.PRAISE_LETTER) & ~Q(status=CommendationStatus.SENT)),
                violation_error_message=_("Thư khen được gửi mà không cần quyết định."),
            ),
            models.CheckConstraint(
                name="commendation_forwarded_to_a_higher_level",
                condition=~Q(status=CommendationStatus.FORWARDED)
                | Q(kind=CommendationKind.HIGHER_LEVEL),
                violation_error_message=_("Chỉ đề nghị cấp trên khi cấp trên khen thưởng."),
            ),
            models.CheckConstraint(
                name="commendation_achievement_present",
                condition=~Q(achievement=""),
                violation_error_message=_("Hãy ghi thành tích của em."),
            ),
            models.CheckConstraint(
                name="commendation_wording_present",
                condition=Q(kind=CommendationKind.PRAISE_LETTER) | ~Q(wording=""),
                violation_error_message=_("Hãy ghi nội dung sẽ ghi vào học bạ."),
            ),
            models.CheckConstraint(
                name="commendation_given_with_its_day",
                condition=~Q(status__in=sorted(GIVEN)) | Q(given_on__isnull=False),
                violation_error_message=_("Khen thưởng và thư khen phải có ngày."),
            ),
            models.CheckConstraint(
                name="commendation_awarded_by_a_decision",
                condition=~Q(status=CommendationStatus.AWARDED)
                | (~Q(decision_number="") & Q(decided_on__isnull=False)),
                violation_error_message=_("Khen thưởng phải có số và ngày quyết định."),
            ),
            models.CheckConstraint(
                name="commendation_names_the_higher_level",
                condition=~Q(status=CommendationStatus.AWARDED, kind=CommendationKind.HIGHER_LEVEL)
                | ~Q(awarding_body=""),
                violation_error_message=_("Hãy ghi cấp nào khen thưởng."),
            ),
            models.CheckConstraint(
                name="commendation_decided_at_and_by",
                condition=both_or_neither("decided_at", "decided_by"),
                violation_error_message=_("Quyết định phải ghi cả người và thời điểm."),
            ),
            models.CheckConstraint(
                name="commendation_decided_when_it_says_so",
                condition=Q(status__in=sorted(DECIDED), decided_at__isnull=False)
                | Q(status=CommendationStatus.WITHDRAWN)
                | (~Q(status__in=sorted(DECIDED)) & Q(decided_at__isnull=True)),
                violation_error_message=_("Chưa quyết định thì chưa khen thưởng được."),
            ),
            models.CheckConstraint(
                name="commendation_ended_with_reason",
                condition=~Q(status__in=[CommendationStatus.DECLINED, CommendationStatus.WITHDRAWN])
                | ~Q(closing_reason=""),
                violation_error_message=_("Không khen thưởng thì phải ghi lý do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment}: {self.wording or self.achievement}"

    @property
    def is_letter(self) -> bool:
        return self.kind == CommendationKind.PRAISE_LETTER

    @property
    def is_of_higher_level(self) -> bool:
        return self.kind == CommendationKind.HIGHER_LEVEL

    @property
    def is_printed_on_card(self) -> bool:
        return self.status == CommendationStatus.AWARDED and self.kind in DECIDED_KINDS
