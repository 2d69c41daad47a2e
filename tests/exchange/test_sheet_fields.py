import pytest

from exchange.cell_values import read_gender, read_text
from exchange.sheet_fields import (
    BIRTH_COLUMNS,
    HOME_TOWN_COLUMNS,
    PERMANENT_COLUMNS,
    CellField,
    PlaceField,
)
from exchange.student_entries import StudentEntry

HOME_TOWN = PlaceField("home_town", HOME_TOWN_COLUMNS)
RESIDENCE = PlaceField("residence", ("residence",), PERMANENT_COLUMNS)
GENDER = CellField("gender", read_gender)
ETHNICITY = CellField("ethnicity_code", read_text, "ethnicity")


def home(hamlet=None, commune=None, district=None, province=None):
    return dict(zip(HOME_TOWN_COLUMNS, (hamlet, commune, district, province), strict=True))


def permanent(**cells):
    return {**dict.fromkeys(("residence", *PERMANENT_COLUMNS)), **cells}


def test_a_place_is_written_from_the_smallest_to_the_largest():
    row = home("Buôn Trấp", "Xã Ea Na", "Huyện Krông Ana", "Đắk Lắk")
    assert HOME_TOWN.clean(row) == "Buôn Trấp, Xã Ea Na, Huyện Krông Ana, Đắk Lắk"


def test_a_place_of_today_has_no_district():
    assert HOME_TOWN.clean(home(commune="Xã Ea Na", province="Đắk Lắk")) == "Xã Ea Na, Đắk Lắk"


@pytest.mark.parametrize("empty", [None, ""])
def test_a_place_of_empty_cells_is_not_given(empty):
    assert not HOME_TOWN.is_given(home(empty, empty, empty, empty))


def test_a_place_of_one_cell_is_given():
    assert HOME_TOWN.is_given(home(province="Đắk Lắk"))


def test_a_number_in_an_address_has_no_decimals():
    assert HOME_TOWN.clean(home(hamlet=5.0, commune="Xã Ea Na")) == "5, Xã Ea Na"


def test_a_failed_formula_in_an_address_is_refused():
    with pytest.raises(ValueError, match="#REF!"):
        HOME_TOWN.clean(home(hamlet="#REF!"))


def test_the_permanent_address_stands_in_for_the_present_one():
    assert RESIDENCE.clean(permanent(permanent_commune="Xã Ea Na")) == "Xã Ea Na"


def test_two_addresses_are_not_mixed():
    row = permanent(residence="12 Lê Duẩn", permanent_commune="Xã Ea Na")
    assert RESIDENCE.clean(row) == "12 Lê Duẩn"


def test_the_birth_place_begins_with_its_detail():
    row = dict(zip(BIRTH_COLUMNS, ("Trạm y tế", "Xã Ea Na", None, "Đắk Lắk"), strict=True))
    assert PlaceField("birth_place", BIRTH_COLUMNS).clean(row) == "Trạm y tế, Xã Ea Na, Đắk Lắk"


@pytest.mark.parametrize(("cell", "given"), [(None, False), ("", False), (0, True), ("x", True)])
def test_only_an_empty_cell_says_nothing(cell, given):
    assert GENDER.is_given({"gender": cell}) is given


def test_a_cell_is_understood_by_its_reader():
    assert GENDER.clean({"gender": "Nữ"}) == "female"


def test_a_cell_that_is_not_understood_says_so():
    with pytest.raises(ValueError, match="không rõ"):
        GENDER.clean({"gender": "x"})


def test_a_detail_may_come_from_a_column_of_another_name():
    entry = StudentEntry()
    ETHNICITY.save(entry, {"ethnicity": "12"})
    assert entry.ethnicity_code == "12"
