"""The principal's page of the school's year: every class, and signing one or many."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import actions
from assessments.models import ClassPeriod
from assessments.workflow import Status
from schools.models import SchoolClass
from tests import factories
from tests.assessments import states, year_ends
from tests.assessments.filling import assign_every_subject, fill_class
from tests.assessments.year_ends import END_YEAR, decision_of
from tests.cast import Cast
from tests.pages import client_of

URL = reverse("year_end", args=[2026])


@pytest.fixture
def handed_in(in_may: Cast) -> Cast:
    year_ends.submitted(in_may)
    return in_may


def second_class(cast: Cast) -> SchoolClass:
    """4B with one pupil, handed in."""
    school_class = factories.make_class(cast.school_year, "4B", (4,))
    factories.assign_homeroom(school_class, cast.suong)
    assign_every_subject(school_class, cast.suong)
    factories.enroll(factories.make_student("Lê Bảo Châu"), school_class)
    fill_class(school_class, END_YEAR, homeroom=cast.suong)
    actions.submit_class_period(school_class=school_class, period=END_YEAR, by=cast.suong)
    return school_class


def status_of(school_class: SchoolClass) -> str:
    return ClassPeriod.objects.get(school_class=school_class, period=END_YEAR).status


def read(cast: Cast) -> HttpResponse:
    return client_of(cast, "hanh").get(URL)


def seen(*classes: SchoolClass) -> dict[str, str]:
    """When each was handed in, as the page carries it."""
    periods = ClassPeriod.objects.filter(school_class__in=classes, period=END_YEAR)
    return {f"seen_at_{row.school_class_id}": row.status_changed_at.isoformat() for row in periods}


def sign(cast: Cast, *classes: SchoolClass) -> str:
    typed = {"classes": [row.pk for row in classes], **seen(*classes)}
    return client_of(cast, "hanh").post(URL, typed, follow=True).content.decode()


def test_each_class_stands_with_what_stands_out(handed_in: Cast) -> None:
    [row] = read(handed_in).context["page"].classes
    assert row.results == [1, 1, 0, 1]
    assert row.counts["deviations"] == 0
    assert row.counts["titles"] == 1
    assert row.counts["without_completion"] == 1


def test_deviations_and_refusals_are_counted(in_may: Cast) -> None:
    year_ends.unconfirmed(in_may)
    actions.confirm_year_decision(
        school_class=in_may.school_class,
        enrollment_id=in_may.anh.pk,
        result="completed",
        deviation_reason="Em ốm",
        by=in_may.ngoc,
    )
    actions.confirm_year_decisions(school_class=in_may.school_class, by=in_may.ngoc)
    states.submit(in_may, END_YEAR)
    actions.refuse_reward(decision=decision_of(in_may.duc), reason="Chưa", by=in_may.hanh)
    [row] = read(in_may).context["page"].classes
    assert row.counts["deviations"] == 1
    assert (row.counts["titles"], row.counts["refused_titles"]) == (0, 1)
    assert "1 không tặng" in read(in_may).content.decode()


def test_it_leads_to_who_has_not_completed_and_to_every_pupil(handed_in: Cast) -> None:
    page = read(handed_in).content.decode()
    pk = handed_in.school_class.pk
    assert reverse("supplementary_assessments", args=[pk]) in page
    assert reverse("year_results", args=[pk]) in page


def test_one_class_is_signed(handed_in: Cast) -> None:
    page = sign(handed_in, handed_in.school_class)
    assert "Đã ký duyệt kết quả năm học của lớp 4A." in page
    assert status_of(handed_in.school_class) == Status.SIGNED_OFF


def test_many_classes_are_signed_with_one_act(handed_in: Cast) -> None:
    other = second_class(handed_in)
    page = sign(handed_in, handed_in.school_class, other)
    assert "Đã ký duyệt kết quả năm học của lớp 4A, 4B." in page
    assert status_of(other) == Status.SIGNED_OFF


def test_all_that_wait_are_signed_with_one_press(handed_in: Cast) -> None:
    other = second_class(handed_in)
    assert "Ký duyệt cả 2 lớp đang chờ" in read(handed_in).content.decode()
    typed = seen(handed_in.school_class, other) | {"signs_all": "on"}
    client_of(handed_in, "hanh").post(URL, typed)
    assert {status_of(row) for row in (handed_in.school_class, other)} == {Status.SIGNED_OFF}


def test_what_came_up_after_the_page_was_opened_is_not_signed_with_all(handed_in: Cast) -> None:
    typed = seen(handed_in.school_class) | {"signs_all": "on"}
    other = second_class(handed_in)
    client_of(handed_in, "hanh").post(URL, typed)
    assert status_of(handed_in.school_class) == Status.SIGNED_OFF
    assert status_of(other) == Status.SUBMITTED


def test_a_class_that_was_not_chosen_is_not_signed(handed_in: Cast) -> None:
    other = second_class(handed_in)
    sign(handed_in, other)
    assert status_of(handed_in.school_class) == Status.SUBMITTED


def test_one_that_cannot_be_signed_does_not_hold_up_the_others(handed_in: Cast) -> None:
    """4A came back and was handed in again after the page was opened."""
    other = second_class(handed_in)
    first = ClassPeriod.objects.get(school_class=handed_in.school_class, period=END_YEAR)
    seen_at = first.status_changed_at - datetime.timedelta(minutes=5)
    typed = {
        "classes": [handed_in.school_class.pk, other.pk],
        f"seen_at_{handed_in.school_class.pk}": seen_at.isoformat(),
    }
    response = client_of(handed_in, "hanh").post(URL, typed, follow=True)
    page = response.content.decode()
    assert "Lớp 4A: Kết quả đã được gửi lại sau khi thầy/cô mở trang" in page
    assert "Đã ký duyệt kết quả năm học của lớp 4B." in page
    assert status_of(handed_in.school_class) == Status.SUBMITTED
    assert status_of(other) == Status.SIGNED_OFF


@pytest.mark.parametrize("chosen", [[], ["999999"], ["x"]])
def test_nothing_chosen_is_told(handed_in: Cast, chosen: list[str]) -> None:
    response = client_of(handed_in, "hanh").post(URL, {"classes": chosen}, follow=True)
    assert "Hãy chọn ít nhất một lớp đang chờ ký." in response.content.decode()
    assert status_of(handed_in.school_class) == Status.SUBMITTED


def test_a_class_of_another_school_is_not_signed(handed_in: Cast) -> None:
    sign_it = {"classes": [handed_in.school_class.pk]}
    client_of(handed_in, "quang").post(URL, sign_it)
    assert status_of(handed_in.school_class) == Status.SUBMITTED


def test_a_class_that_is_not_handed_in_has_no_box(in_may: Cast) -> None:
    page = read(in_may).content.decode()
    assert 'type="checkbox"' not in page
    assert "Ký duyệt các lớp đã chọn" not in page


def test_the_deadline_is_the_departments(handed_in: Cast) -> None:
    assert "Hạn của Sở: 30/06/2027." in read(handed_in).content.decode()
    department = handed_in.school.department
    department.year_due_month, department.year_due_day = 6, 15
    department.save(update_fields=["year_due_month", "year_due_day"])
    assert "Hạn của Sở: 15/06/2027." in read(handed_in).content.decode()


def test_a_deadline_that_is_over_is_said(handed_in: Cast) -> None:
    with time_machine.travel(datetime.datetime(2027, 7, 1, 3, tzinfo=datetime.UTC), tick=False):
        page = read(handed_in).content.decode()
    assert "Đã quá hạn của Sở (30/06/2027); còn lớp chưa ký duyệt." in page


def test_a_school_that_is_done_is_told_so(handed_in: Cast) -> None:
    sign(handed_in, handed_in.school_class)
    assert "Mọi lớp đã ký duyệt." in read(handed_in).content.decode()


def test_pupils_on_their_own_way_are_counted(handed_in: Cast) -> None:
    sign(handed_in, handed_in.school_class)
    class_period = ClassPeriod.objects.get(school_class=handed_in.school_class, period=END_YEAR)
    actions.reopen_record(
        record=class_period.records.get(enrollment=handed_in.duc),
        reason="Sai",
        by=handed_in.hanh,
    )
    assert "1 em được mở lại" in read(handed_in).content.decode()


def test_queries_do_not_grow_with_the_school(handed_in: Cast) -> None:
    client = client_of(handed_in, "hanh")
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    second_class(handed_in)
    for name in ("5A", "5B"):
        factories.make_class(handed_in.school_year, name, (5,))
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(many) == len(few)


def test_the_desk_leads_there(handed_in: Cast) -> None:
    assert URL in client_of(handed_in, "hanh").get(reverse("desk")).content.decode()
