"""More time for a closed period: asked for by a teacher, given and taken back by a leader."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.actions._records import class_scope, lock_class_period
from assessments.errors import ExtensionRefused, ReasonMissing, StepNotAllowed
from assessments.models import ClassPeriod, Extension, ExtensionRequest
from assessments.permissions import check_user_can_ask_for_extension, check_user_can_extend
from assessments.policies import check_class_can_be_extended, check_extension_ends_in_time
from assessments.roster import window_of
from audit.events import Changes, Scope, record_event
from schools.models import SchoolClass, StaffMember


@transaction.atomic
def request_extension(
    *, school_class: SchoolClass, period: str, reason: str, by: StaffMember
) -> ExtensionRequest:
    """Ask a leader for leave to enter a closed period of one class."""
    check_user_can_ask_for_extension(by, school_class)
    if not reason.strip():
        raise ReasonMissing(_("Hãy ghi lý do đề nghị gia hạn."))
    class_period = lock_class_period(school_class, period)
    check_class_can_be_extended(school_class, period)
    pending = ExtensionRequest.objects.pending().filter(class_period=class_period)
    if pending.filter(asked_by=by.acting_user).exists():
        raise StepNotAllowed(_("Đề nghị gia hạn trước đó đang chờ hiệu trưởng trả lời."))
    request = ExtensionRequest.objects.create(
        class_period=class_period, reason=reason, asked_at=timezone.now(), asked_by=by.acting_user
    )
    record_event(
        "extension_request.asked",
        by=by.acting_user,
        target=request,
        scope=class_scope(class_period),
        reason=reason,
    )
    return request


@transaction.atomic
def refuse_extension_request(*, request: ExtensionRequest, by: StaffMember) -> ExtensionRequest:
    asked_for = request.class_period
    check_user_can_extend(by, asked_for.school_class.school_year.school)
    class_period = lock_class_period(asked_for.school_class, asked_for.period)
    if not _answer([request], is_granted=False, class_period=class_period, by=by):
        raise StepNotAllowed(_("Đề nghị này đã được trả lời."))
    return request


@transaction.atomic
def grant_extension(
    *,
    school_class: SchoolClass,
    period: str,
    ends_on: datetime.date,
    reason: str,
    by: StaffMember,
    staff_member: StaffMember | None = None,
    in_all_classes: bool = False,
) -> Extension:
    """For the class, for one teacher of it, or for that teacher in all her classes.

    It takes the place of what stood for the same, and answers those who asked and are covered.
    """
    check_user_can_extend(by, school_class.school_year.school)
    if not reason.strip():
        raise ReasonMissing(_("Hãy ghi lý do gia hạn."))
    class_period = lock_class_period(school_class, period)
    check_class_can_be_extended(school_class, period)
    window = window_of(school_class, period)
    if window is None or (in_all_classes and staff_member is None):
        raise ExtensionRefused(_("Gia hạn cho một lớp hoặc một giáo viên."))
    check_extension_ends_in_time(window, ends_on)
    extension = Extension(
        window=window,
        school_class=None if in_all_classes else school_class,
        staff_member=staff_member,
        ends_on=ends_on,
        reason=reason,
        granted_at=timezone.now(),
        granted_by=by.acting_user,
    )
    _replace_earlier(extension, by)
    extension.save(force_insert=True)
    _record("extension.granted", extension, by, {"ends_on": (None, str(ends_on))}, reason)
    _answer_the_covered(class_period, staff_member, by)
    return extension


@transaction.atomic
def revoke_extension(*, extension: Extension, by: StaffMember) -> Extension:
    check_user_can_extend(by, extension.window.school_year.school)
    if not _revoke(extension, by):
        raise StepNotAllowed(_("Gia hạn này đã được thu hồi."))
    return extension


def _replace_earlier(extension: Extension, by: StaffMember) -> None:
    earlier = Extension.objects.filter(
        window=extension.window,
        school_class=extension.school_class,
        staff_member=extension.staff_member,
        revoked_at__isnull=True,
    )
    for row in earlier.select_related("window__school_year"):
        _revoke(row, by)


def _revoke(extension: Extension, by: StaffMember) -> bool:
    standing = Extension.objects.filter(pk=extension.pk, revoked_at__isnull=True)
    if not standing.update(revoked_at=timezone.now(), revoked_by=by.acting_user):
        return False
    _record("extension.revoked", extension, by, {"ends_on": (str(extension.ends_on), None)})
    return True


def _record(
    event: str, extension: Extension, by: StaffMember, changes: Changes, reason: str = ""
) -> None:
    teacher = extension.staff_member
    named = {"teacher": (None, teacher.full_name)} if teacher else {}
    record_event(
        event,
        by=by.acting_user,
        target=extension,
        scope=Scope(extension.window.school_year.school_id, extension.school_class_id),
        changes={"period": (None, extension.window.period), **named, **changes},
        reason=reason,
    )


def _answer_the_covered(
    class_period: ClassPeriod, staff_member: StaffMember | None, by: StaffMember
) -> None:
    pending = ExtensionRequest.objects.pending().filter(class_period=class_period)
    if staff_member:
        pending = pending.filter(asked_by=staff_member.user)
    _answer(list(pending), is_granted=True, class_period=class_period, by=by)


def _answer(
    requests: list[ExtensionRequest],
    *,
    is_granted: bool,
    class_period: ClassPeriod,
    by: StaffMember,
) -> int:
    """How many of them were still waiting."""
    answered = (
        ExtensionRequest.objects.pending()
        .filter(pk__in=[request.pk for request in requests])
        .update(is_granted=is_granted, decided_at=timezone.now(), decided_by=by.acting_user)
    )
    for request in requests if answered else []:
        record_event(
            "extension_request.granted" if is_granted else "extension_request.refused",
            by=by.acting_user,
            target=request,
            scope=class_scope(class_period),
        )
    return answered
