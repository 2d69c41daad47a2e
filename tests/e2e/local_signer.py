"""A signing program on a signer's own machine, as static/js/signing/local_service.js asks it."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.reportcards.signing_cases import sign_digest


@dataclass
class LocalSigner:
    """`refuses`: the names that its owner says no to; `asked`: what it was sent."""

    key: Any
    url: str = ""
    refuses: set[str] = field(default_factory=set)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(asked)
        return {"signatures": [self._answer_to(row) for row in asked["digests"]]}

    def _answer_to(self, row: dict[str, Any]) -> dict[str, Any]:
        if row["name"] in self.refuses:
            return {"id": row["id"], "refusal": "Người ký bấm từ chối."}
        value = sign_digest(self.key, base64.b64decode(row["digest"]))
        return {"id": row["id"], "signature": base64.b64encode(value).decode()}


@contextmanager
def running_signer(key: Any) -> Iterator[LocalSigner]:
    signer = LocalSigner(key)

    class Door(BaseHTTPRequestHandler):
        def do_OPTIONS(self) -> None:
            self._reply(b"")

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._reply(json.dumps(signer.answer(asked)).encode())

        def _reply(self, content: bytes) -> None:
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", self.headers["Origin"])
            self.send_header("Access-Control-Allow-Headers", "Content-Type")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    signer.url = f"http://127.0.0.1:{server.server_port}"
    yield signer
    server.shutdown()
    server.server_close()
