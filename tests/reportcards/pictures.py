"""Pages as pictures, and a file as qpdf judges it."""

import subprocess
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

from PIL import Image, ImageChops

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


def farthest_shade(one: Image.Image, other: Image.Image, *, below: int) -> int:
    """Of 255: by how much the pixels below a row differ, those that differ most.

    An appearance is placed by one matrix as a field and by two on a flat page: its edges are
    rounded apart by a shade or two.
    """
    pages = [page.crop((0, below, *page.size)) for page in (one, other)]
    _least, most = ImageChops.difference(*pages).getextrema()
    return int(most)


def is_sound(document: bytes) -> bool:
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(document)
        file.flush()
        checked = subprocess.run(["qpdf", "--check", file.name], capture_output=True)
    return checked.returncode == 0
