"""What a file would do to a comment bank, row by row."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.comment_drafts import CommentDraft, draft_errors, draft_of, ruleset_of
from assessments.models import CommentEntry
from exchange.comments.sheet import COLUMNS, DraftRow
from exchange.models import Outcome
from rulesets import Ruleset
from schools.models import School, StaffMember

HEADERS = {column.key: column.header for column in COLUMNS}
Place = tuple[str, str]


@dataclass(frozen=True)
class PlannedRow:
    number: int
    outcome: Outcome
    draft: CommentDraft
    stored: CommentDraft | None = None
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    rows: list[PlannedRow]

    def of(self, outcome: Outcome) -> list[PlannedRow]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def to_write(self) -> list[CommentDraft]:
        return [row.draft for row in self.rows if row.outcome in {Outcome.CREATED, Outcome.CHANGED}]

    @property
    def digest(self) -> str:
        """Of what would be done; the words of a refusal depend on the reader's language."""
        facts = [[row.number, row.outcome, row.draft.values] for row in self.rows]
        text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def make_plan(rows: Sequence[DraftRow], school: School, owner: StaffMember | None) -> Plan:
    ruleset = ruleset_of(school)
    entries = CommentEntry.objects.for_school(school).in_bank_of(owner)
    stored = {draft.place: draft for draft in map(draft_of, entries)}
    first_rows = _first_rows(rows)
    return Plan([_planned(row, stored, first_rows[row.draft.place], ruleset) for row in rows])


def _first_rows(rows: Iterable[DraftRow]) -> dict[Place, int]:
    numbers: dict[Place, int] = {}
    for row in rows:
        numbers.setdefault(row.draft.place, row.number)
    return numbers


def _planned(
    row: DraftRow, stored: Mapping[Place, CommentDraft], first: int, ruleset: Ruleset
) -> PlannedRow:
    remarks = row.remarks or _remarks(row.draft, ruleset)
    if not remarks and first != row.number:
        remarks = [
            _("Mã %(code)s đã có ở dòng %(number)s của tệp.")
            % {"code": row.draft.code, "number": first}
        ]
    if remarks:
        return PlannedRow(row.number, Outcome.REFUSED, row.draft, remarks=remarks)
    old = stored.get(row.draft.place)
    if old is None:
        return PlannedRow(row.number, Outcome.CREATED, row.draft)
    outcome = Outcome.UNCHANGED if old == row.draft else Outcome.CHANGED
    return PlannedRow(row.number, outcome, row.draft, old)


def _remarks(draft: CommentDraft, ruleset: Ruleset) -> list[str]:
    return [
        f"{HEADERS[name]}: {sentence}" for name, sentence in draft_errors(draft, ruleset).items()
    ]
