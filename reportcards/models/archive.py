from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.sign_off import SHA256_HEX_LENGTH
from audit.models import AppendOnlyModel, AppendOnlyQuerySet
from reportcards.models.cards import ReportCard
from schools.models import School
from students.models import Student


class FileKind(models.TextChoices):
    XML = "xml", _("học bạ XML đã ký")
    PDF = "pdf", _("học bạ PDF")
    PAYLOAD = "payload", _("nội dung được đóng băng")
    CERTIFICATE = "certificate", _("chứng thư số")
    REVOCATION_LIST = "crl", _("danh sách thu hồi chứng thư")
    DECISION = "decision", _("quyết định kèm theo")


class ArchivedFile(AppendOnlyModel):
    """A file in the archive's storage, with the digest of its bytes."""

    report_card = models.ForeignKey(
        ReportCard, on_delete=models.PROTECT, related_name="archived_files"
    )
    kind = models.CharField(_("loại"), max_length=12, choices=FileKind)
    name = models.CharField(_("tên trong kho"), max_length=250)
    digest = models.CharField(max_length=SHA256_HEX_LENGTH)
    size = models.PositiveIntegerField(_("dung lượng"))
    stored_at = models.DateTimeField(default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp lưu trữ")
        verbose_name_plural = _("tệp lưu trữ")
        constraints = [
            models.UniqueConstraint(
                fields=["report_card", "kind", "digest"],
                name="archived_file_once",
                violation_error_message=_("Học bạ đã có tệp này trong kho."),
            ),
            models.CheckConstraint(
                name="archived_file_digest_sha256",
                condition=Q(Exact(Length("digest"), SHA256_HEX_LENGTH)),
                violation_error_message=_("Giá trị băm SHA-256 gồm 64 chữ số thập lục phân."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2]


class CopyKind(models.TextChoices):
    FILE_AGAIN = "file_again", _("cấp lại tệp cho phụ huynh")
    CERTIFIED_COPY = "certified_copy", _("bản sao có xác nhận")
    EXTRACT = "extract", _("bản trích lục")


class CertifiedCopyQuerySet(AppendOnlyQuerySet):
    def for_school(self, school: School) -> "CertifiedCopyQuerySet":
        return self.filter(school=school)

    def of_pupils_matching(self, text: str) -> "CertifiedCopyQuerySet":
        return self.filter(report_card__student__in=Student.objects.matching(text))

    def newest_first(self) -> "CertifiedCopyQuerySet":
        return self.order_by("-number")


class CertifiedCopy(AppendOnlyModel):
    """What was given of a card, to whom and why: a line of the register of copies."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="certified_copies")
    number = models.PositiveIntegerField(_("số trong sổ"))
    report_card = models.ForeignKey(ReportCard, on_delete=models.PROTECT, related_name="copies")
    kind = models.CharField(_("loại"), max_length=14, choices=CopyKind)
    recipient_name = models.CharField(_("người nhận"), max_length=100)
    recipient_identity = models.CharField(_("giấy tờ của người nhận"), max_length=100)
    purpose = models.CharField(_("mục đích"), max_length=250)
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = CertifiedCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản sao đã cấp")
        verbose_name_plural = _("bản sao đã cấp")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "number"],
                name="certified_copy_number_once",
                violation_error_message=_("Số này đã có trong sổ cấp bản sao."),
            ),
            models.CheckConstraint(
                name="certified_copy_says_to_whom_and_why",
                condition=~Q(recipient_name="") & ~Q(purpose="") & ~Q(recipient_identity=""),
                violation_error_message=_("Hãy ghi người nhận, giấy tờ và mục đích."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.recipient_name}"
