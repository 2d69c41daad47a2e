from django.db import transaction
from django.utils import timezone

from assessments.actions._records import class_scope, lock_class_period
from assessments.models import SubjectConfirmation
from assessments.permissions import check_user_teaches
from assessments.policies import (
    check_class_period_is_editable,
    check_period_has_opened,
    check_subject_is_complete,
)
from audit.events import record_event
from schools.models import SchoolClass, StaffMember


@transaction.atomic
def confirm_subject(
    *, school_class: SchoolClass, period: str, subject_code: str, by: StaffMember
) -> SubjectConfirmation:
    """A subject teacher stands for the complete results of her subject before they go up."""
    check_user_teaches(by, school_class, subject_code)
    check_period_has_opened(school_class, period)
    class_period = lock_class_period(school_class, period)
    check_class_period_is_editable(class_period)
    check_subject_is_complete(school_class, period, subject_code)
    confirmation = SubjectConfirmation.objects.create(
        class_period=class_period,
        subject_code=subject_code,
        teacher=by,
        confirmed_at=timezone.now(),
        confirmed_by=by.acting_user,
    )
    record_event(
        "subject.confirmed",
        by=by.acting_user,
        target=class_period,
        scope=class_scope(class_period),
        changes={"subject": (None, subject_code)},
    )
    return confirmation
