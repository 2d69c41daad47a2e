"""Khởi tạo lại, bỏ bản, thay bản đã thu hồi: a year has many attempts, and one that stands."""

import pytest

from audit.errors import NotPermitted
from reportcards.actions import Plan, discard_report_card, recreate_report_card
from reportcards.errors import NotReady, ReasonMissing, StepNotAllowed
from reportcards.models import ReportCard
from reportcards.workflow import CardState
from tests.cast import Cast
from tests.pages import COLLEAGUES
from tests.reportcards.card_reading import card_of
from tests.reportcards.digital_cards import ISSUED_ON, sign
from tests.reportcards.test_making import MAKERS, change_pupil, create
from tests.reportcards.withdrawing import withdrawn


def recreate(card: ReportCard, cast: Cast, **options) -> ReportCard:
    return recreate_report_card(
        report_card=card,
        plan=Plan(options.get("leader", cast.hanh), ISSUED_ON),
        reason=options.get("reason", "Đổi người ký"),
        by=options.get("by", cast.van),
    )


class TestDiscarding:
    def test_keeps_the_card_with_its_reason(self, cards: list[ReportCard], cast: Cast) -> None:
        discard_report_card(report_card=cards[0], reason="Sai ngày ký", by=cast.tam)
        stored = ReportCard.objects.get(pk=cards[0].pk)
        assert stored.state == CardState.DISCARDED
        assert stored.events.latest("pk").reason == "Sai ngày ký"

    def test_needs_a_reason(self, cards: list[ReportCard], cast: Cast) -> None:
        with pytest.raises(ReasonMissing):
            discard_report_card(report_card=cards[0], reason=" ", by=cast.van)

    @pytest.mark.parametrize("role", sorted(set(COLLEAGUES.split()) - set(MAKERS)))
    def test_is_the_offices(self, cards: list[ReportCard], cast: Cast, role: str) -> None:
        with pytest.raises(NotPermitted):
            discard_report_card(report_card=cards[0], reason="Sai", by=getattr(cast, role))

    def test_an_issued_card_is_not_discarded(
        self, issued_cards: list[ReportCard], cast: Cast
    ) -> None:
        with pytest.raises(StepNotAllowed):
            discard_report_card(report_card=issued_cards[0], reason="Sai", by=cast.van)


class TestRecreating:
    def test_another_leader_means_a_new_card_and_the_old_attempt_is_kept(
        self, cards: list[ReportCard], cast: Cast
    ) -> None:
        old = card_of(cards, cast.anh)
        new = recreate(old, cast, leader=cast.phuc)
        old.refresh_from_db()
        assert (old.state, new.state) == (CardState.DISCARDED, CardState.CREATED)
        assert new.leader == cast.phuc
        assert new.uuid != old.uuid
        assert new.supersedes is None, "nothing was ever issued"

    def test_signatures_stay_with_the_old_attempt(
        self, cards: list[ReportCard], cast: Cast, certificates
    ) -> None:
        sign("homeroom", cards, certificates.ngoc, certificates, by=cast.ngoc)
        old = card_of(cards, cast.anh)
        new = recreate(old, cast)
        assert old.signatures.count() == 1
        assert not new.signatures.exists()

    def test_takes_the_pupil_as_she_is_today(self, cards: list[ReportCard], cast: Cast) -> None:
        change_pupil(cast, birth_place="Trạm y tế phường")
        new = recreate(card_of(cards, cast.anh), cast)
        assert new.payload["student"]["birth_place"] == "Trạm y tế phường"

    def test_when_the_new_one_cannot_be_made_the_old_one_stands(
        self, cards: list[ReportCard], cast: Cast
    ) -> None:
        change_pupil(cast, birth_place="")
        old = card_of(cards, cast.anh)
        with pytest.raises(NotReady):
            recreate(old, cast)
        old.refresh_from_db()
        assert old.state == CardState.CREATED

    def test_needs_a_reason(self, cards: list[ReportCard], cast: Cast) -> None:
        with pytest.raises(ReasonMissing):
            recreate(cards[0], cast, reason="")

    @pytest.mark.parametrize("role", sorted(set(COLLEAGUES.split()) - set(MAKERS)))
    def test_is_the_offices(self, cards: list[ReportCard], cast: Cast, role: str) -> None:
        with pytest.raises(NotPermitted):
            recreate(cards[0], cast, by=getattr(cast, role))

    def test_an_issued_card_is_not_made_anew(
        self, issued_cards: list[ReportCard], cast: Cast
    ) -> None:
        with pytest.raises(StepNotAllowed):
            recreate(issued_cards[0], cast)


class TestReplacing:
    def test_the_next_card_supersedes_the_withdrawn_one(
        self, issued_cards: list[ReportCard], cast: Cast
    ) -> None:
        old = card_of(issued_cards, cast.anh)
        withdrawn(cast, old)
        [new] = create(cast, cast.anh)
        assert new.supersedes == old
        assert new.payload["supersedes"] == str(old.uuid)

    def test_an_attempt_that_was_discarded_is_passed_over(
        self, issued_cards: list[ReportCard], cast: Cast
    ) -> None:
        old = card_of(issued_cards, cast.anh)
        withdrawn(cast, old)
        [attempt] = create(cast, cast.anh)
        new = recreate(attempt, cast)
        assert new.supersedes == old

    def test_the_neighbours_cards_stay(self, issued_cards: list[ReportCard], cast: Cast) -> None:
        withdrawn(cast, card_of(issued_cards, cast.anh))
        assert len(create(cast)) == 1
        assert ReportCard.objects.filter(state=CardState.ISSUED).count() == 2
