from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.sign_off import SHA256_HEX_LENGTH
from audit.models import AppendOnlyModel, AppendOnlyQuerySet, FrozenModel, FrozenQuerySet
from schools.constraints import both_or_neither
from schools.models import School, StaffMember


class KeyPlace(models.TextChoices):
    """Where the private key lies."""

    PKCS12 = "pkcs12", _("tệp PKCS#12 (.p12, .pfx)")
    PKCS11 = "pkcs11", _("USB token hoặc HSM")
    REMOTE = "remote", _("ký từ xa hoặc dịch vụ ký trên máy")


class SigningCertificateQuerySet(FrozenQuerySet):
    def for_school(self, school: School) -> "SigningCertificateQuerySet":
        return self.filter(school=school)

    def of_staff(self, staff: StaffMember) -> "SigningCertificateQuerySet":
        return self.filter(staff_member=staff)

    def of_seal(self) -> "SigningCertificateQuerySet":
        return self.filter(staff_member__isnull=True)

    def in_use(self) -> "SigningCertificateQuerySet":
        return self.filter(ended_at__isnull=True)


class SigningCertificate(FrozenModel):
    """A certificate of a staff member, or, without one, of the school: its seal."""

    living_fields: ClassVar[tuple[str, ...]] = (
        "approved_on",
        "approval_reference",
        "approved_at",
        "approved_by",
        "ended_at",
        "ended_by",
    )

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="signing_certificates"
    )
    staff_member = models.ForeignKey(
        StaffMember,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="signing_certificates",
    )
    key_place = models.CharField(_("nơi giữ khóa"), max_length=10, choices=KeyPlace)
    key_label = models.CharField(_("nhãn khóa trên token"), max_length=100, blank=True)
    pem = models.TextField()
    chain_pem = models.TextField(blank=True)
    subject_name = models.CharField(_("chủ thể"), max_length=500)
    issuer_name = models.CharField(_("nơi cấp"), max_length=500)
    serial_number = models.CharField(_("số sê-ri"), max_length=64)
    personal_id = models.CharField(_("số định danh trong chứng thư"), max_length=20, blank=True)
    valid_from = models.DateTimeField(_("hiệu lực từ"))
    valid_until = models.DateTimeField(_("hiệu lực đến"))
    fingerprint = models.CharField(_("vân tay SHA-256"), max_length=SHA256_HEX_LENGTH)
    is_demo = models.BooleanField(_("chứng thư thử nghiệm"), default=False)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    approved_on = models.DateField(_("ngày Sở phê duyệt"), null=True, blank=True)
    approval_reference = models.CharField(_("văn bản phê duyệt"), max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SigningCertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("chứng thư số")
        verbose_name_plural = _("chứng thư số")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "fingerprint"],
                condition=Q(ended_at__isnull=True),
                name="signing_certificate_registered_once",
                violation_error_message=_("Chứng thư này đã được đăng ký ở trường."),
            ),
            models.CheckConstraint(
                name="signing_certificate_fingerprint_sha256",
                condition=Q(Exact(Length("fingerprint"), SHA256_HEX_LENGTH)),
                violation_error_message=_("Vân tay SHA-256 gồm 64 chữ số thập lục phân."),
            ),
            models.CheckConstraint(
                name="signing_certificate_validity_in_order",
                condition=Q(valid_until__gt=F("valid_from")),
                violation_error_message=_("Chứng thư phải hết hiệu lực sau khi có hiệu lực."),
            ),
            models.CheckConstraint(
                name="signing_certificate_approved_at_and_by",
                condition=both_or_neither("approved_at", "approved_by"),
                violation_error_message=_("Việc ghi nhận phê duyệt phải có người và thời điểm."),
            ),
            models.CheckConstraint(
                name="signing_certificate_approval_is_whole",
                condition=Q(
                    approved_on__isnull=True, approved_at__isnull=True, approval_reference=""
                )
                | (
                    Q(approved_on__isnull=False, approved_at__isnull=False)
                    & ~Q(approval_reference="")
                ),
                violation_error_message=_("Phê duyệt của Sở ghi cả ngày và số văn bản."),
            ),
            models.CheckConstraint(
                name="signing_certificate_ended_at_and_by",
                condition=both_or_neither("ended_at", "ended_by"),
                violation_error_message=_("Việc ngừng dùng phải ghi cả người và thời điểm."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject_name

    @property
    def is_seal(self) -> bool:
        return self.staff_member_id is None

    @property
    def is_approved(self) -> bool:
        return self.approved_on is not None


class StoredKey(models.Model):
    """A PKCS#12 file: its owner's passphrase opens it, and the server's key seals it besides."""

    certificate = models.OneToOneField(
        SigningCertificate, on_delete=models.PROTECT, related_name="stored_key"
    )
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("tệp khóa được cất giữ")
        verbose_name_plural = _("tệp khóa được cất giữ")

    def __str__(self) -> str:
        return str(self.certificate_id)


class RevocationListQuerySet(AppendOnlyQuerySet):
    def newest_first(self) -> "RevocationListQuerySet":
        return self.order_by("-this_update", "-pk")


class RevocationList(AppendOnlyModel):
    """A CRL as it was received; signatures name the one that they were checked against."""

    issuer_name = models.CharField(_("nơi cấp"), max_length=500)
    this_update = models.DateTimeField(_("lập lúc"))
    next_update = models.DateTimeField(_("lần tới"), null=True)
    content = models.BinaryField()
    digest = models.CharField(max_length=SHA256_HEX_LENGTH, unique=True)
    received_at = models.DateTimeField(default=timezone.now)

    objects = RevocationListQuerySet.as_manager()

    class Meta:
        verbose_name = _("danh sách thu hồi chứng thư")
        verbose_name_plural = _("danh sách thu hồi chứng thư")
        indexes = [models.Index(fields=["issuer_name", "this_update"])]

    def __str__(self) -> str:
        return f"{self.issuer_name} {self.this_update:%d/%m/%Y}"
