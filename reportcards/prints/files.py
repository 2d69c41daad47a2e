"""The files of a print run: the pages of all joined, the originals in a zip.

Made from what is stored, laid out by nobody: a class takes a fraction of a second.
"""

import hashlib
import re
from collections import deque
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile

from django.utils import timezone
from django.utils.timezone import localtime

from reportcards.archive import content_of
from reportcards.documents.binding import bound, bound_displays
from reportcards.documents.joining import PupilPages, join
from reportcards.errors import FileLost
from reportcards.models import (
    ArchivedFile,
    DocumentKind,
    FileKind,
    PrintPart,
    PrintRun,
    RenderingState,
)
from reportcards.prints.manifest import Line, Manifest
from reportcards.prints.wording import DISPLAYS, KIND_NAMES, print_line
from reportcards.renderings.files import pdf_in

Keep = Callable[[str, bytes], None]


def write_files(
    run: PrintRun, *, merged: BinaryIO | None = None, originals: BinaryIO | None = None
) -> None:
    """What was laid out of the run; each original is read once."""
    assembly = Assembly(run)
    if originals is None:
        assembly.write(assembly.pupils(), merged)
        return
    with ZipFile(originals, "w", ZIP_STORED) as zipped:
        assembly.write(assembly.pupils(zipped.writestr), merged)
        for name, content in assembly.manifest.as_files().items():
            zipped.writestr(name, content)


class Assembly:
    def __init__(self, run: PrintRun) -> None:
        self.run, self.made_at = run, localtime(timezone.now())
        self.lines: list[Line] = []
        self._parts = _ready_parts(run)
        self._signed = _signed_files(self._parts)

    @property
    def manifest(self) -> Manifest:
        """Of what was read so far."""
        return Manifest(self.run.title, self.made_at.isoformat(timespec="seconds"), self.lines)

    def write(self, pupils: Iterator[PupilPages], merged: BinaryIO | None) -> None:
        if merged is None:
            deque(pupils, maxlen=0)
            return
        join(
            pupils,
            merged,
            title=self.run.title,
            line=print_line(self.run.document, self.made_at),
            enclosed=lambda: self.manifest.as_files(),
        )

    def pupils(self, keep: Keep | None = None) -> Iterator[PupilPages]:
        """In roll order; each original is also given to `keep`, with the name of its file."""
        for number, parts in enumerate(_by_pupil(self._parts), start=1):
            contents = [self._original(part) for part in parts]
            for part, content in zip(parts, contents, strict=True):
                line = _line(number, part, content, is_alone=len(parts) == 1)
                self.lines.append(line)
                if keep is not None:
                    keep(line.file, content)
            name = parts[-1].rendering.enrollment.student.full_name
            yield PupilPages(f"{number}. {name}", str(number), self._book(contents, name))

    def _book(self, contents: list[bytes], title: str) -> bytes:
        if len(contents) == 1:
            return contents[0]
        binds = bound_displays if self.run.document in DISPLAYS else bound
        return binds(contents, title=title)

    def _original(self, part: PrintPart) -> bytes:
        """Of an issued card the file that was signed, out of the archive."""
        if part.rendering.kind != DocumentKind.DISPLAY:
            return pdf_in(part.rendering)
        stored = self._signed.get(part.rendering.report_card_id)
        if stored is None:
            raise FileLost
        return content_of(stored)


def _ready_parts(run: PrintRun) -> list[PrintPart]:
    ready = run.parts.filter(rendering__state=RenderingState.READY).order_by("position")
    return list(
        ready.select_related(
            "rendering__enrollment__student",
            "rendering__enrollment__school_class__school_year",
            "rendering__report_card",
        ).defer("rendering__content", "rendering__report_card__payload")
    )


def _signed_files(parts: list[PrintPart]) -> dict[int | None, ArchivedFile]:
    cards = [part.rendering.report_card_id for part in parts]
    files = ArchivedFile.objects.filter(kind=FileKind.PDF, report_card__in=cards).order_by("pk")
    return {file.report_card_id: file for file in files}


def _by_pupil(parts: list[PrintPart]) -> Iterator[list[PrintPart]]:
    for _student, group in groupby(parts, lambda part: part.rendering.enrollment.student_id):
        yield list(group)


def _line(number: int, part: PrintPart, content: bytes, *, is_alone: bool) -> Line:
    rendering = part.rendering
    enrollment, card = rendering.enrollment, rendering.report_card
    return Line(
        number=number,
        class_name=enrollment.school_class.name,
        ministry_code=enrollment.student.ministry_code or "",
        full_name=enrollment.student.full_name,
        document=KIND_NAMES[DocumentKind(rendering.kind)],
        school_year=enrollment.school_class.school_year.name,
        lookup_code=str(card.uuid) if card else "",
        file=_file_name(number, part, is_alone=is_alone),
        pages=rendering.page_count,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _file_name(number: int, part: PrintPart, *, is_alone: bool) -> str:
    """By the pupil's code and class; who has no code yet is found by her number."""
    enrollment = part.rendering.enrollment
    code = enrollment.student.ministry_code or f"stt{number:03}"
    words = [code, enrollment.school_class.name]
    if not is_alone:
        is_front = part.rendering.kind == DocumentKind.FRONT
        words.append("bia" if is_front else enrollment.school_class.school_year.name)
    return "_".join(re.sub(r"[^\w-]+", "-", word) for word in words) + ".pdf"
