"""What a stranger learns of a card whose number and date of birth she has.

Luật Bảo vệ dữ liệu cá nhân 91/2025: of a child no more than the purpose needs, and what it needs
is whether this paper counts. School, year, day of issue and who signed; no name, no result.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.crypto import constant_time_compare

from reportcards.models import DigitalSignature, ReportCard, SlotKey
from reportcards.workflow import CardState


class Answer(StrEnum):
    UNKNOWN = "unknown"
    VALID = "valid"
    NOT_IN_FORCE = "not_in_force"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


# A state that is not here is none that the world has heard of.
ANSWERS: Mapping[str, Answer] = {
    CardState.ISSUED: Answer.VALID,
    CardState.SENT: Answer.VALID,
    CardState.ACCEPTED: Answer.VALID,
    CardState.CIRCULATED: Answer.VALID,
    CardState.WITHDRAWAL_REQUESTED: Answer.VALID,
    CardState.REFUSED: Answer.NOT_IN_FORCE,
    CardState.WITHDRAWN: Answer.WITHDRAWN,
    CardState.SUPERSEDED: Answer.SUPERSEDED,
}


@dataclass(frozen=True)
class Signed:
    slot: SlotKey
    name: str
    signed_at: datetime.datetime


@dataclass(frozen=True)
class LookUp:
    answer: Answer
    school: str = ""
    school_year: str = ""
    issued_on: datetime.date | None = None
    signatures: tuple[Signed, ...] = ()
    is_demo: bool = False


NOT_FOUND = LookUp(Answer.UNKNOWN)


def look_up(*, uuid: UUID, date_of_birth: datetime.date) -> LookUp:
    """NOT_FOUND for another day, an unknown number and a card that was never issued: the same
    queries, whichever it is."""
    card = ReportCard.objects.filter(uuid=uuid).first()
    signatures = DigitalSignature.objects.filter(report_card__uuid=uuid).order_by("pk")
    rows = list(signatures.select_related("certificate").without_documents())
    born_on = card.payload["student"]["date_of_birth"] if card else ""
    is_hers = constant_time_compare(born_on, date_of_birth.isoformat())
    answer = ANSWERS.get(card.state) if card else None
    if card is None or answer is None or not is_hers:
        return NOT_FOUND
    return LookUp(
        answer=answer,
        school=card.payload["school"]["name"],
        school_year=card.payload["school_year"],
        issued_on=card.issued_on,
        signatures=tuple(_signed(card, rows)),
        is_demo=any(row.certificate.is_demo for row in rows),
    )


def _signed(card: ReportCard, rows: list[DigitalSignature]) -> Iterator[Signed]:
    """The names that are frozen in the card; of the seal the school's, not the clerk's."""
    names = {
        SlotKey.HOMEROOM: (card.payload["homeroom_signer"] or {}).get("full_name", ""),
        SlotKey.LEADER: card.payload["leader"]["full_name"],
        SlotKey.SEAL: card.payload["school"]["name"],
    }
    for row in rows:
        slot = SlotKey(row.slot)
        yield Signed(slot, names[slot], row.signed_at)
