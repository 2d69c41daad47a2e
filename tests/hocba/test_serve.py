"""`scripts/serve`, which `make run` ends in: the site and its worker, together or not at all."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.server import ROOT, children_of, environment, free_port
from tests.migrated import copy_migrated

PATIENCE = 60


def wait_until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@pytest.fixture
def database(tmp_path: Path) -> Path:
    database = tmp_path / "hocba.sqlite3"
    copy_migrated(database)
    return database


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def serving(database: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--log-level", "warning"]
    process = subprocess.Popen(
        ["timeout", "120", "scripts/serve", str(Path(sys.executable).parent), *options],
        cwd=ROOT,
        env=environment(database),
        start_new_session=True,
    )
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def children_by_name(serving: subprocess.Popen[bytes]) -> dict[str, int]:
    [script] = children_of(serving.pid)
    return {
        name: pid
        for pid in children_of(script)
        for name in ("run_workers", "gunicorn")
        if name in command_of(pid)
    }


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_the_worker_runs_beside_the_site_and_ends_with_it(serving, port):
    wait_until(lambda: answers(port))
    running = children_by_name(serving)
    assert set(running) == {"run_workers", "gunicorn"}

    serving.terminate()
    assert serving.wait(PATIENCE) in {0, 124, -signal.SIGTERM}

    wait_until(lambda: all(map(is_gone, running.values())))


def test_when_the_site_dies_the_worker_ends_too(serving, port):
    wait_until(lambda: answers(port))
    running = children_by_name(serving)

    os.kill(running["gunicorn"], signal.SIGKILL)

    serving.wait(PATIENCE)
    wait_until(lambda: is_gone(running["run_workers"]))
