"""The HTML of a document given to other programs, with the same styles and typefaces."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

ROOT = Path(__file__).parents[1]
TYPEFACES = "css/documents/typefaces.css"
IMPORT = re.compile(r'@import "static:([^"]+)";')
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")

Work = Callable[[], bytes]


def weasyprint_as_it_comes(html: str, stylesheet: str) -> Work:
    """Styles and typefaces read for each document anew."""

    def work() -> bytes:
        fonts = FontConfiguration()
        own = CSS(string=styles(stylesheet), font_config=fonts)
        return HTML(string=html).write_pdf(stylesheets=[own], font_config=fonts)

    return work


def wkhtmltopdf(html: str, stylesheet: str) -> Work | None:
    options = ["--quiet", "--enable-local-file-access", "--page-size", "A4"]
    return in_a_process("wkhtmltopdf", html, stylesheet, lambda page, pdf: [*options, page, pdf])


def chromium(html: str, stylesheet: str) -> Work | None:
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]

    def arguments(page: str, pdf: str) -> list[str]:
        return [*options, f"--print-to-pdf={pdf}", f"file://{page}"]

    return in_a_process(CHROMIUM, html, stylesheet, arguments)


@contextmanager
def chromium_kept_open(html: str, stylesheet: str) -> Iterator[Work | None]:
    """As a program would use it that prints many documents."""
    if shutil.which(CHROMIUM) is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        address = f"file://{written(Path(folder), html, stylesheet)}"
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page()

        def work() -> bytes:
            page.goto(address)
            return page.pdf(format="A4")

        yield work
        browser.close()


def in_a_process(
    program: str, html: str, stylesheet: str, arguments: Callable[[str, str], list[str]]
) -> Work | None:
    found = shutil.which(program)
    if found is None:
        return None

    def work() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            page, pdf = written(Path(folder), html, stylesheet), Path(folder, "page.pdf")
            command = [found, *arguments(str(page), str(pdf))]
            subprocess.run(command, check=True, capture_output=True)
            return pdf.read_bytes()

    return work


def written(folder: Path, html: str, stylesheet: str) -> Path:
    page = folder / "page.html"
    page.write_text(f'<meta charset="utf-8"><style>{styles(stylesheet)}</style>{html}')
    return page


def styles(stylesheet: str) -> str:
    """In one piece, what a stylesheet imports in its place."""
    parts = (Path(ROOT, "static", path).read_text() for path in (TYPEFACES, stylesheet))
    whole = IMPORT.sub(lambda found: Path(ROOT, "static", found[1]).read_text(), "\n".join(parts))
    return whole.replace("static:", f"file://{ROOT}/static/")
