"""Thông tư 27, Điều 9: each of its sentences has a case here, named after it."""

import pytest

from assessments import actions
from assessments.models import SignOff, SubjectResult, TraitResult, YearDecision
from assessments.year_results import year_results
from audit.errors import NotPermitted
from rulesets import TT27, Period, YearOutcome
from students.models import Enrollment
from tests.assessments import states, year_ends
from tests.assessments.filling import subject_row
from tests.assessments.year_ends import END_YEAR, edit_maths
from tests.cast import Cast


@pytest.fixture
def year(in_may: Cast) -> Cast:
    """Everything is T and 9."""
    states.filled(in_may, END_YEAR)
    YearDecision.objects.all().delete()
    return in_may


def derived(cast: Cast, pupil: Enrollment) -> YearOutcome:
    [year] = [row for row in year_results(cast.school_class) if row.enrollment == pupil]
    return year.derived.outcome


def lower_trait(cast: Cast, level: str) -> None:
    TraitResult.objects.filter(record__enrollment=cast.anh, trait_code="nhan_ai").update(
        level=level
    )


def test_9_1_the_class_is_summed_up_at_four_moments() -> None:
    """1. Vào giữa học kỳ I, cuối học kỳ I, giữa học kỳ II và cuối năm học"""
    assert TT27.periods == (
        Period.MID_TERM_1,
        Period.END_TERM_1,
        Period.MID_TERM_2,
        Period.END_YEAR,
    )


def test_9_1_a_the_subject_teacher_records_her_subject(cast: Cast) -> None:
    """a) Giáo viên dạy môn học … ghi kết quả đánh giá giáo dục của từng học sinh"""
    rows = [subject_row(cast.anh.pk, level="T", score=9)]
    save = {
        "school_class": cast.school_class,
        "period": Period.END_TERM_1,
        "subject_code": "ngoai_ngu_1",
        "rows": rows,
    }
    with pytest.raises(NotPermitted):
        actions.save_subject_results(**save, by=cast.ngoc)
    actions.save_subject_results(**save, by=cast.binh)
    assert SubjectResult.objects.get().level == "T"


def test_9_1_b_the_homeroom_teacher_records_each_quality_and_competence(cast: Cast) -> None:
    """b) Giáo viên chủ nhiệm căn cứ vào … từng phẩm chất chủ yếu, năng lực cốt lõi"""
    states.filled(cast)
    traits = TraitResult.objects.filter(record__enrollment=cast.anh)
    assert set(traits.values_list("trait_code", flat=True)) == {
        trait.code for trait in TT27.traits_for(4)
    }
    with pytest.raises(NotPermitted):
        actions.save_trait_results(
            school_class=cast.school_class, period=Period.END_TERM_1, rows=[], by=cast.binh
        )


def test_9_2_the_homeroom_teacher_decides_at_the_years_end(year: Cast) -> None:
    """2. Cuối năm học, … giáo viên chủ nhiệm thực hiện"""
    with pytest.raises(NotPermitted):
        actions.confirm_year_decisions(school_class=year.school_class, by=year.binh)
    actions.confirm_year_decisions(school_class=year.school_class, by=year.ngoc)
    assert YearDecision.objects.count() == 3


def test_9_2_a_there_are_four_results() -> None:
    """a) Đánh giá kết quả giáo dục học sinh theo bốn mức"""
    assert [row.name for row in TT27.year_rows] == [
        "Hoàn thành xuất sắc",
        "Hoàn thành tốt",
        "Hoàn thành",
        "Chưa hoàn thành",
    ]


def test_9_2_a_excellent_subjects_t_traits_t_tests_9_and_more(year: Cast) -> None:
    """Hoàn thành xuất sắc: … mức Hoàn thành tốt; … mức Tốt; … đạt 9 điểm trở lên"""
    assert derived(year, year.anh) == YearOutcome.EXCELLENT
    edit_maths(year, year.anh, score=(9, 10))
    assert derived(year, year.anh) == YearOutcome.EXCELLENT


@pytest.mark.parametrize("score", [7, 8])
def test_9_2_a_good_not_excellent_but_tests_7_and_more(year: Cast, score: int) -> None:
    """Hoàn thành tốt: … chưa đạt mức Hoàn thành xuất sắc, nhưng … 7 điểm trở lên"""
    edit_maths(year, year.anh, score=(9, score))
    assert derived(year, year.anh) == YearOutcome.GOOD


@pytest.mark.parametrize("score", [5, 6])
def test_9_2_a_completed_tests_5_and_more(year: Cast, score: int) -> None:
    """Hoàn thành: … bài kiểm tra định kỳ cuối năm học các môn học đạt 5 điểm trở lên"""
    edit_maths(year, year.anh, score=(9, score))
    assert derived(year, year.anh) == YearOutcome.COMPLETED


def test_9_2_a_completed_subjects_t_or_h(year: Cast) -> None:
    """Hoàn thành: … các môn học … đạt mức Hoàn thành tốt hoặc Hoàn thành"""
    edit_maths(year, year.anh, level=("T", "H"))
    assert derived(year, year.anh) == YearOutcome.COMPLETED


def test_9_2_a_completed_traits_good_or_reached(year: Cast) -> None:
    """Hoàn thành: … các phẩm chất, năng lực đạt mức Tốt hoặc Đạt"""
    lower_trait(year, "Đ")
    assert derived(year, year.anh) == YearOutcome.COMPLETED


@pytest.mark.parametrize("score", [1, 4])
def test_9_2_a_not_completed_all_others(year: Cast, score: int) -> None:
    """Chưa hoàn thành: Những học sinh không thuộc các đối tượng trên"""
    edit_maths(year, year.anh, score=(9, score))
    assert derived(year, year.anh) == YearOutcome.NOT_COMPLETED


def test_9_2_a_not_completed_with_one_subject_at_c(year: Cast) -> None:
    """Chưa hoàn thành: Những học sinh không thuộc các đối tượng trên"""
    edit_maths(year, year.anh, level=("T", "C"))
    assert derived(year, year.anh) == YearOutcome.NOT_COMPLETED


def test_9_2_a_not_completed_with_one_trait_at_c(year: Cast) -> None:
    """Chưa hoàn thành: Những học sinh không thuộc các đối tượng trên"""
    lower_trait(year, "C")
    assert derived(year, year.anh) == YearOutcome.NOT_COMPLETED


def test_9_2_b_result_comment_and_rewards_go_into_the_report_card(in_may: Cast) -> None:
    """b) Ghi nhận xét, kết quả tổng hợp … và các thành tích … được khen thưởng … vào Học bạ"""
    year_ends.signed_off(in_may)
    payload = SignOff.objects.in_force().get(record__enrollment=in_may.duc).payload
    assert payload["comments"]["homeroom"] == "Em chăm học và lễ phép."
    assert payload["year_decision"]["result_name"] == "Hoàn thành xuất sắc"
    assert payload["year_decision"]["reward"] == "Đạt danh hiệu Học sinh Xuất sắc"
