"""What the summer, handovers and statistics bring onto each one's desk."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import actions
from assessments.models import SupplementaryAssessment
from assessments.workflow import Status
from hocba.desks.desk import Desk, desk_for
from hocba.desks.teacher import WorkRow
from schools.models import SchoolYear, StaffRole
from tests import factories
from tests.assessments import handovers, year_ends
from tests.cast import IN_MAY, Cast
from tests.pages import client_of

SUMMER_OF_ANH = "Em Lê Minh Anh, lớp 4A · đánh giá bổ sung"


def desk(cast: Cast, role: str) -> Desk:
    member = getattr(cast, role)
    return desk_for(member.user, member)


def came_back(cast: Cast, role: str = "ngoc") -> list[WorkRow]:
    teacher = desk(cast, role).teacher
    assert teacher is not None
    return [row for row in teacher.came_back if "đánh giá bổ sung" in row.title]


@pytest.fixture
def in_may(cast: Cast):
    with time_machine.travel(IN_MAY, tick=False):
        yield cast


# Summers on a homeroom teacher's desk


def test_before_the_year_is_signed_nobody_has_a_summer(in_may: Cast) -> None:
    year_ends.submitted(in_may)
    assert came_back(in_may) == []


def test_who_has_not_completed_needs_a_plan(in_may: Cast) -> None:
    year_ends.signed_off(in_may)
    [row] = came_back(in_may)
    assert (row.title, row.status, row.url_label) == (SUMMER_OF_ANH, "missing", "Lập kế hoạch")
    assert row.url == reverse("supplementary_plan", args=[in_may.school_class.pk, in_may.anh.pk])


@pytest.mark.parametrize("bring", [year_ends.planned, year_ends.reassessed])
def test_a_summer_under_way_leads_to_its_results(in_may: Cast, bring) -> None:
    assessment = bring(in_may)
    [row] = came_back(in_may)
    assert (row.status, row.url_label) == (Status.OPEN, "Ghi kết quả")
    assert row.url == reverse("supplementary_assessment", args=[assessment.pk])


@pytest.mark.parametrize("bring", [year_ends.put_forward, year_ends.decided])
def test_what_is_with_the_principal_or_decided_is_off_the_desk(in_may: Cast, bring) -> None:
    bring(in_may)
    assert came_back(in_may) == []


def test_a_summer_that_came_back_says_why(in_may: Cast) -> None:
    actions.return_supplementary_assessment(
        assessment=year_ends.put_forward(in_may), reason="Ghi rõ hơn", by=in_may.hanh
    )
    [row] = came_back(in_may)
    assert (row.status, row.returned_reason) == (Status.RETURNED, "Ghi rõ hơn")


def test_another_teachers_pupils_are_not_on_the_desk(in_may: Cast) -> None:
    year_ends.signed_off(in_may)
    assert came_back(in_may, "suong") == []


def test_summers_stand_in_roll_order(in_may: Cast) -> None:
    year_ends.signed_off(in_may)
    for name in ("Nông Thị Mây", "Đỗ Gia Bảo"):
        pupil = factories.enroll(factories.make_student(name), in_may.school_class)
        year_ends.sign_as_not_completed(in_may, pupil)
    assert [row.title.split(",")[0] for row in came_back(in_may)] == [
        "Em Lê Minh Anh",
        "Em Đỗ Gia Bảo",
        "Em Nông Thị Mây",
    ]


def test_many_summers_take_as_many_queries_as_one(in_may: Cast) -> None:
    year_ends.planned(in_may)
    ngoc = client_of(in_may, "ngoc")
    ngoc.get(reverse("desk"))
    with CaptureQueriesContext(connection) as one:
        ngoc.get(reverse("desk"))
    for number in range(6):
        pupil = factories.enroll(factories.make_student(f"Mây {number}"), in_may.school_class)
        year_ends.sign_as_not_completed(in_may, pupil)
    with CaptureQueriesContext(connection) as many:
        page = ngoc.get(reverse("desk"))
    assert page.content.decode().count("đánh giá bổ sung") >= 7
    assert len(many) == len(one)


# Summers on a leader's desk


def waiting(cast: Cast, role: str = "hanh") -> list[tuple[str, str]]:
    leader = desk(cast, role).leader
    assert leader is not None
    return [(row.title, row.url) for row in leader.waiting]


def test_a_case_that_is_put_forward_waits_for_the_leaders(in_may: Cast) -> None:
    assessment = year_ends.put_forward(in_may)
    url = reverse("supplementary_assessment", args=[assessment.pk])
    assert waiting(in_may) == waiting(in_may, "phuc") == [(SUMMER_OF_ANH, url)]


def test_it_is_counted_among_what_waits_for_a_signature(in_may: Cast) -> None:
    year_ends.put_forward(in_may)
    leader = desk(in_may, "hanh").leader
    assert leader is not None
    assert (leader.figures[0]["number"], leader.figures[0]["url"]) == (1, "#waiting")


@pytest.mark.parametrize("bring", [year_ends.reassessed, year_ends.decided])
def test_before_and_after_it_does_not_wait(in_may: Cast, bring) -> None:
    bring(in_may)
    assert waiting(in_may) == []


def test_another_schools_leader_does_not_wait_for_it(in_may: Cast) -> None:
    year_ends.put_forward(in_may)
    assert SupplementaryAssessment.objects.exists()
    leader = desk(in_may, "quang").leader
    assert leader is None or leader.waiting == []


# Handovers


def handed(cast: Cast, role: str) -> list[tuple[str, str, str]]:
    return [(row.title, row.status, row.url_label) for row in desk(cast, role).handovers]


@pytest.mark.parametrize(
    ("bring", "giver", "receiver"),
    [
        (handovers.prepared, [("Bàn giao lớp 4A", "to_hand_over", "Ghi và bàn giao")], []),
        (
            handovers.handed_over,
            [("Đã bàn giao lớp 4A", "to_receive", "Xem")],
            [("Cần nhận bàn giao lớp 4A", "to_receive", "Đọc và ký nhận")],
        ),
        (handovers.returned, [("Bàn giao lớp 4A", "returned", "Ghi và bàn giao")], []),
        (handovers.received, [], []),
    ],
    ids=["prepared", "handed_over", "returned", "received"],
)
def test_a_handover_stands_with_whoever_has_to_act(cast: Cast, bring, giver, receiver) -> None:
    with handovers.in_may():
        bring(cast)
        assert (handed(cast, "ngoc"), handed(cast, "suong")) == (giver, receiver)


def test_a_handover_that_came_back_says_why_and_from_whom(cast: Cast) -> None:
    with handovers.in_may():
        handovers.returned(cast)
        [row] = desk(cast, "ngoc").handovers
    assert row.returned_reason == "Thiếu ghi chú về em Đức"
    assert row.returned_by == cast.suong.full_name


def test_the_giver_is_told_who_has_not_signed_yet(cast: Cast) -> None:
    with handovers.in_may():
        handovers.handed_over(cast)
        [row] = desk(cast, "ngoc").handovers
    assert row.missing == f"{cast.suong.full_name} chưa ký nhận"


def test_the_leaders_have_no_handover_of_others_on_their_desks(cast: Cast) -> None:
    with handovers.in_may():
        handovers.handed_over(cast)
        assert (handed(cast, "hanh"), handed(cast, "tam")) == ([], [])


# Statistics


def test_the_link_is_to_the_period_that_runs(cast: Cast) -> None:
    page = client_of(cast, "hanh").get(reverse("desk")).content.decode()
    assert reverse("school_statistics", args=[2026, "end_term_1"]) in page


def test_before_the_first_year_there_is_nothing_to_count(cast: Cast) -> None:
    newcomer = factories.make_staff(
        factories.make_school("Trường mới"), "Lò Thị Én", "principal", user=cast.hoa
    )
    assert not SchoolYear.objects.filter(school=newcomer.school).exists()
    assert StaffRole.objects.filter(staff_member=newcomer).exists()
    assert desk_for(cast.hoa, newcomer).sees_statistics is False
