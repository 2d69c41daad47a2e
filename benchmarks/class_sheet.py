"""A class of 45 pupils and 14 grids as a workbook: downloaded, filled in, uploaded, confirmed.

python -m benchmarks.class_sheet
"""

import datetime
import io
from typing import TYPE_CHECKING, Any

import time_machine

from benchmarks.database import fresh_database
from benchmarks.figures import Figure, peak_memory_in_mib, percentile, report, seconds

if TYPE_CHECKING:
    from schools.models import SchoolClass, StaffMember

PUPILS, GRIDS, ROUNDS = 45, 14, 5
PERIOD = "end_term_1"
IN_THE_WINDOW = datetime.datetime(2027, 1, 5, 13, tzinfo=datetime.UTC)
FIRST_ROW = 5


def main() -> None:
    with fresh_database(__doc__ or ""), time_machine.travel(IN_THE_WINDOW):
        run()


def run() -> None:
    sheet = SheetOfAClass()
    sheet.download()  # the first request of a process loads its modules
    downloads, previews, confirmations = [], [], []
    for number in range(ROUNDS):
        downloads.append(seconds(sheet.download))
        sheet.fill_in(number)
        previews.append(seconds(sheet.upload_and_look))
        confirmations.append(seconds(sheet.confirm))
    for name, times in (
        ("download", downloads),
        ("upload_with_preview", previews),
        ("confirm", confirmations),
    ):
        report(Figure(f"class_sheet.{name}.p50", percentile(times, 50), "s"))
    report(Figure("class_sheet.changed_cells", sheet.changed, "cells"))
    report(Figure("class_sheet.size", len(sheet.content) / 1024, "kB"))
    report(Figure("class_sheet.memory", peak_memory_in_mib(), "MiB"))


class SheetOfAClass:
    """A teacher who teaches everything, by Django's test client."""

    def __init__(self) -> None:
        from django.test import Client
        from django.urls import reverse

        school_class, teacher = make_class()
        self.address = reverse("class_sheet", args=[school_class.pk, PERIOD])
        self.upload_address = reverse("new_sheet_upload", args=[school_class.pk, PERIOD])
        self.client = Client(HTTP_HOST="localhost")
        self.client.force_login(teacher.acting_user)
        self.content = b""
        self.preview = ""
        self.changed = 0

    def download(self) -> None:
        self.content = self.client.get(self.address).content

    def fill_in(self, number: int) -> None:
        """Every cell of every pupil changes."""
        from openpyxl import load_workbook

        workbook = load_workbook(io.BytesIO(self.content))
        for worksheet in workbook.worksheets[:-1]:
            headers = [cell.value for cell in worksheet[FIRST_ROW - 1]]
            for row in range(FIRST_ROW, FIRST_ROW + PUPILS):
                for column in range(4, len(headers) + 1):
                    worksheet.cell(row, column).value = typed(headers[column - 1], number)
        file = io.BytesIO()
        workbook.save(file)
        self.content = file.getvalue()

    def upload_and_look(self) -> None:
        file = io.BytesIO(self.content)
        file.name = "lop-4a.xlsx"
        answer: Any = self.client.post(self.upload_address, {"file": file}, follow=True)
        if not answer.redirect_chain or answer.status_code != 200:
            raise RuntimeError(f"the preview was not shown: {answer.status_code}")
        self.preview = answer.redirect_chain[-1][0]

    def confirm(self) -> None:
        from exchange.models import SheetUpload

        self.client.post(f"{self.preview}confirm/")
        self.changed = SheetUpload.objects.latest("pk").saved
        if not self.changed:
            raise RuntimeError("nothing was saved")


def typed(header: str, number: int) -> object:
    if header == "Điểm KTĐK":
        return 5 + number % 5
    if header == "Mức đạt được":
        return "TH"[number % 2]
    if header.startswith("Nhận xét"):
        return f"Nắm chắc bài; cần đọc kĩ đề trước khi làm ({number})."
    return "TC"[number % 2]


def make_class() -> "tuple[SchoolClass, StaffMember]":
    from schools.models import Role, SubjectOffering
    from tests import factories

    school = factories.make_school()
    school_class = factories.make_class(factories.make_school_year(school), "4A", (4,))
    teacher = factories.make_staff(
        school, "Trần Thị Ngọc", Role.TEACHER, user=factories.make_user("ngoc")
    )
    factories.assign_homeroom(school_class, teacher)
    SubjectOffering.objects.create(
        school_class=school_class, grade_level=4, subject_code="tieng_dan_toc"
    )
    for offering in school_class.subject_offerings.all():
        factories.assign_teacher(school_class, offering.subject_code, teacher)
    for number in range(PUPILS):
        factories.enroll(factories.make_student(f"Hà Thị Số {number}"), school_class)
    return school_class, teacher


if __name__ == "__main__":
    main()
