"""The demo authority as files."""

import datetime
from pathlib import Path

import pytest

from reportcards.signing.demo_authority import DemoAuthority, Revocation
from reportcards.signing.demo_files import (
    has_authority,
    read_authority,
    renew_lists,
    write_authority,
)
from reportcards.signing.revocations import RevocationList
from reportcards.signing.trust import TrustStore
from tests.reportcards.authorities import SIGNED_AT, People, pem

DAY = datetime.timedelta(days=1)


@pytest.fixture
def folder(demo_authority: DemoAuthority, tmp_path: Path) -> Path:
    write_authority(demo_authority, tmp_path / "demo-ca")
    return tmp_path / "demo-ca"


def revoked_in(folder: Path, name: str = "issuer") -> RevocationList:
    return RevocationList.read((folder / f"{name}.crl").read_bytes())


def test_is_read_as_it_was_written(folder: Path, demo_authority: DemoAuthority):
    read = read_authority(folder)
    assert read.certificates == demo_authority.certificates
    assert read.issuer.key.private_numbers() == demo_authority.issuer.key.private_numbers()


def test_its_trust_file_is_one(folder: Path, demo_authority: DemoAuthority):
    trust = TrustStore.from_pem((folder / "trust.pem").read_bytes())
    assert (*trust.roots, *trust.intermediates) == demo_authority.certificates


@pytest.mark.parametrize("name", ["root.key.pem", "issuer.key.pem"])
def test_only_the_owner_reads_the_keys(folder: Path, name: str):
    assert (folder / name).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_has_an_authority_when_one_was_written(folder: Path, tmp_path: Path):
    assert has_authority(folder)
    assert not has_authority(tmp_path)


def test_no_trust_file_is_replaced(folder: Path, demo_authority: DemoAuthority):
    (folder / "trust.pem").write_text("real authorities")
    with pytest.raises(FileExistsError):
        write_authority(demo_authority, folder)
    assert (folder / "trust.pem").read_text() == "real authorities"


def test_nothing_is_read_where_there_is_nothing(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        read_authority(tmp_path)


def test_a_trust_file_of_others_is_not_read(tmp_path: Path, demo_authority: DemoAuthority):
    (tmp_path / "trust.pem").write_bytes(pem(demo_authority.root.certificate))
    with pytest.raises(ValueError, match="unpack"):
        read_authority(tmp_path)


def test_both_authorities_have_their_list(folder: Path, demo_authority: DemoAuthority):
    renew_lists(demo_authority, folder, at=SIGNED_AT)
    for name, issued in (("root", demo_authority.root), ("issuer", demo_authority.issuer)):
        crl = revoked_in(folder, name)
        assert crl.is_signed_by(issued.certificate)
        assert crl.this_update == SIGNED_AT
        assert crl.revoked_count == 0


def test_a_later_list_has_a_higher_number(folder: Path, demo_authority: DemoAuthority):
    numbers = []
    for day in range(3):
        renew_lists(demo_authority, folder, at=SIGNED_AT + day * DAY)
        numbers.append(revoked_in(folder).number)
    assert numbers == sorted(set(numbers))


def test_what_was_revoked_stays_so(folder: Path, demo_authority: DemoAuthority, people: People):
    first = Revocation(people.ngoc.certificate.serial_number, SIGNED_AT)
    again = Revocation(people.ngoc.certificate.serial_number, SIGNED_AT + DAY)
    other = Revocation(people.hanh.certificate.serial_number, SIGNED_AT + DAY)
    renew_lists(demo_authority, folder, at=SIGNED_AT, revoked=[first])
    renew_lists(demo_authority, folder, at=SIGNED_AT + DAY, revoked=[again, other])
    crl = revoked_in(folder)
    assert crl.revoked_count == 2
    entry = crl.entry(people.ngoc.certificate)
    assert entry
    assert entry.revoked_at == SIGNED_AT
    assert revoked_in(folder, "root").revoked_count == 0
