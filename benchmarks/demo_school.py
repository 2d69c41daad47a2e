"""The demo school's past year: its cards frozen, laid out, signed, printed, and read by poppler.

python -m benchmarks.demo_school [--keep FOLDER]

A school of full size is seeded as `make run` seeds it. Its workers lay the cards out; everybody
signs with her own key file; then the whole school is printed into one file and a zip. Each signed
PDF is looked at by pdfsig, the printed file by qpdf.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import django

from benchmarks.figures import Figure, report

if TYPE_CHECKING:
    from reportcards.models import PrintRun
    from schools.models import School, SchoolClass

PAUSE = 0.5
SIGNERS = 3
INTACT = re.compile(rb"Signature is Valid\.")
WHOLE = re.compile(rb"\n  - Total document signed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database-url", help="an empty database; SQLite in a folder without it")
    parser.add_argument("--streams", type=int, default=5, help="classes for each grade")
    parser.add_argument("--pupils", type=int, default=35, help="pupils in each class")
    parser.add_argument("--keep", type=Path, help="a folder for the printed files")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hocba-school-") as folder:
        set_up(Path(folder), options.database_url)
        run(options, Path(folder))


def set_up(folder: Path, database_url: str | None) -> None:
    os.environ |= {
        "DATABASE_URL": database_url or f"sqlite:///{folder / 'school.sqlite3'}",
        "ARCHIVE_DIR": str(folder / "archive"),
        "RENDERINGS_DIR": str(folder / "renderings"),
        "SIGNING_TRUST_FILE": str(folder / "demo-ca" / "trust.pem"),
        "PUBLIC_ADDRESS": "https://hocba.example",
        "DJANGO_SETTINGS_MODULE": "hocba.settings",
        "HOCBA_MODE": "development",
    }
    django.setup()


def run(options: argparse.Namespace, folder: Path) -> None:
    from django.core.management import call_command

    from schools.models import School

    call_command("migrate", verbosity=0)
    size = ["--streams", str(options.streams), "--pupils", str(options.pupils)]
    with timed("demo_school_seeded"), (folder / "seeding.log").open("w") as log:
        call_command("seed_demo", *size, stdout=log)
    school = School.objects.order_by("pk")[0]
    with timed("demo_school_frozen"):
        freeze(school)
    with workers():
        with timed("demo_school_laid_out_by_workers"):
            wait_for_renderings()
        with timed("demo_school_signed"):
            sign(school)
        with timed("demo_school_printed"):
            print_run = print_school(school)
    check(school, print_run, options.keep or folder)


@contextmanager
def timed(name: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    report(Figure(name, time.perf_counter() - begun, "s"))


@contextmanager
def workers() -> Iterator[None]:
    command = [sys.executable, "manage.py", "run_workers", "--verbosity", "0", "--interval", "0.2"]
    process = subprocess.Popen(command)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def classes_of(school: "School") -> "list[SchoolClass]":
    return list(school.school_years.order_by("first_year")[0].classes.in_order())


def freeze(school: "School") -> None:
    from hocba.demo.digital_cards import make_cards

    for school_class in classes_of(school):
        make_cards(school_class)


def wait_for_renderings() -> None:
    from reportcards.models import Rendering

    while Rendering.objects.waiting().exists():
        time.sleep(PAUSE)


def sign(school: "School") -> None:
    from hocba.demo.digital_cards import sign_cards
    from reportcards.models import ReportCard, SlotKey
    from reportcards.workflow import IN_MAKING

    for school_class in classes_of(school):
        in_making = ReportCard.objects.of_class(school_class).filter(state__in=IN_MAKING)
        done = set(in_making.values_list("signatures__slot", flat=True))
        for slot in SlotKey:
            if slot not in done and in_making.exists():
                sign_cards(slot, school_class)


def print_school(school: "School") -> "PrintRun":
    from hocba.demo.digital_cards import person
    from reportcards.actions import start_print_run
    from reportcards.models import PrintedDocument, PrintOutput, ReportCard
    from reportcards.prints.contents import PrintOrder
    from schools.models import Role

    cards = ReportCard.objects.in_force().for_school(school).with_pupil().in_class_order()
    order = PrintOrder(
        "Học bạ số của cả trường",
        PrintedDocument.DISPLAY,
        PrintOutput.BOTH,
        [card.enrollment for card in cards],
    )
    print_run = start_print_run(order=order, by=person(classes_of(school)[0], Role.PRINCIPAL))
    while print_run.finished_at is None and not print_run.refusal:
        time.sleep(PAUSE)
        print_run.refresh_from_db()
    return print_run


def check(school: "School", print_run: "PrintRun", kept: Path) -> None:
    from reportcards.models import ReportCard
    from reportcards.renderings.files import rendered_storage

    printed = kept / "printed.pdf"
    with rendered_storage().open(print_run.merged_name) as merged:
        printed.write_bytes(merged.read())
    checked = subprocess.run(["qpdf", "--check", printed], capture_output=True, check=False)
    report(Figure("demo_school_printed_file_is_sound", float(checked.returncode == 0), "", 1))
    report(Figure("demo_school_printed_file_size", printed.stat().st_size / 2**20, "MiB"))
    with rendered_storage().open(print_run.originals_name) as zipped, ZipFile(zipped) as originals:
        names = [name for name in originals.namelist() if name.endswith(".pdf")]
        sound = sum(is_signed_by_all(originals.read(name), kept) for name in names)
    issued = ReportCard.objects.in_force().for_school(school).count()
    report(Figure("demo_school_cards_issued", issued, "cards"))
    report(Figure("demo_school_cards_printed", len(names), "cards"))
    report(Figure("demo_school_cards_that_poppler_verifies", sound, "cards"))


def is_signed_by_all(content: bytes, folder: Path) -> bool:
    path = folder / "one.pdf"
    path.write_bytes(content)
    shown = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, check=False).stdout
    return len(INTACT.findall(shown)) == SIGNERS and len(WHOLE.findall(shown)) == 1


if __name__ == "__main__":
    main()
