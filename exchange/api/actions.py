from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.errors import DomainError
from audit.events import Actor, Changes, Happening, Scope, record_events
from exchange.api.authentication import make_token, token_digest
from exchange.models import ApiClient
from schools.models import School


class ClientNameTaken(DomainError):
    message = _("Đã có chương trình đọc dữ liệu mang tên này; hãy đặt tên khác.")


class ClientNeedsSchool(DomainError):
    message = _("Chương trình đọc dữ liệu phải gắn với ít nhất một trường.")


class ClientAlreadyRevoked(DomainError):
    message = _("Quyền đọc của chương trình này đã bị thu hồi từ trước.")


class NewClient(NamedTuple):
    client: ApiClient
    token: str


@transaction.atomic
def create_client(*, name: str, schools: Iterable[School], by: Actor) -> NewClient:
    """The token is in the answer and nowhere else: the row keeps its digest."""
    schools = list(schools)
    if not schools:
        raise ClientNeedsSchool
    if ApiClient.objects.filter(name=name).exists():
        raise ClientNameTaken
    token = make_token()
    client = ApiClient.objects.create(name=name, token_digest=token_digest(token))
    client.schools.set(schools)
    _record("api_client.created", client, {"name": (None, name)}, by=by)
    return NewClient(client, token)


@transaction.atomic
def revoke_client(*, client: ApiClient, by: Actor) -> None:
    now = timezone.now()
    unrevoked = ApiClient.objects.filter(pk=client.pk, revoked_at__isnull=True)
    if not unrevoked.update(revoked_at=now):
        raise ClientAlreadyRevoked
    _record("api_client.revoked", client, {"revoked_at": (None, now.isoformat())}, by=by)


def _record(event: str, client: ApiClient, changes: Changes, *, by: Actor) -> None:
    """One event a school: each sees in its own history who may read it."""
    happenings = [
        Happening(event, client, Scope(school_id=school.pk), changes)
        for school in client.schools.all()
    ]
    record_events(happenings, by=by)
