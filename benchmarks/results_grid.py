"""The results grid of 45 pupils: queries to open, time to open and to save.

python -m benchmarks.results_grid --pupils 100000
"""

import datetime
from collections.abc import Callable, Iterator
from functools import partial
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import time_machine

from benchmarks.database import fresh_database
from benchmarks.figures import Figure, percentile, report, seconds
from benchmarks.site import running_site

if TYPE_CHECKING:
    from django.test import Client

    from schools.models import SchoolClass, StaffMember

PUPILS = 45
ROUNDS = 40
MOST_QUERIES = 10
SLOWEST_OPENING = 60
SUBJECT, PERIOD = "toan", "end_term_1"
IN_THE_WINDOW = datetime.datetime(2027, 1, 5, 13, tzinfo=datetime.UTC)


def main() -> None:
    with (
        fresh_database("Open and save the grid of a class of 45"),
        time_machine.travel(IN_THE_WINDOW),
    ):
        for figure in figures():
            report(figure)


def figures() -> Iterator[Figure]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page = GridOfAClass()
    page.open()
    with CaptureQueriesContext(connection) as queries:
        page.open()
    yield Figure("grid.queries_to_open", len(queries), "queries", at_most=MOST_QUERIES)
    page.save(0)
    with CaptureQueriesContext(connection) as queries:
        page.save(1)
    yield Figure("grid.queries_to_save", len(queries), "queries")
    with running_site(IN_THE_WINDOW) as port:
        visit = partial(get, port, page.url, session_of(page.client))
        for warm in range(8):  # both workers
            visit(warm)
        yield from timed("grid.open", visit, at_most=SLOWEST_OPENING)
    yield from timed("grid.save_45_changed", page.save)


def get(port: int, url: str, session: str, _round: int) -> None:
    """Over HTTP: in this process Python 3.11 may stand at the edge of a chunk of its stack, and
    asks the system for the next one at every call (40 ms a page)."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", url, headers={"Cookie": f"sessionid={session}"})
    response = connection.getresponse()
    response.read()
    check_status(response.status, 200)
    connection.close()


def timed(
    name: str, work: Callable[[int], object], *, at_most: float | None = None
) -> Iterator[Figure]:
    times = [1000 * seconds(partial(work, number)) for number in range(ROUNDS)]
    yield Figure(f"{name}.p50", percentile(times, 50), "ms")
    yield Figure(f"{name}.p95", percentile(times, 95), "ms", at_most=at_most)


class GridOfAClass:
    """A teacher at her grid, by Django's test client: no network, everything else is real."""

    def __init__(self) -> None:
        from django.urls import reverse

        school_class, teacher = make_class_of_45()
        self.enrollment_ids = list(school_class.enrollments.values_list("pk", flat=True))
        self.url = reverse("subject_grid", args=[school_class.pk, PERIOD, SUBJECT])
        self.client = logged_in(teacher)
        self.stored = {"level": "", "score": "", "comment": ""}

    def open(self) -> None:
        check_status(self.client.get(self.url).status_code, 200)

    def save(self, number: int) -> None:
        """Every cell of every pupil changes."""
        typed = {
            "level": "TH"[number % 2],
            "score": str(5 + number % 5),
            "comment": f"Nắm chắc bảng nhân; cần đọc kĩ đề trước khi làm ({number}).",
        }
        posted = {
            f"{prefix}e{pk}-{name}": value
            for pk in self.enrollment_ids
            for prefix, values in (("", typed), ("initial-", self.stored))
            for name, value in values.items()
        }
        check_status(self.client.post(self.url, posted).status_code, 302)
        self.stored = typed


def logged_in(teacher: "StaffMember") -> "Client":
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(teacher.acting_user)
    return client


def session_of(client: "Client") -> str:
    return client.cookies["sessionid"].value


def check_status(status: int, wanted: int) -> None:
    if status != wanted:
        raise RuntimeError(f"{status} instead of {wanted}")


def make_class_of_45() -> "tuple[SchoolClass, StaffMember]":
    from schools.models import Role
    from tests import factories

    school = factories.make_school()
    school_class = factories.make_class(factories.make_school_year(school), "4A", (4,))
    teacher = factories.make_staff(
        school, "Trần Thị Ngọc", Role.TEACHER, user=factories.make_user("ngoc")
    )
    factories.assign_teacher(school_class, SUBJECT, teacher)
    for number in range(PUPILS):
        factories.enroll(factories.make_student(f"Hà Thị Số {number}"), school_class)
    return school_class, teacher


if __name__ == "__main__":
    main()
