from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.models import AppendOnlyModel, AppendOnlyQuerySet
from reportcards.models.cards import ReportCard
from reportcards.models.certificates import RevocationList, SigningCertificate
from schools.models import StaffMember


class SlotKey(models.TextChoices):
    """The slots of the XML, in the order in which they are signed."""

    HOMEROOM = "homeroom", _("giáo viên chủ nhiệm")
    LEADER = "leader", _("cán bộ quản lý")
    SEAL = "seal", _("dấu của trường")


class DigitalSignatureQuerySet(AppendOnlyQuerySet):
    def without_documents(self) -> "DigitalSignatureQuerySet":
        """They are large: `signs_pdf` says of each whether it stands in the PDF as well."""
        signs_pdf = ExpressionWrapper(~Q(pdf_update=b""), output_field=BooleanField())
        return self.annotate(signs_pdf=signs_pdf).defer("document", "pdf_update")


class DigitalSignature(AppendOnlyModel):
    """A signature in its slot, of the XML and of the PDF in one act.

    `document` is the card's XML with it and those before it. `pdf_update` is what it appends to
    the card's PDF: the rendering and the updates in order are the signed file, byte for byte.
    """

    report_card = models.ForeignKey(ReportCard, on_delete=models.PROTECT, related_name="signatures")
    slot = models.CharField(_("ô ký"), max_length=10, choices=SlotKey)
    certificate = models.ForeignKey(
        SigningCertificate, on_delete=models.PROTECT, related_name="signatures"
    )
    signer = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="digital_signatures"
    )
    signed_at = models.DateTimeField(default=timezone.now)
    revocation_list = models.ForeignKey(
        RevocationList, null=True, on_delete=models.PROTECT, related_name="signatures"
    )
    document = models.TextField()
    pdf_update = models.BinaryField(default=b"")
    signs_pdf: bool  # of those that come `without_documents`

    objects = DigitalSignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("chữ ký số")
        verbose_name_plural = _("chữ ký số")
        constraints = [
            models.UniqueConstraint(
                fields=["report_card", "slot"],
                name="digital_signature_one_a_slot",
                violation_error_message=_("Ô này của học bạ đã có chữ ký."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_card_id} {self.slot}"
