"""Whether a registered certificate may sign: by the trust file, the newest CRLs, the register."""

import datetime
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from reportcards.certificates.errors import TrustFileUnreadable
from reportcards.errors import CertificateNotUsable
from reportcards.models import RevocationList, SigningCertificate, SlotKey
from reportcards.signing.certificates import common_name, read_certificate, written_name
from reportcards.signing.holders import Holder, Organisation, Person
from reportcards.signing.refusals import Refusal, SigningRefused
from reportcards.signing.revocations import RevocationList as ReadList
from reportcards.signing.trust import Chain, TrustStore, check_certificate
from reportcards.signing_sentences import sentence_of
from schools.models import StaffMember

# Of one issuer: an authority may renew its key under the same name, or split its list.
LISTS_LOOKED_AT = 20


def trust_store() -> TrustStore:
    """The authorities of SIGNING_TRUST_FILE, read again when the file has changed."""
    path = Path(settings.SIGNING_TRUST_FILE)
    try:
        return _read_trust_file(path, path.stat().st_mtime_ns)
    except (OSError, SigningRefused):
        raise TrustFileUnreadable from None


class KnownLists:
    """The revocation lists that are here; of one issuer they are asked for once."""

    def __init__(self) -> None:
        self._by_issuer: dict[str, list[RevocationList]] = {}

    def newest(self, chain: Chain) -> Iterator[RevocationList]:
        """For each member of the chain what its issuer said last."""
        for member, issuer in pairwise(chain):
            for row in self._of(written_name(issuer.subject)):
                crl = read_list(row.digest)
                if crl.speaks_of(member) and crl.is_signed_by(issuer):
                    yield row
                    break

    def _of(self, issuer_name: str) -> list[RevocationList]:
        if issuer_name not in self._by_issuer:
            rows = RevocationList.objects.filter(issuer_name=issuer_name).newest_first()
            self._by_issuer[issuer_name] = list(rows.defer("content")[:LISTS_LOOKED_AT])
        return self._by_issuer[issuer_name]


def newest_lists() -> tuple[ReadList, ...]:
    """Of each issuer what it said last, for whoever verifies what anybody signed."""
    newest: dict[str, str] = {}
    for issuer_name, digest in RevocationList.objects.newest_first().values_list(
        "issuer_name", "digest"
    ):
        newest.setdefault(issuer_name, digest)
    return tuple(read_list(digest) for digest in newest.values())


def refusals_of(
    certificate: SigningCertificate,
    *,
    at: datetime.datetime,
    holder: Holder | None = None,
    lists: KnownLists | None = None,
) -> tuple[Refusal, ...]:
    """What the certificate itself, its issuers and their CRLs say against it, and warnings.

    holder: whose it has to be, where that is not what the register says.
    """
    read = _read(certificate)
    trust = trust_store()
    return check_certificate(
        read,
        holder=holder or holder_of(certificate),
        trust=trust,
        crls=[
            read_list(row.digest) for row in (lists or KnownLists()).newest(_chain_of(read, trust))
        ],
        at=at,
        accepts_demo=not settings.IS_PRODUCTION,
    )


def newest_revocation_list(certificate: SigningCertificate) -> RevocationList | None:
    """The list that tells today whether the certificate is revoked."""
    chain = _chain_of(_read(certificate), trust_store())
    return next(KnownLists().newest(chain[:2]), None)


def issuers_of(certificate: SigningCertificate) -> tuple[x509.Certificate, ...]:
    """From who issued it to the root, whether it came as a file with a chain or without."""
    return tuple(_chain_of(_read(certificate), trust_store())[1:])


def holder_of(certificate: SigningCertificate) -> Holder:
    """What the department has approved may bear the school's name in another spelling."""
    staff = certificate.staff_member
    if staff is not None:
        return Person(staff.full_name, staff.personal_id or "")
    return _school(certificate, is_name_approved=certificate.is_approved)


def check_can_be_registered(certificate: SigningCertificate, *, at: datetime.datetime) -> None:
    """As for signing; how a seal's certificate spells the school's name, its approval settles."""
    staff = certificate.staff_member
    if staff is not None and not staff.personal_id:
        raise CertificateNotUsable(_no_personal_id(staff))
    holder = _school(certificate, is_name_approved=True) if certificate.is_seal else None
    for refusal in refusals_of(certificate, at=at, holder=holder):
        if not refusal.is_warning:
            raise CertificateNotUsable(sentence_of(refusal))


def reasons_against(
    certificate: SigningCertificate,
    *,
    slot: str,
    at: datetime.datetime,
    lists: KnownLists | None = None,
) -> list[str]:
    """Sentences; none: it may sign in that slot at that moment."""
    told = [*_register_reasons(certificate, slot)]
    refusals = refusals_of(certificate, at=at, lists=lists)
    return told + [sentence_of(refusal) for refusal in refusals if not refusal.is_warning]


def check_certificate_usable(
    certificate: SigningCertificate, *, slot: str, at: datetime.datetime
) -> None:
    for reason in reasons_against(certificate, slot=slot, at=at):
        raise CertificateNotUsable(reason)


def _register_reasons(certificate: SigningCertificate, slot: str) -> Iterator[str]:
    staff = certificate.staff_member
    if certificate.ended_at is not None:
        day = date_format(localtime(certificate.ended_at))
        yield _("Chứng thư này đã ngừng dùng từ ngày %(day)s. Hãy chọn chứng thư khác.") % {
            "day": day
        }
    if certificate.is_seal != (slot == SlotKey.SEAL):
        yield _("Dấu của trường đóng bằng chứng thư của trường, người ký bằng chứng thư của mình.")
    if staff is not None and not staff.personal_id:
        yield _no_personal_id(staff)
    if certificate.is_seal and not certificate.is_approved:
        yield _(
            "Sở chưa phê duyệt chứng thư này của trường nên chưa phát hành học bạ được. "
            "Khi có văn bản phê duyệt, hãy ghi vào sổ chứng thư số."
        )


def _no_personal_id(staff: StaffMember) -> str:
    return _(
        "Hồ sơ của %(name)s chưa có số định danh cá nhân nên không đối chiếu được với chứng thư. "
        "Hãy nhờ quản trị ghi số định danh ở trang nhân sự."
    ) % {"name": staff.full_name}


def _school(certificate: SigningCertificate, *, is_name_approved: bool) -> Organisation:
    names = (common_name(_read(certificate).subject),) if is_name_approved else ()
    school = certificate.school
    return Organisation(school.name, other_names=names, codes=(school.ministry_code,))


def _chain_of(read: x509.Certificate, trust: TrustStore) -> Chain:
    return _issued_chain(read, trust) or trust.chain(read, timezone.now())


@lru_cache(maxsize=256)
def _issued_chain(read: x509.Certificate, trust: TrustStore) -> Chain:
    """An issuer that has expired meanwhile still has its lists."""
    return trust.chain(read, read.not_valid_before_utc)


def _read(certificate: SigningCertificate) -> x509.Certificate:
    return _read_pem(certificate.pem)


@lru_cache(maxsize=256)
def _read_pem(pem: str) -> x509.Certificate:
    return read_certificate(pem.encode())


@lru_cache(maxsize=32)
def read_list(digest: str) -> ReadList:
    """Of a large authority it takes long, so it is kept."""
    return ReadList.read(bytes(RevocationList.objects.get(digest=digest).content))


@lru_cache(maxsize=1)
def _read_trust_file(path: Path, changed_at: int) -> TrustStore:
    return TrustStore.from_pem(path.read_bytes())
