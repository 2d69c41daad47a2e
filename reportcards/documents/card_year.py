"""A digital card's year on the ministry's paper form."""

from dataclasses import replace

from reportcards.documents.paper_form import Payload, YearPages, YearState, year_pages
from reportcards.documents.proof import Proof


def card_pages(payload: Payload, proof: Proof | None = None) -> YearPages:
    """Who signs and when stand elsewhere in a card than in a sign-off."""
    of_a_sign_off = payload | {
        "homeroom_teacher": _homeroom_teacher(payload),
        "signed_by": payload["leader"],
        "signed_at": payload["issued_on"],
    }
    year = year_pages(of_a_sign_off, state=YearState.SIGNED_OFF, place=payload["place_of_issue"])
    return replace(year, proof=proof)


def _homeroom_teacher(payload: Payload) -> str:
    """As in the XML her own name stands, also where a leader confirms in her place (Đ14.7)."""
    signer = payload["homeroom_signer"]
    if signer is None:
        return ""
    if signer["stands_in_for"]:
        return f"{signer['stands_in_for']} (lãnh đạo trường xác nhận thay)"
    return str(signer["full_name"])
