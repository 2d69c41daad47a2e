"""Real workers beside the tests: `manage.py db_worker` in processes of their own."""

import datetime
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.rivals import Rivals

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST = "180"  # seconds; a worker that nobody ends ends itself
PATIENCE = 90
ONE_WORKER = ("db_worker", "--interval", "0.1", "--no-startup-delay")
SETTINGS_TO_HAND_ON = (
    "KEY_SEALING_SECRET",
    "PKCS11_MODULE",
    "PKCS11_PIN",
    "PKCS11_TOKEN",
    "SIGNING_TRUST_FILE",
)


def database_url(shared: Path) -> str:
    """Of the database that the test has: on SQLite the file that it was copied to."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{shared}"
    url = urlsplit(os.environ["DATABASE_URL"])
    return url._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


@contextmanager
def workers_beside(rivals: Rivals, folder: Path) -> Iterator["Workers"]:
    """Processes that reach the test's database as it stands now, and its files."""
    if connection.vendor == "sqlite":
        rivals.share()
    workers = Workers(folder)
    yield workers
    workers.kill_all()


@dataclass
class Workers:
    folder: Path
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(
        self,
        *command: str,
        after: datetime.timedelta = datetime.timedelta(),
    ) -> subprocess.Popen[bytes]:
        """One worker, or the command; its clock goes on from now, or some time after."""
        command = self._command(*(command or ONE_WORKER), after=after)
        with self._log.open("a") as log:
            process = subprocess.Popen(
                ["timeout", "--kill-after=1", LONGEST, *command],
                cwd=ROOT,
                env=self._environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def run(self, name: str, *, after: datetime.timedelta = datetime.timedelta()) -> str:
        finished = subprocess.run(
            self._command(name, after=after),
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return finished.stdout

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """SIGKILL to it and to what it started: nothing can be finished."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_all(self) -> None:
        for process in self.started:
            if process.poll() is None:
                self.kill(process)

    def wait_until(self, holds: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(f"the workers did not get there:\n{self._log.read_text()}")
            time.sleep(0.02)

    @property
    def _log(self) -> Path:
        return self.folder / "workers.log"

    def _command(self, *command: str, after: datetime.timedelta) -> tuple[str, ...]:
        moment = (timezone.now() + after).isoformat()
        return (sys.executable, "-m", "tests.reportcards.worker_at", moment, *command)

    def _environment(self) -> dict[str, str]:
        folders = {
            f"{name.upper()}_DIR": str(settings.STORAGES[name]["OPTIONS"]["location"])
            for name in ("archive", "renderings")
        }
        return {
            **os.environ,
            **{name: str(getattr(settings, name)) for name in SETTINGS_TO_HAND_ON},
            **folders,
            "DATABASE_URL": database_url(self.folder / "shared.sqlite3"),
            "DJANGO_SETTINGS_MODULE": "hocba.settings",
            "HOCBA_MODE": "development",
        }
