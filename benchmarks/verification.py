"""Verifying cards offline: how many a second, and whether each changed bit is found.

A card has three signatures; each verification reads the file anew, and checks structure,
digests, values, people, chains and revocation; of a PDF also its updates, what it holds besides,
and each letter of its pages. The cards of a second are those of both cores.
"""

import argparse
import os
import random
import time
from datetime import timedelta
from hashlib import sha256
from multiprocessing import get_context
from typing import Any

import django

from benchmarks.figures import Figure, peak_memory_in_mib, report
from reportcards.signing.demo_authority import (
    DemoAuthority,
    Issued,
    issue_for_person,
    issue_for_school,
    make_authority,
    make_crl,
)
from reportcards.signing.revocations import RevocationList
from reportcards.signing.trust import TrustStore
from reportcards.verify import Archived, Grounds, verify_file
from tests.reportcards.authorities import IN_SEPTEMBER, SIGNED_AT, People, signed_card
from tests.reportcards.cards import COMMON, card_payload
from tests.reportcards.verify.changes import flipped, places_of_bits

CORES = 2
CARDS = 400
ROUNDS = 5
CHANGES = 10_000
CARDS_A_SECOND = 250
PDFS = 40
PDF_CHANGES = 10  # as many fewer changes of a PDF as of an XML: its file is three times as long
SEED = 2027
AUTHORITY = make_authority(at=IN_SEPTEMBER)
GROUNDS = Grounds(
    trust=TrustStore((AUTHORITY.root.certificate,), (AUTHORITY.issuer.certificate,)),
    at=SIGNED_AT + timedelta(days=7),
    crls=(RevocationList(make_crl(AUTHORITY.issuer, number=1, at=SIGNED_AT)),),
    accepts_demo=True,
)


def main() -> None:
    options = read_options()
    set_up()
    cards, pdf = signed_cards(AUTHORITY), signed_pdf(AUTHORITY)
    with get_context("fork").Pool(CORES) as pool:  # certificates do not travel otherwise
        report_speed(pool, cards)
        report_changes(pool, cards[0], options.changes)
        report_pdf(pool, pdf, options.changes // PDF_CHANGES)
    report(Figure("verification_memory", peak_memory_in_mib(), "MiB"))


def set_up() -> None:
    """For laying out the pages; verifying needs no Django."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "hocba.settings", "HOCBA_MODE": "development"}
    django.setup()


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=CHANGES, help="bits that are changed")
    return parser.parse_args()


def report_speed(pool: Any, cards: list[bytes]) -> None:
    """By the clock, and by the processor's time, of which a busy machine gives less."""
    halves = [cards[::CORES], cards[1::CORES]]
    pool.map(seconds_of, halves)  # what is made once is made
    started = time.perf_counter()
    spent = sum(sum(pool.map(seconds_of, halves)) for _ in range(ROUNDS))
    clock = time.perf_counter() - started
    count = ROUNDS * len(cards)
    report(Figure("verification_clock", count / clock, "cards/s", at_least=CARDS_A_SECOND))
    processor = CORES * count / spent
    report(Figure("verification_processor", processor, "cards/s", at_least=CARDS_A_SECOND))


def report_changes(pool: Any, card: bytes, count: int) -> None:
    """Of data node and slots without the archive, and of the whole file with it."""
    chance = random.Random(SEED)  # noqa: S311
    offline = chance.sample(places_of_bits(card), count)
    anywhere = chance.sample(range(8 * len(card)), count)
    for name, finds, places in (
        ("offline", finds_offline, offline),
        ("archive", finds_with_archive, anywhere),
    ):
        jobs = [(card, place) for place in places]
        found = sum(pool.starmap(finds, jobs, chunksize=250))
        report(Figure(f"verification_changes_found_{name}", found, "bits", at_least=count))


def report_pdf(pool: Any, pdf: bytes, count: int) -> None:
    """Each changed bit has to be found without the archive: there is none that nothing covers."""
    halves = [[pdf] * (PDFS // CORES)] * CORES
    pool.map(seconds_of, halves)
    processor = CORES * PDFS / sum(pool.map(seconds_of, halves))
    report(Figure("pdf_verification_processor", processor, "cards/s"))
    places = random.Random(SEED).sample(range(8 * len(pdf)), count)  # noqa: S311
    jobs = [(pdf, place) for place in places]
    found = sum(pool.starmap(finds_offline, jobs, chunksize=25))
    report(Figure("pdf_verification_changes_found_offline", found, "bits", at_least=count))


def seconds_of(cards: list[bytes]) -> float:
    """Of the processor, for verifying cards that are all valid."""
    started = time.process_time()
    if not all(verify_file(card, GROUNDS).is_valid for card in cards):
        raise RuntimeError("a card that nobody has changed is not valid")
    return time.process_time() - started


def finds_offline(card: bytes, place: int) -> bool:
    return not verify_file(flipped(card, place), GROUNDS).is_valid


def finds_with_archive(card: bytes, place: int) -> bool:
    archived = Archived(sha256(card).hexdigest())
    return not verify_file(flipped(card, place), GROUNDS, lambda _uuid: archived).is_valid


def signed_cards(authority: DemoAuthority) -> list[bytes]:
    people = people_of(authority)
    return [
        signed_card(people, card_payload(uuid=f"123e4567-e89b-42d3-a456-{number:012x}"))
        for number in range(CARDS)
    ]


def signed_pdf(authority: DemoAuthority) -> bytes:
    from tests.reportcards.verify.pdfs import Signing, laid_out  # needs Django that is set up

    return Signing(people_of(authority), authority).all_three(laid_out())


def people_of(authority: DemoAuthority) -> People:
    """The seal's key is RSA, the others' P-256."""
    school, ngoc, hanh = COMMON["school"], COMMON["homeroom_signer"], COMMON["leader"]

    def person(signer: dict[str, str]) -> Issued:
        name, identifier = signer["full_name"], signer["personal_id"]
        return issue_for_person(authority, name, identifier, school["name"], at=IN_SEPTEMBER)

    seal = issue_for_school(
        authority, school["name"], school["ministry_code"], at=IN_SEPTEMBER, key_kind="RSA-2048"
    )
    return People(ngoc=person(ngoc), hanh=person(hanh), phuc=person(hanh), seal=seal)


if __name__ == "__main__":
    main()
