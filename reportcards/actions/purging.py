"""Forgetting what was printed: files of prints after a day, and the drafts that went into them.

Files go first, then their rows: whoever is stopped in between begins again with the same rows.
"""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit.events import Actor, Scope, record_event
from reportcards.models import PrintPart, PrintRun, Rendering
from reportcards.models.prints import KEPT_FOR
from reportcards.renderings.files import rendered_storage
from schools.models import School

ABANDONED_AFTER = datetime.timedelta(days=7)  # a run that nothing finishes


@transaction.atomic
def purge_prints(*, by: Actor) -> int:
    """How many files were deleted. A digital card's documents, and a sign-off's while it is in
    force, are no drafts: they stay."""
    return _purge_runs(by) + _purge_drafts(by)


def _purge_runs(by: Actor) -> int:
    """What hangs on stored documents alone can be put together again; drafts are let go."""
    now = timezone.now()
    over = Q(expires_at__lt=now) | Q(cancelled_at__lt=now - KEPT_FOR)
    abandoned = Q(finished_at=None, cancelled_at=None, started_at__lt=now - ABANDONED_AFTER)
    has_files = ~Q(merged_name="", originals_name="")
    has_drafts = Q(parts__rendering__in=Rendering.objects.drafts())
    found = PrintRun.objects.filter(over | abandoned).filter(has_files | has_drafts)
    runs = list(PrintRun.objects.select_for_update().filter(pk__in=found.values("pk")))
    count = _delete_files(name for run in runs for name in (run.merged_name, run.originals_name))
    pks = [run.pk for run in runs]
    PrintPart.objects.filter(run__in=PrintRun.objects.filter(has_drafts, pk__in=pks)).delete()
    PrintRun.objects.filter(pk__in=pks).update(merged_name="", originals_name="")
    for run in runs:
        record_event("print_run.expired", by=by, target=run, scope=Scope(run.school_id))
    return count


def _purge_drafts(by: Actor) -> int:
    drafts = list(
        Rendering.objects.drafts()
        .filter(asked_at__lt=timezone.now() - KEPT_FOR, parts__isnull=True)
        .select_related("school")
        .defer("content")
        .select_for_update(of=("self",))
    )
    count = _delete_files(row.name for row in drafts)
    Rendering.objects.filter(pk__in=[row.pk for row in drafts]).delete()
    for school in {row.school for row in drafts}:
        _record_purged(school, sum(row.school_id == school.pk for row in drafts), by)
    return count


def _record_purged(school: School, count: int, by: Actor) -> None:
    record_event(
        "rendering.purged",
        by=by,
        target=school,
        scope=Scope(school.pk),
        changes={"count": (None, count)},
    )


def _delete_files(names: Iterable[str]) -> int:
    named = [name for name in names if name]
    for name in named:
        rendered_storage().delete(name)
    return len(named)
