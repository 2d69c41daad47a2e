"""Importing a thousand pupils: uploading with its preview, confirming, and doing it again."""

import io
from collections.abc import Iterator
from typing import Any

from benchmarks.database import fresh_database
from benchmarks.figures import Figure, peak_memory_in_mib, report, seconds

PUPILS = 1000
PUPILS_PER_CLASS = 35
AT_MOST = 5.0


def main() -> None:
    with fresh_database(__doc__ or ""):
        run()


def run() -> None:
    from django.db import connection
    from django.test import Client

    registrar = make_school()
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(registrar.user, backend="django.contrib.auth.backends.ModelBackend")
    engine = connection.vendor
    year = registrar.school.school_years.get()

    client.get("/imports/new/")  # the first request of a process loads its pages
    file = students_file("01/05/2017")
    preview = seconds(lambda: upload_and_look(client, year, file))
    report(Figure(f"import_preview_{engine}", preview, "s", AT_MOST))
    report(Figure(f"import_confirm_{engine}", seconds(lambda: confirm(client)), "s"))
    file = students_file("02/05/2017")
    preview = seconds(lambda: upload_and_look(client, year, file))
    report(Figure(f"import_preview_of_changes_{engine}", preview, "s", AT_MOST))
    report(Figure(f"import_confirm_changes_{engine}", seconds(lambda: confirm(client)), "s"))
    report(Figure(f"import_undo_{engine}", seconds(lambda: undo(client)), "s"))
    report(Figure(f"import_memory_{engine}", peak_memory_in_mib(), "MiB"))


def make_school() -> Any:
    from schools.models import Role
    from tests import factories

    school = factories.make_school()
    year = factories.make_school_year(school)
    for number in range(PUPILS // PUPILS_PER_CLASS + 1):
        factories.make_class(year, f"4.{number}", (4,))
    user = factories.make_user("hocvu")
    return factories.make_staff(school, "Phạm Văn Tâm", Role.REGISTRAR, user=user)


def rows(date_of_birth: str) -> Iterator[dict[str, str]]:
    from exchange.columns import COLUMN_BY_KEY

    for number in range(PUPILS):
        yield {key: f"{key} {number}" for key in COLUMN_BY_KEY} | {
            "class_name": f"4.{number // PUPILS_PER_CLASS}",
            "grade_level": "4",
            "ministry_code": f"66{number:08}",
            "full_name": f"Nông Thị Mây {number}",
            "date_of_birth": date_of_birth,
            "gender": "Nữ",
            "status": "Đang học",
            "status_on": "05/09/2026",
            "ethnicity": "Nùng",
            "nationality": "Việt Nam",
            "personal_id": f"0663170{number:05}",
            "contact_phone": f"09051{number:05}",
        }


def students_file(date_of_birth: str) -> io.BytesIO:
    from exchange.students_sheet_writer import write_students_sheet

    file = io.BytesIO()
    file.name = "C1-HocSinh.xlsx"
    write_students_sheet(file, rows(date_of_birth))
    file.seek(0)
    return file


def upload_and_look(client: Any, year: Any, file: io.BytesIO) -> None:
    answer = client.post("/imports/new/", {"school_year": year.pk, "file": file}, follow=True)
    if answer.redirect_chain == [] or answer.status_code != 200:
        raise RuntimeError(f"the preview was not shown: {answer.status_code}")


def confirm(client: Any) -> None:
    post_to_newest(client, "confirm")


def undo(client: Any) -> None:
    post_to_newest(client, "undo")


def post_to_newest(client: Any, step: str) -> None:
    from exchange.models import ImportBatch

    batch = ImportBatch.objects.latest("pk")
    answer = client.post(f"/imports/{batch.pk}/{step}/")
    if answer.status_code != 302:
        raise RuntimeError(f"{step}: {answer.status_code}")


if __name__ == "__main__":
    main()
