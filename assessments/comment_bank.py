"""The comment bank as somebody who writes comments reads it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from assessments.comment_drafts import level_codes
from assessments.models import CommentEntry
from assessments.models.comments import NAME_MARK, CommentEntryQuerySet
from rulesets import Ruleset
from schools.models import StaffMember
from students.models import Student

CODE_MARK = "#"


def readable_entries(staff: StaffMember) -> CommentEntryQuerySet:
    return CommentEntry.objects.for_school(staff.school).readable_by(staff)


class CommentBank:
    """The entries that a teacher may choose from in one grid; asked of the database at need."""

    def __init__(self, staff: StaffMember, ruleset: Ruleset, purposes: Iterable[str]) -> None:
        self.staff = staff
        self.ruleset = ruleset
        self.purposes = frozenset(purposes)

    @cached_property
    def entries(self) -> Sequence[CommentEntry]:
        """Her own before the school's, and those for one purpose before those for any."""
        found = readable_entries(self.staff).filter(purpose__in=[*self.purposes, ""])
        return sorted(found, key=self._precedence)

    def _precedence(self, entry: CommentEntry) -> tuple[bool, bool, int, str]:
        levels = [*level_codes(self.ruleset, ""), entry.level]
        return entry.owner_id is None, not entry.purpose, levels.index(entry.level), entry.code

    def entries_for(self, purpose: str) -> list[CommentEntry]:
        """One for each code: the first of them hides the others."""
        by_code: dict[str, CommentEntry] = {}
        for entry in self.entries:
            if entry.purpose in {purpose, ""}:
                by_code.setdefault(entry.code, entry)
        return list(by_code.values())

    def text_of(self, code: str, purpose: str) -> str | None:
        texts = {entry.code: entry.text for entry in self.entries_for(purpose)}
        return texts.get(code.upper())


def bank_as_json(
    bank: CommentBank,
    students: Mapping[int, Student],
    levels: Mapping[int, Mapping[str, str]],
) -> dict[str, Any]:
    """The entries in the order of precedence, and by enrolment what each pupil is called.

    `levels` says which level's entries come first where the grid's row has no level.
    """
    return {
        "entries": [
            {
                "code": entry.code,
                "purpose": entry.purpose,
                "level": entry.level,
                "text": entry.text,
            }
            for entry in bank.entries
        ],
        "pupils": {
            str(pk): {"name": student.calling_name, "levels": levels.get(pk, {})}
            for pk, student in students.items()
        },
    }


def code_in(text: str) -> str:
    """The code of a cell that holds nothing else: "T1" of "#T1"."""
    code = text.removeprefix(CODE_MARK)
    is_alone = code != text and code and not any(char.isspace() for char in code)
    return code if is_alone else ""


def written_for(student: Student, text: str) -> str:
    return text.replace(NAME_MARK, student.calling_name)
