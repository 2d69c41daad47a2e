"""The registrar of another school, who may import there and nothing here."""

import pytest

from audit.errors import NotPermitted
from exchange.actions import confirm_import, import_students, undo_import
from exchange.models import ImportBatch
from schools.models import Role, StaffMember
from students.models import Student
from tests import factories
from tests.cast import Cast
from tests.exchange.imports import MAY, imported, upload
from tests.exchange.workbooks import students_file


@pytest.fixture
def stranger(cast: Cast) -> StaffMember:
    user = factories.make_user("thao", "Mạc Thị Thảo")
    return factories.make_staff(cast.other_school, "Mạc Thị Thảo", Role.REGISTRAR, user=user)


def test_she_uploads_nothing_for_us(cast: Cast, stranger: StaffMember) -> None:
    with pytest.raises(NotPermitted):
        import_students(
            school=cast.school,
            school_year=cast.school_year,
            file=students_file(MAY),
            file_name="C1-HocSinh.xlsx",
            by=stranger,
        )
    assert not ImportBatch.objects.exists()


def test_she_does_not_confirm_our_import(cast: Cast, stranger: StaffMember) -> None:
    batch = upload(cast, MAY)
    before = Student.objects.count()
    with pytest.raises(NotPermitted):
        confirm_import(batch=batch, by=stranger)
    assert Student.objects.count() == before


def test_she_does_not_undo_our_import(cast: Cast, stranger: StaffMember) -> None:
    batch = imported(cast, MAY)
    with pytest.raises(NotPermitted):
        undo_import(batch=batch, by=stranger)
    batch.refresh_from_db()
    assert batch.undone_at is None
