"""Examples of the OpenAPI document; a test validates each against its schema. Nobody is real."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework.serializers import Serializer

UPDATED_AT = "2027-01-15T10:20:30.123456+07:00"
SIGNED_AT = "2027-01-15T10:20:30.123456+07:00"
ADDRESS = "https://hocba.example/api/v1/{}/?cursor=WyIyMDI3Il0%3A1tXyZ"
CLASS_REFERENCE = {"id": 41, "name": "4A"}
STUDENT_REFERENCE = {"id": 1201, "ministry_code": "6612345678", "personal_id": "066217000123"}
SIGNER = {"full_name": "Nguyễn Thị Hạnh", "position_title": "Hiệu trưởng"}

SCHOOL = {
    "id": 1,
    "ministry_code": "66000001",
    "name": "Trường Tiểu học Kim Đồng",
    "department": {"code": "66", "name": "Sở Giáo dục và Đào tạo Đắk Lắk"},
    "commune_name": "Phường Buôn Hồ",
    "commune_code": "",
    "district_name": "",
    "province_name": "Tỉnh Đắk Lắk",
    "province_code": "66",
    "updated_at": UPDATED_AT,
}
SCHOOL_CLASS = {
    "id": 41,
    "school": "66000001",
    "school_year": "2026-2027",
    "name": "4A",
    "kind": "regular",
    "lowest_grade": 4,
    "highest_grade": 4,
    "updated_at": UPDATED_AT,
}
STUDENT = {
    **STUDENT_REFERENCE,
    "full_name": "H'Hen Niê",
    "date_of_birth": "2017-03-14",
    "gender": "female",
    "ethnicity_code": "12",
    "ethnicity_as_written": "Ê-đê",
    "nationality": "Việt Nam",
    "birth_place": "Bệnh viện Buôn Hồ, Đắk Lắk",
    "birth_commune_code": "",
    "home_town": "Xã Ea Drông, Đắk Lắk",
    "home_town_commune_code": "",
    "residence": "Phường Buôn Hồ, Đắk Lắk",
    "residence_commune_code": "",
    "enrollment": {
        "id": 2201,
        "school": "66000001",
        "school_year": "2026-2027",
        "school_class": CLASS_REFERENCE,
        "grade_level": 4,
        "enrolled_on": "2026-09-05",
        "entry_reason": "enrolled",
        "ended_on": None,
        "exit_reason": None,
    },
    "updated_at": UPDATED_AT,
}
PAYLOAD = {
    "format": "hocba.period-record/1",
    "ruleset": "tt27",
    "school": {
        "ministry_code": "66000001",
        "name": "Trường Tiểu học Kim Đồng",
        "commune_name": "Phường Buôn Hồ",
        "district_name": "",
        "province_name": "Tỉnh Đắk Lắk",
        "department_name": "Sở Giáo dục và Đào tạo Đắk Lắk",
    },
    "school_year": "2026-2027",
    "period": "end_term_1",
    "school_class": {"name": "4A", "grade_level": 4},
    "homeroom_teacher": "Trần Thị Ngọc",
    "student": {
        **STUDENT_REFERENCE,
        "full_name": "H'Hen Niê",
        "date_of_birth": "2017-03-14",
        "gender": "female",
    },
    "is_not_assessed": False,
    "subjects": [
        {
            "code": "toan",
            "name": "Toán",
            "language_name": "",
            "level": "T",
            "level_name": "Hoàn thành tốt",
            "score": 9,
            "is_tested": True,
            "comment": "Em tính nhanh và trình bày rõ ràng.",
            "attempts": [{"score": 9, "taken_on": None}],
        }
    ],
    "traits": [
        {
            "code": "cham_chi",
            "name": "Chăm chỉ",
            "group": "quality",
            "level": "T",
            "level_name": "Tốt",
        }
    ],
    "attendance": {"absences_with_leave": 2, "absences_without_leave": 0},
    "body": {"height_cm": "128.5", "weight_kg": "26.0"},
    "comments": {
        "quality": "",
        "general_competence": "",
        "specific_competence": "",
        "homeroom": "Em chăm học và hay giúp bạn.",
    },
    "year_decision": None,
    "signed_by": SIGNER,
    "signed_at": "2027-01-15T10:20:30+07:00",
}
PERIOD_RECORD = {
    "id": 5001,
    "school": "66000001",
    "school_year": "2026-2027",
    "school_class": CLASS_REFERENCE,
    "grade_level": 4,
    "period": "end_term_1",
    "student": STUDENT_REFERENCE,
    "status": "signed_off",
    "is_under_review": False,
    "signed_at": SIGNED_AT,
    "signed_by": SIGNER,
    "updated_at": UPDATED_AT,
    "digest": "0b7f3e6a1c9d4852e0f6b3a79d1c5e8f2a4b6c8d0e1f3a5b7c9d1e3f5a7b9c0d",
    "payload": PAYLOAD,
}
ROWS = {
    "SchoolRow": SCHOOL,
    "ClassRow": SCHOOL_CLASS,
    "StudentRow": STUDENT,
    "PeriodRecordRow": PERIOD_RECORD,
}
PAGES = {
    "SchoolPage": ("schools", SCHOOL),
    "ClassPage": ("classes", SCHOOL_CLASS),
    "StudentPage": ("students", STUDENT),
    "PeriodRecordPage": ("period-records", PERIOD_RECORD),
}


def row_example(shape: type[Serializer]) -> OpenApiExample:
    return OpenApiExample("A row", value=ROWS[shape.__name__])


def page_example(shape: type[Serializer]) -> OpenApiExample:
    address, row = PAGES[shape.__name__]
    return OpenApiExample("A page", value={"next": ADDRESS.format(address), "results": [row]})


def _refusal(code: str, message: str, parameter: str | None = None) -> OpenApiExample:
    value: dict[str, Any] = {"code": code, "message": message, "parameter": parameter}
    return OpenApiExample(code, value={"error": value})


REFUSALS = {
    "invalid_parameter": _refusal(
        "invalid_parameter", "Năm học viết như 2026-2027, gồm hai năm liền nhau.", "school_year"
    ),
    "authentication_failed": _refusal(
        "authentication_failed", "Mã truy cập không đúng hoặc đã bị thu hồi."
    ),
    "not_found": _refusal(
        "not_found", "Không có dữ liệu này, hoặc trường không thuộc phạm vi của mã truy cập."
    ),
    "throttled": _refusal(
        "throttled", "Quá nhiều yêu cầu; hãy đợi theo số giây ở Retry-After rồi đọc tiếp."
    ),
}
