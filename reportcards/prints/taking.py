"""The files of a finished run, as they are handed out."""

from dataclasses import dataclass

from django.core.files import File

from reportcards.errors import PrintGone
from reportcards.models import PrintRun
from reportcards.renderings.files import rendered_storage

KINDS = {"merged": "pdf", "originals": "zip"}
CONTENT_TYPES = {"pdf": "application/pdf", "zip": "application/zip"}


@dataclass(frozen=True)
class PrintFile:
    """`name` without its ending; whoever takes the file closes it."""

    name: str
    ending: str
    file: File

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.ending]


def file_of(run: PrintRun, kind: str) -> PrintFile:
    """PrintGone where it was deleted after its day, or never made."""
    name = name_of(run, kind)
    if not name or run.is_expired:
        raise PrintGone
    try:
        return PrintFile(run.title, KINDS[kind], rendered_storage().open(name))
    except OSError:
        raise PrintGone from None


def name_of(run: PrintRun, kind: str) -> str:
    return run.merged_name if kind == "merged" else run.originals_name
