"""A card is verified before it is issued, as whoever receives it will."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from reportcards.errors import NotReady
from reportcards.grounds import grounds_of_today
from reportcards.models import ReportCard, SigningCertificate
from reportcards.signing.holders import Organisation
from reportcards.stored_files import digest_of_bytes
from reportcards.trusted import holder_of
from reportcards.verification_sentences import sentence_of, sentence_of_violation
from reportcards.verify import Archived, ArchivedContent, FileReport, verify_file, verify_pdf


def check_verifies(card: ReportCard, document: bytes, pdf: bytes, seal: SigningCertificate) -> None:
    """Raises NotReady with what a verifier would find; the seal is not kept then.

    The XML by itself, and the PDF against it and against the frozen payload.
    """
    holder = holder_of(seal)
    names = holder.other_names if isinstance(holder, Organisation) else ()
    grounds = grounds_of_today(names)
    to_be_kept = _to_be_kept(card, document, pdf)
    fault = _first_fault(
        [
            verify_file(document, grounds),
            verify_pdf(pdf, grounds, lambda _uuid: to_be_kept),
        ]
    )
    if fault:
        raise NotReady(
            _(
                "%(name)s: học bạ vừa ký không qua được kiểm tra nên chưa phát hành (%(fault)s). "
                "Hãy khởi tạo lại học bạ này rồi ký lại; nếu vẫn vậy, xin báo người quản trị."
            )
            % {"name": card.student.full_name, "fault": fault}
        )


def _to_be_kept(card: ReportCard, document: bytes, pdf: bytes) -> Archived:
    """What the archive will have, if it is issued."""
    content = ArchivedContent(document, card.payload, card.digest)
    return Archived(
        digest_of_bytes(document), pdf_digest=digest_of_bytes(pdf), content=lambda: content
    )


def _first_fault(reports: Sequence[FileReport]) -> str:
    found = [finding for report in reports for finding in report.findings]
    cards = [card for report in reports for card in report.cards]
    found += [finding for card in cards for finding in card.all_findings]
    grave = [sentence_of(finding) for finding in found if not finding.is_warning]
    violations = [sentence_of_violation(each) for card in cards for each in card.structure]
    return next(iter(grave + violations), "")
