"""The worker lays out what was issued, and a command what the worker missed."""

import io

import pytest
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from reportcards.actions import archive_card_pdf
from reportcards.actions.archiving import ARCHIVIST
from reportcards.models import FileKind, ReportCard
from reportcards.pdf_tasks import archive_pdf


def laid_out():
    return set(
        ReportCard.objects.filter(archived_files__kind=FileKind.PDF).values_list("pk", flat=True)
    )


def run(*options):
    out = io.StringIO()
    call_command("archive_pdfs", *options, stdout=out)
    return out.getvalue().strip()


def test_each_issue_leaves_a_task_for_the_worker(issued_cards):
    tasks = DBTaskResult.objects.filter(task_path="reportcards.pdf_tasks.archive_pdf")
    asked = sorted(row.args_kwargs["args"][0] for row in tasks)
    assert asked == sorted(card.pk for card in issued_cards)


def test_whoever_signs_comes_before_the_pages(issued_cards):
    assert {row.priority for row in DBTaskResult.objects.all()} == {-10}


def test_a_card_in_the_making_leaves_none(cards):
    assert not DBTaskResult.objects.exists()


def test_the_task_lays_a_card_out(issued_cards):
    archive_pdf.call(issued_cards[0].pk)
    assert laid_out() == {issued_cards[0].pk}


def test_the_task_may_be_run_again(issued_cards):
    archive_pdf.call(issued_cards[0].pk)
    archive_pdf.call(issued_cards[0].pk)
    assert issued_cards[0].archived_files.filter(kind=FileKind.PDF).count() == 1


def test_the_command_lays_out_what_is_left(issued_cards):
    archive_card_pdf(report_card=issued_cards[0], by=ARCHIVIST)
    assert run() == "2 cards laid out"
    assert laid_out() == {card.pk for card in issued_cards}
    assert run() == "0 cards laid out"


def test_the_command_leaves_other_schools_alone(issued_cards, signed_class):
    assert run("--school", signed_class.other_school.ministry_code) == "0 cards laid out"
    assert laid_out() == set()


def test_a_school_that_nobody_knows_is_refused(issued_cards):
    with pytest.raises(CommandError, match="99999999"):
        run("--school", "99999999")
