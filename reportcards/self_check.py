"""A card is verified before it is issued, as whoever receives it will."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from reportcards.errors import NotReady
from reportcards.models import ReportCard, SigningCertificate
from reportcards.signing.holders import Organisation
from reportcards.trusted import holder_of, newest_lists, trust_store
from reportcards.verification_sentences import sentence_of, sentence_of_violation
from reportcards.verify import CardReport, Grounds, verify_file


def check_verifies(card: ReportCard, document: bytes, seal: SigningCertificate) -> None:
    """Raises NotReady with what a verifier would find; the seal is not kept then."""
    holder = holder_of(seal)
    grounds = Grounds(
        trust=trust_store(),
        at=timezone.now(),
        crls=newest_lists(),
        accepts_demo=not settings.IS_PRODUCTION,
        school_names=holder.other_names if isinstance(holder, Organisation) else (),
    )
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
