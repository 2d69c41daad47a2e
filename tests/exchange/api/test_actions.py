import pytest

from audit.models import AuditEvent, SystemJob
from exchange.api.actions import (
    ClientAlreadyRevoked,
    ClientNameTaken,
    ClientNeedsSchool,
    create_client,
    revoke_client,
)
from exchange.models import ApiClient
from tests.cast import NOW, Cast

JOB = SystemJob("tests")


def events(name: str) -> list[tuple[int | None, str]]:
    happened = AuditEvent.objects.filter(event=name).order_by("school_id")
    return [(event.school_id, event.system_job) for event in happened]


def test_a_client_is_bound_to_its_schools(cast: Cast):
    client = create_client(name="Bộ", schools=[cast.school, cast.other_school], by=JOB).client
    assert set(client.schools.all()) == {cast.school, cast.other_school}
    assert client.is_authenticated


def test_each_school_sees_in_its_history_who_may_read_it(cast: Cast):
    create_client(name="Bộ", schools=[cast.school, cast.other_school], by=JOB)
    assert events("api_client.created") == [
        (cast.school.pk, "tests"),
        (cast.other_school.pk, "tests"),
    ]


def test_a_person_may_be_the_one_who_lets_it_in(cast: Cast):
    create_client(name="Bộ", schools=[cast.school], by=cast.kien.user)
    assert AuditEvent.objects.get().actor == cast.kien.user


def test_the_token_is_not_in_the_history(cast: Cast):
    token = create_client(name="Bộ", schools=[cast.school], by=JOB).token
    assert token not in str(AuditEvent.objects.values())


def test_a_client_needs_a_school(cast: Cast):
    with pytest.raises(ClientNeedsSchool):
        create_client(name="Bộ", schools=[], by=JOB)
    assert not ApiClient.objects.exists()


def test_a_name_is_given_once(cast: Cast):
    create_client(name="Bộ", schools=[cast.school], by=JOB)
    with pytest.raises(ClientNameTaken):
        create_client(name="Bộ", schools=[cast.school], by=JOB)
    assert len(events("api_client.created")) == 1


def test_the_name_of_a_revoked_client_is_not_given_again(cast: Cast):
    client = create_client(name="Bộ", schools=[cast.school], by=JOB).client
    revoke_client(client=client, by=JOB)
    with pytest.raises(ClientNameTaken):
        create_client(name="Bộ", schools=[cast.school], by=JOB)


def test_revoking_says_when_and_is_in_the_history(cast: Cast):
    client = create_client(name="Bộ", schools=[cast.school], by=JOB).client
    revoke_client(client=client, by=JOB)
    client.refresh_from_db()
    assert (client.revoked_at, client.is_authenticated) == (NOW, False)
    assert events("api_client.revoked") == [(cast.school.pk, "tests")]


def test_revoking_happens_once(cast: Cast):
    client = create_client(name="Bộ", schools=[cast.school], by=JOB).client
    revoke_client(client=client, by=JOB)
    with pytest.raises(ClientAlreadyRevoked):
        revoke_client(client=client, by=JOB)
    assert len(events("api_client.revoked")) == 1
