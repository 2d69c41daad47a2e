"""Pages of withdrawals, copies and guardians that are read in English."""

from django.urls import reverse

from reportcards.models import CertifiedCopy, ReportCard
from tests import digital_card_pages_withdraw as pages
from tests.cast import Cast
from tests.english_readings import Address, Reading, at, named


def of_card(name: str) -> Address:
    """Of the card that was made first."""
    return named(name, lambda cast: reverse(name, args=[ReportCard.objects.earliest("pk").uuid]))


def of_copy(name: str) -> Address:
    return named(name, lambda cast: reverse(name, args=[CertifiedCopy.objects.get().pk]))


def of_child(cast: Cast) -> str:
    return reverse("child_cards", args=[cast.anh.student_id])


WITHDRAWAL_READINGS = [
    Reading("hanh", of_card("request_withdrawal"), pages.an_issued_card),
    Reading("hanh", of_card("request_withdrawal"), pages.a_withdrawn_card),
    Reading("van", of_card("decide_withdrawal"), pages.a_request),
    Reading("hanh", of_card("decide_withdrawal"), pages.a_request),
    Reading("ngoc", of_card("decide_withdrawal"), pages.a_request),
    Reading("hanh", of_card("take_back_card"), pages.a_refused_card),
    Reading("hanh", of_card("replace_card"), pages.a_withdrawn_card),
    Reading("tam", of_card("replace_card"), pages.a_withdrawn_card),
    Reading("van", of_card("replace_card"), pages.a_replaced_card),
    Reading("tam", of_card("correct_pupil"), pages.a_withdrawn_card),
    Reading("hanh", of_card("card_difference"), pages.a_replaced_card),
    Reading("van", at("copies")),
    Reading("van", at("copies"), pages.a_copy),
    Reading("van", of_card("give_copy"), pages.an_issued_card),
    Reading("van", of_copy("given_copy"), pages.a_copy),
    Reading("hoa", of_child),
    Reading("hoa", of_child, pages.an_issued_card),
    Reading("hoa", of_child, pages.a_replaced_card),
    Reading("van", at("desk"), pages.a_request),
    Reading("hanh", at("desk"), pages.a_request),
]
