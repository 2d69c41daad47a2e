"""What each page of a digital card says at its foot: of which card it is, and how to check it."""

import io
from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Proof:
    """`digest` is that of the card's payload; `address` is empty where nobody outside reaches us.

    The address leads to the page that says whether the card is in force.
    """

    lookup_code: str
    digest: str
    address: str = ""

    @property
    def qr(self) -> SafeString:
        """The address as vectors, to stand in the HTML of the page; empty without one."""
        if not self.address:
            return SafeString()
        drawn = io.BytesIO()
        code = segno.make(self.address, error="m", micro=False)
        code.save(drawn, kind="svg", border=0, omitsize=True, xmldecl=False, svgns=True)
        return mark_safe(drawn.getvalue().decode())  # noqa: S308  segno's own drawing


def verification_address(public_address: str, lookup_code: str) -> str:
    """Empty without a public address."""
    return f"{public_address.rstrip('/')}/verify/{lookup_code}/" if public_address else ""


def proof_of(lookup_code: str, digest: str, public_address: str) -> Proof:
    return Proof(lookup_code, digest, verification_address(public_address, lookup_code))
