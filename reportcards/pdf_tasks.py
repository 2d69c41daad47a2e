"""What the worker does once a card is issued: it lays the card out on paper and keeps the pages."""

from django_tasks import task

from reportcards.actions.archiving import ARCHIVIST, archive_card_pdf
from reportcards.models import ReportCard

AFTER_SIGNING = -10  # whoever waits to sign comes first


@task(priority=AFTER_SIGNING)
def archive_pdf(card_id: int) -> None:
    archive_card_pdf(report_card=ReportCard.objects.get(pk=card_id), by=ARCHIVIST)
