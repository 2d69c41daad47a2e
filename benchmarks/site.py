"""The site over HTTP for a benchmark: gunicorn on the loopback, which ends with the block."""

import datetime
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
LONGEST_RUN = "600"  # seconds; whatever happens to the benchmark, the server stops
SECONDS_TO_START = 60


@contextmanager
def running_site(now: datetime.datetime) -> Iterator[int]:
    """The port of a site on the benchmark's own test database, where it is `now`."""
    port = free_port()
    process = subprocess.Popen(
        ["timeout", LONGEST_RUN, *gunicorn_command(port)],
        cwd=ROOT,
        env={**os.environ, "BENCHMARK_NOW": now.isoformat(), **named_database()},
    )
    try:
        wait_until_it_answers(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def gunicorn_command(port: int) -> list[str]:
    options = f"--bind 127.0.0.1:{port} --workers {WORKERS} --threads 2 --keep-alive 30"
    return [
        *(sys.executable, "-m", "gunicorn", "benchmarks.site_app:application"),
        *options.split(),
        *("--log-level", "error"),
    ]


def named_database() -> dict[str, str]:
    from django.db import connection

    return {"BENCHMARK_DATABASE": str(connection.settings_dict["NAME"])}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server did not start")
