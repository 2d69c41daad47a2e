"""The frozen payload of an invented pupil of grade 4, for the tests of the digital card."""

from typing import Any

from rulesets import Period, get_ruleset

UUID = "123e4567-e89b-42d3-a456-556642440000"

Payload = dict[str, Any]

COMMON: Payload = {
    "format": "hocba.report-card/1",
    "kind": "year",
    "uuid": UUID,
    "profile": "v1.0",
    "ruleset": "tt27",
    "made_at": "2027-05-30T08:15:00+07:00",
    "issued_on": "2027-05-31",
    "place_of_issue": "Buôn Hồ",
    "department": {"code": "66", "name": "Sở Giáo dục và Đào tạo Đắk Lắk"},
    "school": {
        "ministry_code": "66000001",
        "name": "Trường Tiểu học Kim Đồng",
        "commune_name": "Phường Buôn Hồ",
        "district_name": "",
        "province_name": "Tỉnh Đắk Lắk",
    },
    "school_year": "2026-2027",
    "school_class": {"name": "4A", "grade_level": 4},
    "student": {
        "ministry_code": "6612345678",
        "personal_id": "066316001234",
        "full_name": "Lê Minh Anh",
        "date_of_birth": "2016-09-02",
        "gender": "female",
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "birth_place": "Bệnh viện Đa khoa thị xã Buôn Hồ",
        "home_town": "Xã Hòa Thắng, huyện Đông Hòa, tỉnh Phú Yên",
        "residence": "12 Trần Hưng Đạo, phường Buôn Hồ, tỉnh Đắk Lắk",
        "father_name": "Lê Văn Bảo",
        "mother_name": "Phạm Thị Hòa",
        "guardian_name": "",
        "register_number": "0412",
    },
    "is_not_assessed": False,
    "attendance": {"absences_with_leave": 3, "absences_without_leave": 0},
    "body": {"height_cm": "128.5", "weight_kg": "26.0"},
    "comments": {
        "quality": "Đi học đầy đủ, đúng giờ; biết giữ lời hứa.",
        "general_competence": "Chủ động, phối hợp trong học tập; có khả năng tự học.",
        "specific_competence": "Sử dụng ngôn ngữ lưu loát; biết tư duy, lập luận.",
        "homeroom": "Em chăm ngoan, học đều các môn,\nmạnh dạn phát biểu.",
    },
    "year_decision": {
        "result": "good",
        "result_name": "Hoàn thành tốt",
        "has_completed": True,
        "is_promoted": True,
        "reward": "Đạt danh hiệu Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện",
        "extraordinary_reward": "Giải Nhì hội thi vẽ tranh cấp tỉnh",
    },
    "history": [
        {
            "school_year": f"{year}-{year + 1}",
            "class_name": f"{year - 2022}A",
            "school_name": "Trường Tiểu học Kim Đồng",
            "entered_on": f"{year}-08-28",
        }
        for year in range(2023, 2027)
    ],
    "leader": {
        "full_name": "Nguyễn Thị Hạnh",
        "personal_id": "066175000011",
        "position_title": "Hiệu trưởng",
    },
    "homeroom_signer": {
        "full_name": "Trần Thị Ngọc",
        "personal_id": "066185000022",
        "position_title": "Giáo viên",
        "stands_in_for": None,
    },
    "relaxations": [{"key": "no_district", "tag": "TEN_QUAN_HUYEN"}],
    "sign_offs": [
        {"period": "end_year", "digest": "ab" * 32, "signed_at": "2027-05-28T16:20:00+07:00"}
    ],
    "supersedes": None,
}


def card_payload(**changes: Any) -> Payload:
    """The payload, with the changes; a dictionary changes only the keys that it names.

    card_payload(student={"mother_name": ""}, year_decision=None)
    """
    payload = COMMON | {"subjects": subjects_of(4), "traits": traits_of(4)}
    return {
        key: merged(value, changes[key]) if key in changes else merged(value, {})
        for key, value in payload.items()
    } | {key: value for key, value in changes.items() if key not in payload}


def merged(value: Any, change: Any) -> Any:
    if isinstance(value, dict) and isinstance(change, dict):
        return value | change
    return value if change == {} else change


def grade_payload(grade_level: int, **changes: Any) -> Payload:
    """The same pupil in another grade, with that grade's subjects and traits."""
    is_promoted = None if grade_level == 5 else True
    return card_payload(
        **{
            "school_class": {"name": f"{grade_level}A", "grade_level": grade_level},
            "subjects": subjects_of(grade_level),
            "traits": traits_of(grade_level),
            "year_decision": {"is_promoted": is_promoted},
            **changes,
        }
    )


def not_assessed_payload(**changes: Any) -> Payload:
    """Of a pupil whose disability excludes assessment: no level, no result, her days and body."""
    return card_payload(
        **{
            "is_not_assessed": True,
            "subjects": [without_level(entry) | {"score": None} for entry in subjects_of(4)],
            "traits": [without_level(entry) for entry in traits_of(4)],
            "comments": {"quality": "", "general_competence": "", "specific_competence": ""},
            "year_decision": None,
            **changes,
        }
    )


def without_level(entry: Payload) -> Payload:
    return entry | {"level": None, "level_name": None}


def subjects_of(grade_level: int) -> list[Payload]:
    ruleset = get_ruleset("tt27")
    due = ruleset.tested_subjects(
        grade_level=grade_level, period=Period.END_YEAR, is_special_class=False
    )
    tested = {subject.code for subject in due}
    return [
        {
            "code": subject.code,
            "name": subject.name,
            "language_name": "Tiếng Anh" if subject.code == "ngoai_ngu_1" else "",
            "level": "T",
            "level_name": "Hoàn thành tốt",
            "score": 9 if subject.code in tested else None,
            "is_tested": subject.code in tested,
            "comment": "Nắm chắc kiến thức.",
        }
        for subject in ruleset.compulsory_subjects(grade_level)
    ]


def traits_of(grade_level: int) -> list[Payload]:
    return [
        {
            "code": trait.code,
            "name": trait.name,
            "group": trait.group.code,
            "level": "T",
            "level_name": "Tốt",
        }
        for trait in get_ruleset("tt27").traits_for(grade_level)
    ]
