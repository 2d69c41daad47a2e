"""Every refusal of the export in one shape: {"error": {"code", "message", "parameter"}}."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound
from rest_framework.response import Response
from rest_framework.views import exception_handler

MESSAGES = {
    "not_authenticated": _("Yêu cầu phải kèm mã truy cập: Authorization: Bearer <mã>."),
    "authentication_failed": _("Mã truy cập không đúng hoặc đã bị thu hồi."),
    "not_found": _("Không có dữ liệu này, hoặc trường không thuộc phạm vi của mã truy cập."),
    "method_not_allowed": _("Chỉ được đọc: hãy dùng GET."),
    "not_acceptable": _("Chỉ có định dạng application/json."),
    "throttled": _("Quá nhiều yêu cầu; hãy đợi theo số giây ở Retry-After rồi đọc tiếp."),
}


class InvalidParameter(APIException):
    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "invalid_parameter"

    def __init__(self, parameter: str, message: str | Promise) -> None:
        self.parameter = parameter
        super().__init__(str(message))


class UnknownParameter(InvalidParameter):
    default_code = "unknown_parameter"

    def __init__(self, parameter: str) -> None:
        super().__init__(parameter, _("Địa chỉ này không có tham số mang tên đó."))


class SchoolNotReadable(NotFound):
    """Unknown, or another client's: the answer is the same, so nobody learns which."""

    parameter = "school"


def error_response(error: Exception, context: dict[str, Any]) -> Response | None:
    response = exception_handler(error, context)
    if response is None:
        return None
    # Http404 is not an APIException: DRF answers it as its own NotFound.
    code = getattr(error, "default_code", NotFound.default_code)
    response.data = {
        "error": {
            "code": code,
            "message": str(MESSAGES.get(code) or error),
            "parameter": getattr(error, "parameter", None),
        }
    }
    return response
