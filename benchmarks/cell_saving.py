"""Saving cells of a grid: one at a time and in blocks, in process and over HTTP.

python -m benchmarks.cell_saving

Over HTTP gunicorn has two workers; the client and the database share the machine with it.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import time_machine

from benchmarks.database import fresh_database
from benchmarks.figures import Figure, percentile, report, seconds
from benchmarks.results_grid import (
    IN_THE_WINDOW,
    PERIOD,
    PUPILS,
    SUBJECT,
    logged_in,
    make_class_of_45,
    session_of,
)
from benchmarks.site import running_site

if TYPE_CHECKING:
    from django.http import HttpResponse

ROUNDS = 200
BLOCK_ROUNDS = 40
SINGLE_SAVES = 600
BLOCKS = 24
CLIENTS = 8  # teachers, each with a connection of her own: both workers get some
MOST_MS_A_CELL = 30
MOST_MS_A_BLOCK = 150
LEAST_SAVES_A_SECOND = {"postgresql": 150, "sqlite": 75}
LEAST_CELLS_A_SECOND = {"postgresql": 300, "sqlite": 150}
FIELDS = ("level", "score", "comment")
JSON = "application/json"

Cell = dict[str, Any]


def main() -> None:
    with (
        fresh_database("Save single cells and blocks of a class of 45"),
        time_machine.travel(IN_THE_WINDOW),
    ):
        for figure in figures():
            report(figure)


def figures() -> Iterator[Figure]:
    grid = CellsOfAClass()
    yield from in_process(grid)
    yield from over_http(grid)


class CellsOfAClass:
    """A teacher's cells, each round another value."""

    def __init__(self) -> None:
        from django.urls import reverse

        school_class, teacher = make_class_of_45()
        self.pupils = list(school_class.enrollments.values_list("pk", flat=True))
        self.url = reverse("subject_cells", args=[school_class.pk, PERIOD, SUBJECT])
        self.client = logged_in(teacher)
        self.round = 0

    def next_texts(self) -> dict[str, str]:
        self.round += 1
        return {
            "level": "TH"[self.round % 2],
            "score": str(5 + self.round % 5),
            "comment": f"Nắm chắc bảng nhân; cần đọc kĩ đề trước khi làm ({self.round}).",
        }

    def one(self, number: int) -> list[Cell]:
        field, texts = FIELDS[number % len(FIELDS)], self.next_texts()
        pupil = self.pupils[number % (CLIENTS * (PUPILS // CLIENTS))]  # each client has its own
        return [{"pupil": pupil, "field": field, "base": None, "typed": texts[field]}]

    def block(self, _number: int, pupils: slice = slice(None)) -> list[Cell]:
        texts = self.next_texts()
        return [
            {"pupil": pupil, "field": field, "base": None, "typed": texts[field]}
            for pupil in self.pupils[pupils]
            for field in FIELDS
        ]

    def half(self, number: int) -> list[Cell]:
        """Two clients who paste at once, each into her half of the class."""
        return self.block(number, slice(number % 2, None, 2))

    def save(self, cells: Sequence[Cell]) -> None:
        response: HttpResponse = self.client.post(self.url, body_of(cells), JSON)
        check_answer(response.status_code, response.content)


def body_of(cells: Sequence[Cell]) -> str:
    return json.dumps({"preview": False, "cells": cells})


def check_answer(status: int, body: bytes) -> None:
    """Every cell is acknowledged, or the figure is worth nothing."""
    answer = json.loads(body)
    fates = {cell["fate"] for cell in answer.get("cells", [])}
    if status != 200 or not fates <= {"saved", "unchanged"}:
        raise RuntimeError(f"{status}: {answer}")


def in_process(grid: CellsOfAClass) -> Iterator[Figure]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for warm in range(3):
        grid.save(grid.one(warm))
    with CaptureQueriesContext(connection) as queries:
        grid.save(grid.one(0))
    yield Figure("cells.queries_to_save_one", len(queries), "queries")
    grid.save(grid.block(0))
    with CaptureQueriesContext(connection) as queries:
        grid.save(grid.block(0))
    yield Figure("cells.queries_to_save_135", len(queries), "queries")
    yield from timed("cells.save_one", grid.one, grid.save, ROUNDS, MOST_MS_A_CELL)
    yield from timed("cells.save_45x3", grid.block, grid.save, BLOCK_ROUNDS, MOST_MS_A_BLOCK)


def timed(
    name: str,
    make: Callable[[int], list[Cell]],
    save: Callable[[list[Cell]], None],
    rounds: int,
    at_most: float,
) -> Iterator[Figure]:
    started = time.process_time()
    times = [1000 * seconds(partial(save, make(number))) for number in range(rounds)]
    processor = 1000 * (time.process_time() - started) / rounds
    yield Figure(f"{name}.processor", processor, "ms of Python's own processor time")
    yield Figure(f"{name}.p50", percentile(times, 50), "ms")
    yield Figure(f"{name}.p95", percentile(times, 95), "ms", at_most=at_most)


def over_http(grid: CellsOfAClass) -> Iterator[Figure]:
    from django.db import connection

    vendor = connection.vendor
    with running_site(IN_THE_WINDOW) as port:
        post = partial(post_all, port, grid.url, session_of(grid.client))
        post([body_of(grid.one(number)) for number in range(20)])
        singles = [body_of(grid.one(number)) for number in range(SINGLE_SAVES)]
        taken, times = post(singles)
        least = LEAST_SAVES_A_SECOND[vendor]
        yield Figure("http.single_saves", len(singles) / taken, "a second", at_least=least)
        yield Figure("http.single_save.p95", percentile(times, 95), "ms")
        halves = [grid.half(number) for number in range(BLOCKS)]
        taken, _times = post([body_of(half) for half in halves], clients=2)
        cells, least = sum(map(len, halves)), LEAST_CELLS_A_SECOND[vendor]
        yield Figure("http.block_cells", cells / taken, "a second", at_least=least)
        blocks = [body_of(grid.block(number)) for number in range(BLOCKS)]
        _taken, times = post(blocks, clients=1)
        yield Figure("http.block_45x3.p95", percentile(times, 95), "ms", at_most=MOST_MS_A_BLOCK)
        alone = [body_of(grid.one(number)) for number in range(100)]
        _taken, times = post(alone, clients=1)
        yield Figure("http.one_client.p95", percentile(times, 95), "ms", at_most=MOST_MS_A_CELL)


def post_all(
    port: int, url: str, session: str, bodies: Sequence[str], clients: int = CLIENTS
) -> tuple[float, list[float]]:
    """Seconds in all, and milliseconds of each request, by so many clients at a time."""
    shares = [bodies[start::clients] for start in range(clients)]
    times: list[float] = []

    def work() -> None:
        with ThreadPoolExecutor(clients) as pool:
            for share in pool.map(partial(post_in_turn, port, url, session), shares):
                times.extend(share)

    return seconds(work), times


def post_in_turn(port: int, url: str, session: str, bodies: Sequence[str]) -> list[float]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    token = "a" * 32
    headers = {
        "Content-Type": JSON,
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "X-CSRFToken": token,
    }

    def post(body: str) -> None:
        connection.request("POST", url, body.encode(), headers)
        response = connection.getresponse()
        check_answer(response.status, response.read())

    try:
        return [1000 * seconds(partial(post, body)) for body in bodies]
    finally:
        connection.close()


if __name__ == "__main__":
    main()
