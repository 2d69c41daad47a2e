"""Finds what was done to the audit events past the program: each chain is walked from its start."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Max, QuerySet

from audit.chain import START, digest_of
from audit.models import AuditChain, AuditEvent

AT_ONCE = 2000
MOST_KEPT = 1000


class Tampering(StrEnum):
    CONTENT = "content"
    DIGEST = "digest"
    LINK = "link"
    MISSING = "missing"
    TRUNCATED = "truncated"
    HEAD = "head"
    REWRITTEN = "rewritten"
    UNREADABLE = "unreadable"


EXPLANATIONS = {
    Tampering.CONTENT: "what the event says is not what was recorded",
    Tampering.DIGEST: "the digest was changed; what the event says was not",
    Tampering.LINK: "does not follow the event before it: one of the two was put there later",
    Tampering.MISSING: "the events from here to the next one are gone",
    Tampering.TRUNCATED: "the chain was longer: its last events are gone",
    Tampering.HEAD: "the chain's head does not fit its events",
    Tampering.REWRITTEN: "another event stood here when the chain was verified before",
    Tampering.UNREADABLE: "a value of a kind that the program never writes",
}


@dataclass(frozen=True)
class Finding:
    kind: Tampering
    number: int
    event_id: int | None = None


@dataclass(frozen=True)
class Head:
    length: int
    digest: str


@dataclass
class ChainReport:
    """`count` counts all findings; the first thousand are kept."""

    chain: int
    head: Head
    findings: list[Finding] = field(default_factory=list)
    count: int = 0

    def add(self, kind: Tampering, number: int, event_id: int | None = None) -> None:
        self.count += 1
        if len(self.findings) < MOST_KEPT:
            self.findings.append(Finding(kind, number, event_id))


def chains() -> list[int]:
    """Those with events whose head is gone as well."""
    with_events = AuditEvent.objects.order_by("chain").values_list("chain", flat=True).distinct()
    return sorted({*with_events, *AuditChain.objects.values_list("chain", flat=True)})


def verify_chain(chain: int, *, earlier: Head | None = None) -> ChainReport:
    """In memory that does not grow with the chain; events added meanwhile wait for the next time.

    `earlier` is the head in an earlier report: who computes a chain anew from some event on leaves
    it whole, but not as it was.
    """
    head = _head_of(chain)
    report = ChainReport(chain, head or Head(0, START))
    events = AuditEvent.objects.filter(chain=chain)
    walk = _Walk(report)
    try:
        walked = events.filter(number__lte=head.length) if head else events
        for event in walked.order_by("number", "pk").iterator(chunk_size=AT_ONCE):
            walk.meet(event)
        walk.arrive(head)
        if _goes_on_beyond_its_head(chain):
            report.add(Tampering.HEAD, report.head.length)
    except (TypeError, ValueError):
        report.add(Tampering.UNREADABLE, walk.number + 1)
    if earlier and not _was_at(earlier, events):
        report.add(Tampering.REWRITTEN, earlier.length)
    return report


class _Walk:
    """Compares each event with the one before, whose digest the next one tells too."""

    def __init__(self, report: ChainReport) -> None:
        self.report = report
        self.number = 0
        self.event_id: int | None = None
        self.stored = self.computed = START

    def meet(self, event: AuditEvent) -> None:
        if event.number > self.number + 1:
            self._judge_last()
            self.report.add(Tampering.MISSING, self.number + 1)
        elif not self._leads_to(event.previous_digest) or event.number <= self.number:
            self.report.add(Tampering.LINK, event.number, event.pk)
        self.number, self.event_id = event.number, event.pk
        self.stored, self.computed = event.digest, digest_of(event)

    def arrive(self, head: Head | None) -> None:
        if head is None:
            self._judge_last()
            if self.event_id is not None:
                self.report.add(Tampering.HEAD, self.number)
        elif head.length > self.number:
            self._judge_last()
            self.report.add(Tampering.TRUNCATED, self.number + 1)
        elif not self._leads_to(head.digest):
            self.report.add(Tampering.HEAD, head.length)

    def _leads_to(self, previous_digest: str) -> bool:
        """Whether what follows knows the last event, as it says it is or as it is."""
        self._judge_last(previous_digest)
        return previous_digest in {self.stored, self.computed}

    def _judge_last(self, previous_digest: str = "") -> None:
        if self.stored != self.computed:
            is_as_recorded = previous_digest == self.computed
            kind = Tampering.DIGEST if is_as_recorded else Tampering.CONTENT
            self.report.add(kind, self.number, self.event_id)


def _head_of(chain: int) -> Head | None:
    row = AuditChain.objects.filter(pk=chain).first()
    return Head(row.length, row.digest) if row else None


def _goes_on_beyond_its_head(chain: int) -> bool:
    """The head is read last: honest writers move it together with their events."""
    last = AuditEvent.objects.filter(chain=chain).aggregate(last=Max("number"))["last"] or 0
    head = _head_of(chain)
    return bool(head and last > head.length)


def _was_at(head: Head, events: QuerySet[AuditEvent]) -> bool:
    if not head.length:
        return True
    return events.filter(number=head.length, digest=head.digest).exists()
