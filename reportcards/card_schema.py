"""The frozen payload of a card, "hocba.report-card/1", against its JSON Schema.

Pure: what is frozen is checked here before its digest is taken. The schema gives shapes, enums,
lengths and forms; beside it, as no schema can say them: texts that XML can carry in NFC, whole
numbers that are written as such, and codes that stand once.
"""

import datetime
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from reportcards.profiles.texts import text_violation
from reportcards.profiles.violations import Violation

FORMAT = "hocba.report-card/1"
SCHEMA_FILE = Path(__file__).with_name("report_card_1.schema.json")

UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+07:00")
SCHOOL_YEAR = re.compile(r"([0-9]{4})-([0-9]{4})")

CODES = {
    "required": "missing",
    "additionalProperties": "unexpected",
    "type": "wrong_type",
    "const": "not_allowed",
    "enum": "not_allowed",
    "format": "wrong_form",
    "pattern": "wrong_form",
    "anyOf": "wrong_form",
    "minLength": "empty",
    "minItems": "empty",
    "maxLength": "too_long",
    "maxItems": "too_many",
    "minimum": "out_of_range",
    "maximum": "out_of_range",
    "uniqueItems": "repeated",
}
LISTS_BY_CODE = ("subjects", "traits")

formats = FormatChecker(formats=())


def check_payload(payload: Any) -> list[Violation]:
    """What is wrong with the payload, in the order of its paths; empty: it may be frozen.

    A path names keys and positions with dots, "subjects.2.level". Params: for "too_long" the
    longest that is allowed; for "forbidden_character" the character as "U+0008".
    """
    found = [one for error in _validator().iter_errors(payload) for one in _violations(error)]
    if not found:
        found = [*_value_violations(payload, ""), *_repeated_codes(payload)]
    once = {(one.path, one.code): one for one in found}
    return [once[key] for key in sorted(once)]


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(_in_place(schema, schema["$defs"]), format_checker=formats)


def _in_place(part: Any, definitions: dict[str, Any]) -> Any:
    """The schema with each definition where it is named: looking them up takes half the time."""
    if isinstance(part, list):
        return [_in_place(entry, definitions) for entry in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _in_place(definitions[part["$ref"].rpartition("/")[2]], definitions)
    return {key: _in_place(entry, definitions) for key, entry in part.items()}


@formats.checks("uuid4")
def is_uuid4(value: object) -> bool:
    return not isinstance(value, str) or bool(UUID4.fullmatch(value))


@formats.checks("date")
def is_date(value: object) -> bool:
    return not isinstance(value, str) or (bool(DATE.fullmatch(value)) and _exists(value))


@formats.checks("vietnamese-time")
def is_vietnamese_time(value: object) -> bool:
    return not isinstance(value, str) or (bool(TIME.fullmatch(value)) and _exists(value))


@formats.checks("school-year")
def is_school_year(value: object) -> bool:
    if not isinstance(value, str):
        return True
    years = SCHOOL_YEAR.fullmatch(value)
    return years is not None and int(years[2]) == int(years[1]) + 1


def _exists(moment: str) -> bool:
    try:
        datetime.datetime.fromisoformat(moment)
    except ValueError:
        return False
    return True


def _violations(error: ValidationError) -> Iterator[Violation]:
    code, where = CODES[str(error.validator)], [str(step) for step in error.absolute_path]
    params = {"longest": error.validator_value} if code == "too_long" else {}
    for key in _keys_at_fault(error):
        yield Violation(".".join([*where, *key]), code, params)


def _keys_at_fault(error: ValidationError) -> list[list[str]]:
    """Where the fault is a key of the object, which: the missing ones, the unexpected ones."""
    if error.validator == "required":
        return [[key] for key in error.validator_value if key not in error.instance]
    if error.validator == "additionalProperties":
        return [[key] for key in error.instance if key not in error.schema["properties"]]
    return [[]]


def _value_violations(value: Any, path: str) -> Iterator[Violation]:
    match value:
        case dict():
            for key, entry in value.items():
                yield from _value_violations(entry, f"{path}.{key}" if path else key)
        case list():
            for position, entry in enumerate(value):
                yield from _value_violations(entry, f"{path}.{position}")
        case str():
            violation = text_violation(path, value)
            if violation:
                yield violation
        case float():
            yield Violation(path, "wrong_type")


def _repeated_codes(payload: dict[str, Any]) -> Iterator[Violation]:
    for name in LISTS_BY_CODE:
        seen: set[str] = set()
        for position, entry in enumerate(payload[name]):
            if entry["code"] in seen:
                yield Violation(f"{name}.{position}.code", "repeated")
            seen.add(entry["code"])
