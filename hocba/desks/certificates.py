"""Signing certificates that end within a month, on their holders' desks."""

from dataclasses import dataclass

from django.urls import reverse

from reportcards.certificates.expiry import certificates_ending_soon, expiry_sentence
from schools.models import StaffMember


@dataclass(frozen=True)
class ExpiringCertificate:
    sentence: str
    url: str


def expiring_certificates(staff: StaffMember) -> list[ExpiringCertificate]:
    return [
        ExpiringCertificate(
            expiry_sentence(row),
            reverse("certificate_register" if row.is_seal else "my_certificates"),
        )
        for row in certificates_ending_soon(staff)
    ]
