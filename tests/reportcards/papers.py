"""Payloads and pages of an invented pupil, without a database."""

from typing import Any

from reportcards.documents.paper_form import Payload, YearPages, YearState, year_pages
from rulesets import Period, get_ruleset

NAME = "Lê Minh Anh"
QUALITY = "Đi học đầy đủ, đúng giờ; biết giữ lời hứa."
GENERAL = "Chủ động, phối hợp trong học tập; có khả năng tự học."
SPECIFIC = "Sử dụng ngôn ngữ lưu loát; biết tư duy, lập luận."
LETTER = "Minh Anh chăm ngoan, học đều các môn và luôn giúp đỡ bạn.\nỞ nhà, con đọc sách mỗi tối."
DECISION = {
    "result": "good",
    "result_name": "Hoàn thành tốt",
    "has_completed": True,
    "is_promoted": True,
    "reward": "Đạt danh hiệu Học sinh Tiêu biểu",
    "extraordinary_reward": "",
}
SIGNED = {
    "signed_by": {"full_name": "Nguyễn Thị Hạnh", "position_title": "Hiệu trưởng"},
    "signed_at": "2027-05-28T16:20:00+07:00",
}


def a_payload(grade_level: int = 4, first_year: int = 2026, **changes: Any) -> Payload:
    """A payload with every subject of the grade at T, signed by the principal."""
    return {
        "ruleset": "tt27",
        "school": {"name": "Trường Tiểu học Kim Đồng"},
        "school_year": f"{first_year}-{first_year + 1}",
        "school_class": {"name": f"{grade_level}A", "grade_level": grade_level},
        "homeroom_teacher": "Trần Thị Ngọc",
        "student": {"full_name": NAME},
        "is_not_assessed": False,
        "subjects": subjects_of(grade_level),
        "traits": traits_of(grade_level),
        "attendance": {"absences_with_leave": 3, "absences_without_leave": 0},
        "body": {"height_cm": "128.5", "weight_kg": "26.0"},
        "comments": {
            "quality": QUALITY,
            "general_competence": GENERAL,
            "specific_competence": SPECIFIC,
            "homeroom": "",
        },
        "year_decision": DECISION,
        **SIGNED,
        **changes,
    }


def subjects_of(grade_level: int, comment: str | None = None) -> list[Payload]:
    return [
        {
            "code": subject.code,
            "name": subject.name,
            "language_name": "Tiếng Anh" if subject.code == "ngoai_ngu_1" else "",
            "level": "T",
            "level_name": "Hoàn thành tốt",
            "score": 9 if subject.code in {"tieng_viet", "toan"} else None,
            "is_tested": subject.code in {"tieng_viet", "toan"},
            "comment": f"Nhận xét {subject.code}." if comment is None else comment,
        }
        for subject in get_ruleset("tt27").compulsory_subjects(grade_level)
    ]


def traits_of(grade_level: int) -> list[Payload]:
    return [
        {
            "code": trait.code,
            "name": trait.name,
            "group": trait.group.code,
            "level": "Đ",
            "level_name": "Đạt",
        }
        for trait in get_ruleset("tt27").traits_for(grade_level)
    ]


def a_year(state: YearState = YearState.SIGNED_OFF, **changes: Any) -> YearPages:
    return year_pages(a_payload(**changes), state=state, place="Buôn Hồ")


def year_body(state: YearState = YearState.SIGNED_OFF, **changes: Any) -> Payload:
    """What the pages of a year are laid out from, where there is no digital card."""
    return {"payload": a_payload(**changes), "state": state.name, "place": "Buôn Hồ"}


def front_body(**changes: Any) -> Payload:
    """What the first pages are laid out from; a dictionary changes only the keys it names."""
    body = {
        "student": {
            "id": 1,
            "full_name": NAME,
            "date_of_birth": "2017-03-14",
            "gender": "female",
            "ethnicity": "Ê-đê",
            "nationality": "Việt Nam",
            "birth_place": "Bệnh viện Buôn Hồ",
            "home_town": "Xã Ea Drông",
            "residence": "Số 23, đường Hùng Vương",
            "father_name": "Lê Văn Hải",
            "mother_name": "Phạm Thị Hòa",
            "guardian_name": "Lê Thị Thu",
        },
        "school": {
            "name": "Trường Tiểu học Kim Đồng",
            "commune_name": "Phường Buôn Hồ",
            "district_name": "",
            "province_name": "Tỉnh Đắk Lắk",
        },
        "place": "Buôn Hồ",
        "history": [
            {
                "school_year": "2026-2027",
                "class_name": "4A",
                "school_name": "Trường Tiểu học Kim Đồng",
                "register_number": "KĐ-417",
                "entered_on": "2026-09-05",
            }
        ],
        "card": None,
    }
    return {
        key: value | changes[key]
        if isinstance(value, dict) and key in changes
        else changes.get(key, value)
        for key, value in body.items()
    }


def report_body(
    grade_level: int = 4,
    period: Period = Period.END_TERM_1,
    state: YearState = YearState.SIGNED_OFF,
    **changes: Any,
) -> Payload:
    """What a period's report for a family is laid out from."""
    payload = a_payload(grade_level, year_decision=None)
    payload["period"] = period.value
    payload["school"] = {
        "name": "Trường Tiểu học Kim Đồng",
        "department_name": "Sở Giáo dục và Đào tạo Đắk Lắk",
        "commune_name": "Phường Buôn Hồ",
        "district_name": "",
        "province_name": "Tỉnh Đắk Lắk",
    }
    payload["student"] = {"id": 1, "full_name": NAME, "date_of_birth": "2017-03-14"}
    payload["comments"] = payload["comments"] | {"homeroom": LETTER}
    return {"payload": payload | changes, "state": state.name, "place": "Buôn Hồ"}
