import datetime

import pytest
import time_machine

from assessments.class_header import crumbs, period_sections, state_sentence, summary
from assessments.class_page import ClassPage, class_page
from assessments.reading import class_period_of
from rulesets import TT27, Period
from schools.models import HomeroomAssignment, PeriodWindow
from tests.assessments import states
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


def page(cast: Cast, period: str = END_TERM_1) -> ClassPage:
    return class_page(class_period_of(cast.school_class, period))


def facts(cast: Cast, period: str = END_TERM_1) -> dict[str, str]:
    return {str(row["term"]): str(row["value"]) for row in summary(page(cast, period))}


def test_the_page_leads_back_to_the_desk(cast: Cast) -> None:
    desk, here = crumbs(page(cast))
    assert desk["label"] == "Bàn làm việc"
    assert here == {"label": "Lớp 4A, Cuối học kỳ I", "url": ""}


def test_the_periods_of_the_year_stand_in_their_order(cast: Cast) -> None:
    labels = [section["label"] for section in period_sections(page(cast))]
    assert labels == ["Giữa học kỳ I", "Cuối học kỳ I", "Giữa học kỳ II", "Cuối năm học"]


@pytest.mark.parametrize("period", TT27.periods)
def test_the_period_of_the_page_is_marked(period: Period, cast: Cast) -> None:
    sections = period_sections(page(cast, period))
    assert [section["is_current"] for section in sections] == [
        each == period for each in TT27.periods
    ]


def test_the_facts_of_the_class(cast: Cast) -> None:
    assert facts(cast) == {
        "Năm học": "2026-2027",
        "Sĩ số": "3 học sinh",
        "Giáo viên chủ nhiệm": "Trần Thị Ngọc",
        "Thời gian nhập": "28/12/2026 – 17/01/2027, còn 12 ngày",
        "Khen thưởng": "đột xuất, cấp trên, thư khen",
    }


def test_pupils_who_are_not_assessed_are_counted_apart(cast: Cast) -> None:
    cast.hhen.is_not_assessed = True
    cast.hhen.save()
    assert facts(cast)["Sĩ số"].endswith("trong đó 1 em không đánh giá")


def test_a_class_without_a_homeroom_teacher_says_so(cast: Cast) -> None:
    HomeroomAssignment.objects.update(ended_on=datetime.date(2026, 12, 1))
    assert facts(cast)["Giáo viên chủ nhiệm"] == "chưa phân công"


def test_a_period_that_is_not_planned_says_so(cast: Cast) -> None:
    PeriodWindow.objects.filter(period=END_TERM_1).delete()
    assert facts(cast)["Thời gian nhập"] == "trường chưa định thời gian nhập"


def test_a_late_class_reads_how_late_it_is(cast: Cast) -> None:
    with time_machine.travel(datetime.datetime(2027, 1, 20, 5, tzinfo=datetime.UTC)):
        assert facts(cast)["Thời gian nhập"].endswith("quá hạn 3 ngày")


def test_a_class_that_was_handed_in_is_not_called_late(cast: Cast) -> None:
    states.submitted(cast)
    with time_machine.travel(datetime.datetime(2027, 1, 20, 5, tzinfo=datetime.UTC)):
        assert facts(cast)["Thời gian nhập"] == "28/12/2026 – 17/01/2027"


@pytest.mark.parametrize(
    ("bring", "sentence"),
    [
        (states.filled, "Giáo viên đang nhập, còn 12 ngày."),
        (
            states.submitted,
            "Trần Thị Ngọc gửi lúc 20:30 05/01/2027. Đang chờ hiệu trưởng ký duyệt.",
        ),
        (
            states.returned,
            "Nguyễn Thị Hạnh trả lại lúc 20:30 05/01/2027. Giáo viên sửa rồi gửi lại.",
        ),
        (
            states.signed_off,
            "Nguyễn Thị Hạnh ký duyệt lúc 20:30 05/01/2027. Kết quả đã khóa.",
        ),
        (
            states.reopened,
            (
                "Nguyễn Thị Hạnh mở lại lúc 20:30 05/01/2027. "
                "Giáo viên sửa rồi gửi lại để ký duyệt lần nữa."
            ),
        ),
    ],
)
def test_each_state_says_who_did_what_and_what_comes_next(bring, sentence: str, cast: Cast) -> None:
    bring(cast)
    assert state_sentence(page(cast)) == sentence


def test_an_untouched_class_is_being_entered(cast: Cast) -> None:
    assert state_sentence(page(cast)) == "Giáo viên đang nhập, còn 12 ngày."
