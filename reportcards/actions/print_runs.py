"""Beginning a print run, going on with it, leaving it, and taking its files."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from audit.events import Actor, Happening, Scope, record_events
from reportcards.actions._prints import delete_files, record_print
from reportcards.actions.asking import ask_for_renderings, retry_renderings
from reportcards.errors import NothingToPrint, PrintGone, PrintIsOver
from reportcards.models import PrintedDocument, PrintPart, PrintRun, Rendering, RenderingState
from reportcards.permissions import check_user_can_print
from reportcards.prints.contents import PrintOrder, contents_of
from reportcards.prints.permissions import check_user_can_use_print
from reportcards.prints.queue import call_assembler
from reportcards.prints.taking import PrintFile, file_of
from reportcards.renderings.contents import Content
from reportcards.renderings.purge_tasks import call_purge
from reportcards.renderings.queue import call_renderer
from schools.models import StaffMember

PRINTED_EVENTS = {PrintedDocument.REPORT: "period_report.printed"}
AS_IF_NEW = {
    "finished_at": None,
    "expires_at": None,
    "refusal": "",
    "merged_name": "",
    "originals_name": "",
    "leased_until": None,
    "attempts": 0,
}


def start_print_run(*, order: PrintOrder, by: StaffMember) -> PrintRun:
    """Who has no such document is left out.

    What a whole school's documents are made of is read before anything is locked.
    """
    for school_class in order.classes:
        check_user_can_print(by, school_class)
    contents = contents_of(order, by.school)
    if not contents:
        raise NothingToPrint
    return _begin_run(order, contents, by)


@transaction.atomic
def _begin_run(order: PrintOrder, contents: Sequence[Content], by: StaffMember) -> PrintRun:
    renderings = ask_for_renderings(contents=contents, by=by.acting_user)
    run = PrintRun.objects.create(
        school=by.school,
        document=order.document,
        output=order.output,
        title=order.title,
        started_by=by.acting_user,
    )
    PrintPart.objects.bulk_create(
        PrintPart(run=run, position=position, rendering=rendering)
        for position, rendering in enumerate(renderings, start=1)
    )
    check_user_can_use_print(by, run)
    record_print(run, "started", by.acting_user)
    _record_printed(order, contents, by)
    call_assembler(run)
    transaction.on_commit(call_purge)
    return run


@transaction.atomic
def cancel_print_run(*, run: PrintRun, by: StaffMember) -> PrintRun:
    """Documents that were laid out for it stay stored: others may print them."""
    check_user_can_use_print(by, run)
    cancelled = PrintRun.objects.unfinished().filter(pk=run.pk)
    if not cancelled.update(
        cancelled_at=timezone.now(), cancelled_by=by.acting_user, leased_until=None
    ):
        raise PrintIsOver
    run.refresh_from_db()
    record_print(run, "cancelled", by.acting_user)
    return run


@transaction.atomic
def retry_print_run(*, run: PrintRun, by: StaffMember) -> PrintRun:
    """Only what failed is laid out again; the files are then made anew, with everybody in them."""
    check_user_can_use_print(by, run)
    locked = PrintRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.cancelled_at is not None or locked.is_going_on:
        raise PrintIsOver
    if locked.is_expired:
        raise PrintGone
    failed = Rendering.objects.filter(parts__run=run, state=RenderingState.FAILED)
    retry_renderings(renderings=list(failed.defer("content")), by=by.acting_user)
    delete_files([locked.merged_name, locked.originals_name])
    PrintRun.objects.filter(pk=run.pk).update(**AS_IF_NEW)
    run.refresh_from_db()
    record_print(run, "retried", by.acting_user)
    call_assembler(run)
    return run


@transaction.atomic
def resume_print_run(*, run: PrintRun, by: Actor) -> None:
    """Calls a worker again where one has died."""
    record_print(run, "resumed", by)
    call_renderer()
    call_assembler(run)


def download_print(*, run: PrintRun, kind: str, by: StaffMember) -> PrintFile:
    """`kind` is that of one of its files: "merged" or "originals". The file is open."""
    check_user_can_use_print(by, run)
    file = file_of(run, kind)
    record_print(run, "downloaded", by.acting_user)
    return file


def _record_printed(order: PrintOrder, contents: Sequence[Content], by: StaffMember) -> None:
    """In each pupil's own history, once however many documents are hers."""
    printed = {content.enrollment.student_id for content in contents}
    event = PRINTED_EVENTS.get(order.document, "report_card.printed")
    record_events(
        [
            Happening(
                event,
                row.student,
                Scope(by.school_id, row.school_class_id, row.student_id),
            )
            for row in order.enrollments
            if row.student_id in printed
        ],
        by=by.acting_user,
    )
