"""A document for somebody who waits for it: the stored one, or the same pages laid out now."""

import pytest

from reportcards import actions
from reportcards.display.reading import page_texts
from reportcards.models import DocumentKind, Rendering
from reportcards.renderings import at_once
from reportcards.renderings.contents import Content, card_year_content
from reportcards.renderings.files import pdf_in, rendered_storage
from tests.reportcards.papers import year_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(cast):
    return Content(DocumentKind.YEAR, cast.anh, year_body())


@pytest.fixture
def stored(cast, content):
    [rendering] = actions.ask_for_renderings(contents=[content], by=cast.van.user)
    return actions.render_now(rendering=rendering, by=cast.van.user)


@pytest.fixture
def laid_out(monkeypatch):
    """The kinds of what was laid out anew."""
    kinds = []
    render = at_once.render

    def counted(kind, body, **options):
        kinds.append(kind)
        return render(kind, body, **options)

    monkeypatch.setattr(at_once, "render", counted)
    return kinds


def test_the_stored_file_is_taken(content, stored, laid_out):
    assert at_once.pages_of(content) == pdf_in(stored)
    assert laid_out == []


def test_where_there_is_none_the_same_pages_are_laid_out(content, laid_out):
    assert "Lê Minh Anh" in page_texts(at_once.pages_of(content))[0]
    assert laid_out == ["year"]


def test_and_they_are_not_stored(content):
    at_once.pages_of(content)
    assert not Rendering.objects.exists()


def test_what_still_waits_is_laid_out_for_her_who_waits(cast, content, laid_out):
    actions.ask_for_renderings(contents=[content], by=cast.van.user)
    at_once.pages_of(content)
    assert laid_out == ["year"]


def test_a_lost_file_is_laid_out_again(content, stored, laid_out):
    pages = page_texts(pdf_in(stored))
    rendered_storage().delete(stored.name)
    assert page_texts(at_once.pages_of(content)) == pages
    assert laid_out == ["year"]


def test_other_content_is_another_document(cast, stored, laid_out):
    other = year_body()
    other["payload"]["student"]["full_name"] = "Lê Minh Ánh"
    pages = page_texts(at_once.pages_of(Content(DocumentKind.YEAR, cast.anh, other)))
    assert "Lê Minh Ánh" in pages[0]
    assert laid_out == ["year"]


def test_a_cards_year_is_found_by_its_content(cast, cards, laid_out):
    content = card_year_content(cards[0], is_demo=False)
    [rendering] = actions.ask_for_renderings(contents=[content], by=cast.van.user)
    actions.render_now(rendering=rendering, by=cast.van.user)
    at_once.pages_of(card_year_content(cards[0], is_demo=False))
    assert laid_out == []
