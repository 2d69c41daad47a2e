import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reportcards.models.renderings import Rendering
from schools.constraints import both_or_neither
from schools.models import School

KEPT_FOR = datetime.timedelta(days=1)  # files of prints, and what was laid out for them alone


class PrintedDocument(models.TextChoices):
    DISPLAY = "display", _("học bạ số, một năm")
    DISPLAY_BOOK = "display_book", _("học bạ số, cả quyển")
    YEAR = "year", _("học bạ giấy, một năm")
    BOOK = "book", _("học bạ giấy, cả quyển")
    REPORT = "report", _("phiếu liên lạc")


class PrintOutput(models.TextChoices):
    MERGED = "merged", _("một tệp để in")
    ORIGINALS = "originals", _("tệp nén các bản gốc")
    BOTH = "both", _("cả hai")


class PrintRunQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "PrintRunQuerySet":
        return self.filter(school=school)

    def newest_first(self) -> "PrintRunQuerySet":
        return self.order_by("-started_at", "-pk")

    def unfinished(self) -> "PrintRunQuerySet":
        return self.filter(finished_at__isnull=True, cancelled_at__isnull=True)

    def going_on(self) -> "PrintRunQuerySet":
        """For a worker to finish."""
        return self.unfinished().filter(refusal="")

    def expired(self) -> "PrintRunQuerySet":
        return self.filter(expires_at__lt=timezone.now())


class PrintRun(models.Model):
    """Documents of many pupils printed at once: joined for paper, or the originals in a zip.

    Names of files are those in the storage; empty until the run is finished, and again once it
    has expired.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="print_runs")
    document = models.CharField(_("tài liệu"), max_length=12, choices=PrintedDocument)
    output = models.CharField(_("cách lấy"), max_length=10, choices=PrintOutput)
    title = models.CharField(_("tên"), max_length=200)
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="print_runs"
    )
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusal = models.TextField(blank=True)
    merged_name = models.CharField(max_length=250, blank=True)
    originals_name = models.CharField(max_length=250, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PrintRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt in")
        verbose_name_plural = _("lượt in")
        constraints = [
            models.CheckConstraint(
                name="print_run_document_known",
                condition=Q(document__in=PrintedDocument.values),
                violation_error_message=_("Tài liệu cần in không có trong danh mục."),
            ),
            models.CheckConstraint(
                name="print_run_output_known",
                condition=Q(output__in=PrintOutput.values),
                violation_error_message=_("Cách lấy tệp không có trong danh mục."),
            ),
            models.CheckConstraint(
                name="print_run_cancelled_at_and_by",
                condition=both_or_neither("cancelled_at", "cancelled_by"),
                violation_error_message=_("Việc hủy phải ghi cả người và thời điểm."),
            ),
            models.CheckConstraint(
                name="print_run_finished_or_cancelled",
                condition=Q(finished_at__isnull=True) | Q(cancelled_at__isnull=True),
                violation_error_message=_("Lượt in đã xong thì không hủy được nữa."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_going_on(self) -> bool:
        return self.finished_at is None and self.cancelled_at is None and not self.refusal

    @property
    def is_expired(self) -> bool:
        """Its files are gone, or about to be."""
        return self.expires_at is not None and self.expires_at < timezone.now()

    @property
    def state(self) -> str:
        if self.cancelled_at is not None:
            return "cancelled"
        if self.is_expired:
            return "expired"
        if self.finished_at is not None:
            return "finished"
        return "refused" if self.refusal else "going_on"


class PrintPart(models.Model):
    """A rendering in its place in a run; those of one pupil stand side by side, in roll order."""

    run = models.ForeignKey(PrintRun, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveIntegerField(_("thứ tự"))
    rendering = models.ForeignKey(Rendering, on_delete=models.PROTECT, related_name="parts")

    class Meta:
        verbose_name = _("phần của lượt in")
        verbose_name_plural = _("phần của lượt in")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "position"],
                name="print_part_once",
                violation_error_message=_("Vị trí này của lượt in đã có tài liệu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.position}"
