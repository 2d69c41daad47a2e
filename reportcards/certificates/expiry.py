"""Certificates that end soon: a new one takes weeks to come."""

import datetime
from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from reportcards.certificates.permissions import user_can_register_seal
from reportcards.models import SigningCertificate
from schools.models import StaffMember

WARNED_BEFORE = datetime.timedelta(days=30)


def ends_soon(certificate: SigningCertificate, at: datetime.datetime) -> bool:
    return at <= certificate.valid_until <= at + WARNED_BEFORE


def expiry_sentence(certificate: SigningCertificate) -> str:
    day = {"day": date_format(localtime(certificate.valid_until))}
    if certificate.is_seal:
        return (
            _(
                "Chứng thư của dấu trường hết hạn ngày %(day)s. Hãy xin cấp chứng thư mới, đăng ký "
                "và xin Sở phê duyệt trước ngày ấy."
            )
            % day
        )
    return (
        _(
            "Chứng thư số của thầy/cô hết hạn ngày %(day)s. Hãy xin cấp chứng thư mới "
            "và đăng ký trước ngày ấy."
        )
        % day
    )


def certificates_ending_soon(staff: StaffMember) -> Sequence[SigningCertificate]:
    """Her own, and the seal's for its keeper; those that a later one follows are left out."""
    now = timezone.now()
    mine = Q(staff_member=staff)
    if user_can_register_seal(staff):
        mine |= Q(staff_member__isnull=True)
    rows = SigningCertificate.objects.for_school(staff.school).in_use().filter(mine)
    last_of_each = {row.is_seal: row for row in rows.order_by("valid_until")}
    return [row for row in last_of_each.values() if ends_soon(row, now)]
