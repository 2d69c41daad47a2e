"""manage.py create_demo_ca"""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reportcards.signing.certificates import is_demo, serial
from reportcards.signing.demo_authority import DemoAuthority, issue_for_person
from reportcards.signing.demo_files import read_authority
from reportcards.signing.holders import Person
from reportcards.signing.revocations import RevocationList
from reportcards.signing.trust import TrustStore, check_certificate
from tests.cast import NOW
from tests.reportcards.authorities import pem

SUONG = Person("Lê Thị Sương", "066190000044")


@pytest.fixture
def folder(settings, tmp_path: Path, now) -> Path:
    settings.SIGNING_TRUST_FILE = str(tmp_path / "demo-ca" / "trust.pem")
    return tmp_path / "demo-ca"


def create(*arguments: str) -> str:
    out = io.StringIO()
    call_command("create_demo_ca", *arguments, stdout=out)
    return out.getvalue()


def list_in(folder: Path) -> RevocationList:
    return RevocationList.read((folder / "issuer.crl").read_bytes())


def test_makes_an_authority_whose_certificates_are_believed(folder: Path):
    assert "CHỨNG THƯ THỬ NGHIỆM" in create()
    authority = read_authority(folder)
    issued = issue_for_person(authority, SUONG.full_name, SUONG.personal_id, "Kim Đồng", at=NOW)
    refusals = check_certificate(
        issued.certificate,
        holder=SUONG,
        trust=TrustStore.from_pem((folder / "trust.pem").read_bytes()),
        crls=[list_in(folder)],
        at=NOW,
        accepts_demo=True,
        requires_crl=True,
    )
    assert refusals == ()
    assert is_demo(issued.certificate)


def test_keeps_an_authority_that_is_there_and_renews_its_lists(folder: Path):
    create()
    before = read_authority(folder).certificates
    (folder / "issuer.crl").unlink()
    assert "CHỨNG THƯ" not in create()
    assert read_authority(folder).certificates == before
    assert list_in(folder).this_update == NOW


def test_revokes_a_certificate_by_its_serial(folder: Path):
    create()
    issued = issue_for_person(read_authority(folder), "Lê Thị Sương", "066190000044", "A", at=NOW)
    assert "1 newly revoked" in create("--revoke", serial(issued.certificate))
    assert list_in(folder).entry(issued.certificate)


def test_makes_it_in_another_folder(folder: Path, tmp_path: Path):
    create("--folder", str(tmp_path / "elsewhere"))
    assert read_authority(tmp_path / "elsewhere")
    assert not folder.exists()


def test_refuses_production(folder: Path, settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="Production"):
        create()
    assert not folder.exists()


def test_leaves_a_trust_file_of_real_authorities(folder: Path, demo_authority: DemoAuthority):
    folder.mkdir()
    trusted = pem(demo_authority.root.certificate, demo_authority.issuer.certificate)
    (folder / "trust.pem").write_bytes(trusted)
    with pytest.raises(CommandError, match="not the demo authority's"):
        create()
    assert (folder / "trust.pem").read_bytes() == trusted


def test_refuses_a_serial_that_is_none(folder: Path):
    with pytest.raises(CommandError, match="--revoke"):
        create("--revoke", "no serial")
