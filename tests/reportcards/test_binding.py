"""The display forms of several years as one book."""

from functools import cache

import pytest

from reportcards.display.reading import page_texts
from reportcards.documents.binding import bound_displays
from reportcards.documents.display_pdf import display_pdf
from tests.reportcards.cards import card_payload

pytestmark = pytest.mark.any_database

PLACE = {"name": "4A", "grade_level": 4}


@cache
def year(school_year: str, class_name: str, digest: str) -> bytes:
    payload = card_payload(school_year=school_year, school_class=PLACE | {"name": class_name})
    return display_pdf(payload, digest=digest * 64)


@cache
def book() -> tuple[str, ...]:
    years = [year("2025-2026", "3A", "a"), year("2026-2027", "4A", "b")]
    return page_texts(bound_displays(years, title="Học bạ số Lê Minh Anh"))


def test_the_cover_and_the_information_are_the_newest_years():
    cover, information, *results = book()
    assert "2026 – 2027" in cover
    assert "HỌC BẠ" in information
    assert "b" * 64 in information
    assert not any("TIỂU HỌC" in page.split("\n")[:3] for page in results)


def test_the_results_of_each_year_follow_the_oldest_first():
    feet = [page.rstrip().split("\n")[-1] for page in book()[2:]]
    assert [foot.rpartition("Năm học ")[2] for foot in feet] == [
        *["2025 – 2026"] * 2,
        *["2026 – 2027"] * 2,
    ]


def test_every_page_of_results_says_whose_it_is():
    assert all("Lê Minh Anh" in page for page in book()[2:])


def test_one_year_is_the_whole_of_its_pages():
    alone = year("2026-2027", "4A", "b")
    assert page_texts(bound_displays([alone], title="Học bạ số")) == page_texts(alone)
