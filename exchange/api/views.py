from collections import Counter
from collections.abc import Iterable
from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet

from assessments.models import SignOff
from exchange.api import rows, schema
from exchange.api.access_log import log_read
from exchange.api.errors import error_response
from exchange.api.pagination import page_after
from exchange.api.query import NoQuery, PeriodRecordQuery, SchoolQuery, SchoolYearQuery, read_query
from exchange.api.serializers import (
    ClassPage,
    ClassRow,
    PeriodRecordPage,
    PeriodRecordRow,
    SchoolPage,
    SchoolRow,
    StudentPage,
    StudentRow,
)
from exchange.api.throttling import ClientRateThrottle
from exchange.models import ApiClient
from schools.models import School, SchoolClass
from students.models import Student


class ExportView(APIView):
    """Answers a known client, and writes into the access log what it answered."""

    http_method_names = ["get", "head"]
    throttle_classes = [ClientRateThrottle]
    client: ApiClient | None = None

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {**super().default_response_headers, "Cache-Control": "no-store"}

    def get_exception_handler(self) -> Any:
        return error_response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.rows_by_school: Counter[int | None] = Counter()
        super().initial(request, *args, **kwargs)

    def perform_authentication(self, request: Request) -> None:
        super().perform_authentication(request)
        self.client = cast("ApiClient | None", request.user)

    def finalize_response(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, *args, **kwargs)
        if self.client:
            log_read(client=self.client, request=request, rows_by_school=self.rows_by_school)
        return response


class UnknownAddress(ExportView):
    @extend_schema(exclude=True)
    def get(self, request: Request, **kwargs: Any) -> Response:
        raise NotFound


class ExportViewSet(ExportView, ViewSet):
    """A list and its single rows. What `rows_of` does not find does not exist for the client."""

    query_shape: type[SchoolQuery]
    row_serializer: type[Serializer]
    lookup = "pk"

    def rows_of(self, schools: QuerySet, query: rows.Query) -> QuerySet:
        raise NotImplementedError

    def school_id_of(self, row: Any) -> int:
        raise NotImplementedError

    def list(self, request: Request) -> Response:
        query = read_query(request, self.query_shape)
        schools = self._schools(query.get("school"))
        if "school" in query:
            self.rows_by_school[schools[0].pk] = 0
        page = page_after(
            self.rows_of(schools, query), query.get("cursor"), size=query["page_size"]
        )
        results = self._read(page.rows)
        return Response({"next": _next_address(request, page.next_cursor), "results": results})

    def retrieve(self, request: Request, pk: int) -> Response:
        read_query(request, NoQuery)
        found = self.rows_of(self._schools(), {}).filter(**{self.lookup: pk})
        results = self._read(found)
        if not results:
            raise NotFound
        return Response(results[0])

    def _schools(self, code: str | None = None) -> QuerySet:
        return rows.schools_of(cast("ApiClient", self.client), code)

    def _read(self, found: Iterable[Any]) -> Any:
        self.rows_by_school.update(self.school_id_of(row) for row in found)
        return self.row_serializer(found, many=True).data


def _next_address(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    return replace_query_param(request.build_absolute_uri(), "cursor", cursor)


@extend_schema_view(
    list=schema.listed(SchoolPage, SchoolQuery, summary="The schools that the client may read"),
    retrieve=schema.single(SchoolRow, summary="One school"),
)
class SchoolViewSet(ExportViewSet):
    query_shape = SchoolQuery
    row_serializer = SchoolRow

    def rows_of(self, schools: QuerySet, query: rows.Query) -> QuerySet:
        return rows.school_rows(schools, query)

    def school_id_of(self, row: School) -> int:
        return row.pk


@extend_schema_view(
    list=schema.listed(ClassPage, SchoolYearQuery, summary="Classes"),
    retrieve=schema.single(ClassRow, summary="One class"),
)
class ClassViewSet(ExportViewSet):
    query_shape = SchoolYearQuery
    row_serializer = ClassRow

    def rows_of(self, schools: QuerySet, query: rows.Query) -> QuerySet:
        return rows.class_rows(schools, query)

    def school_id_of(self, row: SchoolClass) -> int:
        return row.school_year.school_id


@extend_schema_view(
    list=schema.listed(StudentPage, SchoolYearQuery, summary="Pupils, with their newest class"),
    retrieve=schema.single(StudentRow, summary="One pupil"),
)
class StudentViewSet(ExportViewSet):
    query_shape = SchoolYearQuery
    row_serializer = StudentRow

    def rows_of(self, schools: QuerySet, query: rows.Query) -> QuerySet:
        return rows.student_rows(schools, query)

    def school_id_of(self, row: Student) -> int:
        return row.enrollments.all()[0].school_class.school_year.school_id


@extend_schema_view(
    list=schema.listed(
        PeriodRecordPage, PeriodRecordQuery, summary="Period records, as last signed off"
    ),
    retrieve=schema.single(PeriodRecordRow, summary="One period record"),
)
class PeriodRecordViewSet(ExportViewSet):
    query_shape = PeriodRecordQuery
    row_serializer = PeriodRecordRow
    lookup = "record"

    def rows_of(self, schools: QuerySet, query: rows.Query) -> QuerySet:
        return rows.sign_off_rows(schools, query)

    def school_id_of(self, row: SignOff) -> int:
        return row.record.class_period.school_class.school_year.school_id


@extend_schema(exclude=True)
@api_view(["GET"])
@authentication_classes([])
@permission_classes([])
def openapi_document(request: Request) -> Response:
    """Public: it describes the export and holds nobody's data."""
    return Response(schema.document())
