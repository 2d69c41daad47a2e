"""On what the signatures of archived cards are verified: what the installation knows by now."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from django.conf import settings

from reportcards.models import RevocationList, SigningCertificate
from reportcards.signing.certificates import common_name, read_certificate
from reportcards.signing.revocations import RevocationList as ReadList
from reportcards.trusted import LISTS_LOOKED_AT, trust_store
from reportcards.verify import Grounds
from schools.models import School


def grounds_at(at: datetime.datetime) -> Grounds:
    """Of any school: the authorities and their newest lists."""
    return Grounds(
        trust=trust_store(),
        at=at,
        crls=tuple(_newest_lists()),
        accepts_demo=not settings.IS_PRODUCTION,
    )


def grounds_of(school: School, known: Grounds) -> Grounds:
    """With the names by which the school's seals call it, as the department approved them."""
    seals = (
        SigningCertificate.objects.for_school(school).of_seal().filter(approved_on__isnull=False)
    )
    names = {common_name(read_certificate(row.pem.encode()).subject) for row in seals}
    return replace(known, school_names=tuple(sorted(names)))


def _newest_lists() -> Iterator[ReadList]:
    issuers = RevocationList.objects.order_by().values_list("issuer_name", flat=True).distinct()
    for issuer in sorted(issuers):
        newest = RevocationList.objects.filter(issuer_name=issuer).newest_first()
        yield from (ReadList.read(bytes(row.content)) for row in newest[:LISTS_LOOKED_AT])
