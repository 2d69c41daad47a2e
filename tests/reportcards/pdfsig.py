"""Poppler's `pdfsig`, which knows nothing of how we sign."""

import re
import subprocess
from pathlib import Path

SIGNATURE = re.compile(r"Signature Field Name: (\S+)\n(?:.*\n)*?  - Signature Validation: (.+)")
VALID = "Signature is Valid."


def pdfsig_of(folder: Path, pdf: bytes) -> dict[str, str]:
    """What it finds of the signature in each field that has one."""
    path = folder / "card.pdf"
    path.write_bytes(pdf)
    command = ["pdfsig", "-nocert", str(path)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    parts = finished.stdout.split("Signature #")
    return dict(found.groups() for part in parts if (found := SIGNATURE.search(part)))
