"""The parameters of the lists: what each may hold, and the sentence when it does not."""

import datetime
from typing import Any

from django.core import signing
from django.utils.dateparse import parse_datetime
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from exchange.api.errors import InvalidParameter, UnknownParameter
from exchange.api.pagination import Position
from rulesets import Period

DEFAULT_PAGE_SIZE = 100
LARGEST_PAGE_SIZE = 500
PERIODS = [period.value for period in Period]

EXPECTED = {
    "school": _("Mã trường do Bộ cấp, ví dụ 66000001."),
    "school_year": _("Năm học viết như 2026-2027, gồm hai năm liền nhau."),
    "period": format_lazy(
        _("Thời điểm đánh giá là một trong: {periods}."), periods=", ".join(PERIODS)
    ),
    "updated_since": _(
        "Thời điểm viết theo ISO 8601 kèm múi giờ, ví dụ 2027-01-05T20:30:00+07:00; "
        "trong địa chỉ, dấu cộng viết là %2B."
    ),
    "page_size": format_lazy(_("Số dòng mỗi trang từ 1 đến {largest}."), largest=LARGEST_PAGE_SIZE),
    "cursor": _("Hãy dùng nguyên địa chỉ ở next của trang trước, hoặc đọc lại từ đầu."),
}


@extend_schema_field(OpenApiTypes.DATETIME)
class InstantField(serializers.Field):
    """A point in time. Without an offset it would be another one in another time zone."""

    def to_internal_value(self, text: str) -> datetime.datetime:
        try:
            instant = parse_datetime(text)
            if instant is None or instant.tzinfo is None:
                raise serializers.ValidationError
            return instant.astimezone(datetime.UTC)
        except (ValueError, OverflowError) as error:
            raise serializers.ValidationError from error


class SchoolYearField(serializers.RegexField):
    """Holds the first year."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[0-9]{4}-[0-9]{4}\Z", **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> int:
        first, last = map(int, super().run_validation(data).split("-"))
        if last != first + 1:
            raise serializers.ValidationError
        return first


@extend_schema_field(OpenApiTypes.STR)
class CursorField(serializers.Field):
    def to_internal_value(self, text: str) -> Position:
        try:
            return Position.from_cursor(text)
        except signing.BadSignature as error:
            raise serializers.ValidationError from error


class NoQuery(serializers.Serializer):
    """Of a single row."""


class SchoolQuery(NoQuery):
    school = serializers.CharField(
        required=False, max_length=20, help_text="Only this school: its ministry code."
    )
    updated_since = InstantField(
        required=False,
        help_text=(
            "Only rows whose `updated_at` is this instant or later: ISO 8601 with an offset, "
            "e.g. `2027-01-05T20:30:00+07:00` (in an address the plus sign is written `%2B`)."
        ),
    )
    page_size = serializers.IntegerField(
        required=False,
        default=DEFAULT_PAGE_SIZE,
        min_value=1,
        max_value=LARGEST_PAGE_SIZE,
        help_text="Rows a page.",
    )
    cursor = CursorField(
        required=False, help_text="Where the page before ended; use the address in `next` as it is."
    )


class SchoolYearQuery(SchoolQuery):
    school_year = SchoolYearField(required=False, help_text="Only this school year: `2026-2027`.")


class PeriodRecordQuery(SchoolYearQuery):
    period = serializers.ChoiceField(
        PERIODS,
        required=False,
        help_text="Only this period of assessment.",
    )


def read_query(request: Request, shape: type[NoQuery]) -> dict[str, Any]:
    query = shape(data=request.query_params.dict())
    for parameter, values in request.query_params.lists():
        if parameter not in query.fields:
            raise UnknownParameter(parameter)
        if len(values) > 1:
            raise InvalidParameter(parameter, EXPECTED[parameter])
    if not query.is_valid():
        parameter = next(iter(query.errors))
        raise InvalidParameter(parameter, EXPECTED[parameter])
    return query.validated_data
