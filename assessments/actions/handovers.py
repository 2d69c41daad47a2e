"""Passing a class on at the year's end (Điều 12): notes, handing over, receipt or return."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.errors import StepNotAllowed
from assessments.handover_policies import (
    check_awaits_receipt,
    check_grade_is_of_class,
    check_handover_is_open,
    check_last_grade_is_documented,
    check_pupils_are_handed_over,
    check_receiver_fits,
    check_return_has_reason,
    check_year_can_be_handed_over,
)
from assessments.handovers import NoteText, notes_of, pupils_to_hand_over, records_to_hand_over
from assessments.models import Handover, HandoverNote
from assessments.permissions import (
    check_user_can_name_receiver,
    check_user_is_homeroom_teacher,
    check_user_is_receiver,
)
from audit.events import Changes, Happening, Scope, record_event, record_events
from schools.models import SchoolClass, StaffMember

UNDONE = {
    "handed_over_at": None,
    "handed_over_by": None,
    "giver": None,
    "report_cards": None,
    "class_summaries": None,
}


@dataclass(frozen=True)
class HandoverDraft:
    """All that the giver writes; notes by enrolment."""

    general_note: str = ""
    lower_secondary_school: str = ""
    invigilation: str = ""
    notes: Mapping[int, NoteText] = field(default_factory=dict)


@transaction.atomic
def save_handover(
    *, school_class: SchoolClass, grade_level: int, draft: HandoverDraft, by: StaffMember
) -> Handover:
    check_user_is_homeroom_teacher(by, school_class)
    handover = _locked(school_class, grade_level)
    check_handover_is_open(handover)
    check_pupils_are_handed_over(school_class, grade_level, draft.notes.keys())
    _save_texts(handover, draft, by=by)
    _save_notes(handover, draft.notes, by=by)
    return handover


@transaction.atomic
def name_receiver(
    *, school_class: SchoolClass, grade_level: int, receiver: StaffMember, by: StaffMember
) -> Handover:
    """The homeroom teacher or a leader says who takes the pupils; until the receipt, again."""
    check_user_can_name_receiver(by, school_class)
    handover = _locked(school_class, grade_level)
    check_receiver_fits(handover, receiver)
    old = handover.receiver
    handover.receiver = receiver
    handover.save(update_fields=["receiver"])
    changes = {"receiver": (old.full_name if old else None, receiver.full_name)}
    _record("handover.receiver_named", handover, by, changes)
    return handover


@transaction.atomic
def hand_over_class(*, handover: Handover, by: StaffMember) -> Handover:
    """The pupils of the roster as they are now, whether or not something is noted of each."""
    school_class = handover.school_class
    check_user_is_homeroom_teacher(by, school_class)
    handover = _locked(school_class, handover.grade_level)
    check_handover_is_open(handover)
    check_year_can_be_handed_over(school_class, handover.grade_level)
    check_receiver_fits(handover, handover.receiver)
    check_last_grade_is_documented(handover)
    _settle_pupils(handover, by=by)
    records = records_to_hand_over(school_class, handover.grade_level)
    _write(
        handover,
        giver=by,
        handed_over_at=timezone.now(),
        handed_over_by=by.acting_user,
        report_cards=records.report_cards,
        class_summaries=records.class_summaries,
        returned_at=None,
        returned_by=None,
        return_reason="",
    )
    changes = {
        "report_cards": (None, records.report_cards),
        "class_summaries": (None, records.class_summaries),
    }
    _record("handover.handed_over", handover, by, changes)
    return handover


@transaction.atomic
def receive_class(*, handover: Handover, by: StaffMember) -> Handover:
    """The receipt, after which nothing of the minutes changes."""
    check_user_is_receiver(by, handover)
    handover = _locked(handover.school_class, handover.grade_level)
    check_user_is_receiver(by, handover)
    check_awaits_receipt(handover)
    now = timezone.now()
    handover.notes.update(locked_at=now)
    _write(handover, received_at=now, received_by=by.acting_user, locked_at=now)
    _record("handover.received", handover, by, {})
    return handover


@transaction.atomic
def return_handover(*, handover: Handover, reason: str, by: StaffMember) -> Handover:
    """The receiver misses something: nothing is handed over any more, the giver writes on."""
    check_user_is_receiver(by, handover)
    check_return_has_reason(reason)
    handover = _locked(handover.school_class, handover.grade_level)
    check_user_is_receiver(by, handover)
    check_awaits_receipt(handover)
    returned: dict[str, Any] = {
        "returned_at": timezone.now(),
        "returned_by": by.acting_user,
        "return_reason": reason,
    }
    _write(handover, **UNDONE, **returned)
    _record("handover.returned", handover, by, {}, reason)
    return handover


def _locked(school_class: SchoolClass, grade_level: int) -> Handover:
    """As it stands now; begun where it was not."""
    check_grade_is_of_class(school_class, grade_level)
    place: dict[str, Any] = {"school_class": school_class, "grade_level": grade_level}
    Handover.objects.get_or_create(**place)
    handover = Handover.objects.select_for_update().get(**place)
    handover.school_class = school_class
    return handover


def _write(handover: Handover, **values: Any) -> None:
    if Handover.objects.filter(pk=handover.pk, locked_at__isnull=True).update(**values) != 1:
        raise StepNotAllowed
    for name, value in values.items():
        setattr(handover, name, value)


def _save_texts(handover: Handover, draft: HandoverDraft, *, by: StaffMember) -> None:
    """What lower secondary teachers took part in belongs to the last grade alone."""
    typed = {"general_note": draft.general_note}
    if handover.is_of_last_grade:
        typed["lower_secondary_school"] = draft.lower_secondary_school
        typed["invigilation"] = draft.invigilation
    changes = {
        name: (getattr(handover, name) or None, text)
        for name, text in typed.items()
        if getattr(handover, name) != text
    }
    if changes:
        _write(handover, **typed)
        _record("handover.saved", handover, by, changes)


def _save_notes(handover: Handover, typed: Mapping[int, NoteText], *, by: StaffMember) -> None:
    stored = notes_of(handover)
    before = {
        pk: NoteText(stored[pk].highlights, stored[pk].limits) if pk in stored else NoteText()
        for pk in typed
    }
    changed = {pk: text for pk, text in typed.items() if text != before[pk]}
    _write_notes(handover, changed, by=by)
    notes = {
        note.enrollment_id: note
        for note in handover.notes.filter(enrollment__in=changed).select_related("enrollment")
    }
    record_events(
        [
            Happening(
                "handover_note.saved",
                notes[pk],
                _scope_of_pupil(handover, notes[pk].enrollment.student_id),
                _note_changes(before[pk], text),
            )
            for pk, text in changed.items()
        ],
        by=by.acting_user,
    )


def _note_changes(before: NoteText, after: NoteText) -> Changes:
    pairs = {
        "highlights": (before.highlights, after.highlights),
        "limits": (before.limits, after.limits),
    }
    return {name: (old or None, new) for name, (old, new) in pairs.items() if old != new}


def _write_notes(handover: Handover, texts: Mapping[int, NoteText], *, by: StaffMember) -> None:
    HandoverNote.objects.bulk_create(
        [
            HandoverNote(
                handover=handover,
                enrollment_id=pk,
                highlights=text.highlights,
                limits=text.limits,
                saved_at=timezone.now(),
                saved_by=by.acting_user,
            )
            for pk, text in texts.items()
        ],
        update_conflicts=True,
        unique_fields=["handover", "enrollment"],
        update_fields=["highlights", "limits", "saved_at", "saved_by"],
    )


def _settle_pupils(handover: Handover, *, by: StaffMember) -> None:
    """The notes are the list of those who are handed over: one of each, of nobody else."""
    pupils = set(
        pupils_to_hand_over(handover.school_class, handover.grade_level).values_list(
            "pk", flat=True
        )
    )
    handover.notes.exclude(enrollment__in=pupils).delete()
    missing = pupils - notes_of(handover).keys()
    _write_notes(handover, dict.fromkeys(missing, NoteText()), by=by)


def _scope_of_class(handover: Handover) -> Scope:
    return Scope(handover.school_class.school_year.school_id, handover.school_class_id)


def _scope_of_pupil(handover: Handover, student_id: int) -> Scope:
    """In the pupil's history alone: the class's is read by teachers whom it does not concern."""
    return Scope(handover.school_class.school_year.school_id, None, student_id)


def _record(
    event: str, handover: Handover, by: StaffMember, changes: Changes, reason: str = ""
) -> None:
    record_event(
        event,
        by=by.acting_user,
        target=handover,
        scope=_scope_of_class(handover),
        changes=changes,
        reason=reason,
    )
