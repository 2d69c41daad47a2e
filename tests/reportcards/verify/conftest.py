import datetime

import pytest
from cryptography import x509

from reportcards.signing.demo_authority import DemoAuthority
from reportcards.signing.revocations import RevocationList
from reportcards.signing.trust import TrustStore
from reportcards.verify import Grounds
from tests.reportcards.authorities import SIGNED_AT, People, signed_card
from tests.reportcards.cards import card_payload
from tests.reportcards.verify.pdfs import Signing, laid_out


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


@pytest.fixture(scope="session")
def signing(people: People, demo_authority: DemoAuthority) -> Signing:
    return Signing(people, demo_authority)


@pytest.fixture(scope="session")
def base() -> bytes:
    """The display form of Lê Minh Anh's card, which nobody has signed."""
    return laid_out()


@pytest.fixture(scope="session")
def pdf(base: bytes, signing: Signing) -> bytes:
    """The same, signed and sealed in the same acts as `card`."""
    return signing.all_three(base)
