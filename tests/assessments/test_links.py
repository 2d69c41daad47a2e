"""Addresses: of each thing that may be missing, and the periods inside them."""

import re

import pytest
from django.test import Client
from django.urls import resolve
from django.urls.exceptions import Resolver404

from assessments.completeness import Kind, missing_in_class
from assessments.converters import PeriodConverter
from assessments.links import class_period_url, grid_url
from rulesets import Period
from tests.assessments.pages import log_in
from tests.cast import Cast


@pytest.mark.parametrize(
    ("kind", "code", "page"),
    [
        (Kind.SUBJECT_LEVEL, "toan", "subject_grid"),
        (Kind.TEST_SCORE, "toan", "subject_grid"),
        (Kind.TRAIT_LEVEL, "yeu_nuoc", "trait_grid"),
        (Kind.RECORD_FIELD, "height_cm", "record_grid"),
        (Kind.YEAR_DECISION, "", "year_results"),
    ],
)
def test_each_kind_of_gap_is_filled_on_its_page(
    kind: Kind, code: str, page: str, cast: Cast
) -> None:
    url = grid_url(cast.school_class, Period.END_YEAR, kind, code)
    assert resolve(url).url_name == page


def test_every_gap_of_an_untouched_class_leads_to_a_page_that_opens(cast: Cast) -> None:
    client = log_in(Client(), cast.ngoc)
    missing = missing_in_class(cast.school_class, Period.END_YEAR)
    urls = {
        grid_url(cast.school_class, Period.END_YEAR, entry.kind, entry.code) for entry in missing
    }
    assert {client.get(url).status_code for url in urls} == {200}


def test_the_subject_of_a_gap_is_the_subject_of_the_page(cast: Cast) -> None:
    url = grid_url(cast.school_class, Period.END_TERM_1, Kind.TEST_SCORE, "toan")
    assert resolve(url).kwargs["subject_code"] == "toan"


@pytest.mark.parametrize("period", Period)
def test_the_address_of_a_class_names_its_period(period: Period, cast: Cast) -> None:
    url = class_period_url(cast.school_class, period)
    assert resolve(url).kwargs["period"] is period


@pytest.mark.parametrize("word", ["end_term_3", "END_TERM_1", "end_term_1x", ""])
def test_any_other_word_is_not_a_period(word: str, cast: Cast) -> None:
    url = class_period_url(cast.school_class, Period.END_TERM_1)
    with pytest.raises(Resolver404):
        resolve(url.replace(Period.END_TERM_1, word))


@pytest.mark.parametrize("period", Period)
def test_a_period_comes_back_from_its_address(period: Period) -> None:
    converter = PeriodConverter()
    address = converter.to_url(period)
    assert re.fullmatch(converter.regex, address)
    assert converter.to_python(address) is period
