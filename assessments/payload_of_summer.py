"""What the payload of a summer holds beside the others, and how its year reads after it.

Both work on payloads alone: what was signed says all that is printed.
"""

from typing import Any

from assessments.models import SupplementaryAssessment
from rulesets import YearOutcome, get_ruleset

Payload = dict[str, Any]


def supplementary_content(content: Payload, assessment: SupplementaryAssessment) -> Payload:
    """Takes the place of what `content` has of these keys."""
    school = assessment.record.class_period.school_class.school_year.school
    return {
        "subjects": [
            entry for entry in content["subjects"] if entry["code"] in assessment.subject_codes
        ],
        "traits": [entry for entry in content["traits"] if entry["code"] in assessment.trait_codes],
        "year_decision": _decision(content["ruleset"], assessment),
        "supplementary": {
            "plan": assessment.plan,
            "case_reason": assessment.case_reason,
            "decision_reason": assessment.decision_reason,
            "prints_later_levels": school.department.prints_later_levels,
        },
    }


def _decision(ruleset_key: str, assessment: SupplementaryAssessment) -> Payload | None:
    if not assessment.derived_result:
        return None
    outcome = YearOutcome(assessment.derived_result)
    return {
        "result": outcome.value,
        "result_name": get_ruleset(ruleset_key).outcome_name(outcome),
        "has_completed": assessment.has_completed,
        "is_promoted": assessment.is_promoted,
        "reward": "",
        "extraordinary_reward": "",
    }


def after_summer(first: Payload, later: Payload) -> Payload:
    """The year as it is printed once the pupil was assessed again.

    The last score is printed (Phụ lục 1: "ghi điểm số của bài kiểm tra lần cuối"), and what
    was decided; later levels and the later result only where the department says so, because
    no text confirms it.
    """
    shows_levels = later["supplementary"]["prints_later_levels"]
    subjects = {entry["code"]: entry for entry in later["subjects"]}
    traits = {entry["code"]: entry for entry in later["traits"]}
    return first | {
        "subjects": [
            _later_subject(entry, subjects[entry["code"]], shows_levels=shows_levels)
            if entry["code"] in subjects
            else entry
            for entry in first["subjects"]
        ],
        "traits": [
            traits.get(entry["code"], entry) if shows_levels else entry for entry in first["traits"]
        ],
        "year_decision": _later_decision(first, later, shows_levels=shows_levels),
    }


def _later_subject(entry: Payload, later: Payload, *, shows_levels: bool) -> Payload:
    names = ("level", "level_name", "comment") if shows_levels else ()
    changed = {name: later[name] for name in names if later[name]}
    if later["score"] is not None:
        changed["score"] = later["score"]
    return entry | changed


def _later_decision(first: Payload, later: Payload, *, shows_levels: bool) -> Payload:
    names = ("result", "result_name") if shows_levels else ()
    decided = ("has_completed", "is_promoted", *names)
    decision: Payload = first["year_decision"]
    return decision | {name: later["year_decision"][name] for name in decided}
