"""Signing 1,000 cards in their three slots with keys from PKCS#12 files.

The time holds opening the files and, for each signature, reading the card, building the
signature, checking its value with the certificate's key and writing the card. A database is not
needed: --database-url is taken because every benchmark takes it.
"""

import argparse
import datetime
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from benchmarks.figures import Figure, report, seconds
from reportcards.profiles import get_profile
from reportcards.profiles.document import build_card
from reportcards.signing.demo_authority import (
    DemoAuthority,
    KeyKind,
    as_pkcs12,
    issue_for_person,
    issue_for_school,
    make_authority,
)
from reportcards.signing.signers import Pkcs12Signer
from reportcards.signing.xmldsig import sign_card
from tests.reportcards.cards import COMMON, card_payload

CARDS = 1000
PROCESSES = 2
AT_MOST = 10
KINDS: tuple[KeyKind, ...] = ("RSA-2048", "P-256")
PASSPHRASE = "benchmark"  # noqa: S105
SIGNED_AT = datetime.datetime(2027, 5, 31, 2, tzinfo=datetime.UTC)
PROFILE = get_profile("v1.0")


@dataclass(frozen=True)
class KeyFiles:
    """Of the homeroom teacher, the leader and the school; a process opens them for itself."""

    containers: tuple[bytes, bytes, bytes]

    def open(self) -> list[Pkcs12Signer]:
        return [Pkcs12Signer.open(each, PASSPHRASE) for each in self.containers]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database-url", help="not used")
    parser.parse_args()
    cards = make_cards(CARDS)
    report(Figure("signing_card_size", len(cards[0]) / 1024, "KiB"))
    for kind in KINDS:
        measure(kind, cards)


def measure(kind: KeyKind, cards: list[bytes]) -> None:
    files = make_key_files(kind)
    name = f"signing_{len(cards)}_cards_{kind.lower().replace('-', '_')}"
    begun = time.process_time()
    report(Figure(f"{name}_one_process", timed(partial(sign_cards, files, cards)), "s", AT_MOST))
    report(Figure(f"{name}_one_process_processor", time.process_time() - begun, "s"))
    shared = timed(partial(sign_in_processes, files, cards))
    report(Figure(f"{name}_{PROCESSES}_processes", shared, "s", AT_MOST))


def timed(work: Callable[[], list[bytes]]) -> float:
    signed: list[bytes] = []
    took = seconds(lambda: signed.extend(work()))
    check_signed(signed)
    return took


def sign_cards(files: KeyFiles, cards: list[bytes]) -> list[bytes]:
    """Slot after slot, as the people sign: all cards in one slot, then in the next."""
    for slot, signer in zip(PROFILE.slots, files.open(), strict=True):
        cards = [
            sign_card(card, slot, signer, personal_id="066175000011", signed_at=SIGNED_AT)
            for card in cards
        ]
    return cards


def sign_in_processes(files: KeyFiles, cards: list[bytes]) -> list[bytes]:
    parts = [cards[first::PROCESSES] for first in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES) as pool:
        return [card for part in pool.map(partial(sign_cards, files), parts) for card in part]


def check_signed(cards: list[bytes]) -> None:
    unsigned = [card for card in cards if card.count(b"</SignatureValue>") != len(PROFILE.slots)]
    if unsigned:
        raise SystemExit(f"{len(unsigned)} cards are not signed in every slot")


def make_cards(count: int) -> list[bytes]:
    return [build_card(card_payload(uuid=str(uuid.uuid4())), PROFILE) for _ in range(count)]


def make_key_files(kind: KeyKind) -> KeyFiles:
    authority = make_authority(at=SIGNED_AT)
    school = COMMON["school"]

    def person(role: str) -> bytes:
        signer = COMMON[role]
        issued = issue_for_person(
            authority,
            signer["full_name"],
            signer["personal_id"],
            school["name"],
            at=SIGNED_AT,
            key_kind=kind,
        )
        return as_pkcs12(issued, authority, PASSPHRASE)

    return KeyFiles((person("homeroom_signer"), person("leader"), seal(authority, kind)))


def seal(authority: DemoAuthority, kind: KeyKind) -> bytes:
    school = COMMON["school"]
    issued = issue_for_school(
        authority, school["name"], school["ministry_code"], at=SIGNED_AT, key_kind=kind
    )
    return as_pkcs12(issued, authority, PASSPHRASE)


if __name__ == "__main__":
    main()
