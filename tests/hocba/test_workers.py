"""Workers are forked, replaced when they end or die, and all end together."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.server import ROOT, children_of

PATIENCE = 30

PROGRAM = """
import os, signal, sys, time
from hocba.workers import Workers

def work():
    with open(sys.argv[1], "a") as log:
        log.write(f"{os.getpid()}\\n")
    WORK

Workers(2, work).run()
"""
ENDS = "time.sleep(0.1)"
DIES = "os.kill(os.getpid(), signal.SIGKILL)"
WORKS_ON = "time.sleep(60)"
NEVER_LISTENS = "signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"

Start = Callable[[str], subprocess.Popen[bytes]]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "pids"


@pytest.fixture
def start(log: Path) -> Iterator[Start]:
    started = []

    def start(work: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", PROGRAM.replace("WORK", work), str(log)]
        started.append(subprocess.Popen(command, cwd=ROOT, start_new_session=True))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            for pid in (*children_of(process.pid), process.pid):
                subprocess.run(["kill", "-KILL", str(pid)], check=False)
            process.wait()


def pids(log: Path) -> list[str]:
    return log.read_text().split() if log.exists() else []


def wait_until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_as_many_run_as_were_asked_for(start, log):
    parent = start(WORKS_ON)
    wait_until(lambda: len(pids(log)) == 2)
    assert {str(pid) for pid in children_of(parent.pid)} == set(pids(log))


def test_one_that_has_done_its_share_is_replaced(start, log):
    parent = start(ENDS)
    wait_until(lambda: len(set(pids(log))) > 4)
    assert parent.poll() is None


def test_one_that_dies_is_replaced_but_not_a_thousand_times(start, log):
    start(DIES)
    wait_until(lambda: len(pids(log)) >= 3)
    begun_at = time.monotonic()
    wait_until(lambda: len(pids(log)) >= 5)
    assert time.monotonic() - begun_at > 1


def test_all_end_when_they_are_told_to(start, log):
    parent = start(WORKS_ON)
    wait_until(lambda: len(pids(log)) == 2)
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(PATIENCE) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids(log))


def test_whoever_does_not_wait_tells_them_twice(start, log):
    parent = start(NEVER_LISTENS)
    wait_until(lambda: len(pids(log)) == 2)
    parent.send_signal(signal.SIGTERM)
    time.sleep(1.2)
    assert parent.poll() is None
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(PATIENCE) == 0
