"""The display form of the học bạ số (Công văn 2088, Phụ lục 2): what stands in which field.

Texts as they are printed, in Unicode NFC. None is a text that is not known: a form that is read
from an XML, which does not say all that the PDF shows, has some; one from a payload has none.
"""

import datetime
from dataclasses import dataclass
from math import ceil

from reportcards.documents.paper_form import (
    GENDER_NAMES,
    GROUP_COMMENTS,
    Payload,
    completion,
    name_after_label,
    rewards,
)
from rulesets import Ruleset, get_ruleset

CONFIRMED_IN_HER_PLACE = "(lãnh đạo trường xác nhận thay)"

# As the stylesheet sets the comments.
COMMENT_LINE = 50  # letters
SUBJECT_LINE = 40
LINE_HEIGHT = 4.7  # mm
CELL_PADDING = 0.8  # mm
LONGEST_ROW = 100  # mm
SHORTEST_ROW = 13.8
ROWS_OF_A_PAGE = 230
TRAIT_ROW_HEIGHTS = range(5, 24)  # mm

Text = str | None

LONGEST_OWNER = 120  # letters: two lines at the foot


@dataclass(frozen=True)
class SubjectRow:
    """`name` as printed, with the language or the half of the subject in it; `level` in words."""

    code: str
    name: Text
    level: Text
    score: Text
    comment: Text

    @property
    def halves(self) -> tuple[str, str]:
        """The name, and what stands in brackets behind it, which no line breaks apart."""
        plain, _, half = (self.name or "").partition(" (")
        return plain, f"({half}" if half else ""

    @property
    def is_long(self) -> bool:
        """Its comment may go on over the page."""
        return self.height > LONGEST_ROW

    @property
    def height(self) -> float:
        """In mm, rather too many."""
        needed = lines_in(self.comment, SUBJECT_LINE) * LINE_HEIGHT + CELL_PADDING
        return max(needed, SHORTEST_ROW)


@dataclass(frozen=True)
class TraitRow:
    code: str
    name: str
    level: Text


@dataclass(frozen=True)
class TraitBlock:
    """A group of traits, which share one comment. `group`: the payload's key of the comment."""

    group: str
    name: str
    rows: tuple[TraitRow, ...]
    comment: Text

    @property
    def is_long(self) -> bool:
        """Its comment is more than the rows can share: it stands beside them and goes on alone."""
        return self._shared_height > TRAIT_ROW_HEIGHTS[-1]

    @property
    def row_height(self) -> int:
        """In mm: the rows share a comment's height, which would all go to the last one."""
        return min(max(self._shared_height, TRAIT_ROW_HEIGHTS[0]), TRAIT_ROW_HEIGHTS[-1])

    @property
    def _shared_height(self) -> int:
        needed = lines_in(self.comment) * LINE_HEIGHT + CELL_PADDING
        return ceil(needed / len(self.rows) - CELL_PADDING)


@dataclass(frozen=True)
class DisplayForm:
    full_name: Text
    class_name: Text
    school_name: Text
    school_year: Text
    commune_name: Text
    district_name: Text
    province_name: Text
    gender: Text
    date_of_birth: Text
    ethnicity: Text
    nationality: Text
    personal_id: Text
    birth_place: Text
    home_town: Text
    residence: Text
    father_name: Text
    mother_name: Text
    guardian_name: Text
    uuid: Text
    leader_name: Text
    leader_title: Text
    issued_on: Text
    subjects: tuple[SubjectRow, ...]
    traits: tuple[TraitBlock, ...]
    outcome: Text
    rewards: Text
    completion: Text
    place_of_issue: Text
    homeroom_teacher: Text
    digest: Text

    @property
    def owner(self) -> Text:
        """What the foot of each page says, so that no loose sheet is anybody's; "" where it would
        not fit there."""
        if None in {self.full_name, self.class_name, self.school_year}:
            return None
        owner = f"{self.full_name} · Lớp {self.class_name} · Năm học {self.school_year}"
        return owner if len(owner) <= LONGEST_OWNER else ""

    @property
    def subjects_fit(self) -> bool:
        """On one page, and nothing else does: to turn it at once spares trying what comes next."""
        return sum(row.height for row in self.subjects) < ROWS_OF_A_PAGE


def lines_in(comment: Text, letters: int = COMMENT_LINE) -> int:
    """Rather too many than too few."""
    return sum(len(line) // letters + 1 for line in (comment or "").splitlines())


def display_form(payload: Payload, *, digest: str) -> DisplayForm:
    """What the form says of a frozen payload of a card; nothing in it is None.

    `digest`: of the payload, which stands at the foot of each page.
    """
    ruleset = get_ruleset(payload["ruleset"])
    decision = payload["year_decision"] or {}
    school, student, leader = payload["school"], payload["student"], payload["leader"]
    return DisplayForm(
        full_name=student["full_name"],
        class_name=payload["school_class"]["name"],
        school_name=name_after_label(school["name"]),
        school_year=payload["school_year"].replace("-", " – "),
        commune_name=school["commune_name"],
        district_name=school["district_name"],
        province_name=school["province_name"],
        **_of_the_pupil(student),
        uuid=payload["uuid"],
        leader_name=leader["full_name"],
        leader_title=leader["position_title"],
        issued_on=printed_day(payload["issued_on"]),
        subjects=_subject_rows(payload, ruleset),
        traits=_trait_blocks(payload, ruleset),
        outcome=decision.get("result_name", ""),
        rewards=rewards(decision),
        completion=completion(decision, payload["school_class"]["grade_level"], ruleset),
        place_of_issue=payload["place_of_issue"],
        homeroom_teacher=_homeroom_teacher(payload["homeroom_signer"]),
        digest=digest,
    )


def _of_the_pupil(student: Payload) -> dict[str, str]:
    named = ("ethnicity", "nationality", "birth_place", "home_town", "residence")
    parents = ("father_name", "mother_name", "guardian_name")
    return {
        "gender": GENDER_NAMES[student["gender"]],
        "date_of_birth": printed_day(student["date_of_birth"]),
        "personal_id": student["personal_id"] or "",
        **{name: student[name] for name in (*named, *parents)},
    }


def printed_day(day: str) -> str:
    """ "2027-05-31" as "31/05/2027"."""
    return datetime.date.fromisoformat(day).strftime("%d/%m/%Y")


def _subject_rows(payload: Payload, ruleset: Ruleset) -> tuple[SubjectRow, ...]:
    """Every row of the form in every grade; what is not studied stays empty."""
    entries = {entry["code"]: entry for entry in payload["subjects"]}
    return tuple(
        _subject_row(entries[subject.code])
        if subject.code in entries
        else SubjectRow(subject.code, subject.name, "", "", "")
        for subject in ruleset.subjects
    )


def _subject_row(entry: Payload) -> SubjectRow:
    return SubjectRow(
        code=entry["code"],
        name=f"{entry['name']} {entry['language_name']}".strip(),
        level=entry["level_name"] or "",
        score="" if entry["score"] is None else str(entry["score"]),
        comment=entry["comment"],
    )


def _trait_blocks(payload: Payload, ruleset: Ruleset) -> tuple[TraitBlock, ...]:
    levels = {entry["code"]: entry["level_name"] or "" for entry in payload["traits"]}
    return tuple(
        TraitBlock(
            group=comment,
            name=group.name,
            rows=tuple(
                TraitRow(trait.code, trait.name, levels.get(trait.code, ""))
                for trait in ruleset.traits
                if trait.group == group
            ),
            comment=payload["comments"][comment],
        )
        for group, comment in zip(ruleset.trait_groups, GROUP_COMMENTS, strict=True)
    )


def _homeroom_teacher(signer: Payload | None) -> str:
    """As in the XML her own name stands, also where a leader confirms in her place (Đ14.7)."""
    if signer is None:
        return ""
    if signer["stands_in_for"]:
        return f"{signer['stands_in_for']} {CONFIRMED_IN_HER_PLACE}"
    return str(signer["full_name"])
