"""One valid row of each model, for the tests that go over all models."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.models import User
from assessments.models import (
    ClassPeriod,
    Commendation,
    CommentEntry,
    Extension,
    ExtensionRequest,
    Handover,
    HandoverNote,
    IssueLock,
    Nudge,
    PeriodRecord,
    ReopenRequest,
    Retest,
    SignOff,
    SubjectConfirmation,
    SubjectResult,
    SupplementaryAssessment,
    TestScore,
    TraitNote,
    TraitResult,
    YearDecision,
)
from assessments.workflow import Status
from audit.chain import START
from audit.models import AuditChain, AuditEvent
from exchange.models import (
    ApiClient,
    ApiRead,
    EditFate,
    ImportBatch,
    ImportRow,
    Outcome,
    SheetEdit,
    SheetUpload,
)
from rulesets import Period
from schools.models import (
    Department,
    HomeroomAssignment,
    PeriodWindow,
    Role,
    School,
    SchoolClass,
    SchoolYear,
    StaffMember,
    StaffRole,
    SubjectOffering,
    TeachingAssignment,
)
from students.models import Enrollment, Guardian, IndividualPlan, Student, Transfer
from tests.cast import Cast
from tests.factories import YEAR_END, YEAR_START
from tests.reportcards.rows import fields as digital_card_fields

Fields = dict[str, Any]


def valid_row(model: type[models.Model], cast: Cast, **fields: Any) -> models.Model:
    """Not saved; the rows that it hangs on are."""
    return model(**{**FIELDS[model](cast), **fields})


def saved_row(model: type[models.Model], cast: Cast, **fields: Any) -> Any:
    row = valid_row(model, cast, **fields)
    row.save()
    return row


def locked_row(model: type[models.Model], cast: Cast) -> Any:
    """As signing off leaves it: locked together with the fact of the signature."""
    row = saved_row(model, cast)
    model.objects.filter(pk=row.pk).update(**lock_of(model, cast))
    row.refresh_from_db()
    return row


def lock_of(model: type[models.Model], cast: Cast) -> Fields:
    now = timezone.now()
    facts: dict[type[models.Model], Fields] = {
        PeriodRecord: {"status": Status.SIGNED_OFF},
        YearDecision: {"signed_off_at": now, "signed_off_by": cast.hanh.user},
        SupplementaryAssessment: {
            "has_completed": True,
            "is_promoted": True,
            "decided_at": now,
            "decided_by": cast.hanh.user,
        },
        Handover: _received(cast),
    }
    return {"locked_at": now, **facts.get(model, {})}


def _received(cast: Cast) -> Fields:
    now = timezone.now()
    return {
        "giver": cast.ngoc,
        "receiver": cast.suong,
        "report_cards": 3,
        "class_summaries": 4,
        "handed_over_at": now,
        "handed_over_by": cast.ngoc.user,
        "received_at": now,
        "received_by": cast.suong.user,
    }


def _saved(cast: Cast) -> Fields:
    return {"saved_at": timezone.now(), "saved_by": cast.ngoc.user}


def _spare_offering(cast: Cast) -> SubjectOffering:
    return cast.school_class.subject_offerings.get(subject_code="am_nhac")


FIELDS: dict[type[models.Model], Callable[[Cast], Fields]] = {
    User: lambda cast: {"username": "moi", "full_name": "Đinh Thị Mới", "password": "!"},
    AuditChain: lambda cast: {"chain": 1000, "digest": START},
    AuditEvent: lambda cast: {
        "chain": cast.school.pk,
        "number": AuditEvent.objects.count() + 1,
        "previous_digest": START,
        "digest": "1" * 64,
        "event": "student.changed",
        "actor": cast.tam.user,
        "school_id": cast.school.pk,
        "target_type": "students.student",
        "target_id": cast.anh.student.pk,
    },
    Department: lambda cast: {"code": "99", "name": "Sở Giáo dục và Đào tạo Thử nghiệm"},
    School: lambda cast: {
        "department": cast.school.department,
        "ministry_code": "66999999",
        "name": "Trường Tiểu học Mới",
        "commune_name": "Xã Ea Drông",
        "province_name": "Tỉnh Đắk Lắk",
        "place_of_issue": "Ea Drông",
    },
    SchoolYear: lambda cast: {
        "school": cast.school,
        "first_year": 2030,
        "starts_on": datetime.date(2030, 9, 5),
        "ends_on": datetime.date(2031, 5, 31),
    },
    PeriodWindow: lambda cast: {
        "school_year": cast.school_year,
        "period": Period.SUPPLEMENTARY,
        "opens_on": datetime.date(2027, 7, 1),
        "closes_on": datetime.date(2027, 7, 31),
        "roster_on": YEAR_END,
    },
    StaffMember: lambda cast: {
        "school": cast.school,
        "full_name": "Đinh Thị Mới",
        "position_title": "Giáo viên",
    },
    StaffRole: lambda cast: {
        "staff_member": cast.suong,
        "role": Role.CLERK,
        "started_on": YEAR_START,
    },
    SchoolClass: lambda cast: {
        "school_year": cast.school_year,
        "name": "5B",
        "lowest_grade": 5,
        "highest_grade": 5,
    },
    HomeroomAssignment: lambda cast: {
        "school_class": cast.other_class,
        "staff_member": cast.quang,
        "started_on": YEAR_START,
    },
    SubjectOffering: lambda cast: {
        "school_class": cast.school_class,
        "grade_level": 4,
        "subject_code": "tieng_dan_toc",
    },
    TeachingAssignment: lambda cast: {
        "offering": _spare_offering(cast),
        "staff_member": cast.suong,
        "started_on": YEAR_START,
    },
    Student: lambda cast: {
        "full_name": "Nông Thị Mây",
        "date_of_birth": datetime.date(2017, 5, 1),
        "gender": "female",
    },
    Guardian: lambda cast: {
        "user": cast.hoa,
        "student": cast.duc.student,
        "relation": "guardian",
    },
    Enrollment: lambda cast: {
        "student": saved_row(Student, cast),
        "school_class": cast.school_class,
        "grade_level": 4,
        "enrolled_on": YEAR_START,
    },
    Transfer: lambda cast: {
        "student": cast.anh.student,
        "to_enrollment": cast.anh,
        "from_school_name": "Trường Tiểu học Võ Thị Sáu",
        "to_school_name": cast.school.name,
        "moved_on": YEAR_START,
    },
    IndividualPlan: lambda cast: {
        "enrollment": cast.anh,
        "adjustments": "Toán: chỉ các phép tính trong phạm vi 20.",
        "valid_from": YEAR_START,
        "written_at": timezone.now(),
        "written_by": cast.ngoc.user,
    },
    ClassPeriod: lambda cast: {
        "school_class": cast.school_class,
        "period": Period.END_TERM_1,
    },
    PeriodRecord: lambda cast: {
        "class_period": saved_row(ClassPeriod, cast),
        "enrollment": cast.anh,
    },
    CommentEntry: lambda cast: {
        "school": cast.school,
        "purpose": "toan",
        "level": "T",
        "code": "T1",
        "text": "{tên} tính nhanh và chính xác.",
    },
    Commendation: lambda cast: {
        "enrollment": cast.anh,
        "kind": "extraordinary",
        "achievement": "Nhặt được ví tiền và trả lại người mất.",
        "wording": "Khen thưởng đột xuất: nhặt được của rơi trả người mất.",
        "proposed_at": timezone.now(),
        "proposed_by": cast.ngoc.user,
    },
    Handover: lambda cast: {
        "school_class": cast.school_class,
        "grade_level": 4,
        "general_note": "Lớp đoàn kết.",
    },
    HandoverNote: lambda cast: {
        "handover": saved_row(Handover, cast),
        "enrollment": cast.anh,
        "highlights": "Em tính nhẩm nhanh.",
        **_saved(cast),
    },
    ReopenRequest: lambda cast: {
        "class_period": saved_row(ClassPeriod, cast),
        "reason": "Nhập nhầm điểm Toán của em Anh.",
        "asked_at": timezone.now(),
        "asked_by": cast.ngoc.user,
    },
    Extension: lambda cast: {
        "window": cast.school_year.period_windows.get(period=Period.END_TERM_1),
        "school_class": cast.school_class,
        "ends_on": datetime.date(2027, 1, 25),
        "reason": "Lớp nghỉ học vì bão.",
        "granted_at": timezone.now(),
        "granted_by": cast.hanh.user,
    },
    IssueLock: lambda cast: {"enrollment": cast.anh, "held_at": timezone.now()},
    Nudge: lambda cast: {
        "staff_member": cast.binh,
        "sent_on": datetime.date(2027, 1, 5),
        "sent_at": timezone.now(),
        "sent_by": cast.hanh.user,
    },
    ExtensionRequest: lambda cast: {
        "class_period": saved_row(ClassPeriod, cast),
        "reason": "Tôi ốm từ hôm thứ Hai.",
        "asked_at": timezone.now(),
        "asked_by": cast.ngoc.user,
    },
    Retest: lambda cast: {
        "record": PeriodRecord.objects.first() or saved_row(PeriodRecord, cast),
        "subject_code": "toan",
        "questioned_score": 4,
        "reason": "Hằng ngày em làm tốt, hôm ấy em ốm.",
        "proposed_at": timezone.now(),
        "proposed_by": cast.ngoc.user,
    },
    SubjectResult: lambda cast: {
        "record": saved_row(PeriodRecord, cast),
        "subject_code": "toan",
        "level": "T",
        **_saved(cast),
    },
    TestScore: lambda cast: {"result": saved_row(SubjectResult, cast), "score": 9},
    TraitResult: lambda cast: {
        "record": saved_row(PeriodRecord, cast),
        "trait_code": "nhan_ai",
        "level": "T",
        **_saved(cast),
    },
    TraitNote: lambda cast: {
        "record": saved_row(PeriodRecord, cast),
        "author": cast.binh,
        "text": "Em mạnh dạn nói tiếng Anh.",
        **_saved(cast),
    },
    SignOff: lambda cast: {
        "record": saved_row(PeriodRecord, cast),
        "payload": {"format": "hocba.period-record/1"},
        "digest": "0" * 64,
        "signed_by": cast.hanh.user,
        "signer": cast.hanh,
    },
    YearDecision: lambda cast: {
        "enrollment": cast.anh,
        "grade_level": 4,
        "ruleset_key": "tt27",
        "derived_result": "good",
        "confirmed_result": "good",
        "has_completed": True,
        "is_promoted": True,
        "decided_at": timezone.now(),
        "decided_by": cast.ngoc.user,
    },
    SupplementaryAssessment: lambda cast: {
        "record": saved_row(PeriodRecord, cast),
        "grade_level": 4,
        "plan": "Mỗi tuần ba buổi, ôn phép chia có dư.",
        "subject_codes": ["toan"],
        "trait_codes": ["tinh_toan"],
        "planned_at": timezone.now(),
        "planned_by": cast.ngoc.user,
    },
    SubjectConfirmation: lambda cast: {
        "class_period": saved_row(ClassPeriod, cast),
        "subject_code": "toan",
        "teacher": cast.ngoc,
        "confirmed_at": timezone.now(),
        "confirmed_by": cast.ngoc.user,
    },
    ApiClient: lambda cast: {"name": "Trục dữ liệu", "token_digest": "1" * 64},
    ApiRead: lambda cast: {
        "client": saved_row(ApiClient, cast),
        "school": cast.school,
        "path": "/api/v1/schools",
        "rows": 1,
    },
    ImportBatch: lambda cast: {
        "school_year": cast.school_year,
        "file_name": "C1-HocSinh.xlsx",
        "file_digest": "0" * 64,
        "preview_digest": "0" * 64,
        "uploaded_by": cast.tam.user,
    },
    ImportRow: lambda cast: {
        "batch": saved_row(ImportBatch, cast),
        "number": 5,
        "outcome": Outcome.CREATED,
        "full_name": "Nông Thị Mây",
    },
    SheetUpload: lambda cast: {
        "school_class": cast.school_class,
        "period": Period.END_TERM_1,
        "file_name": "lop-4a.xlsx",
        "made_at": timezone.now(),
        "uploaded_by": cast.ngoc.user,
    },
    SheetEdit: lambda cast: {
        "upload": saved_row(SheetUpload, cast),
        "number": 1,
        "grid_key": "subject.toan",
        "worksheet": "Toán",
        "reference": "D5",
        "enrollment": cast.anh,
        "pupil_name": "Lê Minh Anh",
        "field": "level",
        "column": "Mức đạt được",
        "typed": "T",
        "base": "",
        "fate": EditFate.CHANGES,
    },
    **digital_card_fields(saved_row),
}
