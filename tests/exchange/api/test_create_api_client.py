import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from audit.models import AuditEvent
from exchange.models import ApiClient
from tests.cast import Cast


def read(token: str) -> int:
    response = Client().get("/api/v1/schools/", headers={"Authorization": f"Bearer {token}"})
    return response.status_code


def test_it_prints_a_token_that_opens_the_export(cast: Cast, capsys: pytest.CaptureFixture[str]):
    call_command("create_api_client", "Bộ", "--school", cast.school.ministry_code)
    printed = capsys.readouterr()
    assert read(printed.out.strip()) == 200
    assert "Bộ" in printed.err


def test_the_event_names_the_command(cast: Cast):
    call_command("create_api_client", "Bộ", "--school", cast.school.ministry_code)
    assert AuditEvent.objects.get().system_job == "create_api_client"


def test_several_schools(cast: Cast):
    codes = [cast.school.ministry_code, cast.other_school.ministry_code]
    call_command("create_api_client", "Bộ", "--school", codes[0], "--school", codes[1])
    assert ApiClient.objects.get().schools.count() == 2


@pytest.mark.parametrize("arguments", [["Bộ"], [], ["Bộ", "--school", "00000000"]])
def test_without_a_name_or_a_known_school_there_is_no_client(arguments: list[str], cast: Cast):
    with pytest.raises(CommandError):
        call_command("create_api_client", *arguments)
    assert not ApiClient.objects.exists()


def test_an_unknown_school_is_named(cast: Cast):
    codes = [cast.school.ministry_code, "00000000"]
    with pytest.raises(CommandError, match="00000000"):
        call_command("create_api_client", "Bộ", "--school", codes[0], "--school", codes[1])


def test_a_name_that_is_taken_is_refused(cast: Cast):
    code = cast.school.ministry_code
    call_command("create_api_client", "Bộ", "--school", code)
    with pytest.raises(CommandError, match="đặt tên khác"):
        call_command("create_api_client", "Bộ", "--school", code)


def test_revoke_ends_the_access(cast: Cast, capsys: pytest.CaptureFixture[str]):
    call_command("create_api_client", "Bộ", "--school", cast.school.ministry_code)
    token = capsys.readouterr().out.strip()
    call_command("create_api_client", "--revoke", "Bộ")
    assert read(token) == 401


def test_revoke_of_an_unknown_or_revoked_client_is_refused(cast: Cast):
    with pytest.raises(CommandError, match="Bộ"):
        call_command("create_api_client", "--revoke", "Bộ")
    call_command("create_api_client", "Bộ", "--school", cast.school.ministry_code)
    call_command("create_api_client", "--revoke", "Bộ")
    with pytest.raises(CommandError):
        call_command("create_api_client", "--revoke", "Bộ")
