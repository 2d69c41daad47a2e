"""Whether a registered certificate may sign: the trust file, the newest CRL, the register."""

import datetime
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from reportcards.certificates.errors import TrustFileMissing
from reportcards.errors import CertificateNotUsable
from reportcards.models import RevocationList, SigningCertificate, SlotKey
from reportcards.signing.certificates import read_certificate
from reportcards.signing.refusals import Refusal
from reportcards.signing.trust import TrustStore, check_certificate
from reportcards.signing_sentences import sentence_of


def trust_store() -> TrustStore:
    """Of SIGNING_TRUST_FILE; read again when the file has changed."""
    path = Path(settings.SIGNING_TRUST_FILE)
    try:
        changed_at = path.stat().st_mtime_ns
    except OSError:
        raise TrustFileMissing from None
    return _read_trust_file(path, changed_at)


@lru_cache(maxsize=1)
def _read_trust_file(path: Path, changed_at: int) -> TrustStore:
    return TrustStore.from_pem(path.read_bytes())
