"""From a value of the payload to the text of an element (Công văn 2088, Phụ lục 1, II.1.3).

Each takes a value that is there, or the whole payload or entry where it derives, and the
profile's spelling; None is a null, whose element is left out.
"""

import datetime
from typing import Any

from reportcards.documents.paper_form import completion
from reportcards.profiles.spelling import Spelling
from rulesets import get_ruleset

MIDNIGHT = "T00:00:00+07:00"


def as_text(value: Any, _spelling: Spelling) -> str | None:
    text = str(value)
    return text if text.strip() else None


def as_measure(value: Any, _spelling: Spelling) -> str:
    """A decimal with a dot, without the zeros that only say how it was kept."""
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_midnight(value: Any, _spelling: Spelling) -> str:
    """A day as the time at which it begins."""
    return f"{value}{MIDNIGHT}"


def as_date_of_birth(value: Any, spelling: Spelling) -> str:
    return datetime.date.fromisoformat(value).strftime(spelling.date_of_birth)


def as_boolean(value: Any, spelling: Spelling) -> str:
    return spelling.booleans[bool(value)]


def as_gender(value: Any, spelling: Spelling) -> str:
    return spelling.genders[value]


def as_circular(value: Any, spelling: Spelling) -> str | None:
    return spelling.circulars.get(value)


def as_subject_code(value: Any, spelling: Spelling) -> str | None:
    return spelling.subject_codes.get(value)


def as_two_digits(value: Any, _spelling: Spelling) -> str:
    return f"{value:02d}"


def the_version(_payload: Any, spelling: Spelling) -> str:
    return spelling.version


def the_school_stage(_payload: Any, spelling: Spelling) -> str:
    return spelling.school_stage


def subject_name(entry: Any, _spelling: Spelling) -> str:
    """With the language that is taught: "Ngoại ngữ 1 Tiếng Anh" (Phụ lục 2's sample)."""
    return f"{entry['name']} {entry['language_name']}".strip()


def homeroom_teacher_name(payload: Any, _spelling: Spelling) -> str | None:
    """Of the homeroom teacher, also where somebody signs for one who is gone."""
    signer = payload["homeroom_signer"]
    return (signer["stands_in_for"] or signer["full_name"]) if signer else None


def homeroom_teacher_id(payload: Any, _spelling: Spelling) -> str | None:
    """Not of whoever signs for one who is gone: it would stand beside the other's name."""
    signer = payload["homeroom_signer"]
    return signer["personal_id"] if signer and not signer["stands_in_for"] else None


def promotion(payload: Any, spelling: Spelling) -> str | None:
    """Whether she goes on; for the last grade, which is not promoted, whether she completed it."""
    decision = payload["year_decision"]
    if decision is None:
        return None
    goes_on = decision["has_completed"] if is_last_grade(payload) else decision["is_promoted"]
    return None if goes_on is None else as_boolean(goes_on, spelling)


def completion_sentence(payload: Any, _spelling: Spelling) -> str | None:
    """The sentence of Thông tư 27, Phụ lục 1, mục 6."""
    grade_level, ruleset = payload["school_class"]["grade_level"], get_ruleset(payload["ruleset"])
    return completion(payload["year_decision"] or {}, grade_level, ruleset) or None


def primary_completion(payload: Any, spelling: Spelling) -> str | None:
    """Completing the last grade is completing primary school; in a lower one nobody has."""
    decision = payload["year_decision"]
    if decision is None:
        return None
    return as_boolean(is_last_grade(payload) and decision["has_completed"], spelling)


def is_last_grade(payload: Any) -> bool:
    grade_levels = get_ruleset(payload["ruleset"]).grade_levels
    return bool(payload["school_class"]["grade_level"] == max(grade_levels))
