"""Display forms: laid out first by us, the same HTML by others, held in memory, printed as a class.

A program that is not installed is told of and left out. A database is not needed: --database-url
is taken because every benchmark takes it.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from io import BytesIO
from pathlib import Path

import django

from benchmarks.figures import Figure, percentile, report, seconds
from benchmarks.other_engines import (
    chromium,
    chromium_kept_open,
    weasyprint_as_it_comes,
    wkhtmltopdf,
)

CARDS = 1000
CLASS = 35
PROCESSES = 2
ROUNDS = 15
FEW_ROUNDS = 5
FIRST_RENDERING_AT_MOST = 0.1
PRINTED_AT_MOST = 0.2
MEMORY_AT_MOST = 300
BROWSER = "chromium"
PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database-url", help="not used")
    parser.add_argument("--cards", type=int, default=CARDS, help="that one worker lays out")
    arguments = parser.parse_args()
    set_up()
    first_renderings()
    same_html()
    issued_class()
    memory(arguments.cards)


def set_up() -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "hocba.settings", "HOCBA_MODE": "development"}
    django.setup()


def set_up_worker() -> None:
    set_up()
    lay_out(1)


def first_renderings() -> None:
    """On one core, and on two as the workers share them."""
    from benchmarks.signed_forms import a_display_form

    processor = [processor_seconds(a_display_form) for _ in range(ROUNDS)]
    report(Figure("display_form_first_in_process_processor", processor[0], "s"))
    report(Figure("display_form_processor_p50", percentile(processor[1:], 50), "s"))
    report(Figure("display_form_size", len(a_display_form()) / 1024, "KiB"))
    with ProcessPoolExecutor(PROCESSES, initializer=set_up_worker) as pool:
        list(pool.map(lay_out, [1] * PROCESSES))
        begun = time.perf_counter()
        processor_of_each = list(pool.map(lay_out, [CLASS] * PROCESSES))
        clock = time.perf_counter() - begun
    name, cards = f"display_form_per_card_{PROCESSES}_processes", CLASS * PROCESSES
    report(Figure(f"{name}_clock", clock / cards, "s", FIRST_RENDERING_AT_MOST))
    processor_alone = sum(processor_of_each) / cards / PROCESSES
    report(Figure(f"{name}_processor", processor_alone, "s", FIRST_RENDERING_AT_MOST))


def lay_out(cards: int) -> float:
    """So many cards; the processor time that it took."""
    from benchmarks.signed_forms import a_display_form

    return processor_seconds(lambda: [len(a_display_form()) for _ in range(cards)])


def same_html() -> None:
    """Plain PDF of one display form's HTML.

    Of a browser only the clock is known: it does not wait for all the processes that it begins.
    """
    from benchmarks.signed_forms import a_display_html
    from reportcards.documents.display_pdf import STYLESHEET
    from reportcards.documents.typesetting import render_pdf

    html = a_display_html()
    report_engine("weasyprint_as_we_use_it", partial(render_pdf, html, STYLESHEET), ROUNDS)
    report_engine("weasyprint_as_it_comes", weasyprint_as_it_comes(html, STYLESHEET), FEW_ROUNDS)
    report_engine("wkhtmltopdf", wkhtmltopdf(html, STYLESHEET), FEW_ROUNDS)
    report_engine(BROWSER, chromium(html, STYLESHEET), FEW_ROUNDS)
    with chromium_kept_open(html, STYLESHEET) as work:
        report_engine(f"{BROWSER}_kept_open", work, ROUNDS)


def report_engine(name: str, work: Callable[[], bytes] | None, rounds: int) -> None:
    if work is None:
        print(f"{name} is not installed, so it is left out", file=sys.stderr)
        return
    pages = pages_of(work())
    clock = [seconds(work) for _ in range(rounds)]
    report(Figure(f"same_html_{name}_clock_p50", percentile(clock, 50), "s"))
    if not name.startswith(BROWSER):
        processor = [processor_seconds(work) for _ in range(rounds)]
        report(Figure(f"same_html_{name}_processor_p50", percentile(processor, 50), "s"))
    report(Figure(f"same_html_{name}_pages", pages, "pages"))


def pages_of(pdf: bytes) -> int:
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def issued_class() -> None:
    """A class whose signed files are at hand, as one file for paper."""
    from benchmarks.signed_forms import a_display_form, make_signing, sign_in_order
    from reportcards.documents.joining import PupilPages, join

    signing = make_signing("P-256")
    signed = [sign_in_order(signing, a_display_form()) for _ in range(CLASS)]
    pupils = [PupilPages(f"Em {n}", str(n), pdf) for n, pdf in enumerate(signed, 1)]

    def print_class() -> None:
        join(pupils, BytesIO(), title="Lớp 4A", line="Bản in")

    print_class()
    clock = [seconds(print_class) for _ in range(ROUNDS)]
    processor = [processor_seconds(print_class) for _ in range(ROUNDS)]
    name = f"issued_class_of_{CLASS}"
    report(Figure(f"{name}_clock_p50", percentile(clock, 50), "s", PRINTED_AT_MOST))
    report(Figure(f"{name}_processor_p50", percentile(processor, 50), "s", PRINTED_AT_MOST))


def memory(cards: int) -> None:
    """Of one worker, in the middle and at the end: the second is to be no more than the first."""
    with ProcessPoolExecutor(1, initializer=set_up_worker) as pool:
        for name in ("half", "all"):
            pool.submit(lay_out, cards // 2).result()
            resident = pool.submit(resident_mib).result()
            figure = f"worker_memory_after_{name}_of_{cards}_cards"
            report(Figure(figure, resident, "MiB", MEMORY_AT_MOST))


def resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * PAGE_SIZE / 1024**2


def processor_seconds(work: Callable[[], object]) -> float:
    """Of this process and of those that it has begun and ended."""
    started = sum(os.times()[:4])
    work()
    return sum(os.times()[:4]) - started


if __name__ == "__main__":
    main()
