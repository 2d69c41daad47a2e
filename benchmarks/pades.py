"""One PAdES signature on a display form, with its stamp, by P-256 and by RSA-2048.

The time holds reading the PDF, drawing the stamp, hashing, signing with a key in this process,
checking the value and writing the update. A database is not needed: --database-url is taken
because every benchmark takes it.
"""

import argparse
import os
import time
from collections.abc import Callable
from functools import partial

import django

from benchmarks.figures import Figure, percentile, report, seconds
from benchmarks.signed_forms import Signing, a_display_form, make_signing, sign_in_order

ROUNDS = 40
AT_MOST = 0.06


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database-url", help="not used")
    parser.parse_args()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "hocba.settings", "HOCBA_MODE": "development"}
    django.setup()
    run()


def run() -> None:
    form = a_display_form()
    report(Figure("pades_unsigned_form_size", len(form) / 1024, "KiB"))
    for kind in ("P-256", "RSA-2048"):
        measure(make_signing(kind), form, f"pades_{kind.lower().replace('-', '_')}")


def measure(signing: Signing, form: bytes, name: str) -> None:
    goal = AT_MOST if "p_256" in name else None
    leader = partial(signing.update, form, "leader")
    report_rounds(f"{name}_first", leader, goal)
    both = form + signing.update(form, "homeroom")
    report_rounds(f"{name}_second", partial(signing.update, both, "leader"), goal)
    both += signing.update(both, "leader")
    report_rounds(f"{name}_seal_as_third", partial(signing.update, both, "seal"), goal)
    report_rounds(f"{name}_prepared_for_a_key_elsewhere", partial(signing.prepare, form, "leader"))
    signed = sign_in_order(signing, form)
    report(Figure(f"{name}_three_signatures_size", (len(signed) - len(form)) / 1024, "KiB"))


def report_rounds(name: str, work: Callable[[], object], at_most: float | None = None) -> None:
    work()
    processor = [processor_seconds(work) for _ in range(ROUNDS)]
    clock = [seconds(work) for _ in range(ROUNDS)]
    report(Figure(f"{name}_processor_p50", percentile(processor, 50), "s", at_most))
    report(Figure(f"{name}_clock_p95", percentile(clock, 95), "s"))


def processor_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
