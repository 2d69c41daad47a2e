import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.constraints import both_or_neither
from schools.models import School, SchoolYear
from students.models import Enrollment, Student

DIGEST_LENGTH = 64


def unguessable_path(batch: "ImportBatch", file_name: str) -> str:
    return f"imports/{secrets.token_urlsafe(32)}.xlsx"


class ImportBatchQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "ImportBatchQuerySet":
        return self.filter(school_year__school=school)

    def newest_first(self) -> "ImportBatchQuerySet":
        return self.order_by("-uploaded_at", "-pk")

    def pending(self) -> "ImportBatchQuerySet":
        return self.filter(confirmed_at__isnull=True)

    def in_force(self) -> "ImportBatchQuerySet":
        return self.filter(confirmed_at__isnull=False, undone_at__isnull=True)


class ImportBatch(models.Model):
    """One uploaded list of pupils: looked at, then confirmed, perhaps undone.

    The file is kept until it is confirmed, under a name that nobody can guess.
    """

    school_year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="imports")
    file = models.FileField(upload_to=unguessable_path, blank=True)
    file_name = models.CharField(_("tên tệp"), max_length=255)
    file_digest = models.CharField(max_length=DIGEST_LENGTH)
    preview_digest = models.CharField(max_length=DIGEST_LENGTH)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần nhập học sinh")
        verbose_name_plural = _("các lần nhập học sinh")
        constraints = [
            models.CheckConstraint(
                name="import_batch_confirmed_at_and_by",
                condition=both_or_neither("confirmed_at", "confirmed_by"),
                violation_error_message=_("Việc nhập phải ghi cả người và thời điểm."),
            ),
            models.CheckConstraint(
                name="import_batch_undone_at_and_by",
                condition=both_or_neither("undone_at", "undone_by"),
                violation_error_message=_("Việc hoàn tác phải ghi cả người và thời điểm."),
            ),
            models.CheckConstraint(
                name="import_batch_undone_after_confirmed",
                condition=Q(undone_at__isnull=True) | Q(confirmed_at__isnull=False),
                violation_error_message=_("Chỉ hoàn tác được lần nhập đã thực hiện."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_pending(self) -> bool:
        return self.confirmed_at is None

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None


class Outcome(models.TextChoices):
    REFUSED = "refused", _("Lỗi")
    CREATED = "created", _("Thêm mới")
    CHANGED = "changed", _("Thay đổi")
    UNCHANGED = "unchanged", _("Giữ nguyên")


class ImportRowQuerySet(models.QuerySet):
    def to_write(self) -> "ImportRowQuerySet":
        return self.filter(outcome__in=[Outcome.CREATED, Outcome.CHANGED])

    def in_sheet_order(self) -> "ImportRowQuerySet":
        return self.order_by("number")


class ImportRow(models.Model):
    """What one row of the file does, or why it does nothing.

    `changes` holds old and new values, by which the row is shown and undone. `cells` holds
    what a refused row said, so that it can be put right.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField(_("dòng"))
    outcome = models.CharField(_("kết quả"), max_length=10, choices=Outcome)
    full_name = models.CharField(_("họ và tên"), max_length=256, blank=True)
    class_name = models.CharField(_("lớp"), max_length=256, blank=True)
    changes = models.JSONField(default=dict, blank=True)
    remarks = models.JSONField(default=list, blank=True)
    cells = models.JSONField(default=dict, blank=True)
    student = models.ForeignKey(
        Student, null=True, blank=True, on_delete=models.PROTECT, related_name="import_rows"
    )
    started_enrollment = models.ForeignKey(
        Enrollment, null=True, blank=True, on_delete=models.PROTECT, related_name="started_by_rows"
    )
    ended_enrollment = models.ForeignKey(
        Enrollment, null=True, blank=True, on_delete=models.PROTECT, related_name="ended_by_rows"
    )

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng của một lần nhập")
        verbose_name_plural = _("các dòng của một lần nhập")
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"],
                name="import_row_unique",
                violation_error_message=_("Mỗi dòng của tệp chỉ có một kết quả."),
            ),
            models.CheckConstraint(
                name="import_row_outcome_known",
                condition=Q(outcome__in=Outcome.values),
                violation_error_message=_("Kết quả của dòng không có trong danh mục."),
            ),
        ]
        indexes = [models.Index(fields=["batch", "outcome", "number"])]

    def __str__(self) -> str:
        return f"{self.number}: {self.full_name}"
