import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models import School, SchoolClass
from schools.models.school import PERIOD_CHOICES
from students.models import Enrollment

LIFETIME = datetime.timedelta(hours=24)


class SheetUploadQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "SheetUploadQuerySet":
        return self.filter(school_class__school_year__school=school)

    def pending(self) -> "SheetUploadQuerySet":
        return self.filter(confirmed_at__isnull=True)

    def expired(self) -> "SheetUploadQuerySet":
        return self.pending().filter(uploaded_at__lte=timezone.now() - LIFETIME)


class SheetUpload(models.Model):
    """One uploaded class sheet: looked at, then confirmed by whoever uploaded it.

    The file itself is never kept. Its cells wait in `edits` until they are confirmed or expire;
    afterwards only the counts are left.
    """

    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, related_name="sheet_uploads"
    )
    period = models.CharField(_("thời điểm"), max_length=20, choices=PERIOD_CHOICES)
    file_name = models.CharField(_("tên tệp"), max_length=255)
    made_at = models.DateTimeField(_("tệp tải về lúc"))
    remarks = models.JSONField(default=list, blank=True)
    refused = models.PositiveIntegerField(default=0)
    conflicting = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    left_empty = models.PositiveIntegerField(default=0)
    saved = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    previewed_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = SheetUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần tải tệp của lớp lên")
        verbose_name_plural = _("các lần tải tệp của lớp lên")
        constraints = [
            models.CheckConstraint(
                name="sheet_upload_saved_once_confirmed",
                condition=Q(confirmed_at__isnull=False) | Q(saved=0),
                violation_error_message=_("Chưa xác nhận thì chưa ghi ô nào."),
            ),
        ]
        indexes = [models.Index(fields=["confirmed_at", "uploaded_at"])]

    def __str__(self) -> str:
        return self.file_name

    @property
    def expires_at(self) -> datetime.datetime:
        return self.uploaded_at + LIFETIME

    @property
    def is_expired(self) -> bool:
        return self.confirmed_at is None and self.expires_at <= timezone.now()

    @property
    def is_pending(self) -> bool:
        return self.confirmed_at is None and not self.is_expired

    @property
    def to_save(self) -> int:
        return self.changed + self.conflicting


class EditFate(models.TextChoices):
    REFUSED = "refused", _("Không ghi được")
    CONFLICT = "conflict", _("Đã đổi từ khi tải về")
    CHANGES = "changes", _("Thay đổi")


class SheetEditQuerySet(models.QuerySet):
    def of_fate(self, fate: EditFate) -> "SheetEditQuerySet":
        return self.filter(fate=fate).order_by("number")


class SheetEdit(models.Model):
    """A cell of an uploaded class sheet, and what saving would do to it.

    `base` is what stood there when the file was made, `stored` what stood there when the preview
    was. No enrolment means that nothing can be saved: the row, or the worksheet, was refused.
    """

    upload = models.ForeignKey(SheetUpload, on_delete=models.PROTECT, related_name="edits")
    number = models.PositiveIntegerField()
    grid_key = models.CharField(max_length=40)
    worksheet = models.CharField(_("trang"), max_length=100)
    reference = models.CharField(_("ô"), max_length=10, blank=True)
    enrollment = models.ForeignKey(
        Enrollment, null=True, blank=True, on_delete=models.PROTECT, related_name="sheet_edits"
    )
    pupil_name = models.CharField(_("học sinh"), max_length=256, blank=True)
    field = models.CharField(max_length=40, blank=True)
    column = models.CharField(_("cột"), max_length=100, blank=True)
    typed = models.TextField(_("trong tệp"), blank=True)
    base = models.TextField(null=True, blank=True)
    stored = models.TextField(_("đang lưu"), blank=True)
    fate = models.CharField(_("kết quả"), max_length=8, choices=EditFate)
    sentence = models.TextField(blank=True)
    warning = models.TextField(blank=True)
    writer_name = models.CharField(_("người ghi"), max_length=150, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)

    objects = SheetEditQuerySet.as_manager()

    class Meta:
        verbose_name = _("ô của tệp tải lên")
        verbose_name_plural = _("các ô của tệp tải lên")
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "number"],
                name="sheet_edit_unique",
                violation_error_message=_("Mỗi ô của tệp chỉ có một kết quả."),
            ),
            models.CheckConstraint(
                name="sheet_edit_fate_known",
                condition=Q(fate__in=EditFate.values),
                violation_error_message=_("Kết quả của ô không có trong danh mục."),
            ),
            models.CheckConstraint(
                name="sheet_edit_refused_with_sentence",
                condition=~Q(fate=EditFate.REFUSED) | ~Q(sentence=""),
                violation_error_message=_("Không ghi được thì phải nói vì sao."),
            ),
            models.CheckConstraint(
                name="sheet_edit_saved_for_a_pupil",
                condition=Q(fate=EditFate.REFUSED) | Q(enrollment__isnull=False),
                violation_error_message=_("Ô được ghi phải là của một học sinh."),
            ),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def place(self) -> str:
        """As a spreadsheet program names it: "Toán!D7"."""
        return f"{self.worksheet}!{self.reference}" if self.reference else self.worksheet
