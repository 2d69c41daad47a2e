from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reportcards.models.cards import ReportCard
from reportcards.models.certificates import SigningCertificate
from reportcards.models.leases import taken_by_nobody
from reportcards.models.signatures import SlotKey
from schools.constraints import both_or_neither
from schools.models import School, StaffMember


class SigningRunQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "SigningRunQuerySet":
        return self.filter(school=school)

    def newest_first(self) -> "SigningRunQuerySet":
        return self.order_by("-started_at", "-pk")

    def unfinished(self) -> "SigningRunQuerySet":
        """With cards that wait for a key."""
        return self.filter(Exists(_waiting_in_run()), cancelled_at__isnull=True)

    def left_alone(self) -> "SigningRunQuerySet":
        """Unfinished, and nobody who lives is at work on any of its cards."""
        leased = _waiting_in_run().filter(leased_until__gte=timezone.now())
        return self.unfinished().filter(~Exists(leased))


def _waiting_in_run() -> "SigningTaskQuerySet":
    return SigningTask.objects.filter(run=OuterRef("pk"), state=TaskState.WAITING)


class SigningRun(models.Model):
    """One decision to sign many cards; each card is a task of its own."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="signing_runs")
    slot = models.CharField(_("ô ký"), max_length=10, choices=SlotKey)
    certificate = models.ForeignKey(
        SigningCertificate, on_delete=models.PROTECT, related_name="runs"
    )
    signer = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="signing_runs")
    started_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SigningRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt ký")
        verbose_name_plural = _("lượt ký")
        constraints = [
            models.CheckConstraint(
                name="signing_run_cancelled_at_and_by",
                condition=both_or_neither("cancelled_at", "cancelled_by"),
                violation_error_message=_("Việc hủy phải ghi cả người và thời điểm."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slot_display()} {self.started_at:%d/%m/%Y %H:%M}"


class TaskState(models.TextChoices):
    WAITING = "waiting", _("đang chờ")
    PREPARED = "prepared", _("chờ chữ ký từ nơi khác")
    SIGNED = "signed", _("đã ký")
    FAILED = "failed", _("không ký được")
    CANCELLED = "cancelled", _("đã hủy")


PENDING = (TaskState.WAITING, TaskState.PREPARED)


class SigningTaskQuerySet(models.QuerySet):
    def pending(self) -> "SigningTaskQuerySet":
        return self.filter(state__in=PENDING)

    def free(self) -> "SigningTaskQuerySet":
        """Waiting, and leased by nobody who still lives."""
        return self.filter(taken_by_nobody(), state=TaskState.WAITING)

    def in_class_order(self) -> "SigningTaskQuerySet":
        """Class after class, each in roll order."""
        return self.order_by(
            "report_card__enrollment__school_class__lowest_grade",
            "report_card__enrollment__school_class__highest_grade",
            "report_card__enrollment__school_class__name",
            "report_card__student__sort_key",
            "report_card__student_id",
            "pk",
        )

    def with_pupil(self) -> "SigningTaskQuerySet":
        """Without the payloads, which are large."""
        return self.select_related(
            "report_card__student", "report_card__enrollment__school_class"
        ).defer("report_card__payload")


class SigningTask(models.Model):
    """One card of a run: leased while somebody signs it, so that a dead worker's is taken up."""

    run = models.ForeignKey(SigningRun, on_delete=models.PROTECT, related_name="tasks")
    report_card = models.ForeignKey(
        ReportCard, on_delete=models.PROTECT, related_name="signing_tasks"
    )
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=TaskState, default=TaskState.WAITING
    )
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusal = models.TextField(blank=True)
    prepared = models.TextField(blank=True)
    prepared_pdf = models.BinaryField(default=b"", blank=True)
    prepared_until = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = SigningTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("học bạ trong lượt ký")
        verbose_name_plural = _("học bạ trong lượt ký")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "report_card"],
                name="signing_task_once_a_run",
                violation_error_message=_("Học bạ đã có trong lượt ký này."),
            ),
            models.UniqueConstraint(
                fields=["report_card"],
                condition=Q(state__in=PENDING),
                name="signing_task_one_pending",
                violation_error_message=_("Học bạ đang ở trong một lượt ký khác."),
            ),
            models.CheckConstraint(
                name="signing_task_state_known",
                condition=Q(state__in=TaskState.values),
                violation_error_message=_("Trạng thái không có trong lượt ký."),
            ),
            models.CheckConstraint(
                name="signing_task_failure_has_reason",
                condition=~Q(state=TaskState.FAILED) | ~Q(refusal=""),
                violation_error_message=_("Không ký được thì phải ghi lý do."),
            ),
            models.CheckConstraint(
                name="signing_task_prepared_is_whole",
                condition=~Q(state=TaskState.PREPARED)
                | (~Q(prepared="") & Q(prepared_until__isnull=False)),
                violation_error_message=_("Bản chờ ký phải có nội dung và hạn."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.report_card_id} {self.state}"
