"""What the pages about certificates show: whose, until when, and what is wrong today."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from audit.errors import DomainError
from reportcards.certificates.expiry import ends_soon, expiry_sentence
from reportcards.models import KeyPlace, SigningCertificate, SlotKey
from reportcards.models.certificates import SigningCertificateQuerySet
from reportcards.signing.certificates import (
    CertificateDescription,
    common_name,
    describe,
    read_certificate,
)
from reportcards.trusted import KnownLists, reasons_against
from schools.models import School, StaffMember


@dataclass(frozen=True)
class ShownCertificate:
    """`reasons` say why it signs nothing today; `status` is that of a status tag."""

    row: SigningCertificate
    description: CertificateDescription
    issuer: str
    reasons: tuple[str, ...]
    status: str

    @property
    def warning(self) -> str:
        return expiry_sentence(self.row) if self.status == "expiring" else ""

    @property
    def name(self) -> str:
        return self.description.common_name or self.description.subject

    @property
    def key_place(self) -> str:
        place = str(KeyPlace(self.row.key_place).label)
        if not self.row.key_label:
            return place
        return _("%(place)s, khóa “%(label)s”") % {"place": place, "label": self.row.key_label}

    @property
    def summary(self) -> list[dict[str, str]]:
        """What a list shows of it."""
        return [
            {"term": _("Nơi cấp"), "value": self.issuer},
            {"term": _("Hiệu lực"), "value": self.validity},
            {"term": _("Nơi giữ khóa"), "value": self.key_place},
            *([{"term": _("Sở phê duyệt"), "value": self.approval}] if self.row.is_seal else []),
        ]

    @property
    def validity(self) -> str:
        return _("từ %(first)s đến %(last)s") % {
            "first": date_format(localtime(self.row.valid_from)),
            "last": date_format(localtime(self.row.valid_until)),
        }

    @property
    def approval(self) -> str:
        if self.row.approved_on is None:
            return _("chưa ghi nhận")
        return _("ngày %(day)s, %(reference)s") % {
            "day": date_format(self.row.approved_on),
            "reference": self.row.approval_reference,
        }

    @property
    def particulars(self) -> list[dict[str, str]]:
        """Everything, for who compares it with the authority's or the department's letter."""
        described = self.description
        return [
            *self.summary,
            {"term": _("Chủ thể"), "value": described.subject},
            {"term": _("Số định danh trong chứng thư"), "value": described.personal_id or ""},
            {"term": _("Số sê-ri"), "value": described.serial},
            {"term": _("Loại khóa"), "value": described.algorithm},
            {"term": _("Vân tay SHA-256"), "value": described.fingerprint},
            {"term": _("Đăng ký"), "value": _act(self.row.added_at, self.row.added_by.full_name)},
            *self._end,
        ]

    @property
    def _end(self) -> list[dict[str, str]]:
        if self.row.ended_at is None or self.row.ended_by is None:
            return []
        ended = _act(self.row.ended_at, self.row.ended_by.full_name)
        return [{"term": _("Ngừng dùng"), "value": ended}]


def own_certificates(staff: StaffMember) -> list[ShownCertificate]:
    return shown(certificates_of(staff.school).of_staff(staff))


def certificates_of(school: School) -> SigningCertificateQuerySet:
    rows: SigningCertificateQuerySet = SigningCertificate.objects.for_school(school)
    return rows.select_related(
        "staff_member", "school", "added_by", "approved_by", "ended_by"
    ).order_by("-added_at", "-pk")


def shown(rows: Iterable[SigningCertificate]) -> list[ShownCertificate]:
    """Those in use first."""
    now, lists = timezone.now(), KnownLists()
    return sorted((show(row, now, lists) for row in rows), key=lambda each: each.status == "ended")


def show(
    row: SigningCertificate, at: datetime.datetime, lists: KnownLists | None = None
) -> ShownCertificate:
    read = read_certificate(row.pem.encode())
    reasons = () if row.ended_at else _reasons(row, at, lists)
    issuer = common_name(read.issuer) or row.issuer_name
    return ShownCertificate(row, describe(read), issuer, reasons, _status(row, reasons, at))


def _reasons(
    row: SigningCertificate, at: datetime.datetime, lists: KnownLists | None
) -> tuple[str, ...]:
    """Its owner is told also when nothing can be judged: the trust file is missing."""
    slot = SlotKey.SEAL if row.is_seal else SlotKey.LEADER
    try:
        return tuple(reasons_against(row, slot=slot, at=at, lists=lists))
    except DomainError as error:
        return (str(error.message),)


def _status(row: SigningCertificate, reasons: tuple[str, ...], at: datetime.datetime) -> str:
    if row.ended_at is not None:
        return "ended"
    if row.is_seal and not row.is_approved and at <= row.valid_until:
        return "unapproved"
    if reasons:
        return "unusable"
    return "expiring" if ends_soon(row, at) else "usable"


def _act(at: datetime.datetime, by: str) -> str:
    return _("%(at)s, %(by)s") % {"at": date_format(localtime(at), "H:i d/m/Y"), "by": by}
