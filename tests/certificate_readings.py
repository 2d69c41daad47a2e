"""Pages of signing certificates that are read in English, and what was arranged before."""

import datetime

from django.urls import reverse

from reportcards.actions.certificates import end_certificate, record_certificate_approval
from reportcards.models import SigningCertificate
from tests.cast import Cast
from tests.certificate_pages import a_certificate, the_seal
from tests.english_readings import Address, Reading, at, named


def a_row(cast: Cast) -> SigningCertificate:
    return SigningCertificate.objects.get(pk=a_certificate(cast)["pk"])


def hers_and_one_that_has_ended(cast: Cast) -> None:
    end_certificate(certificate=a_row(cast), by=cast.ngoc)
    a_row(cast)


def a_seal_and_hers(cast: Cast) -> None:
    seal = SigningCertificate.objects.get(pk=the_seal(cast)["pk"])
    record_certificate_approval(
        certificate=seal,
        approved_on=datetime.date(2026, 12, 20),
        reference="123/SGDĐT",
        by=cast.van,
    )
    a_row(cast)


def of_certificate(name: str) -> Address:
    return named(name, lambda cast: reverse(name, args=[SigningCertificate.objects.last().pk]))


def by(name: str, key_place: str) -> Address:
    return named(f"{name}_{key_place}", lambda cast: reverse(name, args=[key_place]))


CERTIFICATE_READINGS = [
    Reading("ngoc", at("my_certificates")),
    Reading("ngoc", at("my_certificates"), hers_and_one_that_has_ended),
    Reading("van", at("my_certificates")),
    Reading("ngoc", by("new_certificate", "pkcs12")),
    Reading("ngoc", by("new_certificate", "pkcs11")),
    Reading("ngoc", by("new_certificate", "remote")),
    Reading("van", by("new_seal_certificate", "pkcs12")),
    Reading("van", at("certificate_register")),
    Reading("van", at("certificate_register"), a_seal_and_hers),
    Reading("hanh", at("certificate_register"), hers_and_one_that_has_ended),
    Reading("van", at("new_revocation_list")),
    Reading("ngoc", of_certificate("certificate"), hers_and_one_that_has_ended),
    Reading("van", of_certificate("certificate_approval"), a_seal_and_hers),
    Reading("ngoc", of_certificate("certificate_end"), hers_and_one_that_has_ended),
]
