import datetime

import pytest

from exchange.models import ImportBatch, ImportRow, Outcome
from exchange.models.imports import unguessable_path
from tests.exchange.imports import MAY, imported, row_of, upload
from tests.rows import valid_row


def batch_of(cast, school_year=None, **fields):
    batch = valid_row(ImportBatch, cast, school_year=school_year or cast.school_year)
    for name, value in fields.items():
        setattr(batch, name, value)
    batch.save()
    return batch


@pytest.fixture
def states(cast, now):
    confirmed = {"confirmed_at": now, "confirmed_by": cast.tam.user}
    undone = {"undone_at": now, "undone_by": cast.tam.user}
    return {
        "pending": batch_of(cast),
        "in_force": batch_of(cast, **confirmed),
        "undone": batch_of(cast, **confirmed, **undone),
    }


def test_what_is_not_confirmed_is_pending(states):
    assert list(ImportBatch.objects.pending()) == [states["pending"]]


def test_what_is_confirmed_and_not_undone_is_in_force(states):
    assert list(ImportBatch.objects.in_force()) == [states["in_force"]]


@pytest.mark.parametrize(
    ("state", "is_pending", "is_undone"),
    [("pending", True, False), ("in_force", False, False), ("undone", False, True)],
)
def test_a_batch_knows_its_state(states, state, is_pending, is_undone):
    assert (states[state].is_pending, states[state].is_undone) == (is_pending, is_undone)


def test_a_school_has_the_imports_of_all_its_years(cast):
    from_here = batch_of(cast)
    batch_of(cast, cast.other_class.school_year)
    assert list(ImportBatch.objects.for_school(cast.school)) == [from_here]


def test_the_newest_upload_comes_first(cast, now):
    old = batch_of(cast, uploaded_at=now - datetime.timedelta(days=1))
    new = batch_of(cast, uploaded_at=now)
    older = batch_of(cast, uploaded_at=now - datetime.timedelta(days=2))
    assert list(ImportBatch.objects.newest_first()) == [new, old, older]


def test_of_two_uploads_in_one_instant_the_later_row_comes_first(cast):
    first, second = batch_of(cast), batch_of(cast)
    assert list(ImportBatch.objects.newest_first()) == [second, first]


def test_only_created_and_changed_rows_are_written(cast):
    batch = upload(
        cast,
        MAY,
        {**MAY, "personal_id": "1", "ministry_code": ""},
        row_of(cast.anh.student),
        row_of(cast.duc.student, mother_name="Khác"),
    )
    outcomes = [row.outcome for row in batch.rows.to_write().in_sheet_order()]
    assert outcomes == [Outcome.CREATED, Outcome.CHANGED]


def test_rows_stand_in_the_order_of_the_sheet(cast):
    batch = batch_of(cast)
    for number in (12, 4, 100):
        ImportRow.objects.create(batch=batch, number=number, outcome=Outcome.REFUSED)
    assert [row.number for row in batch.rows.in_sheet_order()] == [4, 12, 100]


def test_two_files_may_have_the_same_row_numbers(cast):
    for batch in (batch_of(cast), batch_of(cast)):
        ImportRow.objects.create(batch=batch, number=4, outcome=Outcome.REFUSED)
    assert ImportRow.objects.count() == 2


def test_a_batch_is_called_by_its_file(cast):
    assert str(upload(cast, MAY)) == "C1-HocSinh.xlsx"


def test_a_row_is_called_by_its_number_and_name(cast):
    assert str(upload(cast, MAY).rows.get()) == "4: Nông Thị Mây"


def test_a_pupil_knows_the_rows_that_made_her(cast):
    batch = imported(cast, MAY)
    row = batch.rows.get()
    assert list(row.student.import_rows.all()) == [row]


def test_the_name_of_the_file_is_not_in_its_path():
    assert "lop-4a" not in unguessable_path(ImportBatch(), "lop-4a.xlsx")


def test_the_path_does_not_leave_its_folder():
    assert unguessable_path(ImportBatch(), "../../etc/passwd").startswith("imports/")


def test_no_two_files_get_one_path():
    assert len({unguessable_path(ImportBatch(), "a.xlsx") for _ in range(50)}) == 50
