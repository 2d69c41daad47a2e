"""What each page of a digital card says at its foot: of which card it is, and how to check it."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Proof:
    """`digest` is that of the card's payload.

    `address` leads to the page that says whether the card is in force; it is empty where nobody
    outside reaches the installation.
    """

    lookup_code: str
    digest: str
    address: str = ""


def proof_of(lookup_code: str, digest: str, public_address: str) -> Proof:
    return Proof(lookup_code, digest, verification_address(lookup_code, public_address))


def verification_address(lookup_code: str, public_address: str) -> str:
    if not public_address:
        return ""
    return public_address.rstrip("/") + reverse("verify_card", args=[lookup_code])
