"""Printing signed-off cards: a pupil's two pages of a year, her whole book, a class of 35, and a
family's report of a period.

Processor time is what the aim speaks of (one core); a busy machine makes the clock say more.
"""

import tempfile
import time
from collections.abc import Callable
from typing import Any

from benchmarks.database import fresh_database
from benchmarks.figures import Figure, peak_memory_in_mib, percentile, report, seconds

PUPILS = 35
ROUNDS = 20
AT_MOST = 0.17
AGAIN_AT_MOST = 0.2  # a whole class whose pages are stored
COMMENT = (
    "Em nắm vững kiến thức, đọc lưu loát, trình bày sạch đẹp; biết vận dụng điều đã học vào "
    "cuộc sống; cần luyện thêm cách diễn đạt khi viết bài."
)


def main() -> None:
    with fresh_database(__doc__ or ""), tempfile.TemporaryDirectory() as folder:
        keep_files_in(folder)
        run()


def keep_files_in(folder: str) -> None:
    from django.conf import settings

    settings.STORAGES["renderings"]["OPTIONS"]["location"] = folder


def run() -> None:
    from django.db import connection

    from reportcards.actions import print_period_report, print_report_card

    school_class, leader = make_class()
    engine = connection.vendor
    student = school_class.enrollments.in_roll_order().first().student
    first_year = school_class.school_year.first_year

    def print_year() -> object:
        return print_report_card(student=student, first_year=first_year, by=leader)

    def print_book() -> object:
        return print_report_card(student=student, first_year=None, by=leader)

    def print_period() -> object:
        return print_period_report(
            student=student, first_year=first_year, period="end_year", by=leader
        )

    def print_class() -> Any:
        return printed_class(school_class, leader)

    report(Figure(f"report_card_first_in_process_{engine}", seconds(print_year), "s"))
    report_rounds(f"report_card_year_{engine}", print_year, AT_MOST)
    report_rounds(f"report_card_book_{engine}", print_book)
    report_rounds(f"period_report_{engine}", print_period)
    processor = processor_seconds(print_class)
    report(Figure(f"report_card_class_of_{PUPILS}_processor_{engine}", processor, "s"))
    report(Figure(f"report_card_class_per_pupil_{engine}", processor / PUPILS, "s", AT_MOST))
    again = processor_seconds(print_class)
    report(Figure(f"report_card_class_of_{PUPILS}_again_{engine}", again, "s", AGAIN_AT_MOST))
    report(Figure(f"report_card_class_of_{PUPILS}_clock_{engine}", seconds(print_class), "s"))
    report(Figure(f"report_card_memory_{engine}", peak_memory_in_mib(), "MiB"))
    size = print_class() / 1024
    report(Figure(f"report_card_class_of_{PUPILS}_size_{engine}", size, "KiB"))


def printed_class(school_class: Any, leader: Any) -> int:
    """The size of the file to print. What is not stored yet is laid out first, as a worker does."""
    from reportcards.actions import assemble_print_run, render_now, start_print_run
    from reportcards.models import PrintedDocument, PrintOutput, Rendering, RenderingState
    from reportcards.prints.contents import PrintOrder
    from reportcards.renderings.files import rendered_storage

    pupils = school_class.enrollments.in_roll_order().select_related(
        "student", "school_class__school_year__school__department"
    )
    order = PrintOrder("Lớp 4A", PrintedDocument.YEAR, PrintOutput.MERGED, list(pupils))
    run = start_print_run(order=order, by=leader)
    for row in Rendering.objects.filter(parts__run=run, state=RenderingState.WAITING):
        render_now(rendering=row, by=leader.acting_user)
    assemble_print_run(run=run, by=leader.acting_user)
    run.refresh_from_db()
    return int(rendered_storage().size(run.merged_name))


def report_rounds(name: str, work: Callable[[], object], at_most: float | None = None) -> None:
    processor = [processor_seconds(work) for _ in range(ROUNDS)]
    clock = [seconds(work) for _ in range(ROUNDS)]
    report(Figure(f"{name}_processor_p50", percentile(processor, 50), "s", at_most))
    report(Figure(f"{name}_clock_p50", percentile(clock, 50), "s"))
    report(Figure(f"{name}_clock_p95", percentile(clock, 95), "s"))


def processor_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def make_class() -> tuple[Any, Any]:
    """35 pupils of grade 4, the year signed off with a comment in every subject."""
    from schools.models import Role
    from tests import factories
    from tests.reportcards.year_ends import signed_year

    school = factories.make_school()
    school_class = factories.make_class(factories.make_school_year(school), "4A", (4,))
    user = factories.make_user("hanh", "Nguyễn Thị Hạnh")
    leader = factories.make_staff(school, user.full_name, Role.PRINCIPAL, user=user)
    for number in range(PUPILS):
        student = factories.make_student(f"Nông Thị Mây {number}")
        signed_year(factories.enroll(student, school_class), signer=leader, comment=COMMENT)
    return school_class, leader


if __name__ == "__main__":
    main()
