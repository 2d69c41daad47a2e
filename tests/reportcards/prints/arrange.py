"""Print runs of class 4A, as people and the worker bring them about."""

import io
from collections.abc import Sequence
from contextlib import closing
from zipfile import ZipFile

from reportcards import actions
from reportcards.models import PrintedDocument, PrintOutput, PrintRun, Rendering, RenderingState
from reportcards.prints.contents import PrintOrder
from reportcards.prints.taking import file_of
from schools.models import StaffMember
from students.models import Enrollment
from tests.cast import Cast
from tests.reportcards.digital_cards import pupils_of

TITLE = "Học bạ số lớp 4A, 2026-2027"


def order_of(
    cast: Cast,
    *,
    document: PrintedDocument = PrintedDocument.DISPLAY,
    output: PrintOutput = PrintOutput.MERGED,
    enrollments: Sequence[Enrollment] | None = None,
    period: str = "",
) -> PrintOrder:
    rows = pupils_of(cast) if enrollments is None else enrollments
    return PrintOrder(TITLE, document, output, rows, period)


def start(cast: Cast, *, by: StaffMember | None = None, **options) -> PrintRun:
    return actions.start_print_run(order=order_of(cast, **options), by=by or cast.van)


def lay_out(run: PrintRun) -> None:
    """What the worker does first."""
    for rendering in Rendering.objects.filter(parts__run=run, state=RenderingState.WAITING):
        actions.render_now(rendering=rendering, by=run.started_by)


def finished(run: PrintRun) -> PrintRun:
    lay_out(run)
    assert actions.assemble_print_run(run=run, by=run.started_by)
    run.refresh_from_db()
    return run


def fail(run: PrintRun, position: int, refusal: str = "Ô Toán khác với học bạ.") -> Rendering:
    """One of its documents, whose content stays for another try."""
    rendering = run.parts.get(position=position).rendering
    Rendering.objects.filter(pk=rendering.pk).update(
        state=RenderingState.FAILED, refusal=refusal, content={"payload": {}}
    )
    rendering.refresh_from_db()
    return rendering


def content_of(run: PrintRun, kind: str) -> bytes:
    with closing(file_of(run, kind).file) as file:
        return file.read()


def zipped(run: PrintRun) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content_of(run, "originals"))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}
