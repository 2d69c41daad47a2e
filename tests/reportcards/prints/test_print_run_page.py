"""The page of a print run, its progress, its files, and the list of one's own."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from audit.models import AuditEvent
from reportcards import actions
from reportcards.models import PrintedDocument, PrintOutput, PrintRun, Rendering, RenderingState
from reportcards.worker_calls import PATIENCE
from tests.hocba.rendering import parse, text_of
from tests.pages import client_of
from tests.reportcards.prints.arrange import TITLE, content_of, fail, finished, start

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
HTMX = {"hx-request": "true"}


@pytest.fixture
def run(signed_class):
    return start(signed_class, document=PrintedDocument.YEAR)


@pytest.fixture
def done(signed_class, issued_cards):
    return finished(start(signed_class, output=PrintOutput.BOTH))


@pytest.fixture
def clerk(signed_class):
    return client_of(signed_class, "van")


def url_of(run, name="print_run", **kwargs):
    return reverse(name, kwargs={"pk": run.pk, **kwargs})


def show(client, run):
    return client.get(url_of(run))


def settle(run, count):
    """As if so many documents had been laid out."""
    rows = Rendering.objects.filter(parts__run=run).order_by("pk")[:count]
    Rendering.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=RenderingState.READY,
        name="y.pdf",
        digest="0" * 64,
        page_count=2,
        settled_at=timezone.now(),
    )


class TestPage:
    def test_it_says_how_far_the_run_is(self, clerk, run):
        settle(run, 1)
        response = show(clerk, run)
        assert "Đã tạo tài liệu của 1 trên 3 em." in text_of(response)
        assert TITLE in text_of(response)
        [bar] = parse(response.content.decode()).all("progress")
        assert (bar["value"], bar["max"]) == ("1", "3")

    def test_each_pupil_has_her_state(self, clerk, run):
        settle(run, 1)
        [table] = parse(show(clerk, run).content.decode()).all("table")
        assert [row.text for row in table.all("tr")[1:]] == [
            "1 Lê Minh Anh 4A Đã có",
            "2 Võ Trí Đức 4A Đang tạo",
            "3 H'Hen Niê 4A Đang tạo",
        ]

    def test_the_class_of_a_book_is_said_to_be_the_newest(self, clerk, signed_class, run):
        book = start(signed_class, document=PrintedDocument.BOOK)
        assert "Họ và tên Lớp mới nhất" in text_of(show(clerk, book))
        assert "Lớp mới nhất" not in text_of(show(clerk, run))

    def test_a_book_of_digital_cards_stands_under_the_newest_class(
        self, clerk, signed_class, issued_cards, an_older_card
    ):
        run = start(signed_class, document=PrintedDocument.DISPLAY_BOOK)
        text = text_of(show(clerk, run))
        assert "1 Lê Minh Anh 4A" in text
        assert "3A" not in text

    def test_once_all_are_laid_out_the_files_are_made(self, clerk, run):
        settle(run, 3)
        assert "Đã có tài liệu của 3 trên 3 em, đang ghép tệp." in text_of(show(clerk, run))

    def test_what_is_printed_and_how_stands_there(self, clerk, run):
        assert "Tài liệu: học bạ giấy, một năm." in text_of(show(clerk, run))
        assert "Lấy về: một tệp để in." in text_of(show(clerk, run))

    def test_a_finished_run_offers_its_files(self, clerk, done):
        response = show(clerk, done)
        text = text_of(response)
        assert "Đã xong, có đủ 3 em." in text
        assert "Tải tệp để in (PDF)" in text
        assert "Tải các bản gốc (ZIP)" in text
        assert "Giữ đến 08:30 08/06/2027." in text
        assert "hx-get" not in response.content.decode()
        assert "Hủy lượt in" not in text

    def test_who_failed_is_named_with_the_sentence(self, clerk, signed_class, issued_cards):
        run = start(signed_class)
        fail(run, 2)
        text = text_of(show(clerk, finished(run)))
        assert "Đã xong, có 2 em; 1 em chưa in được." in text
        assert "Võ Trí Đức · 4A Ô Toán khác với học bạ." in text
        assert "Làm lại các em chưa in được" in text

    def test_what_came_after_the_files_is_not_said_to_be_in_them(self, clerk, done):
        later = timezone.now() + datetime.timedelta(minutes=1)
        Rendering.objects.filter(parts__position=1).update(settled_at=later)
        text = text_of(show(clerk, done))
        assert "Đã xong, có 2 em; 1 em chưa in được." in text
        assert "Tài liệu có sau khi ghép tệp." in text

    def test_a_refused_run_says_why_and_can_be_tried_again(self, clerk, run):
        PrintRun.objects.update(refusal="Máy ghép tệp đã dừng giữa chừng nhiều lần.")
        text = text_of(show(clerk, run))
        assert "Máy ghép tệp đã dừng giữa chừng nhiều lần." in text
        assert "Làm lại" in text

    def test_a_cancelled_run_says_since_when(self, clerk, signed_class, run):
        actions.cancel_print_run(run=run, by=signed_class.van)
        text = text_of(show(clerk, run))
        assert "Đã hủy lúc 08:30 07/06/2027." in text
        assert "Làm lại" not in text
        assert "Đang tạo" not in text

    def test_after_a_day_it_says_that_the_files_are_gone(self, clerk, done):
        PrintRun.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
        text = text_of(show(clerk, done))
        assert "Tệp chỉ giữ một ngày và đã được xóa." in text
        assert "Tải tệp" not in text

    def test_no_cache_keeps_it(self, clerk, run):
        assert "no-store" in show(clerk, run)["Cache-Control"]

    def test_a_colleague_is_refused_and_a_stranger_does_not_know_it(self, signed_class, run):
        assert show(client_of(signed_class, "hanh"), run).status_code == 403
        assert show(client_of(signed_class, "quang"), run).status_code == 404


class TestProgress:
    def look(self, client, run, **headers):
        return client.get(url_of(run, "print_run_progress"), headers=headers)

    def test_the_page_looks_again_by_itself(self, clerk, run):
        content = show(clerk, run).content.decode()
        assert 'hx-trigger="every 2s"' in content
        assert "htmx" in content

    def test_it_is_the_pages_own_piece(self, clerk, run):
        assert text_of(self.look(clerk, run)).startswith("Đã tạo tài liệu của 0 trên 3 em.")

    def test_when_the_run_is_over_the_page_is_loaded_anew(self, clerk, run):
        PrintRun.objects.update(refusal="Không được.")
        assert self.look(clerk, run, **HTMX)["HX-Refresh"] == "true"

    def test_its_queries_do_not_grow_with_the_pupils(
        self, clerk, run, django_assert_max_num_queries
    ):
        self.look(clerk, run)
        with django_assert_max_num_queries(9):
            self.look(clerk, run)


class TestWorker:
    @pytest.fixture
    def called(self, signed_class, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            return start(signed_class, document=PrintedDocument.YEAR)

    def kill_worker(self):
        DBTaskResult.objects.update(status="RUNNING")

    def resume(self, client, run, callbacks, **headers):
        with callbacks(execute=True):
            return client.post(url_of(run, "resume_print"), headers=headers)

    def waiting_calls(self):
        calls = DBTaskResult.objects.filter(task_path__endswith="assemble_run", status="READY")
        return calls.count()

    def test_without_a_script_it_is_read_again(self, clerk, called):
        assert "Xem lại tiến độ" in text_of(show(clerk, called))

    def test_a_silent_worker_is_told(self, clerk, called):
        assert "chưa trả lời" not in text_of(show(clerk, called))
        with time_machine.travel(timezone.now() + PATIENCE * 2, tick=False):
            assert "Máy tạo tài liệu chưa trả lời." in text_of(show(clerk, called))

    def test_a_dead_worker_is_called_again_by_the_page(
        self, clerk, called, django_capture_on_commit_callbacks
    ):
        self.kill_worker()
        assert "dừng giữa chừng" in text_of(show(clerk, called))
        response = self.resume(clerk, called, django_capture_on_commit_callbacks, **HTMX)
        assert text_of(response).startswith("Đã tạo tài liệu của 0 trên 3 em.")
        assert "dừng giữa chừng" not in text_of(show(clerk, called))
        assert self.waiting_calls() == 1
        assert AuditEvent.objects.filter(event="print_run.resumed").count() == 1

    def test_without_a_script_a_button_calls_it(
        self, clerk, called, django_capture_on_commit_callbacks
    ):
        self.kill_worker()
        response = self.resume(clerk, called, django_capture_on_commit_callbacks)
        assert response.url == url_of(called)
        assert self.waiting_calls() == 1

    def test_who_lives_is_not_called_again(self, clerk, called, django_capture_on_commit_callbacks):
        self.resume(clerk, called, django_capture_on_commit_callbacks)
        assert self.waiting_calls() == 1
        assert not AuditEvent.objects.filter(event="print_run.resumed").exists()

    def test_who_has_it_in_hand_is_left_to_it(self, clerk, called):
        self.kill_worker()
        PrintRun.objects.update(leased_until=timezone.now() + datetime.timedelta(minutes=1))
        assert "dừng giữa chừng" not in text_of(show(clerk, called))


class TestFiles:
    def take(self, client, run, kind="merged"):
        return client.get(url_of(run, "print_run_file", kind=kind))

    def test_the_file_is_saved_under_the_prints_name(self, clerk, done):
        response = self.take(clerk, done)
        assert b"".join(response.streaming_content) == content_of(done, "merged")
        assert response["Content-Type"] == "application/pdf"
        assert response["Cache-Control"] == "private, no-store"
        named = 'attachment; filename="hoc-ba-so-lop-4a-2026-2027.pdf"'
        assert response["Content-Disposition"].startswith(named)

    def test_the_originals_are_a_zip(self, clerk, done):
        response = self.take(clerk, done, "originals")
        assert b"".join(response.streaming_content) == content_of(done, "originals")
        assert response["Content-Type"] == "application/zip"
        assert '.zip"' in response["Content-Disposition"]

    def test_taking_it_is_recorded(self, clerk, done):
        assert b"".join(self.take(clerk, done).streaming_content)
        assert AuditEvent.objects.filter(event="print_run.downloaded").count() == 1

    def test_what_is_gone_is_told_on_the_runs_page(self, clerk, done):
        PrintRun.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
        response = clerk.get(url_of(done, "print_run_file", kind="merged"), follow=True)
        assert response.redirect_chain[0][0] == url_of(done)
        assert "chỉ giữ một ngày và đã được xóa. Hãy in lại." in text_of(response)

    @pytest.mark.parametrize(("role", "status"), [("hanh", 403), ("quang", 404), ("hoa", 404)])
    def test_others_do_not_take_it(self, signed_class, run, role, status):
        assert self.take(client_of(signed_class, role), run).status_code == status


class TestSteps:
    def test_it_is_cancelled(self, clerk, run):
        response = clerk.post(url_of(run, "cancel_print"), follow=True)
        assert "Đã hủy lượt in." in text_of(response)
        run.refresh_from_db()
        assert run.state == "cancelled"

    def test_what_is_over_is_not_cancelled_but_told(self, clerk, run):
        PrintRun.objects.update(finished_at=timezone.now())
        response = clerk.post(url_of(run, "cancel_print"), follow=True)
        assert "Lượt in này đã xong hoặc đã bị hủy." in text_of(response)

    def test_it_is_tried_again(self, clerk, run):
        PrintRun.objects.update(refusal="Không được.")
        assert clerk.post(url_of(run, "retry_print")).url == url_of(run)
        run.refresh_from_db()
        assert run.is_going_on

    @pytest.mark.parametrize("name", ["cancel_print", "retry_print", "resume_print"])
    def test_nothing_is_changed_by_reading(self, clerk, run, name):
        assert clerk.get(url_of(run, name)).status_code == 405


class TestList:
    def test_her_own_runs_the_newest_first(self, clerk, signed_class, run):
        start(signed_class, document=PrintedDocument.BOOK, by=signed_class.hanh)
        PrintRun.objects.filter(pk=run.pk).update(title="Học bạ lớp 4A, 2026-2027")
        start(signed_class, document=PrintedDocument.BOOK)
        [table] = parse(clerk.get(reverse("print_runs")).content.decode()).all("table")
        assert [row.text for row in table.all("tr")[1:]] == [
            f"{TITLE} 08:30 07/06/2027 Đang làm",
            "Học bạ lớp 4A, 2026-2027 08:30 07/06/2027 Đang làm",
        ]

    def test_who_has_none_is_told_where_one_begins(self, signed_class):
        response = client_of(signed_class, "ngoc").get(reverse("print_runs"))
        assert "Chưa có lượt in nào" in text_of(response)
        assert f'href="{reverse("print_cards")}"' in response.content.decode()
