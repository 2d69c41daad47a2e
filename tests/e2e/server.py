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

IDLE = "/-/idle"
ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_START = 30
LONGEST_RUN = "3600"


Database = Path | str  # a file of SQLite, or a URL


def environment(database: Database) -> dict[str, str]:
    return {
        **os.environ,
        "HOCBA_MODE": "development",
        "DATABASE_URL": database if isinstance(database, str) else f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "hocba.settings",
    }


def manage(*arguments: str, database: Database) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(database), check=True
    )


class Server:
    """Can be killed, and started again at its address."""

    def __init__(self, *, database: Database, log: Path, longest: str = LONGEST_RUN) -> None:
        self.database, self.log, self.longest = database, log, longest
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("a") as output:
            self.process = subprocess.Popen(
                ["timeout", self.longest, *gunicorn_command(self.port)],
                cwd=ROOT,
                env=environment(self.database),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until_it_answers(self.url, process=self.process, log=self.log)

    def kill(self) -> None:
        """SIGKILL to every process of it: none can finish what it has begun."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def kill_worker(self) -> None:
        """SIGKILL to the process that answers; gunicorn puts another one in its place."""
        assert self.process
        [master] = children_of(self.process.pid)
        for worker in children_of(master):
            os.kill(worker, signal.SIGKILL)


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextmanager
def running_server(*, database: Database, log: Path) -> Iterator[str]:
    server = Server(database=database, log=log)
    try:
        server.start()
        yield server.url
    finally:
        server.kill()


def gunicorn_command(port: int) -> list[str]:
    address = f"127.0.0.1:{port}"
    options = ["--bind", address, "--workers", "1", "--threads", "4", "--preload"]
    return [sys.executable, "-m", "gunicorn", "tests.e2e.idle_wsgi", *options]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until_idle(url: str) -> None:
    urllib.request.urlopen(url + IDLE, timeout=SECONDS_TO_START).close()  # noqa: S310


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
