"""A pupil's documents as one book for paper."""

from collections.abc import Sequence
from contextlib import ExitStack
from io import BytesIO

from pikepdf import Array, Page, Pdf, String

from reportcards.documents.flat_pages import flat_pdf
from reportcards.documents.measures import A4_POINTS


def bound(documents: Sequence[bytes], *, title: str) -> bytes:
    """The first pages and the years as one file: each year lies open on a left and a right page."""
    with Pdf.new() as book:
        for document in documents:
            if book.pages and not len(book.pages) % 2:
                book.add_blank_page(page_size=A4_POINTS)
            with Pdf.open(BytesIO(document)) as part:
                book.pages.extend(part.pages)
        return _closed(book, title)


def bound_displays(documents: Sequence[bytes], *, title: str) -> bytes:
    """`documents`: signed display forms, oldest first.

    The cover and the information of the newest (CV 2088, Phụ lục 1: one year is one unit, and of
    several that are printed the cover is the newest's), then the results of every year.
    """
    with Pdf.new() as book, ExitStack() as opened:
        years = [opened.enter_context(flat_pdf(document)) for document in documents]
        book.pages.extend(list(years[-1].pages)[: _first_of_results(years[-1])])
        for year in years:
            book.pages.extend(list(year.pages)[_first_of_results(year) :])
        return _closed(book, title)


def _first_of_results(pdf: Pdf) -> int:
    """Where the bookmark of the form's first table leads."""
    with pdf.open_outline() as outline:
        _cover, information = outline.root
        destination = information.children[0].destination
    assert isinstance(destination, Array)  # noqa: S101 - WeasyPrint writes no other
    return Page(destination[0]).index


def _closed(book: Pdf, title: str) -> bytes:
    book.docinfo["/Title"] = title
    book.Root.Lang = String("vi")
    target = BytesIO()
    book.save(target, deterministic_id=True)
    return target.getvalue()
