from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from hocba.demo.signing_keys import DEMO_PASSPHRASE
from hocba.demo.staff import DEMO_PASSWORD
from hocba.management.commands.seed_demo import LOGINS
from schools.models import School
from tests.factories import make_school


def run(*arguments):
    output = StringIO()
    call_command("seed_demo", *arguments, stdout=output)
    return output.getvalue()


def test_production_is_refused(db, settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="not seeded in production"):
        run("--streams", "1", "--pupils", "2")
    assert not User.objects.exists()


def test_production_gets_no_demo_keys(db, settings, tmp_path):
    settings.IS_PRODUCTION = True
    settings.SIGNING_TRUST_FILE = str(tmp_path / "trust.pem")
    with pytest.raises(CommandError):
        run("--streams", "1", "--pupils", "2")
    assert not list(tmp_path.iterdir())


def test_a_trust_file_that_is_not_the_demos_is_left_alone(db, settings, tmp_path):
    """Real authorities have no keys beside them: then nothing at all is seeded."""
    trust_file = tmp_path / "trust.pem"
    trust_file.write_bytes(b"real authorities")
    settings.SIGNING_TRUST_FILE = str(trust_file)
    with pytest.raises(CommandError, match="SIGNING_TRUST_FILE"):
        run("--streams", "1", "--pupils", "2")
    assert trust_file.read_bytes() == b"real authorities"
    assert not School.objects.exists()


def test_a_database_with_a_school_is_refused(db):
    school = make_school()
    with pytest.raises(CommandError, match="empty database"):
        run("--streams", "1", "--pupils", "2")
    assert School.objects.get() == school


def test_logins_only_prints(db):
    run("--logins")
    assert not School.objects.exists()
    assert not User.objects.exists()


def test_logins_may_be_printed_where_a_school_is(db):
    make_school()
    assert "hieutruong" in run("--logins")


def test_every_login_is_printed_with_the_password():
    printed = run("--logins")
    assert DEMO_PASSWORD in printed
    assert DEMO_PASSPHRASE in printed
    for username, description in LOGINS:
        assert f"{username} " in printed
        assert description in printed


@pytest.mark.parametrize(
    "arguments",
    [("--streams", "0"), ("--streams", "6"), ("--pupils", "1"), ("--pupils", "46")],
    ids=" ".join,
)
def test_a_size_that_no_school_has_is_refused(arguments):
    with pytest.raises(CommandError, match="invalid choice"):
        run(*arguments)


def test_a_day_that_does_not_exist_is_refused():
    with pytest.raises(CommandError, match="--today"):
        run("--today", "2027-02-30")
