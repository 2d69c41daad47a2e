"""A subject's name with its languages, and the results that keep it in a class."""

import datetime

import pytest
import time_machine

from assessments import actions
from assessments.class_subjects import (
    ClassSubjects,
    in_words,
    offered_subject_name,
    results_by_period,
    subject_title,
)
from rulesets import Period
from tests import factories
from tests.assessments.pages import save_cells
from tests.cast import Cast

END_TERM_1, MID_TERM_1 = Period.END_TERM_1, Period.MID_TERM_1
NOVEMBER = datetime.datetime(2026, 11, 2, 13, tzinfo=datetime.UTC)


def counts(cast: Cast, grade_level: int = 4, subject_code: str = "toan"):
    return results_by_period(cast.school_class, grade_level, subject_code)


def name_language(cast: Cast, name: str) -> None:
    actions.set_class_subjects(
        school_class=cast.school_class,
        optional=frozenset(),
        language_names={(4, "ngoai_ngu_1"): name},
        by=cast.tam,
    )


@pytest.mark.parametrize(
    ("languages", "title"),
    [
        ([], "Ngoại ngữ 1"),
        ([""], "Ngoại ngữ 1"),
        (["Tiếng Anh", "Tiếng Anh"], "Ngoại ngữ 1 (Tiếng Anh)"),
        (["Tiếng Anh", "", "Tiếng Pháp"], "Ngoại ngữ 1 (Tiếng Anh, Tiếng Pháp)"),
    ],
)
def test_each_language_stands_once_behind_the_subject(languages: list[str], title: str) -> None:
    assert subject_title("Ngoại ngữ 1", languages) == title


def test_a_class_calls_its_language_by_name(cast: Cast) -> None:
    name_language(cast, "Tiếng Anh")
    assert offered_subject_name(cast.school_class, "ngoai_ngu_1") == "Ngoại ngữ 1 (Tiếng Anh)"


def test_the_name_of_one_language_is_not_that_of_another_subject(cast: Cast) -> None:
    name_language(cast, "Tiếng Anh")
    assert offered_subject_name(cast.school_class, "toan") == "Toán"


def test_results_are_counted_by_pupil_in_the_order_of_the_year(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"), score=(None, 9))
    save_cells(cast, cast.duc, level=("", "T"))
    with time_machine.travel(NOVEMBER, tick=False):
        save_cells(cast, cast.anh, period=MID_TERM_1, level=("", "T"))
    assert list(counts(cast).items()) == [(MID_TERM_1, 1), (END_TERM_1, 2)]


@pytest.mark.parametrize("cell", [{"level": ("", "T")}, {"comment": ("", "Chăm")}])
def test_any_single_entry_is_a_result(cast: Cast, cell: dict) -> None:
    save_cells(cast, cast.anh, **cell)
    assert counts(cast) == {END_TERM_1: 1}


def test_a_score_alone_is_a_result(cast: Cast) -> None:
    save_cells(cast, cast.anh, score=(None, 9))
    assert counts(cast) == {END_TERM_1: 1}


def test_what_was_emptied_is_no_result(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"))
    save_cells(cast, cast.anh, level=("T", ""))
    assert counts(cast) == {}


def test_results_of_another_grade_are_not_counted(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"))
    assert counts(cast, grade_level=5) == {}


def test_counts_are_said_with_their_times(cast: Cast) -> None:
    words = in_words({MID_TERM_1: 1, END_TERM_1: 2})
    assert words == "giữa học kỳ I: 1 em, cuối học kỳ I: 2 em"


def test_a_subject_that_may_be_taken_is_shown_as_not_taken(cast: Cast) -> None:
    rows = {row.subject.code: row for row in ClassSubjects(cast.school_class).grades[4]}
    ethnic = rows["tieng_dan_toc"]
    assert (ethnic.is_compulsory, ethnic.is_offered) == (False, False)


def test_only_languages_have_a_language(cast: Cast) -> None:
    rows = ClassSubjects(cast.school_class).grades[4]
    named = {row.subject.code for row in rows if row.has_language}
    assert named == {"ngoai_ngu_1", "tieng_dan_toc"}


def test_a_special_class_may_choose_nothing(cast: Cast) -> None:
    special = factories.make_class(cast.school_year, "CB", (4,), kind="special")
    assert all(row.is_compulsory for row in ClassSubjects(special).grades[4])


def test_each_grade_of_a_mixed_class_has_its_own_subjects(cast: Cast) -> None:
    mixed = factories.make_class(cast.school_year, "Ghép 2-3", (2, 3))
    compulsory = [
        "ngoai_ngu_1" in {row.subject.code for row in rows if row.is_compulsory}
        for rows in ClassSubjects(mixed).grades.values()
    ]
    assert compulsory == [False, True]
