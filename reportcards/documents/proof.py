"""What each page of a digital card says at its foot: of which card it is, and how to check it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Proof:
    """`digest` is that of the card's payload.

    `address` leads to the page that says whether the card is in force; it is empty where nobody
    outside reaches the installation.
    """

    lookup_code: str
    digest: str
    address: str = ""
