"""What the tests of the import do again and again."""

import io
from collections.abc import Mapping
from typing import Any

from exchange.actions import confirm_import, import_students
from exchange.models import ImportBatch, ImportRow
from students.models import Enrollment, Student
from tests.cast import Cast
from tests.exchange.workbooks import students_file

MAY = {
    "class_name": "4A",
    "ministry_code": "6612345678",
    "personal_id": "066317000001",
    "full_name": "Nông Thị Mây",
    "date_of_birth": "01/05/2017",
    "gender": "Nữ",
    "status": "Đang học",
    "ethnicity": "Nùng",
}


def row_of(student: Student, **cells: Any) -> dict[str, Any]:
    """The row that says of a pupil what is stored already."""
    return {
        "class_name": "4A",
        "ministry_code": student.ministry_code,
        "personal_id": student.personal_id,
        "full_name": student.full_name,
        "date_of_birth": student.date_of_birth,
        "gender": student.get_gender_display(),
        **cells,
    }


def upload(cast: Cast, *rows: Mapping[str, Any], **fields: Any) -> ImportBatch:
    return upload_file(cast, students_file(*rows), **fields)


def upload_file(cast: Cast, file: io.BytesIO, **fields: Any) -> ImportBatch:
    return import_students(
        **{
            "school": cast.school,
            "school_year": cast.school_year,
            "file": file,
            "file_name": "C1-HocSinh.xlsx",
            "by": cast.tam,
            **fields,
        }
    )


def imported(cast: Cast, *rows: Mapping[str, Any], **fields: Any) -> ImportBatch:
    return confirm_import(batch=upload(cast, *rows, **fields), by=cast.tam)


def only_row(batch: ImportBatch) -> ImportRow:
    return batch.rows.get()


def refusal_of(cast: Cast, **cells: Any) -> str:
    """The sentences under which one changed row of a good file is refused."""
    row = only_row(upload(cast, {**MAY, **cells}))
    assert row.outcome == "refused"
    return "\n".join(row.remarks)


def stored(personal_id: str = MAY["personal_id"]) -> Student:
    return Student.objects.get(personal_id=personal_id)


def enrollment_of(student: Student) -> Enrollment:
    return Enrollment.objects.select_related("school_class").get(student=student)
