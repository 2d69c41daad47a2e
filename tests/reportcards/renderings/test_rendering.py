"""Laying out what was asked for: compared, stored, settled; what cannot be is refused."""

import datetime

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from audit.models import AuditEvent, SystemJob
from reportcards import actions
from reportcards.actions._renderings import LEASE, MOST_ATTEMPTS, lease_renderings
from reportcards.display.reading import page_texts
from reportcards.errors import RenderingFailed, RenderingLost, RenderingUnderWay
from reportcards.models import PrintPart, PrintRun, Rendering, RenderingState
from reportcards.renderings import tasks
from reportcards.renderings.cards import display_rendering
from reportcards.renderings.contents import display_content
from reportcards.renderings.files import pdf_in, rendered_storage, store
from tests.reportcards.rows import DIGEST
from tests.rows import saved_row, valid_row

JOB = SystemJob("tests")

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(cards, cast):
    """The pages of three cards, for which no worker has come."""
    Rendering.objects.all().delete()
    contents = [display_content(card) for card in cards]
    return actions.ask_for_renderings(contents=contents, by=cast.van.user)


@pytest.fixture
def calls():
    calls = DBTaskResult.objects.filter(task_path__endswith="render_waiting")
    calls.delete()
    return calls


def now(rendering):
    return actions.render_now(rendering=rendering, by=JOB)


def changed(rendering, **fields):
    Rendering.objects.filter(pk=rendering.pk).update(**fields)
    rendering.refresh_from_db()
    return rendering


def test_a_document_is_laid_out_compared_and_kept(waiting, cards):
    row = now(waiting[0])
    assert (row.state, row.page_count > 1, row.content) == (RenderingState.READY, True, None)
    assert cards[0].payload["student"]["full_name"] in "".join(page_texts(pdf_in(row)))
    assert display_rendering(cards[0]) == row


def test_it_is_recorded_in_the_schools_history(waiting, cast):
    row = now(waiting[0])
    [event] = AuditEvent.objects.filter(event="rendering.made", target_id=row.pk)
    assert (event.school_id, event.school_class_id) == (cast.school.pk, None)
    assert event.system_job == "tests"


def test_what_is_there_is_not_laid_out_again(waiting):
    row = now(waiting[0])
    assert now(row).settled_at == row.settled_at
    assert AuditEvent.objects.filter(event="rendering.made", target_id=row.pk).count() == 1


@pytest.fixture
def a_wrong_year(monkeypatch):
    """The pages show another year than was frozen."""
    render = actions.rendering.render

    def render_wrong(kind, body, **options):
        payload = dict(body["payload"], school_year="2025-2026")
        return render(kind, {**body, "payload": payload}, **options)

    monkeypatch.setattr(actions.rendering, "render", render_wrong)


def test_pages_that_show_something_else_are_refused_with_the_fields_name(waiting, a_wrong_year):
    with translation.override("en"), pytest.raises(RenderingFailed, match="Năm học"):
        now(waiting[0])
    waiting[0].refresh_from_db()
    assert (waiting[0].state, waiting[0].name) == (RenderingState.FAILED, "")
    assert waiting[0].refusal.startswith("Trang PDF khác với học bạ ở mục “Năm học”")
    assert "2025 – 2026" in waiting[0].refusal


def test_one_that_is_refused_stops_no_other(waiting, a_wrong_year):
    assert actions.render_next(most=2, by=JOB) == 2
    assert AuditEvent.objects.filter(event="rendering.refused").count() == 2


def test_an_error_of_the_program_fails_the_document_that_met_it(waiting):
    changed(waiting[0], content={"payload": {}, "digest": ""})
    with pytest.raises(KeyError):
        actions.render_next(most=3, by=JOB)
    rows = Rendering.objects.order_by("pk")
    assert [row.state for row in rows] == ["failed", "waiting", "waiting"]
    assert [(row.leased_until, row.attempts) for row in rows[1:]] == [(None, 0), (None, 0)]
    assert rows[0].refusal.startswith("Không tạo được tài liệu này")
    assert actions.render_next(most=3, by=JOB) == 2


def test_a_worker_that_is_stopped_blames_no_document(waiting, monkeypatch):
    def stop(*_arguments, **_options):
        raise SystemExit

    monkeypatch.setattr(actions.rendering, "render", stop)
    with pytest.raises(SystemExit):
        actions.render_next(most=2, by=JOB)
    states = Rendering.objects.order_by("pk").values_list("state", "attempts")
    assert list(states) == [("waiting", 1), ("waiting", 0), ("waiting", 0)]


def test_whoever_signs_is_told_of_it_by_a_sentence(waiting, caplog):
    changed(waiting[0], content={"payload": {}, "digest": ""})
    with pytest.raises(RenderingFailed, match="Không tạo được tài liệu này"):
        now(waiting[0])
    assert f"Rendering {waiting[0].pk} failed" in caplog.text
    assert "KeyError" in caplog.text


def test_a_worker_is_called_for_those_that_wait_again(waiting, calls):
    changed(waiting[0], content={"payload": {}, "digest": ""})
    with pytest.raises(KeyError):
        tasks.render_waiting.call()
    assert calls.ready().count() == 1


def test_what_somebody_is_at_is_left_to_her(waiting):
    lease_renderings(most=1)
    with pytest.raises(RenderingUnderWay):
        now(waiting[0])


def test_a_dead_workers_documents_are_free_when_her_lease_is_over(waiting):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        lease_renderings(most=3)
        assert not lease_renderings(most=3)
        clock.shift(LEASE + datetime.timedelta(seconds=1))
        assert [row.attempts for row in lease_renderings(most=3)] == [2, 2, 2]


def test_whoever_kills_each_worker_is_given_up(waiting):
    changed(waiting[0], attempts=MOST_ATTEMPTS)
    assert len(lease_renderings(most=3)) == 2
    waiting[0].refresh_from_db()
    assert (waiting[0].state, "nhiều lần" in waiting[0].refusal) == ("failed", True)


def test_what_is_to_be_signed_comes_before_the_rest_and_what_is_printed_before_both(cast, waiting):
    def another(digit):
        return saved_row(Rendering, cast, content_digest=digit * 64, kind="year")

    plain, printed = another("1"), another("2")
    run = saved_row(PrintRun, cast)
    for position in (1, 2):  # twice in one run is one document still
        PrintPart.objects.create(run=run, position=position, rendering=printed)
    assert lease_renderings(most=9) == [printed, *waiting, plain]


def test_a_call_lays_out_all_and_calls_for_nobody(waiting):
    tasks.render_waiting.call()
    assert not Rendering.objects.waiting().exists()
    assert not DBTaskResult.objects.ready().exists()


def test_while_more_waits_another_worker_is_called(waiting, calls, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 1)
    tasks.render_waiting.call()
    assert calls.ready().count() == 1


def test_a_call_that_finds_others_at_work_looks_again_later(waiting, calls):
    lease_renderings(most=3)
    tasks.render_waiting.call()
    tasks.call_for_rest()
    [later] = calls
    assert later.run_after > timezone.now()
    tasks.call_once()  # what is asked for now does not wait for that
    assert calls.ready().count() == 1


def test_a_file_that_was_changed_is_given_to_nobody(waiting):
    row = now(waiting[0])
    rendered_storage().delete(row.name)
    with pytest.raises(RenderingLost):
        pdf_in(row)
    rendered_storage().save(row.name, ContentFile(b"%PDF-1.7 of somebody else"))
    with pytest.raises(RenderingLost):
        pdf_in(row)


def test_what_was_left_half_written_is_gone_around(cast):
    row = valid_row(Rendering, cast)
    name = store(row, b"%PDF-1.7 whole")
    rendered_storage().delete(name)
    rendered_storage().save(name, ContentFile(b"%PDF"))
    assert store(row, b"%PDF-1.7 whole") != name
    assert DIGEST in name


def test_whoever_comes_too_late_takes_nothing_back(waiting):
    late = lease_renderings(most=1)[0]
    changed(late, leased_until=None)
    ready = now(waiting[0])
    actions._renderings.settle_failed(late, "Muộn.", by=JOB)
    ready.refresh_from_db()
    assert (ready.state, ready.refusal) == (RenderingState.READY, "")
    assert not AuditEvent.objects.filter(event="rendering.refused").exists()
