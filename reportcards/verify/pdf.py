"""From a PDF to the report on it: the same findings as of an XML, and what only a PDF can be.

    its parts are small ▸ signatures ▸ nothing but them was added ▸ data ▸ what its pages show

The pages are read last, and only where everything else is right: until then nobody who is believed
has signed them, and laying out what strangers have made up is not worth its dangers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from operator import attrgetter

import pypdfium2 as pdfium
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader

from reportcards.display.comparison import first_difference
from reportcards.display.form import DisplayForm, display_form
from reportcards.display.reading import page_texts
from reportcards.display.xml_form import UnknownForm, form_of_xml
from reportcards.profiles.tables import Profile
from reportcards.verify.archived import (
    Archived,
    ArchivedContent,
    FindArchived,
    asked_for,
    with_answer,
    with_archived,
)
from reportcards.verify.card_reports import report_on_card
from reportcards.verify.contents import findings_of_data, uuid_of
from reportcards.verify.findings import FileRefused, Finding
from reportcards.verify.grounds import Grounds
from reportcards.verify.pdf_contents import contents_findings
from reportcards.verify.pdf_data import AttachedData, attached_data, of_same_act, xml_findings
from reportcards.verify.pdf_fields import UNREADABLE, fields_in, has_been_changed, is_filled, opened
from reportcards.verify.pdf_places import covers_words
from reportcards.verify.pdf_reading import check_bounds
from reportcards.verify.pdf_signatures import PdfSlotCheck, check_fields
from reportcards.verify.report import Archive, CardReport, FileReport, SignatureReport
from reportcards.verify.signature_reports import report_on_missing, report_on_signature
from reportcards.verify.signatures import holder_in, missing_findings


@dataclass(frozen=True)
class SignedPdf:
    """A PDF that has been taken apart. findings: whatever else than its signatures is wrong."""

    content: bytes
    slots: tuple[PdfSlotCheck, ...]
    data: AttachedData
    findings: tuple[Finding, ...]

    @property
    def has_been_changed(self) -> bool:
        return any(finding.code == "changed_after_signing" for finding in self.findings)


def verify_pdf(
    content: bytes,
    grounds: Grounds,
    find_archived: FindArchived | None = None,
    *,
    xml: bytes | None = None,
) -> FileReport:
    """The report on a card's signed PDF; the file may be anything.

    xml: the signed XML of the card, where whoever asks has it; whether that one verifies,
    `verify_file` says. Where the archive has the card, its own is taken.
    """
    digest = sha256(content).hexdigest()
    try:
        pdf = _taken_apart(content, grounds.profile)
    except FileRefused as refused:
        return FileReport(digest, (), (refused.finding,))
    uuid = uuid_of(pdf.data.root, grounds.profile)
    archived, answer = asked_for(uuid, digest, find_archived, attrgetter("pdf_digest"))
    report = _own_report(pdf, uuid, with_archived(grounds, archived), answer)
    if report.is_valid:
        report = _held_against(report, pdf, _kept(archived, xml), grounds.profile)
    return FileReport(digest, (with_answer(report, archived),))


def _taken_apart(content: bytes, profile: Profile) -> SignedPdf:
    """Raises FileRefused where there is nothing that could be verified."""
    check_bounds(content)
    reader = opened(content)
    fields = fields_in(reader)
    data = attached_data(content, profile)
    checks = check_fields(content, reader, fields, profile)
    findings = [
        *contents_findings(content, frozenset(slot.key for slot in profile.slots)),
        *_findings_of_revisions(content, reader, fields, checks),
    ]
    return SignedPdf(content, tuple(checks), data, tuple(findings))


def _findings_of_revisions(
    content: bytes,
    reader: PdfFileReader,
    fields: Mapping[str, DictionaryObject],
    checks: Sequence[PdfSlotCheck],
) -> Iterator[Finding]:
    """Codes: stray_signature, changed_after_signing. What cannot be read tells of no revision."""
    if len(checks) < sum(map(is_filled, fields.values())):
        yield Finding("stray_signature")
    read = [check.content.field for check in checks if check.content]
    if checks and len(read) == len(checks) and has_been_changed(content, reader, read):
        yield Finding("changed_after_signing")


def _kept(archived: Archived | None, xml: bytes | None) -> ArchivedContent | None:
    if archived and archived.content:
        return archived.content()
    return ArchivedContent(xml) if xml is not None else None


def _own_report(pdf: SignedPdf, uuid: str, grounds: Grounds, answer: Archive) -> CardReport:
    root = pdf.data.root
    return report_on_card(
        root,
        uuid,
        grounds,
        signatures=tuple(_signatures(pdf, grounds, answer)),
        findings=(*pdf.findings, *findings_of_data(root, grounds.profile, uuid)),
        answer=answer,
        is_pdf=True,
    )


def _signatures(pdf: SignedPdf, grounds: Grounds, answer: Archive) -> Iterator[SignatureReport]:
    """Of every slot that has a signature or lacks one, in the order of the profile."""
    checks = {check.slot.key: check for check in pdf.slots}
    for slot in grounds.profile.slots:
        check = checks.get(slot.key)
        if check is None:
            missing = tuple(missing_findings(pdf.data.root, grounds.profile, slot))
            if missing:
                yield report_on_missing(PdfSlotCheck(slot, None, missing))
        elif check.content is None:
            yield report_on_missing(check)
        else:
            holder = holder_in(slot, pdf.data.root, grounds.profile, grounds.school_names)
            report = report_on_signature(
                check, check.content, holder, grounds, is_archived=answer == Archive.SAME
            )
            # The signature holds, and what is shown is not what it was made over.
            yield replace(report, is_intact=report.is_intact and not pdf.has_been_changed)


def _held_against(
    report: CardReport, pdf: SignedPdf, kept: ArchivedContent | None, profile: Profile
) -> CardReport:
    """With what the XML and the payload say otherwise, and the pages."""
    findings = [*report.findings]
    signatures = report.signatures
    if kept is not None:
        findings += xml_findings(pdf.data, kept.xml, profile)
        signatures = of_same_act(signatures, pdf.slots, kept.xml, profile)
    of_pages = list(_page_findings(pdf, kept, profile))
    return replace(
        report,
        findings=(*findings, *of_pages),
        signatures=signatures,
        has_agreeing_pages=not of_pages,
    )


def _page_findings(
    pdf: SignedPdf, kept: ArchivedContent | None, profile: Profile
) -> Iterator[Finding]:
    """Codes: pages_differ, pages_say_more, stamp_over_words, pages_unreadable."""
    try:
        texts, is_covered = page_texts(pdf.content), covers_words(pdf.content)
        form = _form(pdf, kept, profile)
    except (UnknownForm, pdfium.PdfiumError, *UNREADABLE):
        yield Finding("pages_unreadable")
        return
    difference = first_difference(texts, form)
    if difference:
        told = {name: getattr(difference, name) for name in ("caption", "expected", "found")}
        yield Finding("pages_differ" if difference.caption else "pages_say_more", told)
    if is_covered:
        yield Finding("stamp_over_words")


def _form(pdf: SignedPdf, kept: ArchivedContent | None, profile: Profile) -> DisplayForm:
    """Of the payload all is known; of the attached data what XML says."""
    if kept is not None and kept.payload is not None:
        return display_form(dict(kept.payload), digest=kept.payload_digest)
    return form_of_xml(pdf.data.node, profile)
