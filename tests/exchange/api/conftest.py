from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.response import Response

from audit.models import SystemJob
from exchange.api.actions import create_client
from exchange.models import ApiClient
from tests.cast import Cast

Get = Callable[..., Response]


@pytest.fixture(autouse=True)
def no_requests_counted() -> Iterator[None]:
    """The throttle counts in the process's cache, which outlives a test's database."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def token(cast: Cast) -> str:
    """Of the department's program, which may read Kim Đồng and not Lê Lợi."""
    return create_client(
        name="Sở Giáo dục và Đào tạo", schools=[cast.school], by=SystemJob("tests")
    ).token


@pytest.fixture
def api_client(token: str) -> ApiClient:
    return ApiClient.objects.get()


@pytest.fixture
def get(token: str) -> Get:
    """GET of an address below /api/v1/ with the token."""

    def read(address: str, query: dict[str, Any] | None = None, **headers: str) -> Response:
        headers = {"Authorization": f"Bearer {token}", **headers}
        if not address.startswith("http"):
            address = f"/api/v1/{address}"
        return Client().get(address, query, headers=headers)

    return read
