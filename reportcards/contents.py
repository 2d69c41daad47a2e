"""What a document is laid out from, before anybody lays it out."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from assessments.models import SignOff
from assessments.payload import canonical_bytes
from reportcards.documents.paper_form import Payload
from reportcards.models import DocumentKind, ReportCard
from students.models import Enrollment


@dataclass(frozen=True)
class Content:
    """One document of one pupil. `body` is all that is laid out: the same body, the same pages."""

    kind: DocumentKind
    enrollment: Enrollment
    body: Payload
    report_card: ReportCard | None = None
    sign_off: SignOff | None = None

    @cached_property
    def digest(self) -> str:
        whole = {"kind": self.kind.value, "body": self.body}
        return hashlib.sha256(canonical_bytes(whole)).hexdigest()


def display_content(card: ReportCard) -> Content:
    """The digital card as it is signed: nothing but what was frozen."""
    body = {"payload": card.payload, "digest": card.digest}
    return Content(DocumentKind.DISPLAY, card.enrollment, body, report_card=card)
