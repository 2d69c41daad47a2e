import ipaddress
from collections.abc import Mapping

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from exchange.models import ApiClient, ApiRead

LONGEST_PATH = 300
LONGEST_QUERY = 500


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


def _address_of(request: Request) -> str | None:
    """Behind a proxy the address that it reports; what it reports need not be an address."""
    try:
        return str(ipaddress.ip_address(BaseThrottle().get_ident(request) or ""))
    except ValueError:
        return None
