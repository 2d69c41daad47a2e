"""Beginning a print run, leaving it, trying it again, and taking its files."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from audit.errors import NotPermitted
from audit.models import AuditEvent
from reportcards import actions
from reportcards.errors import NothingToPrint, PrintGone, PrintIsOver
from reportcards.models import (
    PrintedDocument,
    PrintOutput,
    PrintRun,
    Rendering,
    RenderingState,
    ReportCard,
)
from reportcards.renderings.files import rendered_storage
from rulesets import Period
from tests import factories
from tests.reportcards.digital_cards import pupils_of
from tests.reportcards.prints.arrange import (
    TITLE,
    content_of,
    fail,
    finished,
    lay_out,
    order_of,
    start,
)

pytestmark = pytest.mark.django_db
COUNT_OF_START = 22
A_DAY = datetime.timedelta(days=1)


def events(name):
    return list(AuditEvent.objects.filter(event=name).order_by("pk"))


class TestStart:
    def test_the_documents_stand_in_roll_order(self, signed_class, issued_cards):
        run = start(signed_class)
        parts = run.parts.select_related("rendering__report_card")
        assert [part.position for part in parts] == [1, 2, 3]
        assert [part.rendering.report_card for part in parts] == issued_cards
        assert (run.title, run.school, run.started_by) == (
            TITLE,
            signed_class.school,
            signed_class.van.user,
        )

    def test_only_the_chosen_are_printed(self, signed_class, issued_cards):
        run = start(signed_class, enrollments=pupils_of(signed_class)[1:2])
        assert [part.rendering.enrollment for part in run.parts.all()] == [signed_class.duc]

    def test_a_card_that_is_not_issued_is_left_out(self, signed_class, cards):
        with pytest.raises(NothingToPrint):
            start(signed_class)
        assert not PrintRun.objects.exists()

    def test_years_need_no_card(self, signed_class):
        run = start(signed_class, document=PrintedDocument.YEAR)
        assert {part.rendering.kind for part in run.parts.all()} == {"year"}
        assert run.parts.count() == 3

    def test_a_book_is_its_first_pages_and_its_years(self, signed_class):
        run = start(signed_class, document=PrintedDocument.BOOK)
        kinds = [part.rendering.kind for part in run.parts.order_by("position")]
        assert kinds == ["front", "year"] * 3

    def test_reports_are_of_one_period(self, signed_class):
        run = start(signed_class, document=PrintedDocument.REPORT, period=Period.END_YEAR)
        assert {part.rendering.kind for part in run.parts.all()} == {"report"}
        with pytest.raises(NothingToPrint):
            start(signed_class, document=PrintedDocument.REPORT, period=Period.MID_TERM_1)

    def test_it_is_recorded_and_for_each_pupil_too(self, signed_class, issued_cards):
        run = start(signed_class)
        [started] = events("print_run.started")
        assert (started.target_id, started.actor) == (run.pk, signed_class.van.user)
        printed = events("report_card.printed")
        assert [event.student_id for event in printed] == [card.student_id for card in issued_cards]
        assert {event.school_class_id for event in printed} == {signed_class.school_class.pk}

    def test_a_report_is_recorded_by_its_own_name(self, signed_class):
        start(signed_class, document=PrintedDocument.REPORT, period=Period.END_YEAR)
        assert len(events("period_report.printed")) == 3
        assert not events("report_card.printed")

    def test_a_worker_is_called_once_all_stands_in_the_database(
        self, signed_class, issued_cards, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            run = start(signed_class)
        [call] = DBTaskResult.objects.filter(task_path__endswith="assemble_run")
        assert call.args_kwargs == {"args": [run.pk], "kwargs": {}}

    def test_the_homeroom_teacher_prints_her_class(self, signed_class, issued_cards):
        assert start(signed_class, by=signed_class.ngoc).started_by == signed_class.ngoc.user

    @pytest.mark.parametrize("name", ["binh", "suong", "kien", "quang"])
    def test_others_do_not(self, signed_class, name):
        with pytest.raises(NotPermitted):
            start(signed_class, document=PrintedDocument.YEAR, by=getattr(signed_class, name))
        assert not PrintRun.objects.exists()

    def test_one_class_that_is_not_hers_refuses_them_all(self, signed_class):
        other = factories.make_class(signed_class.school_year, "4B", (4,))
        pupil = factories.enroll(factories.make_student("Nông Thị Mây"), other)
        rows = [*pupils_of(signed_class), pupil]
        with pytest.raises(NotPermitted):
            start(
                signed_class,
                document=PrintedDocument.YEAR,
                enrollments=rows,
                by=signed_class.ngoc,
            )

    def test_the_queries_do_not_grow_with_the_pupils(self, signed_class, issued_cards):
        everybody = pupils_of(signed_class)
        counts = []
        for enrollments in (everybody, everybody[:1], everybody):
            with CaptureQueriesContext(connection) as queries:
                start(signed_class, enrollments=enrollments)
            counts.append(len(queries))
        assert counts[1] == counts[2] <= COUNT_OF_START


class TestCancel:
    @pytest.fixture
    def run(self, signed_class):
        return start(signed_class, document=PrintedDocument.YEAR)

    def test_it_says_who_and_when(self, signed_class, run):
        actions.cancel_print_run(run=run, by=signed_class.van)
        assert (run.cancelled_by, run.cancelled_at) == (signed_class.van.user, timezone.now())
        assert events("print_run.cancelled")[0].target_id == run.pk

    def test_what_is_over_is_not_cancelled(self, signed_class, run):
        finished(run)
        with pytest.raises(PrintIsOver):
            actions.cancel_print_run(run=run, by=signed_class.van)

    def test_nobody_else_cancels_it(self, signed_class, run):
        with pytest.raises(NotPermitted):
            actions.cancel_print_run(run=run, by=signed_class.hanh)


class TestRetry:
    @pytest.fixture
    def run(self, signed_class, issued_cards):
        run = start(signed_class)
        fail(run, 2)
        return finished(run)

    def test_only_what_failed_is_laid_out_again(self, signed_class, run):
        ready = Rendering.objects.filter(parts__run=run, state=RenderingState.READY)
        before = set(ready.values_list("pk", "settled_at"))
        actions.retry_print_run(run=run, by=signed_class.van)
        assert set(ready.values_list("pk", "settled_at")) == before
        waiting = run.parts.get(position=2).rendering
        assert (waiting.state, waiting.refusal) == (RenderingState.WAITING, "")

    def test_the_files_are_made_anew_with_everybody_in_them(
        self, signed_class, run, django_capture_on_commit_callbacks
    ):
        former = run.merged_name
        with django_capture_on_commit_callbacks(execute=True):
            actions.retry_print_run(run=run, by=signed_class.van)
        assert not rendered_storage().exists(former)
        assert (run.is_going_on, run.merged_name, run.attempts) == (True, "", 0)
        assert DBTaskResult.objects.filter(task_path__endswith="assemble_run").count() == 1

    def test_it_is_recorded(self, signed_class, run):
        actions.retry_print_run(run=run, by=signed_class.van)
        assert events("print_run.retried")[0].target_id == run.pk

    def test_what_goes_on_is_not_tried_again(self, signed_class, run):
        actions.retry_print_run(run=run, by=signed_class.van)
        with pytest.raises(PrintIsOver):
            actions.retry_print_run(run=run, by=signed_class.van)

    def test_what_is_cancelled_stays_so(self, signed_class):
        run = start(signed_class, document=PrintedDocument.YEAR)
        actions.cancel_print_run(run=run, by=signed_class.van)
        with pytest.raises(PrintIsOver):
            actions.retry_print_run(run=run, by=signed_class.van)

    def test_what_expired_is_chosen_anew(self, signed_class, run):
        later = timezone.now() + A_DAY + datetime.timedelta(seconds=1)
        with time_machine.travel(later, tick=False), pytest.raises(PrintGone):
            actions.retry_print_run(run=run, by=signed_class.van)


class TestDownload:
    @pytest.fixture
    def run(self, signed_class, issued_cards):
        return finished(start(signed_class, output=PrintOutput.MERGED))

    def take(self, signed_class, run, kind="merged"):
        file = actions.download_print(run=run, kind=kind, by=signed_class.van)
        with file.file as opened:
            return file, opened.read()

    def test_it_is_the_stored_file_under_the_prints_name(self, signed_class, run):
        file, content = self.take(signed_class, run)
        assert (file.name, file.ending, file.content_type) == (TITLE, "pdf", "application/pdf")
        assert content == content_of(run, "merged")

    def test_it_is_recorded(self, signed_class, run):
        self.take(signed_class, run)
        [event] = events("print_run.downloaded")
        assert (event.target_id, event.actor) == (run.pk, signed_class.van.user)

    def test_what_was_not_asked_for_is_not_there(self, signed_class, run):
        with pytest.raises(PrintGone):
            self.take(signed_class, run, "originals")
        assert not events("print_run.downloaded")

    @pytest.mark.parametrize("kind", ["", "parts", "../merged"])
    def test_there_are_two_kinds_of_files(self, signed_class, run, kind):
        with pytest.raises(PrintGone):
            self.take(signed_class, run, kind)

    def test_after_a_day_it_is_gone(self, signed_class, run):
        later = timezone.now() + A_DAY + datetime.timedelta(seconds=1)
        with time_machine.travel(later, tick=False), pytest.raises(PrintGone):
            self.take(signed_class, run)

    def test_a_file_that_is_lost_is_said_to_be_gone(self, signed_class, run):
        rendered_storage().delete(run.merged_name)
        with pytest.raises(PrintGone):
            self.take(signed_class, run)

    def test_nobody_else_takes_it(self, signed_class, run):
        with pytest.raises(NotPermitted):
            actions.download_print(run=run, kind="merged", by=signed_class.hanh)

    def test_who_gave_the_class_up_takes_it_no_more(self, signed_class, issued_cards):
        run = finished(start(signed_class, by=signed_class.ngoc))
        assignments = signed_class.school_class.homeroom_assignments
        assignments.update(ended_on=timezone.localdate() - datetime.timedelta(days=30))
        with pytest.raises(NotPermitted):
            actions.download_print(run=run, kind="merged", by=signed_class.ngoc)


def test_a_homeroom_teacher_takes_the_books_of_her_class(signed_class):
    """Their older years are of classes that were not hers."""
    earlier = factories.make_class(
        factories.make_school_year(signed_class.school, first_year=2025), "3A", (3,)
    )
    factories.enroll(
        signed_class.anh.student,
        earlier,
        ended_on=datetime.date(2026, 5, 31),
        exit_reason="year_ended",
    )
    run = start(
        signed_class,
        document=PrintedDocument.BOOK,
        enrollments=[row for row in pupils_of(signed_class) if row == signed_class.anh],
        by=signed_class.ngoc,
    )
    lay_out(run)
    assert [part.rendering.kind for part in run.parts.order_by("position")] == [
        "front",
        "year",
        "year",
    ]


def test_a_homeroom_teacher_prints_the_cards_of_earlier_classes_with_the_books(
    signed_class, issued_cards, an_older_card
):
    run = start(
        signed_class,
        document=PrintedDocument.DISPLAY_BOOK,
        enrollments=[row for row in pupils_of(signed_class) if row == signed_class.anh],
        by=signed_class.ngoc,
    )
    assert [part.rendering.report_card for part in run.parts.order_by("position")] == [
        an_older_card,
        ReportCard.objects.get(enrollment=signed_class.anh),
    ]


def test_an_order_names_each_class_once(signed_class):
    assert order_of(signed_class).classes == [signed_class.school_class]
