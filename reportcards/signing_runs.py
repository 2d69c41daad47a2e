"""A run as its page shows it: how far it is, what was refused, who goes on with it."""

import datetime
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reportcards.actions.signing import MOST_AT_ONCE
from reportcards.models import KeyPlace, SigningRun, SigningTask, SlotKey, TaskState
from reportcards.models.runs import SigningRunQuerySet
from reportcards.own_certificates import certified_name
from reportcards.server_keys import is_served
from reportcards.signing_queue import is_stalled, last_call
from reportcards.two_signatures import Preparations, kept_preparations
from reportcards.worker_calls import is_unanswered
from schools.models import School

NEXT_STEPS = {
    SlotKey.HOMEROOM: gettext_lazy("Tiếp theo, lãnh đạo trường ký."),
    SlotKey.LEADER: gettext_lazy("Tiếp theo, văn thư đóng dấu số của trường."),
    SlotKey.SEAL: gettext_lazy(
        "Học bạ đã phát hành, gia đình tải được ngay. Tiếp theo, in và ghi việc gửi Sở ở trang "
        "của từng lớp."
    ),
}


class Way(StrEnum):
    """How the key of a run is reached."""

    TYPED = "typed"  # by a passphrase or PIN that she types
    SERVED = "served"  # by the worker, whose PIN the server holds
    REMOTE = "remote"  # it lies elsewhere: digests go out, values come back


def way_of(run: SigningRun) -> Way:
    if run.certificate.key_place == KeyPlace.REMOTE:
        return Way.REMOTE
    return Way.SERVED if is_served(run.certificate) else Way.TYPED


@dataclass(frozen=True)
class WaitingSignature:
    """A card whose two digests were prepared, and whose values have not come yet."""

    task: SigningTask
    preparations: Preparations

    @property
    def digest(self) -> bytes:
        """Of the XML; the PDF's is the other."""
        return self.preparations.xml.digest

    @property
    def pdf_digest(self) -> bytes:
        return self.preparations.pdf.digest

    @property
    def hexadecimal(self) -> str:
        return self.digest.hex()

    @property
    def pdf_hexadecimal(self) -> str:
        return self.pdf_digest.hex()


class RunPage:
    def __init__(self, run: SigningRun) -> None:
        self.run, self.way = run, way_of(run)

    @cached_property
    def tasks(self) -> list[SigningTask]:
        return list(self.run.tasks.with_pupil().defer("prepared", "prepared_pdf").in_class_order())

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(task.state for task in self.tasks)

    @property
    def total(self) -> int:
        return len(self.tasks)

    @property
    def signed(self) -> int:
        return self.counts[TaskState.SIGNED]

    @property
    def pending(self) -> int:
        return self.counts[TaskState.WAITING] + self.counts[TaskState.PREPARED]

    @property
    def failed(self) -> list[SigningTask]:
        return [task for task in self.tasks if task.state == TaskState.FAILED]

    @property
    def is_cancelled(self) -> bool:
        return self.run.cancelled_at is not None

    @property
    def is_going_on(self) -> bool:
        return bool(self.pending) and not self.is_cancelled

    @property
    def is_served(self) -> bool:
        return self.way == Way.SERVED

    @property
    def is_remote(self) -> bool:
        return self.way == Way.REMOTE

    @property
    def is_typed(self) -> bool:
        return self.way == Way.TYPED

    @property
    def is_done(self) -> bool:
        return self.signed == self.total

    @property
    def lead(self) -> str:
        words = {
            "slot": self.run.get_slot_display(),
            "name": certified_name(self.run.certificate),
        }
        return _("Ô %(slot)s, chứng thư “%(name)s”.") % words

    @property
    def secret_label(self) -> str:
        if self.run.certificate.key_place == KeyPlace.PKCS11:
            return _("Mã PIN của USB token hoặc HSM")
        return _("Mật khẩu của tệp khóa (.p12, .pfx)")

    @property
    def button(self) -> str:
        words = {"count": self.pending}
        if self.run.slot == SlotKey.SEAL:
            return (
                ngettext("Đóng dấu %(count)s học bạ", "Đóng dấu %(count)s học bạ", self.pending)
                % words
            )
        return ngettext("Ký %(count)s học bạ", "Ký %(count)s học bạ", self.pending) % words

    @property
    def batch_size(self) -> int:
        """A token takes up to a second a card, and the bar should move."""
        return 10 if self.run.certificate.key_place == KeyPlace.PKCS11 else MOST_AT_ONCE

    @property
    def local_service(self) -> str:
        return settings.LOCAL_SIGNING_SERVICE

    @cached_property
    def waiting_signatures(self) -> list[WaitingSignature]:
        return waiting_signatures(self.run) if self.is_going_on and self.is_remote else []

    @property
    def waits_until(self) -> datetime.datetime | None:
        """When the first of the digests is overdue."""
        untils = (waiting.task.prepared_until for waiting in self.waiting_signatures)
        return min((until for until in untils if until), default=None)

    @property
    def can_prepare(self) -> bool:
        return self.counts[TaskState.WAITING] > 0 and len(self.waiting_signatures) < MOST_AT_ONCE

    @property
    def choose_url(self) -> str:
        """Of the page where the run began."""
        first_year = self.tasks[0].report_card.school_year.first_year
        return f"{reverse('sign_cards', args=[first_year])}?slot={self.run.slot}"

    @property
    def next_step(self) -> str:
        """What becomes of the cards once all are signed."""
        return str(NEXT_STEPS[SlotKey(self.run.slot)])

    @property
    def year_url(self) -> str:
        """Where issued cards are printed, and their delivery is written down."""
        if self.run.slot != SlotKey.SEAL:
            return ""
        return reverse("card_year", args=[self.tasks[0].report_card.school_year.first_year])

    @property
    def class_names(self) -> str:
        names = (task.report_card.enrollment.school_class.name for task in self.tasks)
        return ", ".join(dict.fromkeys(names))

    @property
    def title(self) -> str:
        words = {"count": self.total, "names": self.class_names}
        if self.run.slot == SlotKey.SEAL:
            return (
                ngettext(
                    "Đóng dấu %(count)s học bạ, lớp %(names)s",
                    "Đóng dấu %(count)s học bạ, lớp %(names)s",
                    self.total,
                )
                % words
            )
        return (
            ngettext(
                "Ký %(count)s học bạ, lớp %(names)s",
                "Ký %(count)s học bạ, lớp %(names)s",
                self.total,
            )
            % words
        )

    @property
    def sentence(self) -> str:
        words = {"signed": self.signed, "total": self.total, "failed": len(self.failed)}
        if self.is_cancelled:
            at = date_format(localtime(self.run.cancelled_at), "H:i d/m/Y")
            return _("Đã hủy lúc %(at)s; %(signed)s trên %(total)s học bạ đã ký trước đó.") % {
                **words,
                "at": at,
            }
        if self.is_done:
            return _("Đã ký xong cả %(total)s học bạ.") % words
        if self.is_going_on:
            return _("Đã ký %(signed)s trên %(total)s học bạ.") % words
        return _("Đã ký %(signed)s học bạ; %(failed)s học bạ chưa ký được.") % words

    @property
    def overdue(self) -> int:
        """Digests whose values did not come in time."""
        now = timezone.now()
        return sum(bool(task.prepared_until and task.prepared_until < now) for task in self.tasks)

    @property
    def can_be_retried(self) -> bool:
        return not self.is_cancelled and bool(self.failed or self.overdue)

    @cached_property
    def is_stalled(self) -> bool:
        """The worker that was at it is dead; the page calls another one."""
        return self.is_going_on and self.is_served and is_stalled(self.run)

    @cached_property
    def is_worker_silent(self) -> bool:
        """It was called, and nobody has come: perhaps none runs."""
        return self.is_going_on and self.is_served and is_unanswered(last_call(self.run))


def runs_of(school: School) -> SigningRunQuerySet:
    return SigningRun.objects.for_school(school).select_related(
        "certificate__school", "signer", "school"
    )


def waiting_signatures(run: SigningRun) -> list[WaitingSignature]:
    """The same digests each time, until their values come."""
    prepared = run.tasks.filter(state=TaskState.PREPARED, prepared_until__gte=timezone.now())
    waiting = []
    for task in prepared.with_pupil().in_class_order():
        task.run = run
        waiting.append(WaitingSignature(task, kept_preparations(task)))
    return waiting


def signature_algorithm(certificate: x509.Certificate) -> str:
    """Of the value that comes back: PKCS#1 v1.5, or ECDSA over P-256; both with SHA-256."""
    is_rsa = isinstance(certificate.public_key(), RSAPublicKey)
    return "RSA-SHA256" if is_rsa else "ECDSA-SHA256"
