"""What is measured of signing is what people do: three keys, three slots, every card."""

import pytest
from lxml import etree

from benchmarks import signing
from reportcards.signing.certificates import personal_id
from reportcards.signing.demo_authority import KeyKind
from reportcards.signing.xmldsig import XMLDSIG

TWO = 2


@pytest.fixture(scope="module")
def cards() -> list[bytes]:
    return signing.make_cards(TWO)


@pytest.mark.parametrize("kind", signing.KINDS)
def test_every_card_is_signed_in_every_slot(cards: list[bytes], kind: KeyKind) -> None:
    signed = signing.sign_cards(signing.make_key_files(kind), cards)
    for card in signed:
        values = etree.fromstring(card).iter(f"{{{XMLDSIG}}}SignatureValue")
        assert [bool(value.text) for value in values] == [True] * 3
    signing.check_signed(signed)


def test_each_card_has_a_uuid_of_its_own(cards: list[bytes]) -> None:
    ids = {etree.fromstring(card)[0].get("Id") for card in cards}
    assert len(ids) == TWO


def test_three_people_sign_each_with_a_key_of_their_own() -> None:
    signers = signing.make_key_files("P-256").open()
    numbers = [personal_id(signer.certificate) for signer in signers]
    assert numbers == ["066185000022", "066175000011", None]
    assert len({signer.certificate.public_key().public_numbers() for signer in signers}) == 3  # type: ignore[union-attr]


def test_processes_sign_the_same_cards(cards: list[bytes]) -> None:
    signed = signing.sign_in_processes(signing.make_key_files("P-256"), cards)
    ids = [etree.fromstring(card)[0].get("Id") for card in (*cards, *signed)]
    assert sorted(ids[:TWO]) == sorted(ids[TWO:])


def test_a_card_that_is_not_signed_is_no_measurement(cards: list[bytes]) -> None:
    with pytest.raises(SystemExit, match="2 cards are not signed"):
        signing.check_signed(cards)


def test_the_figures_have_their_goals(
    cards: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    signing.measure("P-256", cards)
    lines = capsys.readouterr().out.splitlines()
    assert ["signing_2_cards_p_256" in line for line in lines] == [True] * 3
    assert ['"goal": 10' in line for line in lines] == [True, False, True]
