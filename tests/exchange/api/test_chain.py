"""From the principal's signature to the ministry's client, through the real actions."""

import datetime

import pytest
import time_machine

from assessments import actions
from assessments.models import ClassPeriod
from rulesets import Period
from tests.assessments import year_ends
from tests.assessments.filling import assign_every_subject, fill_class
from tests.cast import NOW, Cast
from tests.exchange.api.conftest import Get


@pytest.fixture
def submitted(cast: Cast) -> ClassPeriod:
    assign_every_subject(cast.school_class, cast.ngoc)
    fill_class(
        cast.school_class,
        Period.END_TERM_1,
        homeroom=cast.ngoc,
        teachers={"ngoai_ngu_1": cast.binh},
    )
    return actions.submit_class_period(
        school_class=cast.school_class, period=Period.END_TERM_1, by=cast.ngoc
    )


def statuses(get: Get) -> dict[str, tuple[str, bool]]:
    return {
        row["payload"]["student"]["full_name"]: (row["status"], row["is_under_review"])
        for row in get("period-records/").json()["results"]
    }


def test_a_summer_is_read_beside_the_years_end(get: Get, in_may: Cast):
    year_ends.decided(in_may)
    rows = get("period-records/", {"school_year": "2026-2027"}).json()["results"]
    decisions = {
        row["payload"]["period"]: row["payload"]["year_decision"]["has_completed"]
        for row in rows
        if row["payload"]["student"]["full_name"] == "Lê Minh Anh"
    }
    assert decisions == {"end_year": False, "supplementary": True}


def test_a_submitted_class_is_not_read_yet(get: Get, submitted: ClassPeriod):
    assert statuses(get) == {}


def test_a_signed_class_is_read_whole(get: Get, submitted: ClassPeriod, cast: Cast):
    actions.sign_off_class_period(class_period=submitted, by=cast.hanh)
    assert statuses(get) == {
        "Lê Minh Anh": ("signed_off", False),
        "H'Hen Niê": ("signed_off", False),
        "Võ Trí Đức": ("signed_off", False),
    }


def test_a_reopened_pupil_is_read_as_signed_and_under_review(
    get: Get, submitted: ClassPeriod, cast: Cast
):
    actions.sign_off_class_period(class_period=submitted, by=cast.hanh)
    before = get("period-records/").json()["results"]
    record = submitted.records.get(enrollment=cast.duc)
    actions.reopen_record(record=record, reason="Nhập nhầm điểm Toán", by=cast.hanh)
    after = get("period-records/").json()["results"]
    assert statuses(get)["Võ Trí Đức"] == ("reopened", True)
    assert statuses(get)["Lê Minh Anh"] == ("signed_off", False)
    assert {row["id"]: row["digest"] for row in before} == {
        row["id"]: row["digest"] for row in after
    }


def test_reopening_is_seen_by_who_asks_what_changed(get: Get, submitted: ClassPeriod, cast: Cast):
    actions.sign_off_class_period(class_period=submitted, by=cast.hanh)
    record = submitted.records.get(enrollment=cast.duc)
    later = NOW + datetime.timedelta(minutes=1)
    with time_machine.travel(later, tick=False):
        actions.reopen_record(record=record, reason="Nhập nhầm điểm Toán", by=cast.hanh)
    rows = get("period-records/", {"updated_since": later.isoformat()}).json()["results"]
    assert [row["id"] for row in rows] == [record.pk]
