import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.comment_bank import (
    CommentBank,
    bank_as_json,
    code_in,
    readable_entries,
    written_for,
)
from assessments.models import CommentEntry
from rulesets import get_ruleset
from students.models import Student
from tests.assessments.banks import own_entry, school_entry

TT27 = get_ruleset("tt27")


def bank_of(staff, *purposes):
    return CommentBank(staff, TT27, purposes or ["toan"])


def texts_of(bank, purpose="toan"):
    return [entry.text for entry in bank.entries_for(purpose)]


def test_everybody_reads_the_schools_and_nobody_a_colleagues(cast):
    of_school, of_ngoc = school_entry(cast), own_entry(cast.ngoc)
    assert set(readable_entries(cast.ngoc)) == {of_school, of_ngoc}
    assert set(readable_entries(cast.suong)) == {of_school}
    assert set(readable_entries(cast.van)) == {of_school}


def test_another_schools_entries_are_nobodys_here(cast):
    own_entry(cast.quang)
    assert not readable_entries(cast.hanh)
    school_entry(cast)
    assert readable_entries(cast.quang).count() == 1


def test_only_what_the_grid_is_for_is_offered(cast):
    school_entry(cast, text="Toán.")
    school_entry(cast, purpose="tieng_viet", text="Tiếng Việt.")
    school_entry(cast, purpose="", code="X1", text="Mọi ô.")
    assert texts_of(bank_of(cast.ngoc)) == ["Toán.", "Mọi ô."]


def test_ones_own_entry_hides_the_schools_of_the_same_code(cast):
    school_entry(cast, text="Của trường.")
    own_entry(cast.ngoc, text="Của cô Ngọc.")
    assert texts_of(bank_of(cast.ngoc)) == ["Của cô Ngọc."]
    assert texts_of(bank_of(cast.suong)) == ["Của trường."]


def test_an_entry_for_the_subject_hides_one_for_any(cast):
    school_entry(cast, purpose="", text="Mọi ô.")
    school_entry(cast, text="Toán.")
    assert bank_of(cast.ngoc).text_of("T1", "toan") == "Toán."
    assert bank_of(cast.ngoc).text_of("T1", "homeroom_comment") == "Mọi ô."


def test_better_levels_stand_first_and_those_without_before_all(cast):
    for code, level in [("C1", "C"), ("H1", "H"), ("T2", "T"), ("T1", "T")]:
        school_entry(cast, code=code, level=level)
    codes = [entry.code for entry in bank_of(cast.ngoc).entries]
    assert codes == ["T1", "T2", "H1", "C1"]


def test_a_level_that_the_ruleset_no_longer_has_stands_last(cast):
    CommentEntry.objects.create(
        school=cast.school, code="A1", purpose="toan", level="Z", text="Cũ."
    )
    school_entry(cast, code="C1", level="C")
    assert [entry.code for entry in bank_of(cast.ngoc).entries] == ["C1", "A1"]


def test_a_code_is_found_in_any_letter_case(cast):
    school_entry(cast)
    bank = bank_of(cast.ngoc)
    assert bank.text_of("t1", "toan") == "{tên} tính nhanh và chính xác."
    assert bank.text_of("T9", "toan") is None


def test_the_bank_is_asked_for_once_and_only_at_need(cast, django_assert_num_queries):
    school_entry(cast)
    with django_assert_num_queries(0):
        bank = bank_of(cast.ngoc)
    with django_assert_num_queries(1):
        bank.text_of("T1", "toan")
        bank.text_of("T2", "toan")
        bank.entries_for("toan")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("#T1", "T1"),
        ("#t1", "t1"),
        ("T1", ""),
        ("#", ""),
        ("", ""),
        ("#T1 và", ""),
        ("#T1\n#T2", ""),
        ("Em #T1", ""),
    ],
)
def test_a_code_stands_alone_behind_its_mark(text, code):
    assert code_in(text) == code


@given(st.text())
def test_only_text_that_begins_with_the_mark_can_be_a_code(text):
    assert not code_in(text) or text == f"#{code_in(text)}"


@pytest.mark.parametrize(
    ("full_name", "given_name", "called"),
    [
        ("Lê Minh Anh", "", "Anh"),
        ("H'Hen Niê", "", "H'Hen"),
        ("Y Bình Êban", "Y Bình", "Y Bình"),
        ("Anh", "", "Anh"),
    ],
)
def test_the_mark_becomes_the_name_that_a_teacher_calls(full_name, given_name, called):
    student = Student(full_name=full_name, given_name=given_name)
    assert student.calling_name == called
    assert written_for(student, "{tên} ngoan; {tên} giỏi.") == f"{called} ngoan; {called} giỏi."


def test_the_json_holds_what_the_script_needs_and_no_more(cast):
    school_entry(cast)
    answer = bank_as_json(
        bank_of(cast.ngoc),
        {cast.hhen.pk: cast.hhen.student, cast.anh.pk: cast.anh.student},
        {cast.anh.pk: {"homeroom_comment": "T"}},
    )
    assert answer == {
        "entries": [
            {
                "code": "T1",
                "purpose": "toan",
                "level": "T",
                "text": "{tên} tính nhanh và chính xác.",
            }
        ],
        "pupils": {
            str(cast.hhen.pk): {"name": "H'Hen", "levels": {}},
            str(cast.anh.pk): {"name": "Anh", "levels": {"homeroom_comment": "T"}},
        },
    }
