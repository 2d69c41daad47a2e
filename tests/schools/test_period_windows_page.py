"""The page on which a school sets when its periods open and close."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from audit.errors import NotPermitted
from audit.models import AuditEvent
from rulesets import Period
from schools.actions import set_period_windows
from schools.errors import WindowsOutOfOrder
from schools.models import PeriodWindow, SchoolYear
from schools.windows import WindowDates
from tests.cast import Cast
from tests.hocba.rendering import parse
from tests.pages import client_of

URL = reverse("period_windows", args=[2026])
JANUARY = WindowDates(
    datetime.date(2026, 12, 28), datetime.date(2027, 1, 20), datetime.date(2027, 1, 10)
)


@pytest.fixture
def hanh(cast: Cast) -> Client:
    return client_of(cast, "hanh")


def typed(cast: Cast, **changes: str) -> dict[str, str]:
    """What the page shows, with some of it typed over; "__" stands for the dash."""
    page = parse(client_of(cast, "hanh").get(URL).content.decode())
    shown = {
        field["name"]: field["value"] or ""
        for field in page.all("input")
        if "-" in (field["name"] or "")
    }
    return shown | {name.replace("__", "-"): value for name, value in changes.items()}


def window(cast: Cast, period: str = Period.END_TERM_1) -> PeriodWindow:
    return PeriodWindow.objects.get(school_year=cast.school_year, period=period)


def errors_on(response) -> list[str]:
    page = parse(response.content.decode())
    return [
        " ".join(element.text.split())
        for element in page.all("div")
        if element["class"] == "field__error"
    ]


def test_every_period_of_the_year_has_its_three_dates(cast: Cast) -> None:
    shown = typed(cast)
    assert shown["end_term_1-opens_on"] == "28/12/2026"
    assert shown["end_term_1-closes_on"] == "17/01/2027"
    assert shown["end_term_1-roster_on"] == "17/01/2027"
    assert len(shown) == 3 * len(cast.school_year.ruleset.periods)


def test_a_new_closing_day_is_saved_and_said(cast: Cast, hanh: Client) -> None:
    response = hanh.post(URL, typed(cast, end_term_1__closes_on="20/01/2027"), follow=True)
    assert window(cast).closes_on == datetime.date(2027, 1, 20)
    assert "Đã lưu thời gian nhập của 1 thời điểm." in response.content.decode()


def test_saving_again_changes_nothing_and_says_so(cast: Cast, hanh: Client) -> None:
    response = hanh.post(URL, typed(cast), follow=True)
    assert "Không có thay đổi nào để lưu." in response.content.decode()
    assert not AuditEvent.objects.filter(event="period_window.set").exists()


def test_the_change_is_audited_with_old_and_new_dates(cast: Cast, hanh: Client) -> None:
    hanh.post(URL, typed(cast, end_term_1__closes_on="20/01/2027"))
    event = AuditEvent.objects.get(event="period_window.set")
    assert (event.actor, event.school_id) == (cast.hanh.user, cast.school.pk)
    assert event.changes == {
        "period": [None, "end_term_1"],
        "closes_on": ["2027-01-17", "2027-01-20"],
    }


def test_dates_out_of_order_stay_typed_with_their_sentence(cast: Cast, hanh: Client) -> None:
    response = hanh.post(URL, typed(cast, end_term_1__closes_on="20/12/2026"))
    assert response.status_code == 422
    assert "Ngày đóng phải từ ngày mở (28/12/2026) trở đi." in errors_on(response)
    assert 'value="20/12/2026"' in response.content.decode()
    assert window(cast).closes_on == datetime.date(2027, 1, 17)


def test_overlapping_dates_are_refused_at_the_later_period(cast: Cast, hanh: Client) -> None:
    response = hanh.post(URL, typed(cast, end_term_1__closes_on="08/03/2027"))
    [sentence] = errors_on(response)
    assert sentence.startswith("Cuối học kỳ I đóng ngày 08/03/2027")


@pytest.mark.parametrize("word", ["31/02/2027", "mai", "2027", "1/1", "x" * 10_000, "\x00"])
def test_what_is_no_date_is_told_how_to_write_one(cast: Cast, hanh: Client, word: str) -> None:
    response = hanh.post(URL, typed(cast, end_term_1__closes_on=word))
    [sentence] = errors_on(response)
    assert "ngày/tháng/năm" in sentence


def test_a_planned_period_keeps_its_dates(cast: Cast, hanh: Client) -> None:
    response = hanh.post(URL, typed(cast, end_term_1__opens_on=""))
    assert errors_on(response) == ["Hãy ghi ngày, ví dụ 05/01/2027."]


def test_a_period_may_stay_unplanned(cast: Cast, hanh: Client) -> None:
    window(cast, Period.END_YEAR).delete()
    assert hanh.post(URL, typed(cast)).status_code == 302
    assert not cast.school_year.period_windows.filter(period=Period.END_YEAR).exists()


def test_a_period_planned_by_half_is_asked_for_the_rest(cast: Cast, hanh: Client) -> None:
    window(cast, Period.END_YEAR).delete()
    response = hanh.post(URL, typed(cast, end_year__opens_on="10/05/2027"))
    assert errors_on(response) == ["Hãy ghi đủ cả ba ngày."] * 2


def test_a_period_is_planned_later(cast: Cast, hanh: Client) -> None:
    window(cast, Period.END_YEAR).delete()
    days = dict.fromkeys(("opens_on", "closes_on", "roster_on"), "10/05/2027")
    hanh.post(URL, typed(cast, **{f"end_year__{name}": day for name, day in days.items()}))
    assert window(cast, Period.END_YEAR).opens_on == datetime.date(2027, 5, 10)


def test_the_administrator_sets_dates_though_she_sees_no_results(cast: Cast) -> None:
    response = client_of(cast, "kien").post(
        URL, typed(cast, end_term_1__closes_on="20/01/2027"), follow=True
    )
    assert window(cast).closes_on == datetime.date(2027, 1, 20)
    assert response.status_code == 200


@pytest.mark.parametrize("role", ["ngoc", "tam", "van", "quang"])
def test_nobody_else_sets_them(cast: Cast, role: str) -> None:
    with pytest.raises(NotPermitted):
        set_period_windows(
            school_year=cast.school_year,
            windows={Period.END_TERM_1: JANUARY},
            by=getattr(cast, role),
        )


def test_the_action_checks_against_the_periods_that_are_not_named(cast: Cast) -> None:
    overlapping = WindowDates(JANUARY.opens_on, *[datetime.date(2027, 3, 10)] * 2)
    with pytest.raises(WindowsOutOfOrder) as refusal:
        set_period_windows(
            school_year=cast.school_year, windows={Period.END_TERM_1: overlapping}, by=cast.hanh
        )
    assert [fault.period for fault in refusal.value.faults] == [Period.MID_TERM_2]
    assert window(cast).closes_on == datetime.date(2027, 1, 17)


def test_the_other_schools_year_is_her_own(cast: Cast) -> None:
    """The address names a year, and means it at the reader's school."""
    form = typed(cast, end_term_1__closes_on="20/01/2027")
    client_of(cast, "quang").post(URL, form)
    other = SchoolYear.objects.get(school=cast.other_school)
    assert other.period_windows.get(period=Period.END_TERM_1).closes_on.day == 20
    assert window(cast).closes_on.day == 17


def test_a_year_that_the_school_does_not_have_is_not_found(hanh: Client) -> None:
    assert hanh.get(reverse("period_windows", args=[1999])).status_code == 404


def test_the_administrators_desk_leads_here(cast: Cast) -> None:
    assert f'href="{URL}"' in client_of(cast, "kien").get(reverse("desk")).content.decode()
