import json
import math
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def is_met(self) -> bool | None:
        if self.at_least is not None:
            return self.value >= self.at_least
        return None if self.at_most is None else self.value <= self.at_most


def report(figure: Figure) -> None:
    """Prints the figure as one line of JSON."""
    line = {
        "name": figure.name,
        "value": round(figure.value, 3),
        "unit": figure.unit,
        "goal": figure.at_most if figure.at_least is None else figure.at_least,
        "met": figure.is_met,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that so many percent of the values do not exceed."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def peak_memory_in_mib() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
