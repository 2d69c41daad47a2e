"""Documents are asked for once, and again where they failed."""

import pytest
from django_tasks_db.models import DBTaskResult

from audit.models import AuditEvent
from reportcards import actions
from reportcards.models import DocumentKind, Rendering, RenderingState
from reportcards.renderings.contents import Content, card_year_content, display_content
from tests.rivals import shared_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def contents(cards):
    """Nobody has asked for them: freezing them did, which is another test's subject."""
    Rendering.objects.all().delete()
    return [display_content(card) for card in cards]


@pytest.fixture
def ask(contents, cast):
    return lambda some=contents: actions.ask_for_renderings(contents=some, by=cast.phuc.user)


def test_each_content_has_its_row_in_the_order_asked(ask, contents):
    rows = ask(list(reversed(contents)))
    assert [row.content_digest for row in rows] == [
        content.digest for content in reversed(contents)
    ]
    assert {row.state for row in rows} == {RenderingState.WAITING}


def test_a_row_holds_all_that_is_laid_out(ask, contents, cards, cast):
    ask()
    row = Rendering.objects.order_by("pk").first()
    assert row.content == {"payload": cards[0].payload, "digest": cards[0].digest}
    assert (row.school, row.report_card, row.kind) == (cast.school, cards[0], "display")


def test_what_was_asked_for_is_not_asked_for_again(ask, contents):
    first = ask()
    assert ask() == first
    assert Rendering.objects.count() == len(contents)


def test_the_same_content_twice_is_one_document(ask, contents):
    one, other = ask([contents[0], contents[0]])
    assert one == other


def test_asking_is_recorded_once_with_its_count(ask, contents, cast):
    before = AuditEvent.objects.filter(event="rendering.asked").count()
    ask()
    ask()
    [event] = AuditEvent.objects.filter(event="rendering.asked").order_by("number")[before:]
    assert event.changes["count"] == [None, len(contents)]
    assert (event.school_id, event.actor) == (cast.school.pk, cast.phuc.user)


def test_a_document_that_failed_is_tried_again(ask):
    failed = ask()[0]
    Rendering.objects.filter(pk=failed.pk).update(
        state=RenderingState.FAILED, refusal="Không được.", attempts=5
    )
    row = ask()[0]
    assert (row.pk, row.state, row.attempts, row.refusal) == (failed.pk, "waiting", 0, "")


def test_a_worker_is_called_once_it_stands_in_the_database(ask, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask()
    calls = DBTaskResult.objects.filter(task_path__endswith="render_waiting", status="READY")
    assert calls.count() == 1


def test_asking_for_a_class_takes_few_queries(ask, contents, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        ask()


def test_freezing_asks_for_the_pages_that_are_signed_and_those_on_paper(cards):
    asked = {(row.kind, row.content_digest) for row in Rendering.objects.all()}
    contents = [display_content(card) for card in cards]
    contents += [card_year_content(card, is_demo=False) for card in cards]
    assert asked == {(content.kind, content.digest) for content in contents}


@shared_database
def test_two_people_who_ask_at_once_get_the_same_rows(cast, rivals):
    contents = [Content(DocumentKind.FRONT, cast.anh, {"page": page}) for page in range(3)]

    def ask_for(contents):
        return actions.ask_for_renderings(contents=contents, by=cast.van.user)

    one, other = rivals.act_at_once(
        lambda: ask_for(contents), lambda: list(reversed(ask_for(contents)))
    )
    assert one == list(reversed(other))
    assert rivals.see(Rendering.objects.count) == 3
