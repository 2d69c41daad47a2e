"""Several years' display forms as one book for paper: the cover is the newest year's."""

from collections.abc import Sequence
from io import BytesIO

from pikepdf import Array, Page, Pdf, String

from reportcards.documents.flat_pages import flat_pdf


def bound_displays(documents: Sequence[bytes], *, title: str) -> bytes:
    """`documents`: signed display forms, oldest first.

    The cover and the information of the newest (CV 2088, Phụ lục 1: one year is one unit, and of
    several that are printed the cover is the newest's), then the results of every year.
    """
    with Pdf.new() as book:
        with flat_pdf(documents[-1]) as newest:
            book.pages.extend(list(newest.pages)[: _first_of_results(newest)])
        for document in documents:
            with flat_pdf(document) as year:
                book.pages.extend(list(year.pages)[_first_of_results(year) :])
        book.docinfo["/Title"] = title
        book.Root.Lang = String("vi")
        target = BytesIO()
        book.save(target, deterministic_id=True)
    return target.getvalue()


def _first_of_results(pdf: Pdf) -> int:
    """Where the bookmark of the form's first table leads."""
    with pdf.open_outline() as outline:
        _cover, information = outline.root
        destination = information.children[0].destination
    assert isinstance(destination, Array)  # noqa: S101 - WeasyPrint writes no other
    return Page(destination[0]).index
