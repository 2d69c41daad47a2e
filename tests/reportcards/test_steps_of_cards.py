"""Every state x role: which steps a card offers, drawn up as one table."""

import pytest

from reportcards.card_pages.steps import (
    DELIVERY_LABELS,
    SIGNING_LABELS,
    NextStep,
    card_steps,
    sign_url,
    slot_in_turn,
    year_steps,
)
from reportcards.models import ReportCard, SlotKey
from reportcards.workflow import CardState
from schools.models import Department, SchoolYear
from schools.models.school import UuidSource
from tests.cast import Cast
from tests.pages import COLLEAGUES
from tests.reportcards.cards import card_payload
from tests.rows import saved_row

SIGN_1, SIGN_2, SEAL = "Ký ở ô chủ nhiệm", "Ký ở ô lãnh đạo", "Đóng dấu số và phát hành"
AGAIN, DISCARD, COPY = "Khởi tạo lại", "Bỏ bản này", "Cấp bản sao"
SEND, ACCEPT, CIRCULATE, REFUSE = map(str, DELIVERY_LABELS.values())
ASK, ANSWER, SEE = "Đề nghị thu hồi", "Ghi trả lời của Sở", "Xem đề nghị thu hồi"
TAKE_BACK, REPLACE, COMPARE = "Rút học bạ về", "Lập học bạ thay thế", "So với bản kia"

# The clerk (van), the registrar (tam), the leader who signs (hanh), another leader (phuc), the
# homeroom teacher (ngoc).
TABLE: dict[CardState, dict[str, list[str]]] = {
    CardState.CREATED: {"ngoc": [SIGN_1], "van": [AGAIN, DISCARD], "tam": [AGAIN, DISCARD]},
    CardState.HOMEROOM_SIGNED: {
        "hanh": [SIGN_2],
        "van": [AGAIN, DISCARD],
        "tam": [AGAIN, DISCARD],
    },
    CardState.LEADER_SIGNED: {"van": [SEAL, AGAIN, DISCARD], "tam": [AGAIN, DISCARD]},
    CardState.ISSUED: {
        "van": [SEND, COPY],
        "tam": [SEND, COPY],
        "hanh": [ASK, COPY],
        "phuc": [ASK, COPY],
    },
    CardState.SENT: {
        "van": [ACCEPT, REFUSE, COPY],
        "tam": [ACCEPT, REFUSE, COPY],
        "hanh": [ASK, COPY],
        "phuc": [ASK, COPY],
    },
    CardState.ACCEPTED: {
        "van": [CIRCULATE, REFUSE, COPY],
        "tam": [CIRCULATE, REFUSE, COPY],
        "hanh": [ASK, COPY],
        "phuc": [ASK, COPY],
    },
    CardState.CIRCULATED: {
        "van": [COPY],
        "tam": [COPY],
        "hanh": [ASK, COPY],
        "phuc": [ASK, COPY],
    },
    CardState.REFUSED: {
        "van": [COPY],
        "tam": [COPY],
        "hanh": [TAKE_BACK, COPY],
        "phuc": [TAKE_BACK, COPY],
    },
    CardState.WITHDRAWAL_REQUESTED: {
        "van": [ANSWER, COPY],
        "tam": [ANSWER, COPY],
        "hanh": [SEE, COPY],
        "phuc": [SEE, COPY],
        "ngoc": [SEE],
    },
    CardState.WITHDRAWN: {role: [REPLACE] for role in COLLEAGUES.split()},
    CardState.SUPERSEDED: {role: [COMPARE] for role in COLLEAGUES.split()},
    CardState.DISCARDED: {},
}
READERS = ("van", "tam", "hanh", "phuc", "ngoc")


def card_in(cast: Cast, state: CardState) -> ReportCard:
    return saved_row(ReportCard, cast, state=state, payload=card_payload())


def labels(steps: list[NextStep]) -> list[str]:
    return [step.label for step in steps]


@pytest.mark.parametrize("state", CardState)
@pytest.mark.parametrize("role", READERS)
def test_each_state_offers_each_role_its_steps(cast: Cast, state: CardState, role: str) -> None:
    steps = card_steps(card_in(cast, state), getattr(cast, role), is_closed=False)
    assert labels(steps) == TABLE[state].get(role, [])


@pytest.mark.parametrize("state", CardState)
@pytest.mark.parametrize("role", READERS)
def test_the_next_one_stands_first_and_alone_is_primary(
    cast: Cast, state: CardState, role: str
) -> None:
    steps = card_steps(card_in(cast, state), getattr(cast, role), is_closed=False)
    primary = [step for step in steps if step.variant == "primary"]
    assert primary in ([], steps[:1])


@pytest.mark.parametrize(
    "state", [CardState.ISSUED, CardState.SENT, CardState.ACCEPTED, CardState.CIRCULATED]
)
def test_in_a_closed_year_leaders_are_told_what_remains(cast: Cast, state: CardState) -> None:
    steps = labels(card_steps(card_in(cast, state), cast.hanh, is_closed=True))
    assert ASK not in steps
    assert "Năm đã chốt: học bạ sai thì làm gì" in steps


def test_what_the_department_refused_is_taken_back_even_then(cast: Cast) -> None:
    card = card_in(cast, CardState.REFUSED)
    assert TAKE_BACK in labels(card_steps(card, cast.hanh, is_closed=True))


@pytest.mark.parametrize(
    ("state", "slot"),
    [
        (CardState.CREATED, SlotKey.HOMEROOM),
        (CardState.HOMEROOM_SIGNED, SlotKey.LEADER),
        (CardState.LEADER_SIGNED, SlotKey.SEAL),
        (CardState.ISSUED, None),
        (CardState.DISCARDED, None),
    ],
)
def test_whose_turn_it_is(cast: Cast, state: CardState, slot: str | None) -> None:
    assert slot_in_turn(card_in(cast, state)) == slot


def test_a_successor_is_compared_with_what_it_supersedes(cast: Cast) -> None:
    old = card_in(cast, CardState.SUPERSEDED)
    new = saved_row(
        ReportCard, cast, state=CardState.ISSUED, payload=card_payload(), supersedes=old
    )
    assert COMPARE in labels(card_steps(new, cast.van, is_closed=False))


def test_the_page_of_signatures_is_asked_for_a_slot_and_a_class() -> None:
    assert sign_url(2026, SlotKey.SEAL).endswith("/2026/digital-cards/sign/?slot=seal")
    assert sign_url(2026, SlotKey.LEADER, class_pk=7).endswith("?slot=leader&classes=7")


def test_every_slot_and_every_step_of_delivery_has_a_label() -> None:
    assert set(SIGNING_LABELS) == set(SlotKey)
    assert len({str(label) for label in DELIVERY_LABELS.values()}) == 4


class TestOfAYear:
    def year(self, cast: Cast) -> SchoolYear:
        return SchoolYear.objects.select_related("school__department").get(pk=cast.school_year.pk)

    @pytest.mark.parametrize(
        ("role", "expected"),
        [
            ("hanh", ["Sổ chứng thư số", "Chốt học bạ năm học"]),
            ("phuc", ["Sổ chứng thư số", "Chốt học bạ năm học"]),
            ("van", ["Sổ chứng thư số"]),
            ("tam", []),
        ],
    )
    def test_each_role_has_its_own(self, cast: Cast, role: str, expected: list[str]) -> None:
        steps = year_steps(self.year(cast), getattr(cast, role), is_closed=False)
        assert labels(steps) == expected

    def test_a_closed_year_is_not_closed_again(self, cast: Cast) -> None:
        steps = year_steps(self.year(cast), cast.hanh, is_closed=True)
        assert labels(steps) == ["Sổ chứng thư số"]

    @pytest.mark.parametrize("role", ["van", "tam"])
    def test_numbers_of_the_department_are_recorded_by_the_office(
        self, cast: Cast, role: str
    ) -> None:
        Department.objects.filter(pk=cast.school.department_id).update(
            uuid_source=UuidSource.DEPARTMENT
        )
        steps = year_steps(self.year(cast), getattr(cast, role), is_closed=False)
        assert "Mã tra cứu do Sở cấp" in labels(steps)

    def test_waiting_signatures_stand_first(self, cast: Cast) -> None:
        card_in(cast, CardState.LEADER_SIGNED)
        steps = year_steps(self.year(cast), cast.van, is_closed=False)
        assert labels(steps)[0] == "Đóng dấu số và phát hành: 1 em"
        assert steps[0].variant == "primary"
