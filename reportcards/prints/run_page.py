"""A print run as its page shows it: how far it is, whom it leaves out, and its files."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reportcards.models import (
    PrintedDocument,
    PrintOutput,
    PrintPart,
    PrintRun,
    Rendering,
    RenderingState,
)
from reportcards.models.prints import PrintRunQuerySet
from reportcards.prints.queue import is_stalled, last_call
from reportcards.worker_calls import is_unanswered
from schools.models import StaffMember
from students.models import Enrollment

RECENT = 20


@dataclass(frozen=True)
class PrintedPupil:
    """With all documents of hers; `joined_at` is when the files were made, if they were."""

    enrollment: Enrollment
    renderings: list[Rendering]
    joined_at: datetime.datetime | None = None

    @property
    def refusal(self) -> str:
        refusals = (row.refusal for row in self.renderings if row.refusal)
        return next(refusals, _("Tài liệu có sau khi ghép tệp. Hãy bấm “Làm lại”."))

    @property
    def state(self) -> RenderingState:
        if any(self._is_left_out(row) for row in self.renderings):
            return RenderingState.FAILED
        states = {row.state for row in self.renderings}
        return RenderingState.WAITING if RenderingState.WAITING in states else RenderingState.READY

    @property
    def look(self) -> str:
        """Of its tag."""
        return f"rendering_{self.state.value}"

    def _is_left_out(self, row: Rendering) -> bool:
        is_late = bool(self.joined_at and row.settled_at and row.settled_at > self.joined_at)
        return row.state == RenderingState.FAILED or is_late


@dataclass(frozen=True)
class OfferedFile:
    url: str
    label: str


class PrintRunPage:
    def __init__(self, run: PrintRun) -> None:
        self.run = run

    @cached_property
    def pupils(self) -> list[PrintedPupil]:
        """A book's last document is of her newest class."""
        renderings: dict[int, list[Rendering]] = {}
        for part in _parts_of(self.run):
            rendering = part.rendering
            renderings.setdefault(rendering.enrollment.student_id, []).append(rendering)
        return [
            PrintedPupil(rows[-1].enrollment, rows, self.run.finished_at)
            for rows in renderings.values()
        ]

    @property
    def class_label(self) -> str:
        """A book is of her newest class: of another year, perhaps, than the title of the run."""
        is_book = self.run.document in {PrintedDocument.BOOK, PrintedDocument.DISPLAY_BOOK}
        return _("Lớp mới nhất") if is_book else _("Lớp")

    @property
    def total(self) -> int:
        return len(self.pupils)

    @property
    def ready(self) -> int:
        return sum(pupil.state == RenderingState.READY for pupil in self.pupils)

    @property
    def failed(self) -> list[PrintedPupil]:
        return [pupil for pupil in self.pupils if pupil.state == RenderingState.FAILED]

    @property
    def is_going_on(self) -> bool:
        return self.run.is_going_on

    @property
    def has_progress(self) -> bool:
        """Of a cancelled run nothing is being made, whatever the states of its documents."""
        return self.run.cancelled_at is None and self.total > 0

    @property
    def is_expired(self) -> bool:
        return self.run.is_expired

    @property
    def lead(self) -> str:
        words = {
            "document": self.run.get_document_display(),
            "output": self.run.get_output_display(),
        }
        return _("Tài liệu: %(document)s. Lấy về: %(output)s.") % words

    @property
    def sentence(self) -> str:
        if self.run.cancelled_at is not None:
            return _("Đã hủy lúc %(at)s.") % {"at": _time(self.run.cancelled_at)}
        if self.is_expired:
            return _("Đã xong lúc %(at)s.") % {"at": _time(self.run.finished_at)}
        if self.run.refusal:
            return self.run.refusal
        if self.is_going_on:
            return self._progress
        return self._outcome

    @property
    def _progress(self) -> str:
        words = {"ready": self.ready, "total": self.total}
        if any(pupil.state == RenderingState.WAITING for pupil in self.pupils):
            return _("Đã tạo tài liệu của %(ready)s trên %(total)s em.") % words
        return _("Đã có tài liệu của %(ready)s trên %(total)s em, đang ghép tệp.") % words

    @property
    def _outcome(self) -> str:
        if not self.failed:
            sentence = ngettext(
                "Đã xong, có đủ %(count)s em.", "Đã xong, có đủ %(count)s em.", self.total
            )
            return sentence % {"count": self.total}
        words = {"ready": self.ready, "failed": len(self.failed)}
        return _("Đã xong, có %(ready)s em; %(failed)s em chưa in được.") % words

    @property
    def files(self) -> list[OfferedFile]:
        names = {
            "merged": (self.run.merged_name, _("Tải tệp để in (PDF)")),
            "originals": (self.run.originals_name, _("Tải các bản gốc (ZIP)")),
        }
        return [
            OfferedFile(reverse("print_run_file", args=[self.run.pk, kind]), label)
            for kind, (name, label) in names.items()
            if name and not self.is_expired
        ]

    @property
    def is_for_paper(self) -> bool:
        return self.run.output != PrintOutput.ORIGINALS

    @property
    def can_be_retried(self) -> bool:
        is_over = self.run.state in {"finished", "refused"}
        return is_over and bool(self.failed or self.run.refusal)

    @cached_property
    def is_stalled(self) -> bool:
        """The worker that was at it is dead; the page calls another one."""
        return is_stalled(self.run)

    @cached_property
    def is_worker_silent(self) -> bool:
        """It was called, and nobody has come: perhaps none runs."""
        return self.is_going_on and is_unanswered(last_call(self.run))


def runs_of(staff: StaffMember) -> PrintRunQuerySet:
    return PrintRun.objects.for_school(staff.school).select_related("school", "started_by")


def recent_runs(staff: StaffMember) -> list[PrintRun]:
    """Hers; the files of older ones are gone."""
    own = PrintRun.objects.for_school(staff.school).filter(started_by=staff.acting_user)
    return list(own.newest_first()[:RECENT])


def _parts_of(run: PrintRun) -> list[PrintPart]:
    parts = run.parts.order_by("position").select_related(
        "rendering__enrollment__student", "rendering__enrollment__school_class"
    )
    return list(parts.defer("rendering__content"))


def _time(moment: datetime.datetime | None) -> str:
    return date_format(localtime(moment), "H:i d/m/Y")
