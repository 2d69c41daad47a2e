"""Lists of revoked certificates: whose are taken, and what the cron job does."""

from hashlib import sha256
from io import StringIO

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import CommandError, call_command

from audit.errors import NotPermitted
from audit.models import AuditEvent, SystemJob
from reportcards.actions.revocation_lists import receive_revocation_list
from reportcards.certificates.errors import RevocationListRefused
from reportcards.models import RevocationList
from reportcards.signing.certificates import written_name
from reportcards.signing.demo_authority import make_authority, make_crl
from tests.cast import NOW
from tests.reportcards.authorities import IN_SEPTEMBER
from tests.reportcards.certificates.holders import DAY, crl_of, of_person

pytestmark = pytest.mark.usefixtures("trusted_demo")


def test_a_list_is_kept_as_it_came(cast, demo_authority):
    content = crl_of(demo_authority, of_person(demo_authority, cast.ngoc))
    receive_revocation_list(content=content, by=cast.van)
    row = RevocationList.objects.get()
    assert bytes(row.content) == content
    assert row.digest == sha256(content).hexdigest()
    assert row.issuer_name == written_name(demo_authority.issuer.certificate.subject)
    assert row.this_update == NOW - DAY
    assert row.next_update == NOW + 29 * DAY
    assert row.received_at == NOW


def test_pem_is_taken_too(cast, demo_authority):
    crl = make_crl(demo_authority.issuer, number=1, at=NOW - DAY)
    assert receive_revocation_list(content=crl.public_bytes(Encoding.PEM), by=cast.van)


def test_the_roots_list_is_taken(cast, demo_authority):
    crl = make_crl(demo_authority.root, number=1, at=NOW - DAY)
    assert receive_revocation_list(content=crl.public_bytes(Encoding.DER), by=cast.van)


def test_the_same_list_stands_once(cast, demo_authority):
    content = crl_of(demo_authority)
    first = receive_revocation_list(content=content, by=cast.van)
    assert receive_revocation_list(content=content, by=cast.hanh) == first
    assert AuditEvent.objects.filter(event="revocation_list.received").count() == 1


def test_receiving_is_recorded(cast, demo_authority):
    row = receive_revocation_list(content=crl_of(demo_authority), by=cast.van)
    event = AuditEvent.objects.get(event="revocation_list.received")
    assert (event.actor, event.school_id, event.target_id) == (
        cast.van.user,
        cast.school.pk,
        row.pk,
    )
    assert event.changes["digest"] == [None, row.digest]


@pytest.mark.parametrize("name", ["ngoc", "tam", "kien"])
def test_nobody_but_clerk_and_leaders_brings_one(cast, demo_authority, name):
    with pytest.raises(NotPermitted):
        receive_revocation_list(content=crl_of(demo_authority), by=getattr(cast, name))


@pytest.mark.parametrize("content", [b"", b"no list", b"-----BEGIN X509 CRL-----\nno\n"])
def test_refuses_what_is_no_list(cast, content):
    with pytest.raises(RevocationListRefused, match="không phải danh sách thu hồi"):
        receive_revocation_list(content=content, by=cast.van)


def test_refuses_a_list_of_an_authority_that_nobody_trusts(cast):
    """Its name alone is worth nothing: that authority calls itself as the trusted one does."""
    stranger = make_authority(at=IN_SEPTEMBER)
    with pytest.raises(RevocationListRefused, match="danh sách tin cậy"):
        receive_revocation_list(content=crl_of(stranger), by=cast.van)


def test_refuses_a_list_that_was_changed(cast, demo_authority):
    content = bytearray(crl_of(demo_authority, of_person(demo_authority, cast.ngoc)))
    content[-10] ^= 1
    with pytest.raises(RevocationListRefused):
        receive_revocation_list(content=bytes(content), by=cast.van)


def test_refuses_a_list_of_the_future(cast, demo_authority):
    with pytest.raises(RevocationListRefused, match="tương lai"):
        receive_revocation_list(content=crl_of(demo_authority, at=NOW + DAY), by=cast.van)
    assert not RevocationList.objects.exists()


def run(*files):
    output = StringIO()
    call_command("import_revocation_list", *map(str, files), stderr=output)
    return output.getvalue()


@pytest.fixture
def files(tmp_path, demo_authority):
    paths = []
    for number in (1, 2):
        path = tmp_path / f"{number}.crl"
        path.write_bytes(crl_of(demo_authority, number=number, at=NOW - number * DAY))
        paths.append(path)
    return paths


def test_the_command_takes_each_file(cast, files):
    told = run(*files)
    assert RevocationList.objects.count() == 2
    assert all(str(path) in told for path in files)


def test_the_commands_events_name_the_job(cast, files):
    run(files[0])
    event = AuditEvent.objects.get(event="revocation_list.received")
    assert (event.system_job, event.actor, event.school_id) == (
        "import_revocation_list",
        None,
        None,
    )


def test_the_command_may_run_every_hour(cast, files):
    run(*files)
    run(*files)
    assert RevocationList.objects.count() == 2


def test_the_command_takes_the_good_files_and_fails_for_the_others(cast, files, tmp_path):
    broken = tmp_path / "broken.crl"
    broken.write_bytes(b"no list")
    missing = tmp_path / "missing.crl"
    with pytest.raises(CommandError) as failure:
        run(broken, files[0], missing)
    assert RevocationList.objects.count() == 1
    assert str(broken) in str(failure.value)
    assert str(missing) in str(failure.value)


def test_a_job_needs_no_school(cast, demo_authority):
    assert receive_revocation_list(content=crl_of(demo_authority), by=SystemJob("cron"))
