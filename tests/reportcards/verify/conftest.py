import datetime

import pytest
from cryptography import x509

from reportcards.signing.demo_authority import DemoAuthority
from reportcards.signing.revocations import RevocationList
from reportcards.signing.trust import TrustStore
from reportcards.verify import Grounds
from tests.reportcards.authorities import SIGNED_AT, People, signed_card
from tests.reportcards.cards import card_payload


@pytest.fixture(scope="session")
def card(people: People) -> bytes:
    """Of Lê Minh Anh, signed by Ms Ngọc and Ms Hạnh, sealed by Kim Đồng."""
    return signed_card(people, card_payload())


@pytest.fixture(scope="session")
def grounds(demo_authority: DemoAuthority, empty_crl: x509.CertificateRevocationList) -> Grounds:
    """A week after the signing, with the demo authority and a list that revokes nobody."""
    root, issuer = demo_authority.certificates
    return Grounds(
        trust=TrustStore((root,), (issuer,)),
        at=SIGNED_AT + datetime.timedelta(days=7),
        crls=(RevocationList(empty_crl),),
        accepts_demo=True,
    )
