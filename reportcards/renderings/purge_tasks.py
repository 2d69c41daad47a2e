"""Files of prints go after a day, also where nobody has told cron to see to it."""

import datetime

from django.utils import timezone
from django_tasks import task

from audit.models import SystemJob
from reportcards.actions.purging import purge_prints
from reportcards.models import PrintRun, Rendering
from reportcards.models.prints import KEPT_FOR
from reportcards.worker_calls import calls_of

PURGER = SystemJob("purge_prints")
PRIORITY = -20
AFTER = KEPT_FOR + datetime.timedelta(hours=1)


@task(priority=PRIORITY)
def purge() -> None:
    purge_prints(by=PURGER)
    has_files = PrintRun.objects.exclude(merged_name="", originals_name="").exists()
    if has_files or Rendering.objects.drafts().exists():
        call_purge()


def call_purge() -> None:
    """Unless it has been called."""
    if not calls_of(purge).exists():
        purge.using(run_after=timezone.now() + AFTER).enqueue()
