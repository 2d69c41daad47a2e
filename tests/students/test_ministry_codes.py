import pytest

from students.ministry_codes import ETHNICITIES, STUDENT_STATUSES
from students.models import EntryReason, ExitReason


@pytest.mark.parametrize("code", STUDENT_STATUSES)
def test_a_status_means_one_of_our_reasons(code):
    status = STUDENT_STATUSES[code]
    reasons = set(EntryReason.values) if status.is_studying else set(ExitReason.values)
    assert (status.entry_reason or status.exit_reason) in reasons
    assert bool(status.entry_reason) is not bool(status.exit_reason)


def test_twelve_statuses_of_which_six_are_in_class():
    assert list(STUDENT_STATUSES) == [f"{number:02}" for number in range(1, 13)]
    studying = [code for code, status in STUDENT_STATUSES.items() if status.is_studying]
    assert studying == ["01", "02", "03", "06", "07", "10"]


def test_who_asked_to_come_back_is_in_class():
    assert STUDENT_STATUSES["03"].entry_reason == EntryReason.READMITTED
    assert STUDENT_STATUSES["07"].entry_reason == EntryReason.READMITTED


def test_ethnicities_are_54_groups_foreigners_and_unknown():
    assert list(ETHNICITIES) == [f"{number:02}" for number in range(1, 57)]


def test_three_statuses_are_of_the_summer():
    in_summer = [code for code, status in STUDENT_STATUSES.items() if status.is_in_summer]
    assert in_summer == ["10", "11", "12"]


def test_no_two_statuses_have_one_name():
    assert len({status.name for status in STUDENT_STATUSES.values()}) == 12


def test_no_two_ethnic_groups_have_one_name():
    assert len(set(ETHNICITIES.values())) == len(ETHNICITIES)


@pytest.mark.parametrize(
    ("code", "name"), [("01", "Kinh"), ("08", "Hmông"), ("12", "Ê-đê"), ("54", "Rơ-măm")]
)
def test_an_ethnic_group_has_the_statistics_offices_code(code, name):
    assert ETHNICITIES[code] == name
