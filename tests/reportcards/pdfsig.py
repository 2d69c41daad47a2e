"""Poppler's `pdfsig`, which knows nothing of how we sign."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

LINE = re.compile(r"- ([^:\n]+): (.+)")
VALID = "Signature is Valid."


@dataclass(frozen=True)
class SignatureReport:
    """What it says of one signature; the time is that of Vietnam."""

    field: str
    certified: str
    signed_at: str
    kind: str
    validation: str
    covers_all: bool


def pdfsig_of(folder: Path, pdf: bytes) -> dict[str, str]:
    """What it finds of the signature in each field that has one."""
    return {each.field: each.validation for each in signature_reports(folder, pdf)}


def signature_reports(folder: Path, pdf: bytes) -> list[SignatureReport]:
    path = folder / "card.pdf"
    path.write_bytes(pdf)
    finished = subprocess.run(
        ["pdfsig", "-nocert", path],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"TZ": "Asia/Ho_Chi_Minh"},
    )
    fields = finished.stdout.split("Signature #")[1:]
    return [_report(said) for said in fields if "is not signed" not in said]


def _report(said: str) -> SignatureReport:
    lines = dict(LINE.findall(said))
    return SignatureReport(
        field=lines["Signature Field Name"],
        certified=lines["Signer Certificate Common Name"],
        signed_at=lines["Signing Time"],
        kind=lines["Signature Type"],
        validation=lines["Signature Validation"],
        covers_all="- Total document signed" in said,
    )
