"""A card is verified before it is issued, as whoever receives it will."""

from django.utils.translation import gettext as _

from reportcards.errors import NotReady
from reportcards.grounds import grounds_of_today
from reportcards.models import ReportCard, SigningCertificate
from reportcards.signing.holders import Organisation
from reportcards.trusted import holder_of
from reportcards.verification_sentences import sentence_of, sentence_of_violation
from reportcards.verify import CardReport, verify_file


def check_verifies(
    card: ReportCard, document: bytes, pdf: bytes | None, seal: SigningCertificate
) -> None:
    """Raises NotReady with what a verifier would find; the seal is not kept then."""
    holder = holder_of(seal)
    names = holder.other_names if isinstance(holder, Organisation) else ()
    grounds = grounds_of_today(names)
    [report] = verify_file(document, grounds).cards
    if not report.is_valid:
        raise NotReady(
            _(
                "%(name)s: học bạ vừa ký không qua được kiểm tra nên chưa phát hành (%(fault)s). "
                "Hãy khởi tạo lại học bạ này rồi ký lại; nếu vẫn vậy, xin báo người quản trị."
            )
            % {"name": card.student.full_name, "fault": _first_fault(report)}
        )


def _first_fault(report: CardReport) -> str:
    grave = [finding for finding in report.all_findings if not finding.is_warning]
    if grave:
        return str(sentence_of(grave[0]))
    return str(sentence_of_violation(report.structure[0]))
