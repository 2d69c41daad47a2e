"""Where whoever holds a printed card finds out whether it counts."""

from django.urls import reverse

from reportcards.documents.proof import Proof


def proof_of(lookup_code: str, digest: str, public_address: str) -> Proof:
    return Proof(lookup_code, digest, verification_address(lookup_code, public_address))


def verification_address(lookup_code: str, public_address: str) -> str:
    if not public_address:
        return ""
    return public_address.rstrip("/") + reverse("verify_card", args=[lookup_code])
