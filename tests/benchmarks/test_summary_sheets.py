"""What is measured of summary sheets and statistics is what their users open."""

import pytest
from django.urls import reverse

from assessments.statistics.lines import By
from assessments.statistics.measures import Topic
from assessments.statistics.moments import Moment
from audit.models import AuditEvent
from benchmarks import statistics, summary_sheets
from rulesets import Period, get_ruleset
from tests.assessments.summaries import enter_everything
from tests.cast import Cast
from tests.pages import client_of

TT27 = get_ruleset("tt27")
PERIODS = [Period(period) for period in summary_sheets.PERIODS]


def test_the_nine_forms_of_the_regulation_are_each_measured_once() -> None:
    forms = [
        TT27.summary_form(grade, period) for grade in summary_sheets.GRADES for period in PERIODS
    ]
    assert [form.number for form in forms if form] == [*range(1, 10)]


def test_the_sheets_stand_class_by_class_as_the_forms_are_numbered() -> None:
    found = summary_sheets.sheets(["2A", "3A"])  # type: ignore[list-item]
    assert found[:3] == [("2A", period) for period in summary_sheets.PERIODS]
    assert [school_class for school_class, _period in found[3:]] == ["3A"] * 3


def test_each_work_does_what_it_is_named_for(cast: Cast) -> None:
    pdf, workbook, page = summary_sheets.works(cast.school_class, "end_term_1", cast.hanh)
    assert pdf().content.startswith(b"%PDF")
    name, content = workbook()
    assert content.startswith(b"PK")
    assert "4A" in name
    assert page().status_code == 200


def test_what_is_measured_is_recorded_as_it_is_for_users(cast: Cast) -> None:
    pdf, workbook, _page = summary_sheets.works(cast.school_class, "end_term_1", cast.hanh)
    pdf()
    workbook()
    events = AuditEvent.objects.filter(event__startswith="summary_sheet.").order_by("pk")
    assert [event.event for event in events] == [
        "summary_sheet.printed",
        "summary_sheet.downloaded",
    ]


def test_the_middle_one_of_five_rounds_is_reported() -> None:
    rounds: list[int] = []
    taken = summary_sheets.median(lambda: rounds.append(1), by_clock=True)
    assert len(rounds) == summary_sheets.ROUNDS == 5
    assert taken >= 0


def test_a_pupil_of_the_class_that_is_measured_has_every_result(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary_sheets, "PUPILS", 1)
    _leader, classes = summary_sheets.make_school()
    assert [row.lowest_grade for row in classes] == list(summary_sheets.GRADES)
    for school_class in classes:
        [pupil] = school_class.enrollments.all()
        assert pupil.period_records.count() == len(summary_sheets.PERIODS)
        assert pupil.year_decision.confirmed_result


@pytest.mark.parametrize("asked", statistics.PAGES.values(), ids=statistics.PAGES)
def test_a_page_of_statistics_that_is_measured_asks_for_what_there_is(asked: str) -> None:
    chosen = dict(part.split("=") for part in asked.split("&"))
    assert Topic(chosen.pop("show"))
    assert By(chosen.pop("by", By.GRADE))
    other = chosen.pop("compare", "2026-mid_term_1")
    year = type("Year", (), {"first_year": 2026})
    assert other in {Moment(year, period).key for period in TT27.periods}  # type: ignore[arg-type]
    assert not chosen


def statistics_address() -> str:
    return reverse("school_statistics", args=[2026, statistics.PERIOD])


def test_queries_are_counted_on_a_page_that_answers(cast: Cast) -> None:
    enter_everything(cast.anh, statistics.PERIOD, cast.ngoc.user)
    client = client_of(cast, "hanh")
    counted = [statistics.queries(client, statistics_address()) for _ in range(2)]
    assert counted[0] == counted[1] > 0


def test_a_page_that_does_not_answer_is_no_measurement(cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="403 instead of 200"):
        statistics.queries(client_of(cast, "kien"), statistics_address())


def test_the_file_that_is_measured_is_recorded(cast: Cast) -> None:
    statistics.download(cast.school_year, cast.hanh, 0)
    event = AuditEvent.objects.get(event="statistics.downloaded")
    assert event.changes["period"] == [None, statistics.PERIOD]
