"""The year results of 1,000 pupils, class by class, as their pages derive them.

python -m benchmarks.year_results --pupils 100000
"""

import datetime
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import time_machine

from benchmarks.database import fresh_database
from benchmarks.figures import Figure, percentile, report, seconds
from benchmarks.full_school import PUPILS, make_full_school

if TYPE_CHECKING:
    from schools.models import SchoolClass

PERIOD = "end_year"
IN_MAY = datetime.datetime(2027, 5, 20, 13, tzinfo=datetime.UTC)
ROUNDS = 10
SLOWEST_SCHOOL = 1000


def main() -> None:
    with fresh_database("Year results of 1,000 pupils"), time_machine.travel(IN_MAY):
        for figure in figures():
            report(figure)


def figures() -> Iterator[Figure]:
    from assessments.reading import classes_in_order

    year, _leader = make_full_school([PERIOD])
    classes = classes_in_order(year)
    check_pupils(derive_all(classes))
    times = [1000 * seconds(partial(derive_all, classes)) for _ in range(ROUNDS)]
    yield Figure("year_results.p50", percentile(times, 50), "ms")
    yield Figure("year_results.p95", percentile(times, 95), "ms", at_most=SLOWEST_SCHOOL)


def derive_all(classes: "Sequence[SchoolClass]") -> int:
    from assessments.year_results import year_results

    return sum(len(year_results(school_class)) for school_class in classes)


def check_pupils(derived: int) -> None:
    if derived != PUPILS:
        raise RuntimeError(f"{derived} year results instead of {PUPILS}")


if __name__ == "__main__":
    main()
