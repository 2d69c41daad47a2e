"""The OpenAPI document of the export, made from its serializers."""

from collections.abc import Callable
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.serializers import Serializer

from exchange.api.examples import REFUSALS, page_example, row_example
from exchange.api.serializers import RefusalBody

Decorator = Callable[[Any], Any]

TITLE = "hocba: the export for the education authority"
VERSION = "1.0.0"
DESCRIPTION = """\
What a school keeps about its classes, pupils and signed-off results, to be read by programs of
the education authority. Nothing can be written.

**Access.** Each client has a token, sent as `Authorization: Bearer <token>`, which is bound to
its schools. Rows of other schools do not exist for it (404). Every request is kept in an access
log that the school can see.

**Pages.** Lists are ordered by `updated_at`, oldest change first. Follow `next` as it is until it
is null. A row that changes during the walk moves to its end and is read again there.

**What changed since.** Keep the largest `updated_at` that you have read, and begin the next walk
with `updated_since` five minutes before it: a change becomes visible when it is committed, a
little after the time that it bears. The comparison includes equal times; take rows by their `id`,
the newest wins.

**Signed payloads.** `payload` is what the school's leader signed off. While a record is reopened,
`is_under_review` is true and the payload is the last signed one.
"""

STATUS_OF_REFUSAL = {
    "invalid_parameter": (400, "A parameter is unknown or its value cannot be read."),
    "authentication_failed": (401, "The token is missing, unknown or revoked."),
    "not_found": (404, "There is no such row, or it belongs to a school of others."),
    "throttled": (429, "Too many requests: wait for the seconds in `Retry-After`."),
}


def _refusals() -> dict[int, OpenApiResponse]:
    return {
        status: OpenApiResponse(RefusalBody, description=sentence, examples=[REFUSALS[code]])
        for code, (status, sentence) in STATUS_OF_REFUSAL.items()
    }


def listed(page: type[Serializer], query: type[Serializer], *, summary: str) -> Decorator:
    return extend_schema(
        summary=summary,
        description="Ordered by `updated_at`, the oldest change first.",
        parameters=[query],
        responses={
            200: OpenApiResponse(page, description="A page.", examples=[page_example(page)]),
            **_refusals(),
        },
    )


def single(row: type[Serializer], *, summary: str) -> Decorator:
    return extend_schema(
        summary=summary,
        description=row.__doc__,
        parameters=[OpenApiParameter("id", int, OpenApiParameter.PATH, description="Its `id`.")],
        responses={
            200: OpenApiResponse(row, description="The row.", examples=[row_example(row)]),
            **_refusals(),
        },
    )


@cache
def document() -> dict[str, Any]:
    generated = SchemaGenerator().get_schema(request=None, public=True)
    generated["info"] = {"title": TITLE, "version": VERSION, "description": DESCRIPTION}
    return generated
