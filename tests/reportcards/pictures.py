"""Pages as pictures, and a file as qpdf judges it."""

import subprocess
from tempfile import NamedTemporaryFile

import pypdfium2
from PIL.Image import Image


def pictures(document: bytes, *, scale: float = 1.0) -> list[Image]:
    """Of each page, in grey; at the scale of 1 a point is a pixel."""
    pdf = pypdfium2.PdfDocument(document)
    pdf.init_forms()
    try:
        return [page.render(scale=scale).to_pil().convert("L") for page in pdf]
    finally:
        pdf.close()


def is_sound(document: bytes) -> bool:
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(document)
        file.flush()
        checked = subprocess.run(["qpdf", "--check", file.name], capture_output=True)
    return checked.returncode == 0
