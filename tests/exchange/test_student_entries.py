import copy
import datetime

import pytest

from exchange.student_entries import IMPORTED_DETAILS, End, Start, StudentEntry
from students.changes import DETAILS
from students.models import EntryReason, ExitReason

DAY = datetime.date(2026, 11, 20)


@pytest.fixture
def entry(cast):
    return StudentEntry(cast.anh.student, cast.anh)


def test_a_new_entry_has_no_details_but_the_defaults():
    given = {name for name, value in StudentEntry().details.items() if value}
    assert given == {"nationality"}


def test_an_entry_begins_with_what_is_stored(entry, cast):
    assert entry.details["mother_name"] == cast.anh.student.mother_name


def test_every_imported_detail_can_be_written():
    assert set(IMPORTED_DETAILS) <= set(DETAILS)


def test_changing_an_entry_leaves_the_stored_pupil_alone(entry, cast):
    entry.full_name = "Khác"
    assert cast.anh.student.full_name == "Lê Minh Anh"


def test_a_copy_keeps_what_the_original_is_changed_to(entry):
    original = copy.deepcopy(entry)
    entry.full_name = "Khác"
    assert original.full_name == "Lê Minh Anh"


def test_a_copy_speaks_of_the_same_pupil(entry, cast):
    assert copy.deepcopy(entry).student is cast.anh.student


def test_what_stayed_the_same_is_no_change(entry):
    assert entry.changes_from(copy.deepcopy(entry)) == {}


def test_a_changed_detail_is_the_old_and_the_new_value(entry):
    original = copy.deepcopy(entry)
    entry.mother_name = "Phạm Thị Hoa"
    assert entry.changes_from(original) == {"mother_name": ["Phạm Thị Hòa", "Phạm Thị Hoa"]}


def test_a_date_is_kept_as_text(entry):
    original = copy.deepcopy(entry)
    entry.date_of_birth = datetime.date(2017, 3, 15)
    assert entry.changes_from(original) == {"date_of_birth": ["2017-03-14", "2017-03-15"]}


def test_a_new_pupil_had_nothing_before():
    entry = StudentEntry()
    entry.full_name, entry.gender = "Nông Thị Mây", "female"
    assert entry.changes_from(StudentEntry()) == {
        "full_name": [None, "Nông Thị Mây"],
        "gender": [None, "female"],
    }


def test_who_neither_comes_nor_goes_does_not_move(entry):
    assert not entry.moves


def test_coming_is_a_move(entry, cast):
    entry.start = Start(cast.school_class, 4, DAY, EntryReason.TRANSFERRED_IN)
    assert entry.moves


def test_going_is_a_move(entry):
    entry.end = End(DAY, ExitReason.WITHDRAWN)
    assert entry.moves


def test_going_is_told_with_the_day_and_the_reason(entry):
    original = copy.deepcopy(entry)
    entry.end = End(DAY, ExitReason.WITHDRAWN)
    assert entry.changes_from(original) == {
        "ended_on": [None, "2026-11-20"],
        "exit_reason": [None, "withdrawn"],
    }


def test_coming_is_told_with_the_class_the_grade_the_day_and_the_reason(cast):
    entry = StudentEntry()
    entry.start = Start(cast.school_class, 4, DAY, EntryReason.TRANSFERRED_IN)
    assert entry.changes_from(StudentEntry()) == {
        "school_class": [None, "4A"],
        "grade_level": [None, 4],
        "enrolled_on": [None, "2026-11-20"],
        "entry_reason": [None, "transferred_in"],
    }


def test_moving_up_is_told_with_the_class_of_before(entry, cast):
    original = copy.deepcopy(entry)
    entry.start = Start(cast.other_class, 5, DAY, EntryReason.ENROLLED)
    cast.other_class.name = "5A"
    assert entry.changes_from(original)["school_class"] == ["4A", "5A"]


def test_an_entry_is_called_by_the_pupils_name(entry):
    assert str(entry) == "Lê Minh Anh"
