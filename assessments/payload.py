"""The payload of a period record: what a principal signs, and what everybody else reads.

Shape (JSON types; dates "YYYY-MM-DD", times ISO 8601 with offset, numbers with a decimal
part as text; null where nothing was entered):

    format            "hocba.period-record/1"
    ruleset           key, e.g. "tt27"
    school            ministry_code, name, commune_name, district_name, province_name,
                      department_name
    school_year       "2026-2027"
    period            "mid_term_1" | "end_term_1" | "mid_term_2" | "end_year" | "supplementary"
    school_class      name, grade_level
    homeroom_teacher  full name or null
    student           id, ministry_code, personal_id, full_name, date_of_birth, gender
    is_not_assessed   bool
    subjects          in form order: code, name, language_name, level, level_name, score,
                      is_tested, comment, attempts (of the periodic test, in order: score,
                      taken_on or null; the last is `score`; absent where signed before
                      retests were kept)
    traits            in form order: code, name, group, level, level_name
    attendance        absences_with_leave, absences_without_leave (half days, in the year)
    body              height_cm, weight_kg
    comments          quality, general_competence, specific_competence, homeroom
    year_decision     null, or: result, result_name, has_completed, is_promoted, reward,
                      extraordinary_reward (of commendations awarded when it was signed);
                      in the period "supplementary" what was decided after it
    supplementary     only in that period, whose subjects and traits are those that were
                      assessed again: plan, case_reason, decision_reason, prints_later_levels
    signed_by         null for a draft, or: full_name, position_title
    signed_at         null for a draft

Every text is in Unicode NFC. The digest is the SHA-256 of the canonical form: UTF-8, keys
sorted, no white space between tokens.
"""

import datetime
import hashlib
import json
import unicodedata
from decimal import Decimal
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from assessments.models import PeriodRecord, SubjectResult, YearDecision
from assessments.payload_of_summer import supplementary_content
from rulesets import Period, Ruleset, YearOutcome, get_ruleset
from schools.models import SchoolClass, StaffMember, SubjectOffering

FORMAT = "hocba.period-record/1"

Payload = dict[str, Any]


def draft_payload(record: PeriodRecord) -> Payload:
    """What would be signed now. `record` comes from `PeriodRecord.objects.with_results()`."""
    return normalized({**_content(record), "signed_by": None, "signed_at": None})


def signed_payload(
    record: PeriodRecord, *, signer: StaffMember, signed_at: datetime.datetime
) -> Payload:
    return normalized(
        {
            **_content(record),
            "signed_by": {
                "full_name": signer.full_name,
                "position_title": signer.position_title,
            },
            "signed_at": timezone.localtime(signed_at).isoformat(timespec="seconds"),
        }
    )


def canonical_bytes(payload: Payload) -> bytes:
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(payload: Payload) -> str:
    return hashlib.sha256(canonical_bytes(payload)).hexdigest()


def normalized(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {key: normalized(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [normalized(entry) for entry in value]
    return value


def _content(record: PeriodRecord) -> Payload:
    content = _content_of_any_period(record)
    if record.class_period.period != Period.SUPPLEMENTARY:
        return content
    return content | supplementary_content(content, record.supplementary_assessment)


def _content_of_any_period(record: PeriodRecord) -> Payload:
    school_class = record.class_period.school_class
    year = school_class.school_year
    return {
        "format": FORMAT,
        "ruleset": year.ruleset_key,
        "school": _school(school_class),
        "school_year": year.name,
        "period": str(record.class_period.period),
        "school_class": {
            "name": school_class.name,
            "grade_level": record.enrollment.grade_level,
        },
        "homeroom_teacher": _homeroom_teacher(record),
        "student": _student(record),
        "is_not_assessed": record.enrollment.is_not_assessed,
        "subjects": _subjects(record, year.ruleset),
        "traits": _traits(record, year.ruleset),
        "attendance": {
            "absences_with_leave": record.absences_with_leave,
            "absences_without_leave": record.absences_without_leave,
        },
        "body": {"height_cm": _text(record.height_cm), "weight_kg": _text(record.weight_kg)},
        "comments": {
            "quality": record.quality_comment,
            "general_competence": record.general_competence_comment,
            "specific_competence": record.specific_competence_comment,
            "homeroom": record.homeroom_comment,
        },
        "year_decision": _year_decision(record),
    }


def _school(school_class: SchoolClass) -> Payload:
    school = school_class.school_year.school
    return {
        "ministry_code": school.ministry_code,
        "name": school.name,
        "commune_name": school.commune_name,
        "district_name": school.district_name,
        "province_name": school.province_name,
        "department_name": school.department.name,
    }


def _student(record: PeriodRecord) -> Payload:
    student = record.enrollment.student
    return {
        "id": student.pk,
        "ministry_code": student.ministry_code,
        "personal_id": student.personal_id,
        "full_name": student.full_name,
        "date_of_birth": student.date_of_birth.isoformat(),
        "gender": str(student.gender),
    }


def _homeroom_teacher(record: PeriodRecord) -> str | None:
    """The one in post today, or at the year's end when that has passed."""
    school_class = record.class_period.school_class
    day = min(timezone.localdate(), school_class.school_year.ends_on)
    in_post = [
        assignment
        for assignment in school_class.homeroom_assignments.all()
        if assignment.started_on <= day and (not assignment.ended_on or assignment.ended_on >= day)
    ]
    return in_post[-1].staff_member.full_name if in_post else None


def _offerings(record: PeriodRecord) -> dict[str, SubjectOffering]:
    grade_level = record.enrollment.grade_level
    return {
        offering.subject_code: offering
        for offering in record.class_period.school_class.subject_offerings.all()
        if offering.grade_level == grade_level
    }


def _subjects(record: PeriodRecord, ruleset: Ruleset) -> list[Payload]:
    offerings = _offerings(record)
    results = {result.subject_code: result for result in record.subject_results.all()}
    return [
        _subject(record, ruleset, offerings[subject.code], results.get(subject.code))
        for subject in ruleset.subjects
        if subject.code in offerings
    ]


def _subject(
    record: PeriodRecord,
    ruleset: Ruleset,
    offering: SubjectOffering,
    result: SubjectResult | None,
) -> Payload:
    level = result.level if result else ""
    return {
        "code": offering.subject_code,
        "name": ruleset.subject(offering.subject_code).name,
        "language_name": offering.language_name,
        "level": level or None,
        "level_name": ruleset.subject_level_name(level) if level else None,
        "score": result.effective_score if result else None,
        "is_tested": ruleset.has_test(
            offering.subject_code,
            grade_level=record.enrollment.grade_level,
            period=Period(record.class_period.period),
            is_special_class=record.class_period.school_class.is_special,
        ),
        "comment": result.comment if result else "",
        "attempts": [
            {
                "score": attempt.score,
                "taken_on": attempt.taken_on.isoformat() if attempt.taken_on else None,
            }
            for attempt in (result.attempts if result else [])
        ],
    }


def _traits(record: PeriodRecord, ruleset: Ruleset) -> list[Payload]:
    levels = {result.trait_code: result.level for result in record.trait_results.all()}
    return [
        {
            "code": trait.code,
            "name": trait.name,
            "group": trait.group.code,
            "level": levels.get(trait.code),
            "level_name": ruleset.trait_level_name(levels[trait.code])
            if trait.code in levels
            else None,
        }
        for trait in ruleset.traits_for(record.enrollment.grade_level)
    ]


def _year_decision(record: PeriodRecord) -> Payload | None:
    if record.class_period.period != Period.END_YEAR:
        return None
    try:
        decision: YearDecision = record.enrollment.year_decision
    except ObjectDoesNotExist:
        return None
    ruleset = get_ruleset(decision.ruleset_key)
    return {
        "result": decision.confirmed_result,
        "result_name": ruleset.outcome_name(YearOutcome(decision.confirmed_result)),
        "has_completed": decision.has_completed,
        "is_promoted": decision.is_promoted,
        "reward": decision.reward,
        "extraordinary_reward": _commendations(record),
    }


def _commendations(record: PeriodRecord) -> str:
    """What stands awarded when the year is signed, in the order in which it was given."""
    printed = [row for row in record.enrollment.commendations.all() if row.is_printed_on_card]
    printed.sort(key=lambda row: (row.given_on, row.pk))
    return "; ".join(row.wording.rstrip(" .;") for row in printed)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
