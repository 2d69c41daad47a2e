import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.comment_drafts import (
    draft_errors,
    level_codes,
    longest_text,
    purpose_names,
    ruleset_of,
    with_one_mark,
    written_length,
)
from assessments.forms.text import plain_text
from assessments.models import CommentEntry
from rulesets import get_ruleset
from schools.models import School
from tests.assessments.banks import draft

TT27 = get_ruleset("tt27")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"purpose": "", "level": ""},
        {"purpose": "", "level": "Đ"},
        {"purpose": "homeroom_comment", "level": "H"},
        {"purpose": "quality_comment", "level": "Đ"},
        {"code": "7"},
        {"code": "ABCDEFGHI123"},
        {"text": "ấ" * 500},
        {"text": "{tên}" + "ấ" * 490},
        {"purpose": "homeroom_comment", "text": "ấ" * 2000},
    ],
    ids=str,
)
def test_a_right_draft_has_no_errors(fields):
    assert draft_errors(draft(**fields), TT27) == {}


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"code": ""}, "code", "1 đến 12"),
        ({"code": "T 1"}, "code", "viết liền"),
        ({"code": "ĐT"}, "code", "không dấu"),
        ({"code": "t1"}, "code", "không dấu"),
        ({"code": "A" * 13}, "code", "1 đến 12"),
        ({"code": "T1\n"}, "code", "viết liền"),
        ({"purpose": "hoa_hoc"}, "purpose", "“hoa_hoc”"),
        ({"level": "Đ"}, "level", "chỉ nhận: T, H, C"),
        ({"level": "M"}, "level", "chỉ nhận: T, H, C"),
        ({"purpose": "quality_comment", "level": "H"}, "level", "chỉ nhận: T, Đ, C"),
        ({"purpose": "", "level": "X"}, "level", "chỉ nhận: T, H, C, Đ"),
        ({"text": ""}, "text", "Hãy ghi nội dung"),
        ({"text": "Giỏi 👍"}, "text", "Không in được ký tự “👍” (U+1F44D)"),
        ({"text": "ấ" * 501}, "text", "tối đa 500 ký tự"),
        ({"text": "{tên}" + "ấ" * 491}, "text", "đang có 501"),
        ({"purpose": "", "text": "ấ" * 501}, "text", "tối đa 500"),
        ({"purpose": "homeroom_comment", "text": "ấ" * 2001}, "text", "tối đa 2000"),
    ],
)
def test_a_wrong_draft_is_told_what_is_wrong(fields, field, words):
    errors = draft_errors(draft(**fields), TT27)
    assert set(errors) == {field}
    assert words in errors[field]


def test_all_that_is_wrong_is_said_at_once():
    errors = draft_errors(draft(code="?", purpose="x", level="y", text=""), TT27)
    assert set(errors) == {"code", "purpose", "level", "text"}


def test_an_entry_may_be_for_each_subject_each_comment_or_any():
    names = purpose_names(TT27)
    assert list(names)[:2] == ["tieng_viet", "toan"]
    assert list(names)[-2:] == ["specific_competence_comment", ""]
    assert names["homeroom_comment"] == "Nhận xét của giáo viên chủ nhiệm"
    assert len(set(names.values())) == len(names)


@pytest.mark.parametrize(
    ("purpose", "codes"),
    [
        ("toan", ["T", "H", "C"]),
        ("homeroom_comment", ["T", "H", "C"]),
        ("general_competence_comment", ["T", "Đ", "C"]),
        ("", ["T", "H", "C", "Đ"]),
    ],
)
def test_levels_are_those_of_the_purpose(purpose, codes):
    assert level_codes(TT27, purpose) == codes


def test_the_longest_text_is_that_of_the_cell():
    lengths = {purpose: longest_text(purpose) for purpose in purpose_names(TT27)}
    assert lengths.pop("homeroom_comment") == 2000
    assert set(lengths.values()) == {500}


@pytest.mark.parametrize("mark", ["{tên}", "{Tên}", "{TÊN}", "{ten}", "{ tên }", "{\u00a0Ten}"])
def test_the_mark_is_one_however_it_is_spelled(mark):
    assert with_one_mark(f"{mark} ngoan, cô khen {mark}.") == "{tên} ngoan, cô khen {tên}."


@pytest.mark.parametrize("text", ["tên", "{tiên}", "{tên", "{}"])
def test_other_words_are_no_mark(text):
    assert with_one_mark(text) == text


def test_a_mark_counts_as_a_name_of_usual_length():
    assert written_length("{tên} ngoan") == len("ngoan") + 1 + 10


@pytest.mark.django_db
def test_a_school_without_a_year_follows_the_newest_ruleset(cast):
    school = School(pk=0)
    assert ruleset_of(school) is TT27
    assert ruleset_of(cast.school) is TT27


@given(
    code=st.text("AZ09aĐ ?", max_size=14),
    purpose=st.sampled_from(["toan", "", "homeroom_comment", "quality_comment"]),
    text=st.lists(st.sampled_from(["{tên}", "ấ", "x", "\n", "♥"]), max_size=60).map(
        lambda pieces: plain_text("".join(pieces) * 9)
    ),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_the_database_takes_what_is_right_and_only_that(cast, code, purpose, text):
    entered = draft(code=code, purpose=purpose, level="T", text=text)
    row = CommentEntry(school=cast.school, **entered.values)
    try:
        row.full_clean()
        is_right = True
    except ValidationError:
        is_right = False
    assert is_right is (draft_errors(entered, TT27) == {})
