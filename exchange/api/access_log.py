import datetime
import ipaddress
from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import Max, Q
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from exchange.models import ApiClient, ApiRead
from exchange.models.api import ApiReadQuerySet
from schools.models import School

LONGEST_PATH = 300
LONGEST_QUERY = 500


class ClientAccess(NamedTuple):
    name: str
    created_at: datetime.datetime
    last_read_at: datetime.datetime | None
    revoked_at: datetime.datetime | None


def log_read(
    *, client: ApiClient, request: Request, rows_by_school: Mapping[int | None, int]
) -> None:
    """One row a school whose rows were read; a refusal or an empty answer is one of no school."""
    path, _mark, query = request.get_full_path().partition("?")
    ApiRead.objects.bulk_create(
        ApiRead(
            client=client,
            school_id=school_id,
            path=path[:LONGEST_PATH],
            query=query[:LONGEST_QUERY],
            rows=rows,
            address=_address_of(request),
        )
        for school_id, rows in (rows_by_school or {None: 0}).items()
    )


def reads_of(school: School) -> ApiReadQuerySet:
    return ApiRead.objects.for_school(school).newest_first().select_related("client")


def clients_of(school: School) -> list[ClientAccess]:
    """Whoever may read the school, or might until it was revoked, with the last time it did."""
    last_read = Max("reads__at", filter=Q(reads__school=school))
    clients = school.api_clients.annotate(last_read_at=last_read).order_by("name")
    return [
        ClientAccess(client.name, client.created_at, client.last_read_at, client.revoked_at)
        for client in clients
    ]


def _address_of(request: Request) -> str | None:
    """Behind a proxy the address that it reports; what it reports need not be an address."""
    try:
        return str(ipaddress.ip_address(BaseThrottle().get_ident(request) or ""))
    except ValueError:
        return None
