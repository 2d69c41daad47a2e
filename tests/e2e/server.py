"""The site as its users meet it: gunicorn in a process of its own, on a database file."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_START = 30
LONGEST_JOURNEY = "600"


def environment(database: Path) -> dict[str, str]:
    return {
        **os.environ,
        "HOCBA_MODE": "development",
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "hocba.settings",
    }


def manage(*arguments: str, database: Path) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(database), check=True
    )


@contextmanager
def running_server(*, database: Path, log: Path) -> Iterator[str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with log.open("w") as output:
        process = subprocess.Popen(
            ["timeout", LONGEST_JOURNEY, *gunicorn_command(port)],
            cwd=ROOT,
            env=environment(database),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_until_it_answers(url, process=process, log=log)
            yield url
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def gunicorn_command(port: int) -> list[str]:
    address = f"127.0.0.1:{port}"
    options = ["--bind", address, "--workers", "1", "--threads", "4"]
    return [sys.executable, "-m", "gunicorn", "hocba.wsgi", *options]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until_it_answers(url: str, *, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=SECONDS_TO_START).close()  # noqa: S310
        except urllib.error.HTTPError:
            return  # an error page is an answer too
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The server did not start:\n{log.read_text()}")
