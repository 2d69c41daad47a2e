"""The permission matrix's lines for signing many cards."""

from reportcards.models import KeyPlace, ReportCard, SigningRun, SigningTask, SlotKey
from reportcards.signing.demo_authority import issue_for_person, make_authority
from tests.pages import get, post
from tests.reportcards.authorities import IN_SEPTEMBER
from tests.reportcards.digital_cards import register
from tests.rows import saved_row


def the_year(cast):
    return {"first_year": 2026}


def a_run(cast, key_place=KeyPlace.REMOTE):
    """Of Ms Ngọc, whose key lies elsewhere if nothing else is said."""
    authority = make_authority(at=IN_SEPTEMBER)
    issued = issue_for_person(
        authority, cast.ngoc.full_name, cast.ngoc.personal_id, cast.school.name, at=IN_SEPTEMBER
    )
    certificate = register(cast, cast.ngoc, issued, authority, key_place=key_place)
    run = SigningRun.objects.create(
        school=cast.school, slot=SlotKey.HOMEROOM, certificate=certificate, signer=cast.ngoc
    )
    SigningTask.objects.create(run=run, report_card=saved_row(ReportCard, cast))
    return {"pk": run.pk}


def a_card_in_making(cast):
    """Ms Ngọc's to sign, but the results that it was made from are no longer those in force."""
    saved_row(ReportCard, cast)


RUN_PAGES = [
    # In January nobody has a card to sign
    get("sign_cards", "hanh phuc ngoc van", the_year, except_for={"quang": 200}),
    post("sign_cards", "hanh phuc ngoc van", the_year, answer=422, except_for={"quang": 422}),
    # A run is of whoever began it
    get("signing_run", "ngoc", a_run),
    get("run_progress", "ngoc", a_run),
    post("sign_next", "ngoc", a_run),
    post("retry_run", "ngoc", a_run),
    post("resume_run", "ngoc", a_run),
    post("cancel_run", "ngoc", a_run),
    get("prepare_signatures", "ngoc", a_run),
    post("prepare_signatures", "ngoc", a_run),
    post("complete_signature", "ngoc", a_run),
]
