from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.models import SignOff
from audit.events import Scope, record_event
from audit.models import AuditEvent

READ = "child_card.read"


@transaction.atomic
def record_card_reading(*, sign_off: SignOff, by: User) -> None:
    """A guardian has read a signed card: once a day and card is enough to know."""
    today = timezone.localdate()
    known = AuditEvent.objects.filter(
        event=READ,
        target_type=SignOff._meta.label_lower,
        target_id=sign_off.pk,
        actor=by,
        at__date=today,
    )
    if known.exists():
        return
    record = sign_off.record
    record_event(
        READ,
        by=by,
        target=sign_off,
        scope=Scope(
            school_id=record.class_period.school_class.school_year.school_id,
            student_id=record.enrollment.student_id,
        ),
    )
