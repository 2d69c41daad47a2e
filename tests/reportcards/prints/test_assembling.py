"""The files of a print run: what is in them, and when they are made."""

import csv
import datetime
import hashlib
import io
import json

import pytest
import time_machine
from django.utils import timezone

from audit.models import AuditEvent
from reportcards import actions
from reportcards.card_pdf import pdf_of
from reportcards.models import PrintedDocument, PrintOutput, PrintRun, Rendering, RenderingState
from reportcards.models.leases import LEASE, MOST_ATTEMPTS
from reportcards.prints.tasks import ASSEMBLER
from reportcards.renderings.files import pdf_in, rendered_storage
from tests.reportcards.pictures import farthest_shade, is_sound, pictures
from tests.reportcards.prints.arrange import (
    TITLE,
    content_of,
    fail,
    finished,
    lay_out,
    start,
    zipped,
)
from tests.reportcards.reading import pages_of, title_of

pytestmark = pytest.mark.django_db
UPPER_MARGIN = 24  # pixels
SHADES = 8  # of 255: a letter that is not there differs by 200
LINE = "Bản in lúc 08:30 ngày 07/06/2027. Bản gốc là tệp PDF có chữ ký số."


@pytest.fixture
def run(signed_class, issued_cards):
    return start(signed_class, output=PrintOutput.BOTH)


def assemble(run):
    is_settled = actions.assemble_print_run(run=run, by=ASSEMBLER)
    run.refresh_from_db()
    return is_settled


class TestMergedFile:
    @pytest.fixture
    def merged(self, run):
        return content_of(finished(run), "merged")

    def test_a_batch_page_shows_exactly_what_the_single_one_shows(self, merged, issued_cards):
        """But for the line in the upper margin: the same text, the same pixels."""
        start = 0
        for card in issued_cards:
            own_texts, own_pages = pages_of(pdf_of(card)), pictures(pdf_of(card))
            count = len(own_pages)
            printed_texts = pages_of(merged)[start : start + count]
            assert [text.replace(LINE, "").strip() for text in printed_texts] == own_texts
            for own, printed in zip(own_pages, pictures(merged)[start:], strict=False):
                assert farthest_shade(own, printed, below=UPPER_MARGIN) <= SHADES
            start += count + count % 2

    def test_each_page_says_that_it_is_a_print(self, merged):
        assert all(LINE in text for text in pages_of(merged) if text)

    def test_it_is_sound_and_named(self, merged):
        assert is_sound(merged)
        assert title_of(merged) == TITLE


class TestOriginals:
    def test_they_are_the_signed_files_byte_for_byte(self, run, issued_cards):
        files = zipped(finished(run))
        for number, card in enumerate(issued_cards, start=1):
            code = card.student.ministry_code or f"stt{number:03}"
            assert files[f"{code}_4A.pdf"] == pdf_of(card)

    def test_the_manifest_has_their_digests(self, run, issued_cards):
        files = zipped(finished(run))
        manifest = json.loads(files["manifest.json"])
        assert (manifest["title"], manifest["pupils"], manifest["documents"]) == (TITLE, 3, 3)
        for entry, card in zip(manifest["files"], issued_cards, strict=True):
            assert entry["sha256"] == hashlib.sha256(files[entry["file"]]).hexdigest()
            assert entry["lookup_code"] == str(card.uuid)
            assert entry["full_name"] == card.student.full_name

    def test_a_spreadsheet_reads_the_manifest_too(self, run):
        files = zipped(finished(run))
        rows = list(csv.reader(io.StringIO(files["manifest.csv"].decode("utf-8-sig"))))
        assert rows[0][:4] == ["STT", "Lớp", "Mã học sinh", "Họ và tên"]
        assert [row[3] for row in rows[1:]] == ["Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"]


def test_only_what_was_asked_for_is_made(signed_class, issued_cards):
    merged = finished(start(signed_class, output=PrintOutput.MERGED))
    originals = finished(start(signed_class, output=PrintOutput.ORIGINALS))
    assert (bool(merged.merged_name), bool(merged.originals_name)) == (True, False)
    assert (bool(originals.merged_name), bool(originals.originals_name)) == (False, True)


def test_the_files_are_kept_for_a_day(run):
    finished(run)
    assert run.expires_at - run.finished_at == datetime.timedelta(days=1)
    assert run.expires_at > timezone.now()


def test_that_it_is_done_is_recorded(run):
    assert assemble(run)
    event = AuditEvent.objects.get(event="print_run.finished")
    assert (event.system_job, event.school_id) == ("assemble_print_runs", run.school_id)


def test_a_run_waits_for_documents_that_are_not_laid_out_yet(signed_class, issued_cards):
    run = start(signed_class, document=PrintedDocument.YEAR)
    assert not assemble(run)
    assert (run.attempts, run.finished_at) == (0, None)
    lay_out(run)
    assert assemble(run)


def test_who_failed_is_left_out_and_the_others_are_printed(signed_class, issued_cards):
    run = start(signed_class, output=PrintOutput.ORIGINALS)
    fail(run, 2)
    assert assemble(run)
    assert len(json.loads(zipped(run)["manifest.json"])["files"]) == 2


def test_where_all_failed_there_is_no_file_but_a_sentence(run):
    for position in (1, 2, 3):
        fail(run, position)
    assert assemble(run)
    assert "xem lý do cạnh từng em" in run.refusal
    assert run.finished_at is None
    assert AuditEvent.objects.filter(event="print_run.refused").count() == 1


def test_a_lost_file_is_said_and_nothing_is_made(run, issued_cards, settings):
    settings.STORAGES = settings.STORAGES | {
        "archive": {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    }
    assert assemble(run)
    assert "bị mất hoặc đã bị sửa" in run.refusal


def test_a_cancelled_run_is_not_made(run, signed_class):
    actions.cancel_print_run(run=run, by=signed_class.van)
    assert assemble(run)
    assert not run.merged_name


def test_what_is_cancelled_while_it_is_made_leaves_no_file(
    run, signed_class, monkeypatch, django_capture_on_commit_callbacks
):
    from reportcards.actions import assembling

    def cancel_meanwhile(run, **files):
        files["merged"].write(b"%PDF")
        actions.cancel_print_run(run=run, by=signed_class.van)

    monkeypatch.setattr(assembling, "write_files", cancel_meanwhile)
    with django_capture_on_commit_callbacks(execute=True):
        assert assemble(run)
    assert run.finished_at is None
    assert rendered_storage().listdir("prints")[1] == []


class TestDeadWorkers:
    @pytest.fixture
    def leased(self, run):
        PrintRun.objects.filter(pk=run.pk).update(leased_until=timezone.now() + LEASE, attempts=1)
        return run

    def test_a_run_that_another_has_in_hand_is_left_to_it(self, leased):
        assert not assemble(leased)
        assert leased.attempts == 1

    def test_a_dead_workers_run_is_taken_up_when_its_lease_is_over(self, leased):
        later = timezone.now() + LEASE + datetime.timedelta(seconds=1)
        with time_machine.travel(later, tick=False):
            assert assemble(leased)
        assert leased.attempts == 2
        assert leased.merged_name

    def test_who_dies_of_it_each_time_stops(self, run):
        PrintRun.objects.filter(pk=run.pk).update(attempts=MOST_ATTEMPTS)
        assert assemble(run)
        assert "dừng giữa chừng nhiều lần" in run.refusal


class TestPaper:
    """Years and books of what is not a card yet."""

    @pytest.fixture
    def years(self, signed_class):
        return finished(start(signed_class, document=PrintedDocument.YEAR))

    def test_a_print_of_years_shows_the_stored_pages(self, years):
        merged = pages_of(content_of(years, "merged"))
        rendering = years.parts.get(position=1).rendering
        own = pages_of(pdf_in(rendering))
        assert [text[: len(own[0])] for text in merged[:1]] != [""]
        assert all("Bản in lúc 08:30 ngày 07/06/2027." in text for text in merged if text)
        assert not any("chữ ký số" in text for text in merged)

    def test_a_book_is_one_pupils_part(self, signed_class):
        run = finished(start(signed_class, document=PrintedDocument.BOOK, output=PrintOutput.BOTH))
        files = zipped(run)
        assert json.loads(files["manifest.json"])["pupils"] == 3
        assert sum(name.endswith("_bia.pdf") for name in files) == 3
        assert sum(name.endswith("_2026-2027.pdf") for name in files) == 3


def test_stored_documents_are_not_laid_out_again(signed_class, issued_cards):
    first = finished(start(signed_class, document=PrintedDocument.YEAR))
    settled = list(Rendering.objects.filter(parts__run=first).values_list("settled_at", flat=True))
    second = start(signed_class, document=PrintedDocument.YEAR)
    states = {part.rendering.state for part in second.parts.select_related("rendering")}
    assert states == {RenderingState.READY}
    assert (
        list(Rendering.objects.filter(parts__run=second).values_list("settled_at", flat=True))
        == settled
    )
