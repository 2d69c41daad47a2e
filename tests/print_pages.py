"""The permission matrix's lines for printing, and the runs that are read in English."""

import datetime

from django.urls import reverse
from django.utils import timezone

from reportcards.models import (
    DocumentKind,
    PrintedDocument,
    PrintOutput,
    PrintPart,
    PrintRun,
    Rendering,
    RenderingState,
)
from tests.cast import Cast
from tests.english_readings import Address, Reading, named
from tests.pages import get, post

DIGEST = "0" * 64


def a_print(cast: Cast, **fields: object) -> dict[str, int]:
    """Of Ms Vân, the clerk: Anh's year, which waits to be laid out."""
    rendering = Rendering.objects.create(
        school=cast.school,
        kind=DocumentKind.YEAR,
        enrollment=cast.anh,
        content={"payload": {}},
        content_digest=DIGEST,
    )
    run = PrintRun.objects.create(
        school=cast.school,
        document=PrintedDocument.YEAR,
        output=PrintOutput.BOTH,
        title="Học bạ lớp 4A, 2026-2027",
        started_by=cast.van.user,
        **fields,
    )
    PrintPart.objects.create(run=run, position=1, rendering=rendering)
    return {"pk": run.pk}


def a_file_of_a_print(cast: Cast) -> dict[str, object]:
    return {**a_print(cast), "kind": "merged"}


def a_silent_print(cast: Cast) -> None:
    a_print(cast)


def a_finished_print(cast: Cast) -> None:
    now = timezone.now()
    day = datetime.timedelta(days=1)
    a_print(
        cast, finished_at=now, expires_at=now + day, merged_name="a.pdf", originals_name="a.zip"
    )
    Rendering.objects.update(
        state=RenderingState.READY, name="y.pdf", digest=DIGEST, page_count=2, settled_at=now
    )


def a_print_with_a_failure(cast: Cast) -> None:
    now = timezone.now()
    a_print(cast, finished_at=now, expires_at=now, merged_name="a.pdf")
    Rendering.objects.update(
        state=RenderingState.FAILED, refusal="Comment of Lê Minh Anh", settled_at=now
    )


def a_gone_print(cast: Cast) -> None:
    then = timezone.now() - datetime.timedelta(days=2)
    a_print(cast, finished_at=then, expires_at=then + datetime.timedelta(days=1))
    Rendering.objects.update(
        state=RenderingState.READY, name="y.pdf", digest=DIGEST, page_count=2, settled_at=then
    )


def a_cancelled_print(cast: Cast) -> None:
    a_print(cast, cancelled_at=timezone.now(), cancelled_by=cast.van.user)


PRINT_PAGES = [
    # Who prints a pupil's card prints the class's; the office also grades and the school
    get("print_cards", "hanh phuc ngoc tam van", except_for={"quang": 200}),
    post("print_cards", "hanh phuc ngoc tam van", answer=422, except_for={"quang": 422}),
    get("print_runs", "hanh phuc ngoc binh suong tam van kien", except_for={"quang": 200}),
    # A print is of whoever began it
    get("print_run", "van", a_print),
    get("print_run_progress", "van", a_print),
    get("print_run_file", "van", a_file_of_a_print, answer=302),
    post("cancel_print", "van", a_print),
    post("retry_print", "van", a_print),
    post("resume_print", "van", a_print),
]


def of_choice(query: str = "") -> Address:
    return named("print_cards", lambda cast: f"{reverse('print_cards')}{query}")


def of_print() -> Address:
    return named("print_run", lambda cast: reverse("print_run", args=[PrintRun.objects.get().pk]))


PRINT_READINGS = [
    Reading("van", of_choice()),
    Reading("van", of_choice("?whom=school&document=year")),
    Reading("van", of_choice("?whom=school&document=display")),
    Reading("ngoc", of_choice("?document=report")),
    Reading("van", named("print_runs", lambda cast: reverse("print_runs"))),
    Reading("van", named("print_runs", lambda cast: reverse("print_runs")), a_finished_print),
    Reading("van", of_print(), a_silent_print),
    Reading("van", of_print(), a_finished_print),
    Reading("van", of_print(), a_print_with_a_failure),
    Reading("van", of_print(), a_gone_print),
    Reading("van", of_print(), a_cancelled_print),
]
