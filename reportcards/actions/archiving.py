"""A card's pages on paper: laid out once, kept, and from then on only taken out of the archive."""

from django.db import transaction

from audit.events import Actor, record_event
from audit.models import SystemJob
from reportcards.actions._life import card_scope, lock_card
from reportcards.archive import newest_file, store_file
from reportcards.documents.card_on_paper import card_document
from reportcards.issued_policies import (
    check_is_issued,
)
from reportcards.models import ArchivedFile, FileKind, ReportCard

ARCHIVIST = SystemJob("archive_pdfs")


def archive_card_pdf(*, report_card: ReportCard, by: Actor) -> ArchivedFile:
    """Laid out before the lock; whoever comes second gets what the first one stored."""
    check_is_issued(report_card)
    document = card_document(report_card.payload, is_demo=report_card.is_demo)
    with transaction.atomic():
        card = lock_card(report_card)
        stored = newest_file(card, FileKind.PDF)
        if stored is not None:
            return stored
        stored = store_file(card, FileKind.PDF, document.content)
        record_event(
            "report_card.pdf_archived",
            by=by,
            target=card,
            scope=card_scope(card),
            changes={"uuid": (None, str(card.uuid))},
        )
    return stored
