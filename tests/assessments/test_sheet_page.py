"""What stands around every grid: where it belongs, what locks it, what its reader should know."""

import datetime

import pytest
import time_machine

from assessments.grids import classes_at, period_sheet
from assessments.sheet_page import Notice, SheetPage
from rulesets import Period
from schools.models import PeriodWindow
from tests.assessments import states
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1
LATE = datetime.datetime(2027, 1, 20, 5, tzinfo=datetime.UTC)


class WritablePage(SheetPage):
    can_write = True


class ReadPage(SheetPage):
    can_write = False


def page(
    cast: Cast, kind: type[SheetPage] = WritablePage, *, period: str = END_TERM_1, **options: bool
) -> SheetPage:
    school_class = classes_at(cast.school, period, cast.ngoc).get(pk=cast.school_class.pk)
    return kind(period_sheet(school_class, period), "Toán", **{"may_write": True, **options})


def texts(notices: list[Notice]) -> list[str]:
    return [notice.text for notice in notices]


def test_the_page_leads_back_to_class_and_desk(cast: Cast) -> None:
    labels = [crumb["label"] for crumb in page(cast).crumbs]
    assert labels == ["Bàn làm việc", "Lớp 4A, Cuối học kỳ I", "Toán"]


def test_only_the_page_itself_is_no_link(cast: Cast) -> None:
    assert [bool(crumb["url"]) for crumb in page(cast).crumbs] == [True, True, False]


def test_an_open_sheet_says_how_long_there_is(cast: Cast) -> None:
    assert page(cast).lead == "Lớp 4A · Cuối học kỳ I · còn 12 ngày"


def test_a_locked_sheet_does_not_hurry_anybody(cast: Cast) -> None:
    states.submitted(cast)
    assert page(cast).lead == "Lớp 4A · Cuối học kỳ I"


@pytest.mark.parametrize("bring", [lambda cast: None, states.filled, states.returned])
def test_what_teachers_hold_is_not_locked(bring, cast: Cast) -> None:
    bring(cast)
    assert page(cast).lock is None


def test_a_submitted_sheet_says_who_has_it(cast: Cast) -> None:
    states.submitted(cast)
    assert page(cast, ReadPage).lock == {
        "sentence": "Trần Thị Ngọc gửi lúc 20:30 05/01/2027.",
        "next_step": "Cần sửa thì xin hiệu trưởng trả lại lớp.",
    }


def test_a_signed_sheet_says_how_to_get_it_back(cast: Cast) -> None:
    states.signed_off(cast)
    assert page(cast, ReadPage).lock == {
        "sentence": "Nguyễn Thị Hạnh ký duyệt lúc 20:30 05/01/2027.",
        "next_step": "Cần sửa thì đề nghị mở lại, kèm lý do, ở trang của lớp.",
    }


def test_a_signed_sheet_with_a_reopened_pupil_says_that_she_can_be_written(cast: Cast) -> None:
    states.with_anh_reopened(cast)
    lock = page(cast, WritablePage).lock
    assert lock is not None
    assert lock["next_step"] == "Em được mở lại thì vẫn sửa được ở bảng này."


def test_an_ordinary_sheet_has_nothing_to_say(cast: Cast) -> None:
    assert page(cast).notices == []


@pytest.mark.parametrize(
    ("bring", "title", "reason"),
    [
        (states.returned, "Nguyễn Thị Hạnh trả lại", "“Xem lại điểm Toán”"),
        (states.reopened, "Nguyễn Thị Hạnh mở lại", "“Sai điểm Khoa học”"),
    ],
)
def test_the_reason_stands_on_a_sheet_that_came_back(
    bring, title: str, reason: str, cast: Cast
) -> None:
    bring(cast)
    (notice,) = page(cast).notices
    assert notice.title.startswith(title)
    assert notice.text == reason


def test_a_reason_is_gone_once_the_class_was_handed_in_again(cast: Cast) -> None:
    states.returned(cast)
    states.submit(cast)
    assert page(cast).notices == []


def test_a_sheet_that_has_not_opened_says_when_it_does(cast: Cast) -> None:
    notices = page(cast, period=Period.END_YEAR).notices
    assert texts(notices) == ["Chưa nhập được: mở nhập từ 10/05/2027."]


def test_a_sheet_that_is_not_planned_says_so(cast: Cast) -> None:
    PeriodWindow.objects.filter(period=END_TERM_1).delete()
    assert texts(page(cast).notices) == ["Chưa nhập được: trường chưa định thời gian nhập."]


def test_after_closing_the_page_says_until_when_and_where_to_ask(cast: Cast) -> None:
    with time_machine.travel(LATE):
        [notice] = page(cast, ReadPage).notices
    assert notice.title == "Bảng này nhập được đến hết ngày 17/01/2027."
    assert "đề nghị hiệu trưởng gia hạn" in notice.text
    assert notice.url.endswith("/ask-extension/")


def test_who_may_not_write_is_offered_nothing_to_ask(cast: Cast) -> None:
    with time_machine.travel(LATE):
        notices = page(cast, ReadPage, may_write=False).notices
    assert [notice.url for notice in notices] == ["", ""]
    assert notices[0].text == "Giáo viên của lớp có thể đề nghị gia hạn."


def test_a_returned_class_is_written_late_and_says_so(cast: Cast) -> None:
    states.returned(cast)
    with time_machine.travel(LATE):
        notices = page(cast).notices
    assert texts(notices)[-1] == (
        "Quá hạn 3 ngày; vẫn nhập được, và lần lưu được ghi là nhập muộn."
    )


def test_more_time_is_named_with_its_last_day(cast: Cast) -> None:
    with time_machine.travel(LATE):
        states.extended(cast, LATE.date() + datetime.timedelta(days=2))
        [notice] = page(cast).notices
    assert notice.text.startswith("Gia hạn đến hết 22/01/2027; vẫn nhập được")


def test_a_reader_is_told_that_others_write(cast: Cast) -> None:
    notices = page(cast, ReadPage, may_write=False).notices
    assert texts(notices) == ["Thầy/cô xem được bảng này; người được phân công mới nhập được."]
