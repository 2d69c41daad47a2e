"""Making the files of a print run, once its documents have been laid out."""

import secrets
from tempfile import TemporaryFile
from typing import BinaryIO

from django.core.files import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from audit.errors import DomainError
from audit.events import Actor
from reportcards.actions._prints import delete_files, record_print
from reportcards.errors import NothingToPrint, PrintStoppedTooOften
from reportcards.models import PrintOutput, PrintRun, RenderingState
from reportcards.models.leases import LEASE, MOST_ATTEMPTS, taken_by_nobody
from reportcards.models.prints import KEPT_FOR
from reportcards.prints.files import write_files
from reportcards.renderings.files import rendered_storage


def assemble_print_run(*, run: PrintRun, by: Actor) -> bool:
    """Whether nothing is left to be done.

    Until then its documents wait to be laid out, or another worker has it in hand.
    """
    if run.parts.filter(rendering__state=RenderingState.WAITING).exists():
        return not _is_going_on(run)
    if not _lease(run):
        return not _is_going_on(run)
    try:
        _finish(run, _stored_files(run), by=by)
    except DomainError as refusal:
        _refuse(run, str(refusal.message), by=by)
    return True


def _is_going_on(run: PrintRun) -> bool:
    return PrintRun.objects.going_on().filter(pk=run.pk).exists()


def _lease(run: PrintRun) -> bool:
    free = PrintRun.objects.going_on().filter(taken_by_nobody(), pk=run.pk)
    return free.update(leased_until=timezone.now() + LEASE, attempts=F("attempts") + 1) == 1


def _stored_files(run: PrintRun) -> dict[str, str]:
    """Where they stand now, by the field of the run that shall name them."""
    run.refresh_from_db(fields=["attempts"])
    if run.attempts > MOST_ATTEMPTS:
        raise PrintStoppedTooOften
    if not run.parts.filter(rendering__state=RenderingState.READY).exists():
        raise NothingToPrint
    with TemporaryFile() as merged, TemporaryFile() as originals:
        files = {
            "merged": merged if run.output != PrintOutput.ORIGINALS else None,
            "originals": originals if run.output != PrintOutput.MERGED else None,
        }
        write_files(run, **files)
        return {f"{kind}_name": _store(run, kind, file) for kind, file in files.items() if file}


def _store(run: PrintRun, kind: str, file: BinaryIO) -> str:
    """Under a name that nobody guesses, in whatever kind of storage."""
    file.seek(0)
    ending = "pdf" if kind == "merged" else "zip"
    name = f"prints/{run.pk}-{secrets.token_urlsafe(16)}.{ending}"
    return rendered_storage().save(name, File(file))


@transaction.atomic
def _finish(run: PrintRun, names: dict[str, str], *, by: Actor) -> None:
    """Unless it was cancelled meanwhile: then nobody asks for the files any more."""
    now = timezone.now()
    finished = PrintRun.objects.going_on().filter(pk=run.pk)
    if not finished.update(finished_at=now, expires_at=now + KEPT_FOR, leased_until=None, **names):
        delete_files(names.values())
        return
    run.refresh_from_db()
    record_print(run, "finished", by)


@transaction.atomic
def _refuse(run: PrintRun, refusal: str, *, by: Actor) -> None:
    PrintRun.objects.going_on().filter(pk=run.pk).update(refusal=refusal, leased_until=None)
    record_print(run, "refused", by, reason=refusal)
