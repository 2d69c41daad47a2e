"""The paper card of a pupil who was assessed again: the last score, and what was decided."""

import pytest

from assessments import actions
from assessments.models import SignOff, SupplementaryAssessment
from assessments.payload_of_summer import after_summer
from reportcards.academic_record import book_for_guardian, book_for_school, enrollments_of
from reportcards.documents.paper_book import year_of
from reportcards.documents.paper_form import SubjectRow, YearPages
from rulesets import Period
from schools.models import Department
from tests.assessments import year_ends
from tests.cast import Cast


def year_of_anh(cast: Cast) -> YearPages:
    enrollments = enrollments_of(cast.anh.student)
    [year] = book_for_school(enrollments, cast.school).years
    return year_of(year.body)


def maths(year: YearPages) -> SubjectRow:
    return next(row for row in year.subjects if row.name == "Toán")


def payloads_of_anh(cast: Cast) -> tuple[dict, dict]:
    sign_offs = SignOff.objects.in_force().filter(record__enrollment=cast.anh)
    by_period = dict(sign_offs.values_list("record__class_period__period", "payload"))
    return by_period[Period.END_YEAR], by_period[Period.SUPPLEMENTARY]


@pytest.fixture
def in_may_signed(in_may: Cast) -> Cast:
    year_ends.signed_off(in_may)
    return in_may


@pytest.fixture
def decided(in_may: Cast) -> SupplementaryAssessment:
    return year_ends.decided(in_may)


@pytest.fixture
def with_later_levels(in_may: Cast) -> Cast:
    Department.objects.update(prints_later_levels=True)
    year_ends.decided(in_may)
    return in_may


def test_before_the_summer_the_card_says_not_completed(in_may_signed: Cast) -> None:
    year = year_of_anh(in_may_signed)
    assert year.completion == "Chưa hoàn thành chương trình lớp 4."
    assert (maths(year).level, maths(year).score) == ("C", "4")


def test_the_last_score_is_printed(decided: SupplementaryAssessment, cast: Cast) -> None:
    """Phụ lục 1: "ghi điểm số của bài kiểm tra lần cuối" """
    assert maths(year_of_anh(cast)).score == "6"


def test_the_later_level_is_not_printed_unless_the_department_says_so(
    decided: SupplementaryAssessment, cast: Cast
) -> None:
    year = year_of_anh(cast)
    assert maths(year).level == "C"
    assert year.outcome == "Chưa hoàn thành"


def test_the_later_level_and_result_are_printed_where_it_does(with_later_levels: Cast) -> None:
    year = year_of_anh(with_later_levels)
    assert (maths(year).level, maths(year).score) == ("H", "6")
    assert maths(year).comment == "Em đã chia được số có hai chữ số."
    assert year.outcome == "Hoàn thành"


def test_what_was_decided_is_printed_in_any_case(
    decided: SupplementaryAssessment, cast: Cast
) -> None:
    assert year_of_anh(cast).completion == "Hoàn thành chương trình lớp 4; Được lên lớp 5."


@pytest.mark.parametrize(
    ("promoted", "sentence"),
    [
        (True, "Chưa hoàn thành chương trình lớp 4; Được lên lớp 5."),
        (False, "Chưa hoàn thành chương trình lớp 4; Chưa được lên lớp."),
    ],
)
def test_a_decision_upon_who_still_lacks_is_printed(
    in_may: Cast, promoted: bool, sentence: str
) -> None:
    actions.decide_supplementary_assessment(
        assessment=year_ends.put_forward_incomplete(in_may),
        is_promoted=promoted,
        reason="Kèm thêm",
        by=in_may.hanh,
    )
    assert year_of_anh(in_may).completion == sentence


def test_a_setting_that_changes_later_does_not_change_what_was_signed(
    decided: SupplementaryAssessment, cast: Cast
) -> None:
    Department.objects.update(prints_later_levels=True)
    assert maths(year_of_anh(cast)).level == "C"


def test_other_subjects_stay_as_they_were(decided: SupplementaryAssessment, cast: Cast) -> None:
    others = [row for row in year_of_anh(cast).subjects if row.name != "Toán" and row.level]
    assert {row.level for row in others} == {"T"}


def test_a_decision_that_is_reopened_is_not_printed(
    decided: SupplementaryAssessment, cast: Cast
) -> None:
    actions.reopen_supplementary_assessment(assessment=decided, reason="Sai", by=cast.hanh)
    assert year_of_anh(cast).completion == "Chưa hoàn thành chương trình lớp 4."


def test_her_mother_reads_it_too(decided: SupplementaryAssessment, cast: Cast) -> None:
    student = cast.anh.student
    book = book_for_guardian(enrollments_of(student))
    assert book is not None
    assert (
        year_of(book.years[0].body).completion == "Hoàn thành chương trình lớp 4; Được lên lớp 5."
    )


def test_the_first_payload_is_not_touched(decided: SupplementaryAssessment, cast: Cast) -> None:
    first, later = payloads_of_anh(cast)
    before = repr(first)
    after_summer(first, later)
    assert repr(first) == before


def test_a_later_trait_is_printed_where_the_department_says_so(
    with_later_levels: Cast,
) -> None:
    first, later = payloads_of_anh(with_later_levels)
    [trait] = [entry for entry in first["traits"] if entry["code"] == "tinh_toan"]
    later["traits"] = [{**trait, "level": "Đ", "level_name": "Đạt"}]
    [printed] = [e for e in after_summer(first, later)["traits"] if e["code"] == "tinh_toan"]
    assert printed["level"] == "Đ"
    later["supplementary"]["prints_later_levels"] = False
    [printed] = [e for e in after_summer(first, later)["traits"] if e["code"] == "tinh_toan"]
    assert printed["level"] == "T"


def test_a_subject_assessed_again_without_a_test_keeps_its_score(decided, cast: Cast) -> None:
    first, later = payloads_of_anh(cast)
    later["subjects"][0]["score"] = None
    [printed] = [e for e in after_summer(first, later)["subjects"] if e["code"] == "toan"]
    assert printed["score"] == 4
