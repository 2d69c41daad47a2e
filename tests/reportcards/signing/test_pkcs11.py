"""Signing with a token: SoftHSM 2 through its PKCS#11 library."""

import logging
import traceback
from pathlib import Path

import pytest

from reportcards.profiles.document import build_card
from reportcards.signing.demo_authority import DemoAuthority
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.signature_values import check_signature_value
from reportcards.signing.signers import Pkcs11Signer
from reportcards.signing.xmldsig import sign_card
from reportcards.signing_sentences import sentence_of
from tests.reportcards.authorities import LEADER, SEAL, SIGNED_AT, V1_0, People
from tests.reportcards.cards import UUID, card_payload
from tests.reportcards.tokens import MODULE, PIN, SoftToken, TokenShelf
from tests.reportcards.xmlsec import verifies

WRONG_PIN = "918273"


def opened(token: SoftToken, **changes: object) -> Pkcs11Signer:
    given = {"module": token.module, "token_label": token.label, "pin": token.pin}
    return Pkcs11Signer.open(**(given | changes))  # type: ignore[arg-type]


def refusal(token: SoftToken, **changes: object) -> str:
    with pytest.raises(SigningRefused) as refused:
        opened(token, **changes)
    assert sentence_of(refused.value.refusal)
    return refused.value.code


@pytest.mark.parametrize("holder", ["hanh", "seal"], ids=["P-256", "RSA-2048"])
def test_xmlsec_believes_what_a_token_signed(
    holder: str, token: SoftToken, people: People, demo_authority: DemoAuthority, tmp_path: Path
):
    token.hold(getattr(people, holder), "ký số", b"\x01")
    slot = SEAL if holder == "seal" else LEADER
    card = build_card(card_payload(), V1_0)
    with opened(token) as signer:
        signed = sign_card(card, slot, signer, personal_id="066175000011", signed_at=SIGNED_AT)
    file = tmp_path / "card.xml"
    file.write_bytes(signed)
    assert verifies(file, slot, demo_authority, uuid=UUID)


def test_one_session_signs_many_messages(token: SoftToken, people: People):
    token.hold(people.hanh, "ký số", b"\x01")
    messages = [f"card {number}".encode() for number in range(50)]
    with opened(token) as signer:
        values = [signer.sign(message) for message in messages]
    for message, value in zip(messages, values, strict=True):
        check_signature_value(people.hanh.certificate, value, message)


def test_the_certificate_is_the_one_beside_the_key(token: SoftToken, people: People):
    token.hold(people.ngoc, "cô Ngọc", b"\x01")
    token.hold(people.hanh, "cô Hạnh", b"\x02")
    with opened(token, key_label="cô Hạnh") as signer:
        assert signer.certificate == people.hanh.certificate


@pytest.mark.parametrize(
    ("chosen", "holder"), [({"key_id": b"\x01"}, "ngoc"), ({"key_label": "cô Hạnh"}, "hanh")]
)
def test_a_key_is_chosen_by_its_id_or_its_label(
    token: SoftToken, people: People, chosen: dict[str, object], holder: str
):
    token.hold(people.ngoc, "cô Ngọc", b"\x01")
    token.hold(people.hanh, "cô Hạnh", b"\x02")
    with opened(token, **chosen) as signer:
        assert signer.certificate == getattr(people, holder).certificate
        value = signer.sign(b"message")
    check_signature_value(getattr(people, holder).certificate, value, b"message")


def test_refuses_to_choose_between_two_keys(token: SoftToken, people: People):
    token.hold(people.ngoc, "cô Ngọc", b"\x01")
    token.hold(people.hanh, "cô Hạnh", b"\x02")
    assert refusal(token) == "several_keys"


def test_refuses_a_token_without_a_key(token: SoftToken):
    assert refusal(token) == "key_missing"


def test_refuses_a_label_that_no_key_has(token: SoftToken, people: People):
    token.hold(people.ngoc, "cô Ngọc", b"\x01")
    assert refusal(token, key_label="cô Hạnh") == "key_missing"


def test_refuses_a_key_without_its_certificate(token: SoftToken, people: People):
    token.hold(people.ngoc, "cô Ngọc", b"\x01", certificate=False)
    assert refusal(token) == "no_certificate"


def test_refuses_a_key_with_two_certificates(token: SoftToken, people: People):
    token.hold(people.ngoc, "cô Ngọc", b"\x01")
    token.hold(people.hanh, "cô Hạnh", b"\x01")
    assert refusal(token, key_label="cô Ngọc") == "several_certificates"


@pytest.mark.parametrize("pin", [WRONG_PIN, "1", "", "9" * 300])
def test_refuses_a_wrong_pin(token: SoftToken, people: People, pin: str):
    token.hold(people.ngoc, "cô Ngọc", b"\x01")
    assert refusal(token, pin=pin) == "wrong_pin"


def test_refuses_a_token_that_is_not_there(token: SoftToken):
    assert refusal(token, token_label="Le Loi") == "token_missing"


@pytest.mark.parametrize("module", ["/nowhere/libtoken.so", __file__])
def test_refuses_a_library_that_is_not_there(token: SoftToken, module: str):
    with pytest.raises(SigningRefused) as refused:
        opened(token, module=module)
    assert refused.value.refusal.code == "module_missing"
    assert refused.value.refusal.params == {"module": module}


def test_refuses_a_second_signer_whose_pin_the_token_would_not_ask_for(
    token: SoftToken, people: People
):
    token.hold(people.ngoc, "cô Ngọc", b"\x01")
    with opened(token):
        assert refusal(token, pin=WRONG_PIN) == "token_busy"


def test_closing_logs_out(token: SoftToken, people: People):
    token.hold(people.ngoc, "cô Ngọc", b"\x01")
    opened(token).close()
    assert refusal(token, pin=WRONG_PIN) == "wrong_pin"


def test_a_refused_signer_leaves_the_token_free(token: SoftToken, people: People):
    token.hold(people.ngoc, "cô Ngọc", b"\x01")
    assert refusal(token, key_label="cô Hạnh") == "key_missing"
    opened(token).close()


def test_refuses_to_sign_when_the_token_is_gone(
    token: SoftToken, people: People, token_shelf: TokenShelf
):
    token.hold(people.ngoc, "cô Ngọc", b"\x01")
    signer = opened(token)
    token_shelf.add()  # initialises the library again: every session ends, as when it is pulled out
    with pytest.raises(SigningRefused) as refused:
        signer.sign(b"message")
    assert refused.value.code == "token_missing"
    signer.close()


@pytest.mark.parametrize("pin", [PIN, WRONG_PIN])
def test_the_pin_stands_in_no_text(
    pin: str, token: SoftToken, people: People, caplog: pytest.LogCaptureFixture
):
    token.hold(people.ngoc, "cô Ngọc", b"\x01")
    shown = []
    with caplog.at_level(logging.DEBUG):
        try:
            with opened(token, pin=pin) as signer:
                shown += [repr(signer), str(signer), repr(vars(signer))]
                opened(token, pin=pin)
        except SigningRefused as error:
            shown += [repr(error), str(error), *traceback.format_exception(error)]
            shown += [repr(error.refusal), repr(error.__cause__), repr(error.__context__)]
    assert shown
    assert not any(pin in text for text in [*shown, caplog.text])


def test_softhsm_is_what_these_tests_sign_with():
    assert Path(MODULE).exists(), "softhsm2 is missing: make setup-dev installs it"
