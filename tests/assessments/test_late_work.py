"""What came after closing: at the very midnight, by whom it was asked, what counts as late."""

import datetime

from time_machine import travel

from assessments import actions
from assessments.calendar import PeriodInTime, period_in_time
from assessments.late_work import LateWork, late_work
from assessments.merge import Edit, RowEdit
from assessments.models import ClassPeriod
from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.assessments.filling import record_row
from tests.assessments.pages import save_cells
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1
HANOI = datetime.timezone(datetime.timedelta(hours=7))
LAST_DAY = datetime.date(2027, 1, 17)
LATE_DAY = datetime.date(2027, 1, 20)
UNTIL = datetime.date(2027, 1, 25)


def at(day: datetime.date, hour: int = 20, minute: int = 0) -> travel:
    moment = datetime.datetime.combine(day, datetime.time(hour, minute), HANOI)
    return travel(moment, tick=False)


def work(cast: Cast, today: datetime.date = LATE_DAY) -> LateWork:
    class_period = ClassPeriod.objects.filter(school_class=cast.school_class).first()
    return late_work(
        class_period or ClassPeriod(school_class=cast.school_class, period=END_TERM_1),
        period_in_time(cast.school_year, END_TERM_1, today),
    )


def ask(cast: Cast, by: str = "ngoc"):
    return actions.request_extension(
        school_class=cast.school_class,
        period=END_TERM_1,
        reason="Tôi ốm cả tuần",
        by=getattr(cast, by),
    )


def test_a_period_without_window_knows_nothing_late(cast: Cast) -> None:
    states.submitted(cast)
    unplanned = PeriodInTime(cast.school_year, END_TERM_1, None, LATE_DAY)
    assert late_work(ClassPeriod.objects.get(), unplanned) == LateWork()


def test_an_untouched_class_has_no_late_values(cast: Cast) -> None:
    assert work(cast).sentences == []


def test_while_the_time_runs_no_closing_day_is_named(cast: Cast) -> None:
    states.submitted(cast)
    assert work(cast, LAST_DAY).closed_on is None


def test_after_closing_its_day_is_named(cast: Cast) -> None:
    states.filled(cast)
    assert work(cast).closed_on == LAST_DAY


def test_more_time_of_a_class_never_touched_is_listed(cast: Cast) -> None:
    with at(LATE_DAY):
        extension = states.extended(cast, UNTIL)
    assert list(work(cast).extensions) == [extension]


def test_more_time_that_has_run_out_is_not_listed(cast: Cast) -> None:
    with at(LATE_DAY):
        states.extended(cast, UNTIL)
    assert list(work(cast, UNTIL + datetime.timedelta(days=1)).extensions) == []


def test_more_time_that_was_taken_back_is_not_listed(cast: Cast) -> None:
    with at(LATE_DAY):
        actions.revoke_extension(extension=states.extended(cast, UNTIL), by=cast.hanh)
    assert list(work(cast).extensions) == []


def test_more_time_of_another_class_is_not_listed(cast: Cast) -> None:
    second = factories.make_class(cast.school_year, "4B", (4,))
    with at(LATE_DAY):
        states.extended(cast, UNTIL, school_class=second)
    assert list(work(cast).extensions) == []


def test_the_time_that_ends_first_stands_first(cast: Cast) -> None:
    with at(LATE_DAY):
        longer = states.extended(cast, UNTIL)
        shorter = states.extended(cast, LATE_DAY, staff_member=cast.binh)
    assert list(work(cast).extensions) == [shorter, longer]


def test_who_asked_first_stands_first(cast: Cast) -> None:
    with at(LATE_DAY, 9):
        first = ask(cast, "binh")
    with at(LATE_DAY, 10):
        second = ask(cast)
    assert list(work(cast).requests) == [first, second]


def test_a_request_that_was_refused_waits_no_more(cast: Cast) -> None:
    with at(LATE_DAY):
        actions.refuse_extension_request(request=ask(cast), by=cast.hanh)
    assert list(work(cast).requests) == []


def test_a_value_of_the_last_minute_is_in_time(cast: Cast) -> None:
    with at(LAST_DAY, 23, 59):
        save_cells(cast, cast.anh, level=("", "T"))
    assert work(cast).values == 0


def test_a_value_of_midnight_is_late(cast: Cast) -> None:
    with at(LAST_DAY + datetime.timedelta(days=1), 0):
        states.extended(cast, UNTIL)
        save_cells(cast, cast.anh, level=("", "T"))
    assert work(cast).values == 1


def test_the_fields_of_the_record_count_one_by_one(cast: Cast) -> None:
    row = record_row(cast.anh.pk)
    with at(LATE_DAY):
        states.extended(cast, UNTIL)
        actions.save_period_records(
            school_class=cast.school_class, period=END_TERM_1, rows=[row], by=cast.ngoc
        )
    assert work(cast).values == len(row.edits)


def test_traits_count_one_by_one(cast: Cast) -> None:
    traits = {"nhan_ai": Edit("", "T"), "cham_chi": Edit("", "T")}
    with at(LATE_DAY):
        states.extended(cast, UNTIL)
        actions.save_trait_results(
            school_class=cast.school_class,
            period=END_TERM_1,
            rows=[RowEdit(cast.anh.pk, traits)],
            by=cast.ngoc,
        )
    assert work(cast).values == 2


def test_the_same_cell_of_two_pupils_is_two_values(cast: Cast) -> None:
    with at(LATE_DAY):
        states.extended(cast, UNTIL)
        save_cells(cast, cast.anh, level=("", "T"))
        save_cells(cast, cast.duc, level=("", "T"))
    assert work(cast).values == 2


def test_the_last_of_several_saves_is_named(cast: Cast) -> None:
    with at(LATE_DAY, 9):
        states.extended(cast, UNTIL)
        save_cells(cast, cast.anh, level=("", "T"))
    with at(LATE_DAY, 21, 5):
        save_cells(cast, cast.duc, level=("", "T"))
    assert work(cast).sentences == [
        "2 ô được nhập sau ngày đóng 17/01/2027, lần cuối lúc 21:05 20/01/2027."
    ]


def test_a_class_handed_in_on_the_last_evening_is_not_late(cast: Cast) -> None:
    states.filled(cast)
    with at(LAST_DAY, 23, 59):
        states.submit(cast)
    assert work(cast).sentences == []


def test_a_class_handed_in_at_midnight_is_a_day_late(cast: Cast) -> None:
    states.filled(cast)
    with at(LAST_DAY + datetime.timedelta(days=1), 0):
        states.submit(cast)
    assert work(cast).sentences == ["Lớp được gửi muộn 1 ngày."]


def test_the_first_handing_in_is_the_one_that_counts(cast: Cast) -> None:
    states.returned(cast)
    with at(LATE_DAY):
        states.submit(cast)
    assert work(cast).sentences == []
