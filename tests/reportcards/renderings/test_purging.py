"""What was printed is forgotten after a day; what proves something stays."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.models import SignOff
from audit.models import AuditEvent, SystemJob
from reportcards import actions
from reportcards.models import DocumentKind, PrintPart, PrintRun, Rendering, ReportCard
from reportcards.renderings import purge_tasks
from reportcards.renderings.contents import Content
from reportcards.renderings.files import rendered_storage
from reportcards.stored_files import put
from tests.rows import saved_row

DAY = datetime.timedelta(days=1, minutes=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(cast):
    """Stands still, and over whatever time the cast lives in."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def draft(cast, clock):
    """Laid out just now."""
    return laid_out(cast, "1")


def laid_out(cast, digit, **fields):
    name = put(rendered_storage(), f"year/00/{digit}.pdf", b"%PDF")
    file = {"state": "ready", "name": name, "digest": digit * 64, "page_count": 2}
    return saved_row(Rendering, cast, content_digest=digit * 64, **file, **fields)


def printed(cast, rendering, **fields):
    """In a run that finished now, and whose file is kept for a day."""
    now = timezone.now()
    name = put(rendered_storage(), "prints/1.pdf", b"%PDF-1.7")
    times = {"finished_at": now, "expires_at": now + datetime.timedelta(days=1)}
    run = saved_row(PrintRun, cast, merged_name=name, **(fields or times))
    PrintPart.objects.create(run=run, position=1, rendering=rendering)
    return run


def purge():
    return actions.purge_prints(by=SystemJob("tests"))


def is_there(name):
    return rendered_storage().exists(name)


def test_a_draft_goes_after_a_day_with_its_file(draft, clock):
    assert purge() == 0
    clock.shift(DAY)
    assert purge() == 1
    assert not Rendering.objects.exists()
    assert not is_there(draft.name)


def test_it_is_recorded_how_many_went(cast, draft, clock):
    laid_out(cast, "2")
    clock.shift(DAY)
    purge()
    [event] = AuditEvent.objects.filter(event="rendering.purged")
    assert (event.school_id, event.changes) == (cast.school.pk, {"count": [None, 2]})


def test_a_draft_that_was_asked_for_again_stays(cast, draft, clock):
    clock.shift(DAY)
    content = Content(DocumentKind(draft.kind), cast.anh, draft.content)
    Rendering.objects.filter(pk=draft.pk).update(content_digest=content.digest)
    asked = actions.ask_for_renderings(contents=[content], by=cast.phuc.user)
    purge()
    assert asked == [draft]
    assert Rendering.objects.get() == draft


def test_a_run_goes_after_its_day_and_the_draft_with_it(cast, draft, clock):
    run = printed(cast, draft)
    clock.shift(DAY)
    assert purge() == 2
    run.refresh_from_db()
    assert (run.merged_name, run.parts.count(), is_there("prints/1.pdf")) == ("", 0, False)
    assert not Rendering.objects.exists()
    assert AuditEvent.objects.get(event="print_run.expired").target_id == run.pk


def test_a_run_of_stored_documents_can_be_put_together_again(cast, clock):
    row = laid_out(cast, "4", report_card=saved_row(ReportCard, cast))
    run = printed(cast, row)
    clock.shift(DAY)
    assert purge() == 1
    run.refresh_from_db()
    assert (run.merged_name, run.parts.count(), is_there(row.name)) == ("", 1, True)
    assert purge() == 0


def test_a_run_that_expired_is_recorded_once(cast, draft, clock):
    printed(cast, draft)
    clock.shift(DAY)
    purge()
    assert purge() == 0
    assert AuditEvent.objects.filter(event="print_run.expired").count() == 1


def test_a_draft_stays_while_a_run_needs_it(cast, draft, clock):
    clock.shift(DAY)
    printed(cast, draft)
    assert purge() == 0
    assert is_there(draft.name)


@pytest.mark.parametrize(("days", "is_kept"), [(0, True), (2, False)])
def test_a_cancelled_run_goes_after_a_day(cast, draft, clock, days, is_kept):
    printed(cast, draft, cancelled_at=timezone.now(), cancelled_by=cast.hanh.user)
    clock.shift(datetime.timedelta(days=days))
    purge()
    assert PrintPart.objects.exists() is is_kept


@pytest.mark.parametrize(("days", "is_kept"), [(6, True), (8, False)])
def test_a_run_that_nothing_finished_goes_after_a_week(cast, draft, clock, days, is_kept):
    printed(cast, draft, started_at=timezone.now())
    clock.shift(datetime.timedelta(days=days))
    purge()
    assert PrintPart.objects.exists() is is_kept


def test_a_sign_offs_document_goes_once_another_takes_its_place(cast, clock):
    sign_off = saved_row(SignOff, cast)
    row = laid_out(cast, "3", sign_off=sign_off)
    clock.shift(DAY)
    assert purge() == 0
    SignOff.objects.create(
        record=sign_off.record,
        payload={},
        digest="0" * 64,
        signed_by=cast.hanh.user,
        signer=cast.hanh,
        supersedes=sign_off,
    )
    assert purge() == 1
    assert not is_there(row.name)


@pytest.mark.parametrize("state", ["withdrawn", "superseded", "discarded"])
def test_of_a_card_that_is_over_the_pages_stay_that_were_signed(cast, clock, state):
    card = saved_row(ReportCard, cast, state=state)
    laid_out(cast, "5", report_card=card, kind="year")
    signed = laid_out(cast, "6", report_card=card, kind="display")
    clock.shift(DAY)
    assert purge() == 1
    assert Rendering.objects.get() == signed


def test_a_cards_documents_stay(cards, clock):
    clock.shift(datetime.timedelta(days=400))
    assert purge() == 0
    assert Rendering.objects.filter(report_card__in=cards).count() >= len(cards)


def test_a_file_that_is_gone_already_stops_nothing(draft, clock):
    rendered_storage().delete(draft.name)
    clock.shift(DAY)
    purge()
    assert not Rendering.objects.exists()


@pytest.fixture
def calls():
    return DBTaskResult.objects.filter(task_path=purge_tasks.purge.module_path)


def test_asking_for_a_draft_calls_the_purge_for_tomorrow(
    cast, calls, django_capture_on_commit_callbacks
):
    contents = [Content(DocumentKind.FRONT, cast.anh, {"cover": number}) for number in range(2)]
    for content in contents:
        with django_capture_on_commit_callbacks(execute=True):
            actions.ask_for_renderings(contents=[content], by=cast.phuc.user)
    assert calls.get().run_after > timezone.now() + datetime.timedelta(days=1)


def test_the_purge_calls_itself_while_something_is_left(draft, calls, clock):
    purge_tasks.purge.call()
    assert calls.count() == 1
    calls.delete()
    clock.shift(DAY)
    purge_tasks.purge.call()
    assert not calls.exists()


def test_the_command_says_how_many_files_went(draft, clock, capsys):
    clock.shift(DAY)
    call_command("purge_prints")
    assert capsys.readouterr().out == "1 files deleted\n"
