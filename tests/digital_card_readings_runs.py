"""Pages of signing many cards that are read in English, and what was arranged before."""

from django.urls import reverse

from reportcards.models import KeyPlace, SigningRun, SigningTask, TaskState
from tests import digital_card_pages_runs as pages
from tests.cast import Cast
from tests.english_readings import Address, Reading, named


def of_year(name: str) -> Address:
    return named(name, lambda cast: reverse(name, args=[2026]))


def of_run(name: str) -> Address:
    return named(name, lambda cast: reverse(name, args=[SigningRun.objects.get().pk]))


def a_run_of_a_typed_secret(cast: Cast) -> None:
    pages.a_run(cast, key_place=KeyPlace.PKCS12)


def a_run_of_a_token(cast: Cast) -> None:
    pages.a_run(cast, key_place=KeyPlace.PKCS11)


def a_failed_run(cast: Cast) -> None:
    pages.a_run(cast)
    SigningTask.objects.update(state=TaskState.FAILED, refusal="Token bị rút ra.")


def a_signed_run(cast: Cast) -> None:
    pages.a_run(cast)
    SigningTask.objects.update(state=TaskState.SIGNED)


def a_cancelled_run(cast: Cast) -> None:
    pages.a_run(cast)
    SigningTask.objects.update(state=TaskState.CANCELLED)
    SigningRun.objects.update(cancelled_at=pages.IN_SEPTEMBER, cancelled_by=cast.ngoc.user)


RUN_READINGS = [
    Reading("ngoc", of_year("sign_cards")),
    Reading("hanh", of_year("sign_cards")),
    Reading("van", of_year("sign_cards")),
    Reading("ngoc", of_year("sign_cards"), pages.a_card_in_making),
    Reading("ngoc", of_run("signing_run"), pages.a_run),
    Reading("ngoc", of_run("signing_run"), a_run_of_a_typed_secret),
    Reading("ngoc", of_run("signing_run"), a_run_of_a_token),
    Reading("ngoc", of_run("signing_run"), a_failed_run),
    Reading("ngoc", of_run("signing_run"), a_signed_run),
    Reading("ngoc", of_run("signing_run"), a_cancelled_run),
]
