"""The CRLs of the authorities, kept for ever: signatures name the one they were checked by."""

from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.events import Changes, Scope, record_event
from audit.models import SystemJob
from reportcards.card_permissions import check_user_can_keep_register
from reportcards.certificates.errors import RevocationListRefused
from reportcards.models import RevocationList
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.revocations import RevocationList as ReadList
from reportcards.signing_sentences import sentence_of
from reportcards.trusted import trust_store
from schools.models import StaffMember


@transaction.atomic
def receive_revocation_list(*, content: bytes, by: StaffMember | SystemJob) -> RevocationList:
    """Of a trusted authority, signed by it; one that is here already stays as it is."""
    if isinstance(by, StaffMember):
        check_user_can_keep_register(by, by.school)
    digest = sha256(content).hexdigest()
    known = RevocationList.objects.filter(digest=digest).first()
    if known is not None:
        return known
    row, is_new = RevocationList.objects.get_or_create(
        digest=digest, defaults=_fields(_read(content), content)
    )
    if is_new:
        _record_received(row, by=by)
    return row


def _read(content: bytes) -> ReadList:
    try:
        crl = ReadList.read(content)
    except SigningRefused as refused:
        raise RevocationListRefused(sentence_of(refused.refusal)) from None
    trust = trust_store()
    if not any(crl.is_signed_by(issuer) for issuer in (*trust.roots, *trust.intermediates)):
        raise RevocationListRefused(
            _(
                "“%(issuer)s”, nơi lập danh sách này, không có trong danh sách tin cậy của máy "
                "chủ, hoặc chữ ký của danh sách sai. Hãy tải lại tệp ở trang của nơi cấp chứng thư."
            )
            % {"issuer": crl.issuer}
        )
    if crl.this_update > timezone.now():
        raise RevocationListRefused(
            _("Danh sách ghi ngày lập ở tương lai. Hãy kiểm tra đồng hồ của máy chủ.")
        )
    return crl


def _fields(crl: ReadList, content: bytes) -> dict[str, Any]:
    return {
        "issuer_name": crl.issuer,
        "this_update": crl.this_update,
        "next_update": crl.next_update,
        "content": content,
        "received_at": timezone.now(),
    }


def _record_received(row: RevocationList, *, by: StaffMember | SystemJob) -> None:
    changes: Changes = {
        "issuer_name": (None, row.issuer_name),
        "this_update": (None, row.this_update.isoformat()),
        "digest": (None, row.digest),
    }
    actor, scope = (
        (by.acting_user, Scope(by.school_id)) if isinstance(by, StaffMember) else (by, Scope())
    )
    record_event("revocation_list.received", by=actor, target=row, scope=scope, changes=changes)
