"""What xmlsec1, which shares no code with us, thinks of the signatures in cards."""

from pathlib import Path

import pytest
from lxml import etree

from reportcards.profiles import Slot
from reportcards.profiles.document import build_card
from reportcards.signing.demo_authority import DemoAuthority
from reportcards.signing.xmldsig import XMLDSIG, sign_card
from tests.reportcards.authorities import HOMEROOM, SIGNED_AT, V1_0, People, signed_card, signer_of
from tests.reportcards.cards import UUID, card_payload
from tests.reportcards.xmlsec import verifies

DS = {"ds": XMLDSIG}
OTHER_UUIDS = ("6fa459ea-ee8a-4ca4-894e-db77e160355e", "16fd2706-8baf-433b-82eb-8c7fada847da")

every_slot = pytest.mark.parametrize("slot", V1_0.slots, ids=lambda slot: slot.key)
every_key = pytest.mark.parametrize("holder", ["hanh", "phuc"], ids=["P-256", "RSA-2048"])


@pytest.fixture
def card() -> bytes:
    return build_card(card_payload(), V1_0)


def list_of(*cards: bytes) -> bytes:
    """As the school sends them to the department: cards below one root."""
    roots = [etree.fromstring(card) for card in cards]
    batch = etree.Element("DANH_SACH_HOC_BA", id="batch-1")
    batch.extend(roots)
    return etree.tostring(batch, xml_declaration=True, encoding="UTF-8")


@every_key
@every_slot
def test_xmlsec_believes_a_signature_in_each_slot_by_each_kind_of_key(
    card: bytes,
    slot: Slot,
    holder: str,
    people: People,
    demo_authority: DemoAuthority,
    tmp_path: Path,
):
    signer = signer_of(getattr(people, holder))
    signed = sign_card(card, slot, signer, personal_id="066175000011", signed_at=SIGNED_AT)
    file = tmp_path / "card.xml"
    file.write_bytes(signed)
    assert verifies(file, slot, demo_authority, uuid=UUID)


def test_xmlsec_believes_each_of_three_signatures_in_one_card(
    people: People, demo_authority: DemoAuthority, tmp_path: Path
):
    file = tmp_path / "card.xml"
    file.write_bytes(signed_card(people, card_payload()))
    assert all(verifies(file, slot, demo_authority, uuid=UUID) for slot in V1_0.slots)


def test_xmlsec_believes_all_nine_signatures_in_a_list_of_three_cards(
    people: People, demo_authority: DemoAuthority, tmp_path: Path
):
    uuids = (UUID, *OTHER_UUIDS)
    cards = [signed_card(people, card_payload(uuid=uuid)) for uuid in uuids]
    file = tmp_path / "cards.xml"
    file.write_bytes(list_of(*cards))
    believed = {
        (uuid, slot.key): verifies(file, slot, demo_authority, uuid=uuid)
        for uuid in uuids
        for slot in V1_0.slots
    }
    assert believed == dict.fromkeys(believed, True)
    assert len(believed) == 9


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Lê Minh Anh", "Lê Minh Ánh"),
        (">2027-05-31T09:00:00+07:00</SigningTime>", ">2027-05-30T09:00:00+07:00</SigningTime>"),
    ],
    ids=["data", "signing time"],
)
def test_xmlsec_finds_a_change_of_what_a_signature_covers(
    old: str, new: str, people: People, demo_authority: DemoAuthority, tmp_path: Path
):
    signed = signed_card(people, card_payload()).decode()
    assert old in signed
    file = tmp_path / "card.xml"
    file.write_text(signed.replace(old, new, 1))
    assert not verifies(file, HOMEROOM, demo_authority, uuid=UUID)


def test_a_signer_may_cover_parts_of_the_data(
    people: People, demo_authority: DemoAuthority, tmp_path: Path
):
    """As in the newer tree: the homeroom teacher signs one part, a subject teacher her scores."""
    parts = "".join(f'<PHAN Id="HB-{UUID}-{part}">{part}</PHAN>' for part in ("chung", "toan"))
    content = f'<HOC_BA><DU_LIEU_HOC_BA Id="HB-{UUID}">{parts}</DU_LIEU_HOC_BA></HOC_BA>'
    slot = Slot("gvbm", ("DANH_SACH_GVBM", "GVBM"), covers=("chung", "toan"))
    signed = sign_card(
        content.encode(), slot, signer_of(people.ngoc), personal_id=None, signed_at=SIGNED_AT
    )
    references = etree.fromstring(signed).findall(".//ds:Reference", DS)
    assert [each.get("URI") for each in references] == [
        f"#HB-{UUID}-chung",
        f"#HB-{UUID}-toan",
        f"#HB-{UUID}-gvbm-time",
    ]
    file = tmp_path / "card.xml"
    file.write_bytes(signed)
    assert verifies(file, slot, demo_authority, uuid=UUID, references=3)
    file.write_bytes(signed.replace(b">toan<", b">tieng_viet<"))
    assert not verifies(file, slot, demo_authority, uuid=UUID, references=3)
