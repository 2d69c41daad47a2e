"""What the department answers, its numbers, and the closing of a year."""

import datetime
import uuid

import pytest

from audit.errors import NotPermitted
from audit.models import AuditEvent
from reportcards.actions import (
    close_card_year,
    receive_allotted_uuids,
    record_deliveries,
    record_delivery,
    request_withdrawal,
)
from reportcards.actions.delivery import DELIVERY_STEPS
from reportcards.errors import (
    ClosingTooEarly,
    ReasonMissing,
    StepNotAllowed,
    UuidsNotAcceptable,
    YearAlreadyClosed,
    YearClosed,
)
from reportcards.models import AllottedUuid, CardYearClosing, ReportCard, WithdrawalCause
from reportcards.workflow import CardState, CardStep
from tests.cast import Cast
from tests.pages import COLLEAGUES
from tests.rows import saved_row

OFFICE = ("tam", "van")
OTHERS = sorted(set(COLLEAGUES.split()) - set(OFFICE))
LEADERS = ("hanh", "phuc")


def card_in(cast: Cast, state: CardState) -> ReportCard:
    return saved_row(ReportCard, cast, state=state)


def close(cast: Cast, **options) -> CardYearClosing:
    return close_card_year(
        **{
            "school_year": cast.school_year,
            "closed_on": datetime.date(2027, 8, 15),
            "reference": "1234/SGDĐT-GDTH",
            "by": cast.hanh,
            **options,
        }
    )


class TestRecordingDelivery:
    @pytest.mark.parametrize(
        ("state", "step", "target"),
        [
            (CardState.ISSUED, CardStep.SEND, CardState.SENT),
            (CardState.SENT, CardStep.ACCEPT, CardState.ACCEPTED),
            (CardState.ACCEPTED, CardStep.CIRCULATE, CardState.CIRCULATED),
            (CardState.SENT, CardStep.REFUSE, CardState.REFUSED),
            (CardState.ACCEPTED, CardStep.REFUSE, CardState.REFUSED),
        ],
    )
    def test_moves_the_card_with_its_document(
        self, cast: Cast, state: CardState, step: CardStep, target: CardState
    ) -> None:
        card = card_in(cast, state)
        record_delivery(
            report_card=card, step=step, by=cast.tam, reason="Sai mã", reference="TN-77"
        )
        stored = ReportCard.objects.get(pk=card.pk)
        event = stored.events.get()
        assert stored.state == target
        assert (event.reference, event.by) == ("TN-77", cast.tam.user)

    @pytest.mark.parametrize("role", OTHERS)
    def test_is_the_offices(self, cast: Cast, role: str) -> None:
        card = card_in(cast, CardState.ISSUED)
        with pytest.raises(NotPermitted):
            record_delivery(report_card=card, step=CardStep.SEND, by=getattr(cast, role))

    def test_no_strangers(self, cast: Cast) -> None:
        with pytest.raises(NotPermitted):
            record_delivery(
                report_card=card_in(cast, CardState.ISSUED), step=CardStep.SEND, by=cast.quang
            )

    @pytest.mark.parametrize("step", [step for step in CardStep if step not in DELIVERY_STEPS])
    def test_takes_no_step_that_has_its_own_action(self, cast: Cast, step: CardStep) -> None:
        """Whatever the page was made to send: nothing is sealed or withdrawn this way."""
        for state in CardState:
            card = card_in(cast, state)
            with pytest.raises(StepNotAllowed):
                record_delivery(report_card=card, step=step, by=cast.van, reason="x")
            assert ReportCard.objects.get(pk=card.pk).state == state
            if card.is_standing:
                break

    def test_a_refusal_says_why(self, cast: Cast) -> None:
        with pytest.raises(ReasonMissing):
            record_delivery(
                report_card=card_in(cast, CardState.SENT), step=CardStep.REFUSE, by=cast.van
            )


class TestOfAWholePackage:
    def test_moves_all_of_them(self, issued_cards: list[ReportCard], cast: Cast) -> None:
        count = record_deliveries(
            report_cards=issued_cards, step=CardStep.SEND, by=cast.van, reference="GT-1"
        )
        assert count == 3
        assert set(ReportCard.objects.values_list("state", flat=True)) == {CardState.SENT}
        assert AuditEvent.objects.filter(event="report_card.sent").count() == 3

    def test_or_none(self, issued_cards: list[ReportCard], cast: Cast) -> None:
        record_delivery(report_card=issued_cards[2], step=CardStep.SEND, by=cast.van)
        with pytest.raises(StepNotAllowed):
            record_deliveries(report_cards=issued_cards, step=CardStep.SEND, by=cast.van)
        assert ReportCard.objects.filter(state=CardState.SENT).count() == 1

    @pytest.mark.parametrize("role", OTHERS)
    def test_is_the_offices(self, cast: Cast, role: str) -> None:
        cards = [card_in(cast, CardState.ISSUED)]
        with pytest.raises(NotPermitted):
            record_deliveries(report_cards=cards, step=CardStep.SEND, by=getattr(cast, role))


class TestClosingAYear:
    def test_is_recorded_with_its_document(self, cast: Cast) -> None:
        closing = close(cast)
        assert CardYearClosing.objects.get() == closing
        assert (closing.reference, closing.recorded_by) == ("1234/SGDĐT-GDTH", cast.hanh.user)
        [event] = AuditEvent.objects.filter(event="card_year.closed")
        assert event.changes["closed_on"] == [None, "2027-08-15"]
        assert (event.school_id, event.actor) == (cast.school.pk, cast.hanh.user)

    @pytest.mark.parametrize("role", sorted(set(COLLEAGUES.split()) - set(LEADERS)))
    def test_is_the_leaders(self, cast: Cast, role: str) -> None:
        with pytest.raises(NotPermitted):
            close(cast, by=getattr(cast, role))

    def test_is_not_another_schools(self, cast: Cast) -> None:
        with pytest.raises(NotPermitted):
            close(cast, by=cast.quang)

    def test_is_done_once(self, cast: Cast) -> None:
        close(cast)
        with pytest.raises(YearAlreadyClosed):
            close(cast, closed_on=datetime.date(2027, 9, 1))
        assert CardYearClosing.objects.get().closed_on == datetime.date(2027, 8, 15)

    def test_not_before_the_year_began(self, cast: Cast) -> None:
        with pytest.raises(ClosingTooEarly):
            close(cast, closed_on=datetime.date(2026, 9, 4))

    def test_until_its_day_a_card_may_still_be_withdrawn(
        self, issued_cards: list[ReportCard], cast: Cast
    ) -> None:
        close(cast, closed_on=datetime.date(2027, 6, 8))
        assert withdrawal(cast, issued_cards[0]).pk

    def test_from_its_day_nothing_is_withdrawn(
        self, issued_cards: list[ReportCard], cast: Cast
    ) -> None:
        close(cast, closed_on=datetime.date(2027, 6, 7))
        with pytest.raises(YearClosed, match="1234/SGDĐT-GDTH"):
            withdrawal(cast, issued_cards[0])


def withdrawal(cast: Cast, card: ReportCard):
    return request_withdrawal(
        report_card=card, cause=WithdrawalCause.MISTAKE, reason="Sai mức Toán", by=cast.hanh
    )


class TestNumbersOfTheDepartment:
    def test_are_kept_for_the_school_in_their_order(self, cast: Cast) -> None:
        numbers = [uuid.uuid4() for _ in range(3)]
        assert receive_allotted_uuids(uuids=numbers, by=cast.van) == 3
        rows = AllottedUuid.objects.for_school(cast.school).order_by("pk")
        assert [row.uuid for row in rows] == numbers
        assert AllottedUuid.objects.unused().count() == 3
        [event] = AuditEvent.objects.filter(event="allotted_uuids.received")
        assert event.changes == {"count": [None, 3]}

    @pytest.mark.parametrize("role", OTHERS)
    def test_are_the_offices(self, cast: Cast, role: str) -> None:
        with pytest.raises(NotPermitted):
            receive_allotted_uuids(uuids=[uuid.uuid4()], by=getattr(cast, role))

    def test_that_were_received_before_are_refused_by_name(self, cast: Cast) -> None:
        old, new = uuid.uuid4(), uuid.uuid4()
        receive_allotted_uuids(uuids=[old], by=cast.van)
        with pytest.raises(UuidsNotAcceptable, match=str(old)):
            receive_allotted_uuids(uuids=[new, old], by=cast.van)
        assert AllottedUuid.objects.count() == 1

    def test_that_a_card_bears_are_refused(self, cast: Cast) -> None:
        card = saved_row(ReportCard, cast)
        with pytest.raises(UuidsNotAcceptable, match=str(card.uuid)):
            receive_allotted_uuids(uuids=[card.uuid], by=cast.van)

    def test_another_school_received_are_refused(self, cast: Cast) -> None:
        number = uuid.uuid4()
        AllottedUuid.objects.create(school=cast.other_school, uuid=number)
        with pytest.raises(UuidsNotAcceptable):
            receive_allotted_uuids(uuids=[number], by=cast.van)

    def test_of_many_only_some_are_named(self, cast: Cast) -> None:
        numbers = [uuid.uuid4() for _ in range(30)]
        receive_allotted_uuids(uuids=numbers, by=cast.van)
        with pytest.raises(UuidsNotAcceptable) as refusal:
            receive_allotted_uuids(uuids=numbers, by=cast.van)
        sentence = str(refusal.value)
        assert sentence.startswith("30 mã đã được nhận")
        assert sum(str(number) in sentence for number in numbers) == 5
