"""Profile 2025-draft: the newer tree of 2025-26 as a signing tool expects it, in tests only.

It is known from one secondary source and cannot be signed; it proves that the tree, the slots
and what each slot covers are rows of a table. Subject teachers sign what they taught: an entry
of `subjects` here names its `teacher`.
"""

from dataclasses import replace
from typing import Any

from reportcards.profiles import Field, Group, Profile, Slot
from reportcards.profiles.v1_0 import GENERAL, HISTORY, SPELLING, TRAITS, YEAR
from reportcards.profiles.writing import as_subject_code, subject_name
from tests.reportcards.cards import card_payload

TEACHERS = {"tieng_viet": "gv1", "toan": "gv1", "ngoai_ngu_1": "gv2", "dao_duc": "gv1"}
SIGNATURES, RELEASE = "DANH_SACH_THONG_TIN_KY", "PHAT_HANH_HOC_BA"

SUBJECT = Group(
    "DIEM_TONG_KET",
    (
        Field("GVBM", "teacher"),
        Field("MA_MON_HOC", "code", as_subject_code, is_required=True),
        Field("TEN_MON_HOC", "name", derives=subject_name, is_required=True),
        Field("MUC_DAT_DUOC", "level", is_required=True),
        Field("DIEM_KIEM_TRA_DINH_KY", "score"),
    ),
    each="subjects",
    part="{code}",
)
YEAR_FIELDS = tuple(member for member in YEAR.members if isinstance(member, Field))
TREE = Group(
    "DU_LIEU_HOC_BA",
    (
        Group(
            "THONG_TIN_HOC_BA",
            (GENERAL, HISTORY, replace(YEAR, members=(*YEAR_FIELDS, TRAITS))),
            part="thongtinhocba",
        ),
        Group("BANG_DIEM", (SUBJECT,)),
    ),
    part="",
)


def draft_profile(payload: dict[str, Any]) -> Profile:
    """A card's slots follow from who taught its pupil."""
    return Profile(
        key="2025-draft",
        title="2025-26, secondary source",
        can_be_signed=False,
        spelling=SPELLING,
        tree=TREE,
        slot_lists=(SIGNATURES, RELEASE),
        slots=(
            *(teacher_slot(teacher, payload) for teacher in teachers_in(payload)),
            Slot("homeroom", (SIGNATURES, "GVCN"), covers=("thongtinhocba",)),
            Slot("leader", (RELEASE, "CBQL")),
            Slot("seal", (RELEASE, "KY_PHAT_HANH"), has_personal_id=False),
        ),
    )


def teachers_in(payload: dict[str, Any]) -> list[str]:
    return sorted({entry["teacher"] for entry in payload["subjects"]})


def teacher_slot(teacher: str, payload: dict[str, Any]) -> Slot:
    taught = [entry["code"] for entry in payload["subjects"] if entry["teacher"] == teacher]
    return Slot(
        f"teacher-{teacher}",
        (SIGNATURES, "DANH_SACH_GVBM", "GVBM"),
        covers=tuple(taught),
        own_id=teacher,
    )


def draft_payload() -> dict[str, Any]:
    payload = card_payload()
    return payload | {
        "subjects": [
            entry | {"teacher": TEACHERS[entry["code"]]}
            for entry in payload["subjects"]
            if entry["code"] in TEACHERS
        ]
    }
