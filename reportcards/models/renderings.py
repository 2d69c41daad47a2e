from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import SignOff
from assessments.models.sign_off import SHA256_HEX_LENGTH
from reportcards.models.cards import ReportCard
from reportcards.models.leases import taken_by_nobody
from reportcards.workflow import OVER
from schools.models import School
from students.models import Enrollment


class DocumentKind(models.TextChoices):
    DISPLAY = "display", _("học bạ số")
    YEAR = "year", _("học bạ giấy, hai trang của năm học")
    FRONT = "front", _("bìa, hướng dẫn và trang thông tin")
    REPORT = "report", _("phiếu liên lạc")


class RenderingState(models.TextChoices):
    WAITING = "waiting", _("đang chờ")
    READY = "ready", _("đã có")
    FAILED = "failed", _("không tạo được")


class RenderingQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "RenderingQuerySet":
        return self.filter(school=school)

    def waiting(self) -> "RenderingQuerySet":
        return self.filter(state=RenderingState.WAITING)

    def free(self) -> "RenderingQuerySet":
        """Waiting, and leased by nobody who still lives."""
        return self.waiting().filter(taken_by_nobody())

    def drafts(self) -> "RenderingQuerySet":
        """Of no card that stands and of no sign-off in force. What was signed is never one."""
        of_nothing = Q(report_card=None, sign_off=None)
        of_the_past = Q(report_card__state__in=OVER) | Q(sign_off__superseded_by__isnull=False)
        return self.filter(of_nothing | of_the_past & ~Q(kind=DocumentKind.DISPLAY))

    def most_wanted_first(self) -> "RenderingQuerySet":
        """What somebody prints now, what is to be signed, then the rest as it was asked for."""
        open_run = {"parts__run__finished_at": None, "parts__run__cancelled_at": None}
        is_printed = Exists(
            Rendering.objects.filter(pk=OuterRef("pk"), parts__isnull=False, **open_run)
        )
        is_signed = Exact(F("kind"), Value(DocumentKind.DISPLAY))
        return self.order_by(
            OrderBy(is_printed, descending=True), OrderBy(is_signed, descending=True), "pk"
        )


class Rendering(models.Model):
    """One document of one pupil: asked for, laid out by a worker, kept. Queue and result in one.

    `content` is what is laid out, all of it, so that the PDF is a pure function of the row; it is
    emptied when the file stands. `content_digest` is that of the content's canonical form.
    Without a card and a sign-off it is a draft, or goes with one, and is kept for a day.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="renderings")
    kind = models.CharField(_("loại"), max_length=10, choices=DocumentKind)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="renderings")
    report_card = models.ForeignKey(
        ReportCard, null=True, blank=True, on_delete=models.PROTECT, related_name="renderings"
    )
    sign_off = models.ForeignKey(
        SignOff, null=True, blank=True, on_delete=models.PROTECT, related_name="renderings"
    )
    content = models.JSONField(null=True, blank=True)
    content_digest = models.CharField(max_length=SHA256_HEX_LENGTH)
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=RenderingState, default=RenderingState.WAITING
    )
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusal = models.TextField(blank=True)
    name = models.CharField(_("tên trong kho"), max_length=250, blank=True)
    digest = models.CharField(max_length=SHA256_HEX_LENGTH, blank=True)
    page_count = models.PositiveSmallIntegerField(_("số trang"), default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = RenderingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản trình bày")
        verbose_name_plural = _("bản trình bày")
        indexes = [models.Index(fields=["state", "leased_until"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "content_digest"],
                name="rendering_once",
                violation_error_message=_("Tài liệu có nội dung này đã được yêu cầu."),
            ),
            models.CheckConstraint(
                name="rendering_kind_known",
                condition=Q(kind__in=DocumentKind.values),
                violation_error_message=_("Loại tài liệu không có trong danh mục."),
            ),
            models.CheckConstraint(
                name="rendering_state_known",
                condition=Q(state__in=RenderingState.values),
                violation_error_message=_("Trạng thái của bản trình bày không có trong danh mục."),
            ),
            models.CheckConstraint(
                name="rendering_one_source",
                condition=Q(report_card__isnull=True) | Q(sign_off__isnull=True),
                violation_error_message=_(
                    "Bản trình bày thuộc về một học bạ số hoặc một lần ký duyệt, không cả hai."
                ),
            ),
            models.CheckConstraint(
                name="rendering_ready_has_file",
                condition=~Q(state=RenderingState.READY)
                | (
                    ~Q(name="")
                    & Q(Exact(Length("digest"), SHA256_HEX_LENGTH))
                    & Q(page_count__gt=0)
                ),
                violation_error_message=_("Bản trình bày đã có phải ghi tệp, mã băm và số trang."),
            ),
            models.CheckConstraint(
                name="rendering_failure_has_reason",
                condition=~Q(state=RenderingState.FAILED) | ~Q(refusal=""),
                violation_error_message=_("Không tạo được thì phải ghi lý do."),
            ),
            models.CheckConstraint(
                name="rendering_waiting_has_content",
                condition=Q(state=RenderingState.READY) | Q(content__isnull=False),
                violation_error_message=_("Bản trình bày đang chờ phải có nội dung."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.enrollment_id} {self.state}"
