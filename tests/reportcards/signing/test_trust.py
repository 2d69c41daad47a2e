"""Whether a certificate is believed: the authority behind it, the moment, its revocation."""

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from reportcards.signing.demo_authority import (
    DemoAuthority,
    Issued,
    Revocation,
    issue,
    make_authority,
    make_crl,
)
from reportcards.signing.holders import Organisation, Person
from reportcards.signing.refusals import Refusal, SigningRefused
from reportcards.signing.revocations import RevocationList
from reportcards.signing.trust import TrustStore, check_certificate
from reportcards.signing_sentences import sentence_of
from tests.reportcards.authorities import IN_SEPTEMBER, SIGNED_AT, People, pem
from tests.reportcards.signing.certificates import issued_by, key_usage, self_signed, subject

DAY = datetime.timedelta(days=1)
HANH = Person("Nguyễn Thị Hạnh", "066175000011")
NAME = subject(COMMON_NAME="Nguyễn Thị Hạnh", USER_ID="CCCD:066175000011")

Check = Callable[..., list[Refusal]]


@pytest.fixture(scope="module")
def trust(demo_authority: DemoAuthority) -> TrustStore:
    return TrustStore.from_pem(pem(*demo_authority.certificates))


@pytest.fixture(scope="module")
def crl(empty_crl: x509.CertificateRevocationList) -> RevocationList:
    return RevocationList(empty_crl)


@pytest.fixture
def check(people: People, trust: TrustStore, crl: RevocationList) -> Check:
    """Checks Ms Hạnh's certificate on the day of signing, or what is said otherwise."""

    def checked(certificate: x509.Certificate | None = None, **changes: object) -> list[Refusal]:
        given = {
            "holder": HANH,
            "trust": trust,
            "crls": [crl],
            "at": SIGNED_AT,
            "accepts_demo": True,
        }
        refusals = check_certificate(
            certificate or people.hanh.certificate,
            **(given | changes),  # type: ignore[arg-type]
        )
        assert all(sentence_of(refusal) for refusal in refusals)
        return list(refusals)

    return checked


def codes(refusals: list[Refusal]) -> list[str]:
    return [refusal.code for refusal in refusals]


def crl_of(
    issuer: Issued, *revoked: Issued, on: datetime.datetime, made_at: datetime.datetime = SIGNED_AT
) -> RevocationList:
    reason = x509.ReasonFlags.key_compromise
    revocations = [Revocation(each.certificate.serial_number, on, reason) for each in revoked]
    return RevocationList(make_crl(issuer, revocations, number=2, at=made_at))


def test_nothing_is_said_against_a_good_certificate(check: Check):
    assert not check()


def test_a_school_seals_with_its_certificate(check: Check, people: People):
    assert not check(people.seal.certificate, holder=Organisation("Trường Tiểu học Kim Đồng"))


def test_refuses_what_is_of_somebody_else(check: Check, people: People):
    assert codes(check(people.ngoc.certificate)) == ["wrong_person"]


def test_refuses_a_certificate_that_has_expired(check: Check, people: People):
    ends = people.hanh.certificate.not_valid_after_utc
    [expired, _stale] = check(at=ends + DAY)
    assert expired == Refusal("expired", {"certified": "Nguyễn Thị Hạnh", "on": ends})
    assert "expired" not in codes(check(at=ends))


def test_refuses_a_certificate_that_is_not_valid_yet(check: Check, people: People):
    begins = people.hanh.certificate.not_valid_before_utc
    assert codes(check(at=begins - DAY)) == ["not_yet_valid"]
    assert not check(at=begins)


def test_what_was_valid_at_signing_is_so_after_it_expired(check: Check, people: People):
    """At the time of signing nothing is said, today it has expired."""
    today = people.hanh.certificate.not_valid_after_utc + DAY
    assert not check(at=SIGNED_AT)
    assert "expired" in codes(check(at=today))


def test_refuses_a_demo_certificate_in_production(check: Check):
    assert codes(check(accepts_demo=False)) == ["demo_in_production"]


def test_refuses_an_authority_as_signer(check: Check, demo_authority: DemoAuthority):
    found = codes(check(demo_authority.issuer.certificate))
    assert found[:2] == ["is_ca", "no_personal_id"]


@pytest.mark.parametrize("extension", [key_usage(key_encipherment=True), None])
def test_refuses_a_certificate_for_another_use(
    check: Check, demo_authority: DemoAuthority, extension: x509.KeyUsage | None
):
    extensions = (extension,) if extension else ()
    certificate = issued_by(demo_authority.issuer, name=NAME, extensions=extensions).certificate
    assert codes(check(certificate)) == ["wrong_usage"]


def test_refuses_an_authority_that_nobody_knows(check: Check):
    stranger = make_authority(at=IN_SEPTEMBER)
    [refusal] = check(issue(stranger, NAME, at=IN_SEPTEMBER).certificate)
    assert refusal.code == "unknown_issuer"
    assert refusal.params["issuer"] == "CHỨNG THƯ THỬ NGHIỆM - Cấp phát"


def test_refuses_a_certificate_that_signed_itself(check: Check):
    certificate = self_signed(name=NAME, extensions=(key_usage(digital_signature=True),))
    assert codes(check(certificate)) == ["unknown_issuer"]


def test_refuses_everybody_where_nobody_is_trusted(check: Check):
    assert codes(check(trust=TrustStore(()))) == ["unknown_issuer"]


def test_an_intermediate_alone_is_not_trusted(check: Check, demo_authority: DemoAuthority):
    only_issuer = TrustStore.from_pem(pem(demo_authority.issuer.certificate))
    assert only_issuer.roots == ()
    assert codes(check(trust=only_issuer)) == ["unknown_issuer"]


def test_the_way_to_the_root_must_be_whole(check: Check, demo_authority: DemoAuthority):
    only_root = TrustStore.from_pem(pem(demo_authority.root.certificate))
    assert codes(check(trust=only_root)) == ["unknown_issuer"]


def test_a_signer_issues_no_certificates(check: Check, people: People, trust: TrustStore):
    certificate = issued_by(
        people.ngoc, name=NAME, extensions=(key_usage(digital_signature=True),)
    ).certificate
    with_ngoc = replace(trust, intermediates=(*trust.intermediates, people.ngoc.certificate))
    assert codes(check(certificate, trust=with_ngoc)) == ["unknown_issuer"]


def test_an_issuing_authority_makes_no_further_one(
    check: Check, demo_authority: DemoAuthority, trust: TrustStore
):
    """The root allows it one step: its path length is 0."""
    further = issued_by(
        demo_authority.issuer,
        name=subject(COMMON_NAME="Cấp phát nữa"),
        extensions=(
            x509.BasicConstraints(ca=True, path_length=None),
            key_usage(key_cert_sign=True),
        ),
    )
    certificate = issued_by(
        further, name=NAME, extensions=(key_usage(digital_signature=True),)
    ).certificate
    longer = replace(trust, intermediates=(*trust.intermediates, further.certificate))
    assert codes(check(certificate, trust=longer)) == ["unknown_issuer"]


def test_refuses_a_certificate_that_outlives_its_authority(
    check: Check, demo_authority: DemoAuthority
):
    ends = demo_authority.issuer.certificate.not_valid_after_utc
    lasting = issue(demo_authority, NAME, at=IN_SEPTEMBER, until=ends + 400 * DAY)
    assert codes(check(lasting.certificate, at=ends - DAY)) == ["crl_stale"]
    assert codes(check(lasting.certificate, at=ends + DAY)) == ["crl_stale", "issuer_expired"]


def test_the_chain_leads_from_the_certificate_to_the_root(
    trust: TrustStore, people: People, demo_authority: DemoAuthority
):
    root, issuer = demo_authority.certificates
    chain = trust.chain(people.hanh.certificate, SIGNED_AT)
    assert chain == (people.hanh.certificate, issuer, root)


def test_the_moment_may_be_said_in_any_zone(trust: TrustStore, people: People):
    begins = people.hanh.certificate.not_valid_before_utc
    in_vietnam = begins.astimezone(SIGNED_AT.tzinfo)
    assert trust.chain(people.hanh.certificate, in_vietnam)
    assert not trust.chain(people.hanh.certificate, in_vietnam - datetime.timedelta(seconds=1))


def test_a_trust_file_sorts_roots_from_intermediates(demo_authority: DemoAuthority):
    root, issuer = demo_authority.certificates
    read = TrustStore.from_pem(b"# demo\n" + pem(issuer, root))
    assert read == TrustStore((root,), (issuer,))


@pytest.mark.parametrize("content", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA"])
def test_refuses_a_trust_file_without_certificates(content: bytes):
    with pytest.raises(SigningRefused, match="trust_unreadable"):
        TrustStore.from_pem(content)


def test_refuses_a_trust_file_in_der(demo_authority: DemoAuthority):
    with pytest.raises(SigningRefused, match="trust_unreadable"):
        TrustStore.from_pem(demo_authority.root.certificate.public_bytes(Encoding.DER))


def test_refuses_a_revoked_certificate(check: Check, demo_authority, people: People):
    revoked_at = SIGNED_AT - DAY
    [refusal] = check(crls=[crl_of(demo_authority.issuer, people.hanh, on=revoked_at)])
    assert refusal == Refusal(
        "revoked",
        {
            "certified": "Nguyễn Thị Hạnh",
            "on": revoked_at,
            "reason": "keyCompromise",
        },
    )


def test_a_revocation_of_somebody_else_says_nothing(check: Check, demo_authority, people: People):
    assert not check(crls=[crl_of(demo_authority.issuer, people.ngoc, on=SIGNED_AT - DAY)])


def test_what_was_signed_before_the_revocation_stays(check: Check, demo_authority, people: People):
    later = SIGNED_AT + 10 * DAY
    crls = [crl_of(demo_authority.issuer, people.hanh, on=later, made_at=later)]
    assert not check(crls=crls)
    assert codes(check(crls=crls, at=later + DAY)) == ["revoked"]


def test_the_earliest_revocation_counts(check: Check, demo_authority, people: People):
    crls = [
        crl_of(demo_authority.issuer, people.hanh, on=SIGNED_AT - days * DAY) for days in (1, 3, 2)
    ]
    [refusal] = check(crls=crls)
    assert refusal.params["on"] == SIGNED_AT - 3 * DAY


def test_a_list_of_another_authority_revokes_nothing(check: Check, crl, people: People):
    stranger = make_authority(at=IN_SEPTEMBER)
    forged = crl_of(stranger.issuer, people.hanh, on=SIGNED_AT - DAY)
    assert not check(crls=[crl, forged])
    assert codes(check(crls=[forged])) == ["crl_missing"]


def test_refuses_every_certificate_of_a_revoked_authority(
    check: Check, crl: RevocationList, demo_authority: DemoAuthority
):
    of_root = crl_of(demo_authority.root, demo_authority.issuer, on=SIGNED_AT - DAY)
    [refusal] = check(crls=[crl, of_root])
    assert refusal.code == "issuer_revoked"
    assert refusal.params["certified"] == "CHỨNG THƯ THỬ NGHIỆM - Cấp phát"


def test_warns_where_no_list_tells(check: Check):
    [warning] = check(crls=[])
    params = {"issuer": "CHỨNG THƯ THỬ NGHIỆM - Cấp phát"}
    assert warning == Refusal("crl_missing", params, is_warning=True)


def test_warns_where_the_newest_list_is_out_of_date(check: Check, crl: RevocationList):
    [warning] = check(at=SIGNED_AT + 60 * DAY)
    assert warning.code == "crl_stale"
    assert warning.is_warning
    assert warning.params["on"] == crl.this_update


@pytest.mark.parametrize(("crls", "code"), [([], "crl_missing"), (None, "crl_stale")])
def test_refuses_instead_of_warning_where_the_policy_says_so(check: Check, crl, crls, code: str):
    [refusal] = check(
        crls=[crl] if crls is None else crls, at=SIGNED_AT + 60 * DAY, requires_crl=True
    )
    assert refusal.code == code
    assert not refusal.is_warning


def test_a_list_without_an_end_does_not_age(check: Check, crl: RevocationList):
    crl = RevocationList(crl.crl)
    crl.next_update = None
    assert not check(crls=[crl], at=SIGNED_AT + 60 * DAY)


def test_a_list_from_after_the_expiry_does_not_tell_of_the_certificate(
    check: Check, demo_authority: DemoAuthority, people: People
):
    """The authority may have dropped it by then."""
    made_at = people.hanh.certificate.not_valid_after_utc + DAY
    late = RevocationList(make_crl(demo_authority.issuer, number=9, at=made_at))
    assert codes(check(crls=[late])) == ["crl_stale"]


def test_several_things_are_said_at_once(check: Check, demo_authority, people: People):
    crls = [crl_of(demo_authority.issuer, people.ngoc, on=SIGNED_AT - DAY)]
    found = check(people.ngoc.certificate, crls=crls, accepts_demo=False)
    assert codes(found) == ["demo_in_production", "wrong_person", "revoked"]
