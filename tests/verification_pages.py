"""The permission matrix's lines for the public verification: everybody, also without a log-in."""

from tests.pages import ANYBODY, get, post
from tests.reportcards.cards import UUID


def a_number(cast):
    return {"uuid": UUID}


VERIFICATION_PAGES = [
    get("verify", ANYBODY),
    post("verify", ANYBODY, answer=422),  # an empty form comes back
    get("verify_card", ANYBODY, a_number),
    get("verify_file", ANYBODY, answer=302),  # only a file has an answer
    post("verify_file", ANYBODY, answer=422),
]
