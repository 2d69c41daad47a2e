"""Signatures judged by xmlsec1, which shares no code with what made them."""

import subprocess
from pathlib import Path

from reportcards.profiles import Slot
from reportcards.signing.demo_authority import DemoAuthority
from reportcards.signing.xmldsig import XMLDSIG
from tests.reportcards.authorities import pem

# By the clock of the machine the certificates of the tests may have expired.
ON_THE_DAY = "2027-06-01 00:00:00"


def verifies(
    card: Path, slot: Slot, authority: DemoAuthority, *, uuid: str, references: int = 2
) -> bool:
    """Whether xmlsec1 believes one signature in a file, from the demo authority's root."""
    root, issuer = card.with_suffix(".root.pem"), card.with_suffix(".issuer.pem")
    root.write_bytes(pem(authority.root.certificate))
    issuer.write_bytes(pem(authority.issuer.certificate))
    place = f"//*[@Id='HB-{uuid}-{slot.key}']"
    command = [
        "xmlsec1",
        "--verify",
        *("--id-attr:Id", "DU_LIEU_HOC_BA"),
        *("--id-attr:Id", "PHAN"),
        *("--id-attr:Id", f"{XMLDSIG}:SignatureProperty"),
        *("--node-xpath", place),
        *("--trusted-pem", root),
        *("--untrusted-pem", issuer),
        *("--verification-gmt-time", ON_THE_DAY),
        card,
    ]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    is_believed = finished.returncode == 0
    counted = f"SignedInfo References (ok/all): {references}/{references}"
    assert not is_believed or counted in finished.stderr
    return is_believed
