import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schools.models import StaffMember
from schools.names import ALPHABET, fold, guess_given_name, sort_key
from students.models import Student
from tests.factories import make_student

TONED = {
    "a": "aàảãáạ", "ă": "ăằẳẵắặ", "â": "âầẩẫấậ", "e": "eèẻẽéẹ", "ê": "êềểễếệ", "i": "iìỉĩíị",
    "o": "oòỏõóọ", "ô": "ôồổỗốộ", "ơ": "ơờởỡớợ", "u": "uùủũúụ", "ư": "ưừửữứự", "y": "yỳỷỹýỵ",
}  # fmt: skip

words = st.text(st.sampled_from(ALPHABET + "".join(TONED.values())), min_size=1, max_size=7)
names = st.lists(words, min_size=1, max_size=5).map(lambda parts: " ".join(parts).title())


def key_of(full_name: str) -> str:
    return sort_key(full_name, guess_given_name(full_name))


def is_in_order(*full_names: str) -> bool:
    keys = [key_of(full_name) for full_name in full_names]
    return keys == sorted(set(keys))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đỗ  Ân", "do an"),
        ("  Nguyễn Thị Hường ", "nguyen thi huong"),
        ("H'Hen Niê", "hhen nie"),
        ("H’Hen Niê", "hhen nie"),
        ("Y Ƀhăm Êñuôl", "y bham enuol"),
        ("ĐẶNG Ỷ", "dang y"),
        ("", ""),
    ],
)
def test_fold_leaves_letters_only(text, folded):
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_fold_of_folded_text_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(names)
def test_fold_of_a_vietnamese_name_is_ascii(name):
    assert fold(name).replace(" ", "").isascii()


@given(names)
def test_keys_do_not_depend_on_the_unicode_form(name):
    composed, decomposed = (unicodedata.normalize(form, name) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(decomposed)
    assert key_of(composed) == key_of(decomposed)


@given(names)
def test_keys_do_not_depend_on_letter_case(name):
    assert key_of(name.upper()) == key_of(name.lower())
    assert fold(name.upper()) == fold(name.lower())


@given(st.text(max_size=100))
def test_keys_are_lower_case_ascii_letters_and_fit_their_field(full_name):
    key = key_of(full_name)
    assert all("a" <= char <= "z" for char in key)
    assert len(key) <= Student._meta.get_field("sort_key").max_length


@pytest.mark.parametrize("vowels", TONED.values(), ids=TONED.keys())
def test_tones_stand_in_the_order_of_the_dictionary(vowels):
    assert is_in_order(*(f"Lê {vowel}n" for vowel in vowels))


def test_letters_stand_in_the_order_of_the_alphabet():
    assert is_in_order(*(f"Lê {letter}" for letter in ALPHABET))


def test_letters_count_before_tones():
    assert is_in_order("Lê Ấn", "Lê Ba", "Lê Bà", "Lê Bạ", "Lê Bá Bác")


@pytest.mark.parametrize(("shorter", "longer"), [("Lê An", "Lê Anh"), ("Lê Ạn", "Lê Anh")])
def test_a_name_that_begins_another_stands_before_it(shorter, longer):
    assert is_in_order(shorter, longer)


def test_the_given_name_counts_first_then_the_family_name_then_the_names_between():
    assert is_in_order(
        "Vũ Thị An",
        "Bùi Văn Bình",
        "Lê Thị Bình",
        "Lê Văn Bình",
        "Lê Văn Anh Bình",
        "Trần Bình",
        "Cao Bính",
    )


def test_a_given_names_tone_counts_before_the_family_name():
    assert is_in_order("Vũ Hoa", "Bùi Hoà", "Đỗ Hòa", "An Hoả")


def test_a_family_names_tone_counts_before_the_names_between():
    assert is_in_order("Ha Văn An", "Hà Thị An", "Hạ Bảo An")


def test_both_ways_of_writing_a_tone_are_the_same_name():
    assert key_of("Lê Thị Hòa") == key_of("Lê Thị Hoà")
    assert key_of("Lê Thị Thúy") == key_of("Lê Thị Thuý")


def test_no_middle_name_stands_before_any():
    assert is_in_order("Lê Bình", "Lê Ái Bình")


@pytest.mark.parametrize(
    ("full_name", "given_name"),
    [
        ("Nguyễn Thị Hường", "Hường"),
        ("H'Hen Niê", "H'Hen"),
        ("H’Hen Niê", "H’Hen"),
        ("h'hen niê", "h'hen"),
        ("Hồ Hoa", "Hoa"),
        ("Kiên", "Kiên"),
        ("", ""),
    ],
)
def test_the_given_name_is_guessed(full_name, given_name):
    assert guess_given_name(full_name) == given_name


def test_hhen_stands_under_h():
    assert is_in_order("Lê Văn Hậu", "H'Hen Niê", "Lê Thị Hiền")


def test_the_given_name_is_left_out_of_the_others_where_it_stands():
    assert sort_key("Minh Thị Minh", "Minh") < sort_key("Minh Văn Minh", "Minh")
    assert is_in_order("An Lê An", "Bùi An")


def test_a_given_name_may_be_two_words():
    assert sort_key("Y Bình Êban", "Y Bình") < sort_key("Y Bình Niê", "Y Bình")
    assert sort_key("Y Bình Êban", "Y Bình") > sort_key("Lê Y", "Y")


def test_a_given_name_that_is_not_part_of_the_full_name_counts_all_the_same():
    assert sort_key("Lê Văn Tèo", "Bin") < sort_key("Lê Văn An", "Bình")


def test_letters_of_other_languages_stand_with_their_base_letter():
    assert is_in_order("Y Ĕban", "Y Enuôl", "Y Ênuôl")
    assert key_of("Y Čư") == key_of("Y Cư")
    assert key_of("Y Ƀư") == key_of("Y Bư")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(names, min_size=2, max_size=12))
def test_the_database_sorts_keys_as_python_does(db, full_names):
    keys = [key_of(full_name) for full_name in full_names]
    rows = " UNION ALL ".join(["SELECT CAST(%s AS varchar(400)) AS name_key"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name_key FROM ({rows}) AS listed ORDER BY name_key", keys)
        assert [key for (key,) in cursor.fetchall()] == sorted(keys)


def test_keys_are_made_when_a_row_is_saved(db):
    student = make_student("Đỗ Thị Ân")
    assert student.search_key == "do thi an"
    assert student.sort_key == key_of("Đỗ Thị Ân")


def test_keys_are_made_in_bulk_too(cast):
    [student] = Student.objects.bulk_create(
        [Student(full_name="Võ Ý", date_of_birth="2017-01-01", gender="male")]
    )
    assert Student.objects.get(pk=student.pk).search_key == "vo y"


@pytest.mark.parametrize("name", ["anh", "suong"])
def test_keys_follow_a_save_of_the_name_alone(cast, name):
    person = getattr(cast, name)
    person = person if isinstance(person, StaffMember) else person.student
    person.full_name = "Đặng Thị Út"
    person.save(update_fields=["full_name"])
    person.refresh_from_db()
    assert (person.search_key, person.sort_key) == ("dang thi ut", key_of("Đặng Thị Út"))


def test_a_save_of_other_fields_leaves_the_keys(cast):
    student = cast.anh.student
    Student.objects.filter(pk=student.pk).update(search_key="kept")
    student.save(update_fields=["residence"])
    student.refresh_from_db()
    assert student.search_key == "kept"


def test_an_edited_given_name_moves_the_pupil_in_the_list(cast):
    hhen = cast.hhen.student
    hhen.given_name = "Niê"
    hhen.save(update_fields=["given_name"])
    assert hhen.sort_key == sort_key("H'Hen Niê", "Niê")
