"""The workers, one a core: each ends after so many tasks and another takes its place.

They are forked from a process that has loaded all that they use, so that a new one begins at once
and shares what it does not change. What one that died was at is taken up once its lease is over.
"""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from types import FrameType

from hocba.garbage import collect_seldom
from reportcards import documents

logger = logging.getLogger(__name__)

AFTER_A_DEATH = 1  # seconds: one that dies at once is not begun a thousand times
AT_ONCE = 1  # seconds within which several signals are one wish


def load_what_workers_use() -> None:
    for module in iter_modules(documents.__path__, f"{documents.__name__}."):
        import_module(module.name)
    collect_seldom()


def cores() -> int:
    """That this process may use."""
    return len(os.sched_getaffinity(0))


class Workers:
    def __init__(self, count: int, work: Callable[[], object]) -> None:
        self.count, self.work = count, work
        self.pids: set[int] = set()
        self.is_ending, self.told_at = False, 0.0

    def run(self) -> None:
        """Until this process is told to end: then each finishes what it is at."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        for _ in range(self.count):
            self._begin()
        while self.pids:
            pid, status = os.wait()
            self.pids.discard(pid)
            self._replace(has_died=status != 0)

    def _replace(self, *, has_died: bool) -> None:
        if has_died and not self.is_ending:
            time.sleep(AFTER_A_DEATH)
        if not self.is_ending:
            self._begin()

    def _begin(self) -> None:
        pid = os.fork()
        if not pid:
            self._work_and_exit()
        self.pids.add(pid)
        if self.is_ending:  # told so while it was begun
            os.kill(pid, signal.SIGTERM)

    def _work_and_exit(self) -> None:
        code = 1
        try:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            self.work()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            if code:
                logger.error("A worker died", exc_info=True)
            sys.stdout.flush()
            os._exit(code)

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        """Told again later, by somebody who will not wait, it kills them."""
        if not self.is_ending:
            self.is_ending, self.told_at = True, time.monotonic()
        is_impatient = time.monotonic() - self.told_at > AT_ONCE
        for pid in self.pids:
            os.kill(pid, signal.SIGKILL if is_impatient else signal.SIGTERM)
