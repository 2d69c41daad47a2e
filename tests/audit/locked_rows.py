"""What the tests of locked and of held rows try on each lockable model."""

import datetime

from django.db import models

from assessments.models import (
    Handover,
    HandoverNote,
    PeriodRecord,
    Retest,
    SubjectResult,
    SupplementaryAssessment,
    TestScore,
    TraitResult,
    YearDecision,
)
from assessments.workflow import Status
from tests.rows import saved_row

CHANGES = {
    PeriodRecord: ("homeroom_comment", "Em tiến bộ."),
    SubjectResult: ("comment", "Em tính nhanh."),
    TestScore: ("score", 10),
    TraitResult: ("level", "C"),
    YearDecision: ("deviation_reason", "Em thi thay bạn."),
    SupplementaryAssessment: ("plan", "Mỗi tuần hai buổi."),
    Handover: ("general_note", "Lớp ham đọc sách."),
    HandoverNote: ("limits", "Em còn viết chậm."),
}
UNLOCKED = {
    PeriodRecord: {"locked_at": None, "status": Status.REOPENED, "status_reason": "Nhập nhầm"},
    SubjectResult: {"locked_at": None},
    TestScore: {"locked_at": None},
    TraitResult: {"locked_at": None},
    YearDecision: {"locked_at": None, "signed_off_at": None, "signed_off_by": None},
    SupplementaryAssessment: {"locked_at": None, "decided_at": None, "decided_by": None},
    Handover: {"locked_at": None, "received_at": None, "received_by": None},
    HandoverNote: {"locked_at": None},
}
ANOTHER_ROW = {
    SubjectResult: lambda cast: {"subject_code": "am_nhac"},
    TestScore: lambda cast: {
        "attempt": 2,
        "retest_id": saved_row(Retest, cast).pk,
        "taken_on": datetime.date(2027, 1, 20),
    },
    TraitResult: lambda cast: {"trait_code": "cham_chi"},
    Handover: lambda cast: {"grade_level": 3},
    HandoverNote: lambda cast: {"enrollment_id": cast.duc.pk},
}


def change(row: models.Model) -> str:
    name, value = CHANGES[type(row)]
    setattr(row, name, value)
    return name


def unique_key(row: models.Model) -> tuple[str, ...]:
    """The one that it has a value for: a first attempt has no retest."""
    keys = [
        constraint.fields
        for constraint in row._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    keys += [(field.name,) for field in row._meta.concrete_fields if is_a_key_of_its_own(field)]
    [key] = [key for key in keys if None not in [getattr(row, name) for name in key]]
    return key


def is_a_key_of_its_own(field: models.Field) -> bool:
    return field.unique and not field.primary_key


def plain_values(row: models.Model) -> dict[str, object]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
