"""Pages as pictures, and a file as qpdf judges it."""

import subprocess
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

from PIL import Image

DOTS = 72  # an inch: a point is a pixel


def pictures(document: bytes) -> list[Image.Image]:
    """Of each page as poppler paints it, in grey."""
    with TemporaryDirectory() as folder:
        subprocess.run(
            ["pdftoppm", "-gray", "-r", str(DOTS), "-", f"{folder}/page"],
            input=document,
            check=True,
        )
        paths = sorted(Path(folder).iterdir())
        return [Image.open(BytesIO(path.read_bytes())) for path in paths]


def below(page: Image.Image, row: int) -> bytes:
    """What stands below a row of pixels."""
    return page.crop((0, row, *page.size)).tobytes()


def is_sound(document: bytes) -> bool:
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(document)
        file.flush()
        checked = subprocess.run(["qpdf", "--check", file.name], capture_output=True)
    return checked.returncode == 0
