"""What the worker does for a print: it waits for the documents and makes files of them.

A task carries the number of a run and nothing else; what is to be joined stands in the run's
own parts, and a killed worker's run is taken up by the next one (ADR 36).
"""

import datetime

from django.utils import timezone
from django_tasks import task

from audit.models import SystemJob
from reportcards.actions.assembling import assemble_print_run
from reportcards.models import PrintRun

ASSEMBLER = SystemJob("assemble_print_runs")
PRIORITY = 10  # somebody is looking at the progress
PAUSE = datetime.timedelta(seconds=2)


@task(priority=PRIORITY)
def assemble_run(run_id: int) -> None:
    run = PrintRun.objects.select_related("school").filter(pk=run_id).first()
    if run is not None and not assemble_print_run(run=run, by=ASSEMBLER):
        look_again_later(run)


def look_again_later(run: PrintRun) -> None:
    """Its documents are still being laid out, or another worker, perhaps a dead one, has it."""
    assemble_run.using(run_after=timezone.now() + PAUSE).enqueue(run.pk)
