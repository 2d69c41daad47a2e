"""Two of the office at the same moment: nothing is made, sent, closed or received twice."""

import datetime
import uuid

from audit.models import AuditEvent
from reportcards.actions import (
    Plan,
    close_card_year,
    create_report_cards,
    discard_report_card,
    receive_allotted_uuids,
    record_delivery,
)
from reportcards.errors import StepNotAllowed, UuidsNotAcceptable, YearAlreadyClosed
from reportcards.models import AllottedUuid, CardYearClosing, ReportCard
from reportcards.workflow import CardState, CardStep
from schools.models import Department
from schools.models.school import UuidSource
from tests.assessments.test_races import check_one_is_refused
from tests.cast import Cast
from tests.reportcards.digital_cards import ISSUED_ON, pupils_of
from tests.rivals import Rivals, shared_database
from tests.rows import saved_row

pytestmark = shared_database


def create(cast: Cast, by: str) -> int:
    clerk = getattr(cast, by)
    clerk.school.department.refresh_from_db()
    return len(
        create_report_cards(enrollments=pupils_of(cast), plan=Plan(cast.hanh, ISSUED_ON), by=clerk)
    )


def test_two_clerks_create_the_same_cards(signed_class: Cast, rivals: Rivals) -> None:
    """The second finds them standing, and makes none."""
    cast = signed_class
    outcomes = rivals.act_at_once(lambda: create(cast, "tam"), lambda: create(cast, "van"))
    assert sorted(map(str, outcomes)) == ["0", "3"]
    assert rivals.see(ReportCard.objects.count) == 3


def test_two_clerks_take_the_last_numbers(signed_class: Cast, rivals: Rivals) -> None:
    cast = signed_class
    Department.objects.filter(pk=cast.school.department_id).update(
        uuid_source=UuidSource.DEPARTMENT
    )
    for _ in range(3):
        AllottedUuid.objects.create(school=cast.school, uuid=uuid.uuid4())
    outcomes = rivals.act_at_once(lambda: create(cast, "tam"), lambda: create(cast, "van"))
    assert sorted(map(str, outcomes)) == ["0", "3"]
    assert rivals.see(lambda: AllottedUuid.objects.unused().count()) == 0


def test_two_send_the_same_card(cast: Cast, rivals: Rivals) -> None:
    card = saved_row(ReportCard, cast, state=CardState.ISSUED)

    def send(by: str) -> object:
        return record_delivery(report_card=card, step=CardStep.SEND, by=getattr(cast, by))

    outcomes = rivals.act_at_once(lambda: send("tam"), lambda: send("van"))
    assert isinstance(check_one_is_refused(outcomes), StepNotAllowed)
    assert rivals.see(lambda: AuditEvent.objects.filter(event="report_card.sent").count()) == 1


def test_two_discard_the_same_card(cast: Cast, rivals: Rivals) -> None:
    card = saved_row(ReportCard, cast)

    def discard(by: str) -> object:
        return discard_report_card(report_card=card, reason="Sai", by=getattr(cast, by))

    outcomes = rivals.act_at_once(lambda: discard("tam"), lambda: discard("van"))
    assert isinstance(check_one_is_refused(outcomes), StepNotAllowed)


def test_two_leaders_close_the_year(cast: Cast, rivals: Rivals) -> None:
    def close(by: str) -> object:
        return close_card_year(
            school_year=cast.school_year,
            closed_on=datetime.date(2027, 8, 15),
            reference="1234/SGDĐT",
            by=getattr(cast, by),
        )

    outcomes = rivals.act_at_once(lambda: close("hanh"), lambda: close("phuc"))
    assert isinstance(check_one_is_refused(outcomes), YearAlreadyClosed)
    assert rivals.see(CardYearClosing.objects.count) == 1


def test_two_paste_the_same_list(cast: Cast, rivals: Rivals) -> None:
    numbers = [uuid.uuid4() for _ in range(20)]

    def receive(by: str) -> object:
        return receive_allotted_uuids(uuids=numbers, by=getattr(cast, by))

    outcomes = rivals.act_at_once(lambda: receive("tam"), lambda: receive("van"))
    assert isinstance(check_one_is_refused(outcomes), UuidsNotAcceptable)
    assert rivals.see(AllottedUuid.objects.count) == 20
