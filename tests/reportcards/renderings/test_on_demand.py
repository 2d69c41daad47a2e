"""Whoever makes thousands of cards that nobody prints has them laid out when somebody does."""

import pytest

from reportcards.models import DocumentKind, Rendering
from reportcards.renderings.on_demand import is_printed_on_demand, printed_on_demand
from tests.reportcards.digital_cards import freeze, pupils_of


def test_it_is_the_exception():
    assert not is_printed_on_demand()


def test_it_holds_inside_and_ends_with_it():
    with printed_on_demand():
        assert is_printed_on_demand()
    assert not is_printed_on_demand()


def test_one_inside_another_ends_alone():
    with printed_on_demand():
        with printed_on_demand():
            pass
        assert is_printed_on_demand()


def test_it_ends_with_an_error_too():
    with pytest.raises(KeyError), printed_on_demand():
        raise KeyError
    assert not is_printed_on_demand()


@pytest.mark.django_db
class TestFreezing:
    def kinds(self):
        return set(Rendering.objects.values_list("kind", flat=True))

    def test_what_is_signed_is_asked_for_all_the_same(self, signed_class):
        with printed_on_demand():
            freeze(signed_class, pupils_of(signed_class)[:1])
        assert self.kinds() == {DocumentKind.DISPLAY}

    def test_otherwise_the_paper_pages_too(self, signed_class):
        freeze(signed_class, pupils_of(signed_class)[:1])
        assert self.kinds() == {DocumentKind.DISPLAY, DocumentKind.YEAR}
