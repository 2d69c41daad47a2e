"""Whether a registered certificate may sign in a slot at a moment."""

import datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from reportcards.actions.certificates import (
    end_certificate,
    record_certificate_approval,
    register_remote_certificate,
)
from reportcards.actions.revocation_lists import receive_revocation_list
from reportcards.certificates.errors import TrustFileUnreadable
from reportcards.errors import CertificateNotUsable
from reportcards.models import RevocationList, SigningCertificate, SlotKey
from reportcards.signing.demo_authority import Revocation, issue, make_authority, make_crl
from reportcards.trusted import (
    check_certificate_usable,
    newest_revocation_list,
    reasons_against,
    refusals_of,
    trust_store,
)
from tests.cast import NOW
from tests.reportcards.authorities import IN_SEPTEMBER, pem
from tests.reportcards.certificates.holders import (
    DAY,
    as_der,
    crl_of,
    of_person,
    registered_remotely,
    registered_seal,
)
from tests.reportcards.signing.certificates import subject

pytestmark = pytest.mark.usefixtures("trusted_demo")

IN_2030 = datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)


def approved(row, by):
    return record_certificate_approval(
        certificate=row, approved_on=datetime.date(2026, 12, 20), reference="123/SGDĐT", by=by
    )


def codes(row, at=NOW):
    return [refusal.code for refusal in refusals_of(row, at=at)]


@pytest.mark.parametrize("slot", [SlotKey.HOMEROOM, SlotKey.LEADER])
def test_a_persons_certificate_signs_in_a_persons_slot(cast, demo_authority, slot):
    check_certificate_usable(registered_remotely(cast, demo_authority), slot=slot, at=NOW)


def test_a_persons_certificate_is_no_seal(cast, demo_authority):
    row = registered_remotely(cast, demo_authority, "van")
    with pytest.raises(CertificateNotUsable, match="chứng thư của trường"):
        check_certificate_usable(row, slot=SlotKey.SEAL, at=NOW)


def test_the_seal_signs_for_nobody(cast, demo_authority):
    row = approved(registered_seal(cast, demo_authority), cast.van)
    with pytest.raises(CertificateNotUsable, match="chứng thư của trường"):
        check_certificate_usable(row, slot=SlotKey.LEADER, at=NOW)


def test_nothing_is_sealed_before_the_department_approves(cast, demo_authority):
    row = registered_seal(cast, demo_authority)
    with pytest.raises(CertificateNotUsable, match="Sở chưa phê duyệt"):
        check_certificate_usable(row, slot=SlotKey.SEAL, at=NOW)
    check_certificate_usable(approved(row, cast.van), slot=SlotKey.SEAL, at=NOW)


def test_a_seal_with_another_spelling_seals_once_it_is_approved(cast, demo_authority):
    issued = issue(demo_authority, subject(COMMON_NAME="TRƯỜNG TH KIM ĐỒNG"), at=IN_SEPTEMBER)
    row = register_remote_certificate(certificate=as_der(issued), owner=None, by=cast.van)
    assert any("TRƯỜNG TH KIM ĐỒNG" in reason for reason in seal_reasons(row))
    assert seal_reasons(approved(row, cast.van)) == []


def seal_reasons(row):
    return reasons_against(row, slot=SlotKey.SEAL, at=NOW)


def test_what_has_ended_signs_nothing(cast, demo_authority):
    row = end_certificate(certificate=registered_remotely(cast, demo_authority), by=cast.ngoc)
    with pytest.raises(CertificateNotUsable, match="ngừng dùng từ ngày 05/01/2027"):
        check_certificate_usable(row, slot=SlotKey.HOMEROOM, at=NOW)


def test_refuses_what_has_expired_since(cast, demo_authority):
    row = registered_remotely(cast, demo_authority)
    with pytest.raises(CertificateNotUsable, match="đã hết hạn"):
        check_certificate_usable(row, slot=SlotKey.HOMEROOM, at=IN_2030)


def test_refuses_what_was_revoked_since(cast, demo_authority):
    issued = of_person(demo_authority, cast.ngoc)
    row = registered_remotely(cast, demo_authority, issued=issued)
    receive_revocation_list(content=crl_of(demo_authority, issued), by=cast.van)
    with pytest.raises(CertificateNotUsable, match="đã bị thu hồi ngày 02/01/2027"):
        check_certificate_usable(row, slot=SlotKey.HOMEROOM, at=NOW)


def test_before_its_revocation_a_certificate_was_good(cast, demo_authority):
    issued = of_person(demo_authority, cast.ngoc)
    row = registered_remotely(cast, demo_authority, issued=issued)
    receive_revocation_list(content=crl_of(demo_authority, issued), by=cast.van)
    assert "revoked" not in codes(row, at=NOW - 10 * DAY)


def test_what_an_older_list_held_back_and_the_newest_lets_go_is_good(cast, demo_authority):
    issued = of_person(demo_authority, cast.ngoc)
    row = registered_remotely(cast, demo_authority, issued=issued)
    held = crl_of(demo_authority, issued, at=NOW - 2 * DAY)
    receive_revocation_list(content=held, by=cast.van)
    assert codes(row) == ["revoked"]
    receive_revocation_list(content=crl_of(demo_authority, number=2), by=cast.van)
    assert codes(row) == []


def test_an_older_list_that_comes_later_changes_nothing(cast, demo_authority):
    issued = of_person(demo_authority, cast.ngoc)
    row = registered_remotely(cast, demo_authority, issued=issued)
    receive_revocation_list(content=crl_of(demo_authority, issued, number=2), by=cast.van)
    older = crl_of(demo_authority, at=NOW - 9 * DAY)
    receive_revocation_list(content=older, by=cast.van)
    assert codes(row) == ["revoked"]


def test_a_missing_or_old_list_is_a_warning(cast, demo_authority):
    row = registered_remotely(cast, demo_authority)
    assert codes(row) == ["crl_missing"]
    receive_revocation_list(content=crl_of(demo_authority, at=NOW - 40 * DAY), by=cast.van)
    assert codes(row) == ["crl_stale"]
    assert reasons_against(row, slot=SlotKey.HOMEROOM, at=NOW) == []


def test_a_revoked_issuer_takes_its_certificates_along(cast, demo_authority):
    row = registered_remotely(cast, demo_authority)
    revocation = Revocation(demo_authority.issuer.certificate.serial_number, NOW - DAY)
    crl = make_crl(demo_authority.root, [revocation], number=1, at=NOW - DAY)
    receive_revocation_list(content=pem_of(crl), by=cast.van)
    assert "issuer_revoked" in codes(row)


def pem_of(crl):
    return crl.public_bytes(Encoding.PEM)


def test_an_authority_that_renewed_its_key_under_its_name_confuses_nobody(
    cast, demo_authority, settings, tmp_path
):
    """The newest list of that name is of the other key: the one that fits is looked for."""
    renewed = make_authority(at=IN_SEPTEMBER)
    path = tmp_path / "both.pem"
    path.write_bytes(pem(*demo_authority.certificates, *renewed.certificates))
    settings.SIGNING_TRUST_FILE = str(path)
    mine, other = of_person(demo_authority, cast.ngoc), of_person(renewed, cast.ngoc)
    rows = [registered_remotely(cast, demo_authority, issued=issued) for issued in (mine, other)]
    receive_revocation_list(content=crl_of(demo_authority, mine, at=NOW - 2 * DAY), by=cast.van)
    receive_revocation_list(content=crl_of(renewed, at=NOW - DAY), by=cast.van)
    assert [codes(row) for row in rows] == [["revoked"], []]


def test_a_teacher_who_lost_her_personal_id_is_told_so(cast, demo_authority):
    row = registered_remotely(cast, demo_authority)
    row.staff_member.personal_id = None
    [first, *_] = reasons_against(row, slot=SlotKey.HOMEROOM, at=NOW)
    assert "chưa có số định danh cá nhân" in first


def test_production_believes_no_demo_certificate(cast, demo_authority, settings):
    row = registered_remotely(cast, demo_authority)
    settings.IS_PRODUCTION = True
    with pytest.raises(CertificateNotUsable, match="CHỨNG THƯ THỬ NGHIỆM"):
        check_certificate_usable(row, slot=SlotKey.HOMEROOM, at=NOW)


def test_signing_finds_the_list_to_name(cast, demo_authority):
    row = registered_remotely(cast, demo_authority)
    assert newest_revocation_list(row) is None
    receive_revocation_list(content=crl_of(demo_authority, at=NOW - 2 * DAY), by=cast.van)
    newest = receive_revocation_list(content=crl_of(demo_authority, number=2), by=cast.van)
    assert newest_revocation_list(row) == newest
    assert RevocationList.objects.count() == 2


def test_the_list_of_the_root_is_not_taken_for_the_issuers(cast, demo_authority):
    row = registered_remotely(cast, demo_authority)
    crl = make_crl(demo_authority.root, number=1, at=NOW - DAY)
    receive_revocation_list(content=pem_of(crl), by=cast.van)
    assert newest_revocation_list(row) is None


def test_the_trust_file_is_read_once_while_it_stays(demo_authority):
    assert trust_store() is trust_store()


def test_without_a_trust_file_nothing_is_believed(cast, demo_authority, settings):
    row = registered_remotely(cast, demo_authority)
    settings.SIGNING_TRUST_FILE = "/nowhere/trust.pem"
    with pytest.raises(TrustFileUnreadable):
        check_certificate_usable(row, slot=SlotKey.HOMEROOM, at=NOW)


def test_checking_takes_few_queries(cast, demo_authority, django_assert_max_num_queries):
    receive_revocation_list(content=crl_of(demo_authority), by=cast.van)
    registered_remotely(cast, demo_authority)
    row = SigningCertificate.objects.select_related("staff_member", "school").get()
    with django_assert_max_num_queries(2):
        check_certificate_usable(row, slot=SlotKey.HOMEROOM, at=NOW)
