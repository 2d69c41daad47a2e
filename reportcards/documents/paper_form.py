"""The ministry's paper form of the học bạ (Thông tư 27, Phụ lục 1): what stands in which field.

Payloads in, frozen objects out; nothing here asks the database or the clock. The form is
Vietnamese whatever language its reader's screens have, so none of its words is translated.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from reportcards.documents.proof import Proof
from rulesets import Ruleset, TraitGroup, get_ruleset

GROUP_COMMENTS = ("quality", "general_competence", "specific_competence")
PRINCIPAL = "hiệu trưởng"

# Of the tables, as the stylesheet sets them.
COMMENT_LINE = 55  # letters
LINE_HEIGHT = 4.66  # mm
ROW_HEIGHTS = range(6, 17)  # mm, of a trait
LONGEST_ROW = 100  # mm, that is moved to the next page rather than parted

GENDER_NAMES = {"male": "Nam", "female": "Nữ"}

Payload = dict[str, Any]


class YearState(StrEnum):
    """How final a year is: the value is what stands across the pages."""

    SIGNED_OFF = ""
    UNDER_REVIEW = "ĐANG XEM LẠI"
    DRAFT = "BẢN NHÁP"


@dataclass(frozen=True)
class SubjectRow:
    """The qualifier stands in brackets and is not broken: the subject's half, the language."""

    name: str
    qualifier: str = ""
    level: str = ""
    score: str = ""
    comment: str = ""

    @property
    def is_long(self) -> bool:
        """Its comment may go on over the page."""
        return lines_in(self.comment) * LINE_HEIGHT > LONGEST_ROW


@dataclass(frozen=True)
class TraitRow:
    name: str
    level: str = ""


@dataclass(frozen=True)
class TraitBlock:
    """A group of traits, which share one comment."""

    name: str
    rows: tuple[TraitRow, ...]
    comment: str

    @property
    def is_long(self) -> bool:
        """Its comment is more than the rows can share: it stands beside them and goes on alone."""
        return self._shared_height > ROW_HEIGHTS[-1]

    @property
    def row_height(self) -> int:
        """In mm: the rows share a comment's height, which would all go to the last one."""
        return min(max(self._shared_height, ROW_HEIGHTS[0]), ROW_HEIGHTS[-1])

    @property
    def _shared_height(self) -> int:
        return int(lines_in(self.comment) * LINE_HEIGHT / len(self.rows))


@dataclass(frozen=True)
class Signature:
    place: str
    signed_on: datetime.date | None
    signer_name: str
    signer_capacity: tuple[str, ...]
    homeroom_teacher: str


@dataclass(frozen=True)
class YearPages:
    """The two pages of a school year."""

    state: YearState
    first_year: int
    school_year: str
    school_name: str
    class_name: str
    student_name: str
    height: str
    weight: str
    absences_with_leave: str
    absences_without_leave: str
    subjects: tuple[SubjectRow, ...]
    traits: tuple[TraitBlock, ...]
    outcome: str
    rewards: str
    completion: str
    signature: Signature
    proof: Proof | None = None  # of a digital card


def lines_in(comment: str) -> int:
    """About as many as it takes on paper."""
    return sum(len(line) // COMMENT_LINE + 1 for line in comment.splitlines())


def book_title(full_name: str) -> str:
    return f"Học bạ {full_name}"


def year_title(payload: Payload) -> str:
    return f"{book_title(payload['student']['full_name'])} {payload['school_year']}"


def year_pages(payload: Payload, *, state: YearState, place: str) -> YearPages:
    ruleset = get_ruleset(payload["ruleset"])
    decision = payload["year_decision"] or {}
    attendance, body = payload["attendance"], payload["body"]
    return YearPages(
        state=state,
        first_year=int(payload["school_year"].partition("-")[0]),
        school_year=payload["school_year"].replace("-", " – "),
        school_name=name_after_label(payload["school"]["name"]),
        class_name=payload["school_class"]["name"],
        student_name=payload["student"]["full_name"],
        height=measure(body["height_cm"], "cm"),
        weight=measure(body["weight_kg"], "kg"),
        absences_with_leave=_half_days(attendance["absences_with_leave"]),
        absences_without_leave=_half_days(attendance["absences_without_leave"]),
        subjects=_subject_rows(payload, ruleset),
        traits=_trait_blocks(payload, ruleset),
        outcome=decision.get("result_name", ""),
        rewards=rewards(decision),
        completion=completion(decision, payload["school_class"]["grade_level"], ruleset),
        signature=year_signature(payload, place),
    )


def name_after_label(school_name: str) -> str:
    """The form's label already says "Trường"."""
    word, _, rest = school_name.partition(" ")
    return rest if rest and word.casefold() == "trường" else school_name


def _subject_rows(payload: Payload, ruleset: Ruleset) -> tuple[SubjectRow, ...]:
    """Every row of the form in every grade; what is not studied stays empty."""
    entries = {entry["code"]: entry for entry in payload["subjects"]}
    return tuple(
        _subject_row(entries[subject.code], ruleset)
        if subject.code in entries
        else SubjectRow(*name_and_qualifier(subject.name, ""))
        for subject in ruleset.subjects
    )


def _subject_row(entry: Payload, ruleset: Ruleset) -> SubjectRow:
    name, qualifier = name_and_qualifier(entry["name"], entry["language_name"])
    is_exempt = entry["level"] == ruleset.exempt_level.code
    return SubjectRow(
        name=name,
        qualifier=qualifier,
        level=entry["level_name"] if is_exempt else entry["level"] or "",
        score="" if entry["score"] is None else str(entry["score"]),
        comment=entry["comment"],
    )


def name_and_qualifier(name: str, language: str) -> tuple[str, str]:
    plain, _, half = name.removesuffix(")").partition(" (")
    return plain, language or half


def _trait_blocks(payload: Payload, ruleset: Ruleset) -> tuple[TraitBlock, ...]:
    levels = {entry["code"]: entry["level"] for entry in payload["traits"]}
    return tuple(
        _trait_block(group, ruleset, levels, payload["comments"][comment])
        for group, comment in zip(ruleset.trait_groups, GROUP_COMMENTS, strict=False)
    )


def _trait_block(
    group: TraitGroup, ruleset: Ruleset, levels: dict[str, str | None], comment: str
) -> TraitBlock:
    rows = (
        TraitRow(trait.name, levels.get(trait.code) or "")
        for trait in ruleset.traits
        if trait.group == group
    )
    return TraitBlock(group.name, tuple(rows), comment)


def measure(number: str | None, unit: str) -> str:
    if number is None:
        return ""
    digits = number.rstrip("0").rstrip(".") if "." in number else number
    return f"{digits.replace('.', ',')} {unit}"


def _half_days(count: int | None) -> str:
    return "" if count is None else f"{count} buổi"


def rewards(decision: Payload) -> str:
    given = (decision.get("reward"), decision.get("extraordinary_reward"))
    return "; ".join(reward.rstrip(" .;") for reward in given if reward)


def completion(decision: Payload, grade_level: int, ruleset: Ruleset) -> str:
    """The sentence of Phụ lục 1, mục 6."""
    if not decision:
        return ""
    completed = (
        "Hoàn thành chương trình" if decision["has_completed"] else "Chưa hoàn thành chương trình"
    )
    if grade_level == max(ruleset.grade_levels):
        return f"{completed} tiểu học."
    promotion = {
        True: f"; Được lên lớp {grade_level + 1}",
        False: "; Chưa được lên lớp",
        None: "",
    }[decision["is_promoted"]]
    return f"{completed} lớp {grade_level}{promotion}."


def year_signature(payload: Payload, place: str) -> Signature:
    signer = payload["signed_by"] or {"full_name": "", "position_title": ""}
    signed_at = payload["signed_at"]
    return Signature(
        place=place,
        signed_on=datetime.datetime.fromisoformat(signed_at).date() if signed_at else None,
        signer_name=signer["full_name"],
        signer_capacity=signing_capacity(signer["position_title"]),
        homeroom_teacher=payload["homeroom_teacher"] or "",
    )


def signing_capacity(position_title: str) -> tuple[str, ...]:
    """The form's caption says "Hiệu trưởng"; whoever signs in her place says so."""
    title = position_title.casefold()
    if title in {"", PRINCIPAL}:
        return ()
    on_behalf = ("KT. Hiệu trưởng",) if title.startswith("phó") else ()
    return (*on_behalf, position_title)
