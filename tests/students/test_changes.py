import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from students.changes import DETAILS, Revision, as_json, check_details_are_known
from students.models import Student

BORN = datetime.date(2017, 3, 14)
texts = st.text(max_size=20)
details = st.dictionaries(st.sampled_from(["full_name", "residence", "mother_name"]), texts)


def pupil(**fields):
    return Student(full_name="Lê Minh Anh", date_of_birth=BORN, gender="female", **fields)


def test_every_detail_is_a_field_of_a_pupil():
    assert set(DETAILS) <= {field.name for field in Student._meta.fields}


def test_every_field_that_people_write_is_a_detail():
    computed = {"id", "sort_key", "search_key", "updated_at"}
    assert {field.name for field in Student._meta.fields} - set(DETAILS) == computed


def test_the_unknown_words_are_named():
    with pytest.raises(TypeError, match=r"\['hair', 'shoes'\]"):
        check_details_are_known({"shoes": 34, "full_name": "Lê Minh Anh", "hair": "đen"})


def test_known_words_pass():
    check_details_are_known(dict.fromkeys(DETAILS, ""))


@given(details)
def test_what_is_written_again_is_no_change(values):
    assert (
        Revision(pupil(**{"residence": "", **without_name(values)}), without_name(values)).changes
        == {}
    )


def without_name(values):
    return {name: value for name, value in values.items() if name != "full_name"}


@given(details)
def test_a_change_holds_what_was_and_what_is_to_be(values):
    student = pupil()
    for name, (old, new) in Revision(student, values).changes.items():
        assert old == getattr(student, name)
        assert new == values[name] != old


def test_details_that_are_not_given_are_not_changed():
    assert Revision(pupil(residence="Buôn Hồ"), {"gender": "female"}).changes == {}


def test_dates_are_written_as_the_log_can_hold_them():
    later = datetime.date(2017, 4, 13)
    changes = Revision(pupil(), {"date_of_birth": later}).changes
    assert changes == {"date_of_birth": ("2017-03-14", "2017-04-13")}


def test_a_code_that_was_missing_was_nothing():
    changes = Revision(pupil(), {"personal_id": "097317000001"}).changes
    assert changes == {"personal_id": (None, "097317000001")}


def test_a_revision_with_unknown_words_is_refused():
    with pytest.raises(TypeError, match="shoes"):
        Revision(pupil(), {"shoes": 34})


@pytest.mark.parametrize("value", ["Nữ", "", None, 4])
def test_what_the_log_can_hold_stays_as_it_is(value):
    assert as_json(value) == value
