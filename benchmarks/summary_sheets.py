"""The nine summary sheets of a class of 45, as PDF and as workbook, and their page.

python -m benchmarks.summary_sheets

Every pupil has every result. Processor time is what the aim speaks of (one core); a busy machine
makes the clock say more. The first sheet of a process reads stylesheet and fonts as well.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from benchmarks.database import fresh_database
from benchmarks.figures import Figure, percentile, report, seconds
from benchmarks.report_card_pdf import processor_seconds

if TYPE_CHECKING:
    from schools.models import SchoolClass, StaffMember

PUPILS, ROUNDS = 45, 5
PERIODS = ("mid_term_1", "end_term_1", "end_year")
GRADES = (2, 3, 4)  # forms 1-3, 4-6, 7-9
PDF_AT_MOST, WORKBOOK_AT_MOST = 2.0, 0.5


def main() -> None:
    with fresh_database(__doc__ or ""):
        run()


def run() -> None:
    from django.db import connection

    leader, classes = make_school()
    engine = connection.vendor
    printing, loading, pages = [], [], []
    for number, (school_class, period) in enumerate(sheets(classes), 1):
        pdf, workbook, page = works(school_class, period, leader)
        pdf()
        printing.append(median(pdf))
        loading.append(median(workbook))
        pages.append(median(page, by_clock=True))
        name = f"summary_sheets.form_{number}"
        report(Figure(f"{name}.pdf_{engine}", printing[-1], "s", PDF_AT_MOST))
        report(Figure(f"{name}.xlsx_{engine}", loading[-1], "s", WORKBOOK_AT_MOST))
    report(Figure(f"summary_sheets.all_nine.pdf_{engine}", sum(printing), "s", PDF_AT_MOST))
    report(Figure(f"summary_sheets.all_nine.xlsx_{engine}", sum(loading), "s"))
    report(Figure(f"summary_sheets.slowest_page_{engine}", max(pages), "s"))


def sheets(classes: "list[SchoolClass]") -> "list[tuple[SchoolClass, str]]":
    return [(school_class, period) for school_class in classes for period in PERIODS]


def works(
    school_class: "SchoolClass", period: str, leader: "StaffMember"
) -> tuple[Callable[[], Any], ...]:
    from django.test import Client
    from django.urls import reverse

    from exchange.summary_sheets.actions import download_summary_sheet
    from reportcards.summary_sheets.actions import print_summary_sheet
    from tests.assessments.summaries import loaded

    client = Client(HTTP_HOST="localhost")
    client.force_login(leader.acting_user)
    address = reverse("summary_sheet", args=[school_class.pk, period])

    def arguments() -> dict[str, Any]:
        return {"school_class": loaded(school_class, period), "period": period, "by": leader}

    return (
        lambda: print_summary_sheet(**arguments()),
        lambda: download_summary_sheet(**arguments()),
        lambda: client.get(address),
    )


def median(work: Callable[[], object], *, by_clock: bool = False) -> float:
    measure = seconds if by_clock else processor_seconds
    return percentile([measure(work) for _ in range(ROUNDS)], 50)


def make_school() -> "tuple[StaffMember, list[SchoolClass]]":
    from schools.models import Role
    from tests import factories

    school = factories.make_school()
    school_year = factories.make_school_year(school)
    user = factories.make_user("hanh", "Nguyễn Thị Hạnh")
    leader = factories.make_staff(school, user.full_name, Role.PRINCIPAL, user=user)
    classes = []
    for grade_level in GRADES:
        school_class = factories.make_class(school_year, f"{grade_level}A", (grade_level,))
        fill(school_class, user)
        classes.append(school_class)
    return leader, classes


def fill(school_class: "SchoolClass", user: Any) -> None:
    from tests import factories
    from tests.assessments.summaries import enter_everything
    from tests.reportcards.year_ends import decide_year

    for number in range(PUPILS):
        pupil = factories.enroll(factories.make_student(f"Nông Thị Mây {number}"), school_class)
        for period in PERIODS:
            enter_everything(pupil, period, user)
        decide_year(pupil, by=user)


if __name__ == "__main__":
    main()
