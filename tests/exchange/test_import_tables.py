import pytest

from exchange.import_tables import columns_of, in_words, label_of, new_value, table_rows
from exchange.models import ImportRow, Outcome
from exchange.student_entries import IMPORTED_DETAILS


def row(number=4, **said):
    return ImportRow(number=number, full_name="Nông Thị Mây", class_name="4A", **said)


def texts(rows, outcome):
    return [[cell["text"] for cell in line] for line in table_rows(rows, outcome)]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_line_is_as_wide_as_its_header(outcome):
    said = {"changes": {"gender": [None, "female"]}, "remarks": ["Sai."]}
    lines = table_rows([row(**said)], outcome)
    assert {len(line) for line in lines} == {len(columns_of(outcome))}


def test_the_pupil_stands_once_before_her_mistakes():
    lines = texts([row(remarks=["Sai.", "Trống."])], Outcome.REFUSED)
    assert lines == [[4, "Nông Thị Mây", "4A", "Sai."], ["", "", "", "Trống."]]


def test_the_pupil_stands_once_before_her_changes():
    changes = {"mother_name": ["Hòa", "Hoa"], "residence": ["", "12 Lê Duẩn"]}
    lines = texts([row(changes=changes)], Outcome.CHANGED)
    assert [line[0] for line in lines] == [4, ""]


def test_a_change_says_what_was_and_what_will_be():
    [line] = texts([row(changes={"mother_name": ["Hòa", "Hoa"]})], Outcome.CHANGED)
    assert line[-2:] == ["Hòa", "Hoa"]


def test_a_row_that_is_left_alone_has_a_line_without_a_remark():
    assert texts([row()], Outcome.UNCHANGED) == [[4, "Nông Thị Mây", "4A", ""]]


def test_a_new_pupil_is_one_line_however_much_is_known_of_her():
    changes = {name: [None, "01"] for name in ("ethnicity_code", "personal_id", "home_town")}
    assert len(texts([row(changes=changes)], Outcome.CREATED)) == 1


def test_what_a_new_pupil_has_not_is_empty():
    assert new_value(row(), "ministry_code") == ""


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("gender", "female", "Nữ"),
        ("ethnicity_code", "12", "Ê-đê"),
        ("date_of_birth", "2017-05-01", "01/05/2017"),
        ("ended_on", "2026-11-20", "20/11/2026"),
        ("mother_name", "female", "female"),
        ("grade_level", 4, "4"),
        ("gender", None, ""),
        ("ethnicity_code", "99", "99"),
    ],
)
def test_values_are_shown_in_words(name, value, words):
    assert in_words(name, value) == words


@pytest.mark.parametrize(
    "name",
    [*IMPORTED_DETAILS, "school_class", "grade_level", "enrolled_on", "entry_reason", "ended_on"],
)
def test_everything_that_can_change_has_a_name_of_its_own(name):
    label = label_of(name)
    assert label[0].isupper()
    assert label.lower() != name.replace("_", " ")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_no_two_columns_have_one_name(outcome):
    labels = [column["label"] for column in columns_of(outcome)]
    assert len(labels) == len(set(labels))


def test_lines_stand_in_the_order_of_the_rows():
    lines = texts([row(9, remarks=["a"]), row(4, remarks=["b"])], Outcome.REFUSED)
    assert [line[0] for line in lines] == [9, 4]
