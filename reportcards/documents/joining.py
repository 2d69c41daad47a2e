"""Many pupils' documents as one file for a printer that prints on both sides of a sheet."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.template.loader import render_to_string
from pikepdf import AttachedFileSpec, Dictionary, Name, ObjectStreamMode, OutlineItem, Pdf

from reportcards.documents.flat_pages import flat_pdf, lay_over
from reportcards.documents.measures import A4_POINTS
from reportcards.documents.typesetting import render_pdf

LINE_TEMPLATE = "reportcards/document/print_line.html"
LINE_STYLESHEET = "css/documents/print_line.css"
AT_ONCE = 50  # pupils whose pages are held in memory


@dataclass(frozen=True)
class PupilPages:
    """`title` is the bookmark; `label` stands before the number of each of her pages."""

    title: str
    label: str
    document: bytes


@dataclass(frozen=True)
class Start:
    title: str
    label: str
    page: int


def join(
    pupils: Iterable[PupilPages],
    target: BinaryIO,
    *,
    title: str,
    line: str,
    enclosed: Callable[[], Mapping[str, bytes]] = dict,
) -> int:
    """Writes one PDF and answers how many pages it has.

    Each pupil starts on an odd page; each page says by `line` that it is a print, and shows
    otherwise what the pupil's own document shows. `enclosed`, asked for once all pupils have
    been read, are files that go with it, by name.
    """
    over = render_pdf(render_to_string(LINE_TEMPLATE, {"line": line}), LINE_STYLESHEET)
    with TemporaryDirectory() as folder, Pdf.new() as joined:
        starts: list[Start] = []
        for number, batch in enumerate(_batches(pupils)):
            starts += _append(joined, batch, Path(folder, f"{number}.pdf"))
        lay_over(joined, over)
        _describe(joined, starts, title)
        for name, content in enclosed().items():
            joined.attachments[name] = AttachedFileSpec(joined, content, filename=name)
        _save(joined, target)
        return len(joined.pages)


def _batches(pupils: Iterable[PupilPages]) -> Iterator[list[PupilPages]]:
    remaining = iter(pupils)
    while batch := list(islice(remaining, AT_ONCE)):
        yield batch


def _append(joined: Pdf, pupils: Sequence[PupilPages], path: Path) -> list[Start]:
    """After the first class by way of a file: a whole school's documents would fill the memory."""
    if not joined.pages:
        return _stack(joined, pupils)
    with Pdf.new() as batch:
        starts = _stack(batch, pupils)
        _save(batch, path)
    _turn_to_odd_page(joined)
    offset = len(joined.pages)
    with Pdf.open(path) as batch:
        joined.pages.extend(batch.pages)
    return [Start(start.title, start.label, offset + start.page) for start in starts]


def _stack(batch: Pdf, pupils: Sequence[PupilPages]) -> list[Start]:
    starts = []
    for pupil in pupils:
        _turn_to_odd_page(batch)
        starts.append(Start(pupil.title, pupil.label, len(batch.pages)))
        with flat_pdf(pupil.document) as pdf:
            batch.pages.extend(pdf.pages)
    return starts


def _turn_to_odd_page(pdf: Pdf) -> None:
    if len(pdf.pages) % 2:
        _add_blank_page(pdf)


def _add_blank_page(pdf: Pdf) -> None:
    blank = pdf.add_blank_page(page_size=A4_POINTS)
    del blank["/Contents"]


def _describe(joined: Pdf, starts: Sequence[Start], title: str) -> None:
    joined.docinfo["/Title"] = title
    joined.Root.Lang = "vi"
    joined.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, Duplex=Name.DuplexFlipLongEdge, PrintScaling=Name("/None")
    )
    with joined.open_outline() as outline:
        outline.root.extend(OutlineItem(start.title, start.page) for start in starts)
    numbers = []
    for start in starts:
        numbers += [start.page, Dictionary(S=Name.D, P=f"{start.label}-", St=1)]
    if numbers:
        joined.Root.PageLabels = Dictionary(Nums=numbers)


def _save(pdf: Pdf, target: Path | BinaryIO) -> None:
    """Streams stay compressed as they were when each document was laid out."""
    pdf.save(target, compress_streams=False, object_stream_mode=ObjectStreamMode.generate)
