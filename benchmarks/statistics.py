"""Statistics of a school of 1,000 pupils with every result entered: queries, and the page over
HTTP.

python -m benchmarks.statistics --pupils 100000
"""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import time_machine

from benchmarks.database import fresh_database
from benchmarks.figures import Figure, report
from benchmarks.full_school import make_full_school
from benchmarks.results_grid import (
    IN_THE_WINDOW,
    check_status,
    get,
    logged_in,
    session_of,
    timed,
)
from benchmarks.site import running_site

if TYPE_CHECKING:
    from django.test import Client

    from schools.models import SchoolYear, StaffMember

SLOWEST_PAGE = 300
PERIOD, OTHER_PERIOD = "end_term_1", "mid_term_1"
PAGES = {
    "subjects": "show=subjects",
    "scores": "show=scores",
    "traits": "show=traits",
    "subjects_by_class": "show=subjects&by=class",
    "subjects_compared": f"show=subjects&compare=2026-{OTHER_PERIOD}",
}


def main() -> None:
    with (
        fresh_database("Statistics of a school of 1,000 pupils"),
        time_machine.travel(IN_THE_WINDOW),
    ):
        for figure in figures():
            report(figure)


def figures() -> Iterator[Figure]:
    from django.urls import reverse

    year, leader = make_full_school([OTHER_PERIOD, PERIOD])
    client = logged_in(leader)
    address = reverse("school_statistics", args=[year.first_year, PERIOD])
    for name, asked in PAGES.items():
        yield Figure(f"statistics.{name}.queries", queries(client, f"{address}?{asked}"), "queries")
    with running_site(IN_THE_WINDOW) as port:
        for name, asked in PAGES.items():
            visit = partial(get, port, f"{address}?{asked}", session_of(client))
            for warm in range(8):  # both workers
                visit(warm)
            yield from timed(f"statistics.{name}", visit, at_most=SLOWEST_PAGE)
    yield from timed("statistics.xlsx", partial(download, year, leader))


def queries(client: "Client", url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        check_status(client.get(url).status_code, 200)
    return len(captured)


def download(year: "SchoolYear", leader: "StaffMember", _round: int) -> None:
    from exchange.statistics.actions import download_statistics
    from rulesets import Period

    download_statistics(school_year=year, period=Period(PERIOD), by=leader)


if __name__ == "__main__":
    main()
