"""A site whose past year's cards wait for signatures, with keys of every kind."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tests.e2e.local_signer import LocalSigner, running_signer
from tests.e2e.server import ROOT, environment, running_server
from tests.reportcards.tokens import MODULE, SoftToken


@dataclass(frozen=True)
class SigningSite:
    """`teachers` lead the classes; the second one's key is known to `signer` alone."""

    url: str
    database: Path
    teachers: list[dict[str, str]]
    signer: LocalSigner

    @contextmanager
    def running_worker(self) -> Iterator[None]:
        command = [sys.executable, "manage.py", "db_worker", "--interval", "0.2", "--verbosity=0"]
        worker = subprocess.Popen(
            ["timeout", "120", *command], cwd=ROOT, env=environment(self.database)
        )
        try:
            yield
        finally:
            worker.terminate()
            worker.wait()


@contextmanager
def running_signing_site(folder: Path, prepared: Path, token: SoftToken) -> Iterator[SigningSite]:
    database = Path(shutil.copytree(prepared.parent, folder / "database")) / prepared.name
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARCHIVE_DIR", str(folder / "archive"))
        patch.setenv("PKCS11_MODULE", MODULE)
        patch.setenv("PKCS11_TOKEN", token.label)
        patch.setenv("PKCS11_PIN", token.pin)
        subprocess.run(
            [sys.executable, "-m", "tests.e2e.arrange_signing", str(folder), token.label],
            cwd=ROOT,
            env=environment(database),
            check=True,
        )
        key = load_pem_private_key((folder / "remote.key.pem").read_bytes(), None)
        teachers = json.loads((folder / "teachers.json").read_text())
        with running_signer(key) as signer:
            patch.setenv("LOCAL_SIGNING_SERVICE", signer.url)
            with running_server(database=database, log=folder / "server.log") as url:
                yield SigningSite(url, database, teachers, signer)
