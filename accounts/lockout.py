"""Whoever has guessed too often has to wait before logging in; django-axes does the counting."""

import datetime
import ipaddress
import math
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone


def address_of(request: HttpRequest) -> str | None:
    """Behind a proxy the address that it has added itself: those before it may be invented."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_TLS_PROXY:
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None


def is_locked_out(request: HttpRequest) -> bool:
    """Known once the log-in has been tried."""
    return getattr(request, "axes_locked_out", False)


def locked_until(request: HttpRequest) -> datetime.datetime:
    failures = AxesProxyHandler.get_implementation().get_user_attempts(
        request,
        request.axes_credentials,  # type: ignore[attr-defined]
    )
    counted = [
        rows.aggregate(count=Sum("failures_since_start"), latest=Max("attempt_time"))
        for rows in failures
    ]
    reached = [
        row["latest"] for row in counted if (row["count"] or 0) >= settings.AXES_FAILURE_LIMIT
    ]
    return max(reached) + settings.AXES_COOLOFF_TIME


def answer_too_many(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The page stays the log-in page; programs are told by its status."""
    wait = locked_until(request) - timezone.now()
    response.status_code = 429
    response["Retry-After"] = str(math.ceil(wait.total_seconds()))
    return response
