"""The stamp of a class sheet, and the titles of its worksheets."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.class_sheets.grids import SheetGrid
from exchange.class_sheets.layout import (
    Layout,
    NoStamp,
    Stamp,
    pupil_code,
    read_stamp,
    stamp_lines,
    worksheet_titles,
)
from students.models import Student

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


MOMENT = datetime.datetime(2027, 1, 5, 20, 30, tzinfo=datetime.UTC)
WORDS = st.text(min_size=1, max_size=8)


def stamp(**fields):
    return Stamp(
        **{
            "school_code": "66000001",
            "school_class_id": 12,
            "period": "end_term_1",
            "ruleset_key": "tt27",
            "made_at": MOMENT,
            "labels": ("Kim Đồng", "4A", "Cuối học kỳ I", "2026-2027"),
            "code_header": "Mã học sinh",
            "name_header": "Họ và tên",
            **fields,
        }
    )


def lines_of(one):
    return [list(line) for line in stamp_lines(one)]


def titles_of(*titles):
    return worksheet_titles([SheetGrid(title, title, None, None) for title in titles])


@given(
    st.dictionaries(WORDS, st.builds(Layout, WORDS, st.dictionaries(WORDS, WORDS))),
    st.dictionaries(WORDS, st.integers(1, 10**9)),
    st.dictionaries(st.tuples(WORDS, WORDS), st.dictionaries(WORDS, st.text(max_size=8))),
)
def test_a_stamp_is_read_as_it_was_written(layouts, students, bases):
    written = stamp(layouts=layouts, students=students, bases=bases)
    assert read_stamp(lines_of(written)) == written


def test_empty_cells_at_the_end_of_a_line_may_be_lost():
    written = stamp(bases={("subject.toan", "66"): {"level": "T", "comment": ""}})
    lines = [line[:-1] if line[0] == "base" else line for line in lines_of(written)]
    assert read_stamp(lines) == written


def test_empty_cells_may_come_back_as_nothing():
    written = stamp(bases={("subject.toan", "66"): {"level": "", "comment": "Tốt."}})
    lines = [[None if cell == "" else cell for cell in line] for line in lines_of(written)]
    assert read_stamp(lines) == written


@pytest.mark.parametrize(
    "kind", ["hocba", "school", "school_class", "period", "ruleset", "made_at", "identity"]
)
def test_a_stamp_that_lacks_a_line_is_none(kind):
    with pytest.raises(NoStamp):
        read_stamp([line for line in lines_of(stamp()) if line[0] != kind])


@pytest.mark.parametrize(
    ("kind", "value"),
    [("hocba", 2), ("hocba", None), ("school_class", "4A"), ("made_at", "hôm qua"),
     ("made_at", "2027-01-05"), ("pupil", None)],
)  # fmt: skip
def test_a_stamp_with_a_broken_line_is_none(kind, value):
    lines = [line for line in lines_of(stamp()) if line[0] != kind]
    with pytest.raises(NoStamp):
        read_stamp([*lines, [kind, value]])


@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=5), st.integers()), min_size=1)))
def test_any_other_lines_are_no_stamp(lines):
    with pytest.raises(NoStamp):
        read_stamp(lines)


def test_titles_are_what_spreadsheet_programs_accept():
    [title] = titles_of("Nghệ thuật: [Âm nhạc] / Mĩ thuật và những môn khác nữa")
    assert len(title) <= 31
    assert not set(title) & set("[]:*?/\\'")


def test_titles_differ():
    long = "Hoạt động trải nghiệm và hướng nghiệp của lớp"
    titles = titles_of(long, long, long)
    assert len(set(titles)) == 3
    assert max(map(len, titles)) <= 31


def test_the_ministrys_code_is_the_pupils():
    assert pupil_code(Student(pk=7, ministry_code="6612345678")) == "6612345678"


def test_who_has_none_gets_one_that_no_ministry_code_can_be():
    code = pupil_code(Student(pk=7))
    assert code == "HB-7"
    assert not code.isalnum()
