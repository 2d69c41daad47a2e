"""The comment bank: the school's, kept by its leaders and registrars, and each teacher's own."""

from collections.abc import Iterator, Sequence

from django.db import IntegrityError, transaction

from assessments.comment_drafts import CommentDraft, draft_errors, draft_of, ruleset_of
from assessments.errors import CodeTaken, EntryRefused
from assessments.models import CommentEntry
from assessments.permissions import check_user_can_read_entry, check_user_can_write_bank
from audit.events import Changes, Happening, Scope, record_event, record_events
from schools.models import School, StaffMember

CHUNK = 500


@transaction.atomic
def create_comment_entry(
    *, school: School, owner: StaffMember | None, draft: CommentDraft, by: StaffMember
) -> CommentEntry:
    check_user_can_write_bank(by, school, owner)
    _check_drafts([draft], school)
    entry = CommentEntry(school=school, owner=owner, **draft.values)
    _save(entry)
    _record("comment_entry.created", entry, _changes(None, draft), by)
    return entry


@transaction.atomic
def change_comment_entry(
    *, entry: CommentEntry, draft: CommentDraft, by: StaffMember
) -> CommentEntry:
    check_user_can_write_bank(by, entry.school, entry.owner)
    _check_drafts([draft], entry.school)
    entry = _locked(entry)
    changes = _changes(draft_of(entry), draft)
    if changes:
        _fill(entry, draft)
        _save(entry)
        _record("comment_entry.changed", entry, changes, by)
    return entry


@transaction.atomic
def remove_comment_entry(*, entry: CommentEntry, by: StaffMember) -> None:
    """Comments that were written with it stay as they are: they never point to the bank."""
    check_user_can_write_bank(by, entry.school, entry.owner)
    entry = _locked(entry)
    _record("comment_entry.removed", entry, _changes(draft_of(entry), None), by)
    entry.delete()


@transaction.atomic
def copy_comment_entry(*, entry: CommentEntry, by: StaffMember) -> CommentEntry:
    """Into one's own bank, to be changed there."""
    check_user_can_read_entry(by, entry)
    return create_comment_entry(school=by.school, owner=by, draft=draft_of(entry), by=by)


@transaction.atomic
def write_comment_entries(
    *,
    school: School,
    owner: StaffMember | None,
    drafts: Sequence[CommentDraft],
    by: StaffMember,
) -> None:
    """Makes what is new and changes what differs; what is not mentioned stays."""
    check_user_can_write_bank(by, school, owner)
    _check_drafts(drafts, school)
    stored = {
        draft_of(entry).place: entry
        for entry in CommentEntry.objects.for_school(school).in_bank_of(owner).select_for_update()
    }
    happenings = [
        *_changed(drafts, stored),
        *_created([draft for draft in drafts if draft.place not in stored], school, owner),
    ]
    record_events(happenings, by=by.acting_user)


def _changed(
    drafts: Sequence[CommentDraft], stored: dict[tuple[str, str], CommentEntry]
) -> Iterator[Happening]:
    for draft in drafts:
        entry = stored.get(draft.place)
        changes = _changes(draft_of(entry), draft) if entry else {}
        if entry and changes:
            _fill(entry, draft)
            entry.save()
            yield Happening("comment_entry.changed", entry, _scope(entry), changes)


def _created(
    drafts: Sequence[CommentDraft], school: School, owner: StaffMember | None
) -> list[Happening]:
    entries = CommentEntry.objects.bulk_create(
        [CommentEntry(school=school, owner=owner, **draft.values) for draft in drafts],
        batch_size=CHUNK,
    )
    return [
        Happening("comment_entry.created", entry, _scope(entry), _changes(None, draft_of(entry)))
        for entry in entries
    ]


def _check_drafts(drafts: Sequence[CommentDraft], school: School) -> None:
    ruleset = ruleset_of(school)
    for draft in drafts:
        if errors := draft_errors(draft, ruleset):
            raise EntryRefused(" ".join(errors.values()))


def _locked(entry: CommentEntry) -> CommentEntry:
    return CommentEntry.objects.select_for_update().get(pk=entry.pk)


def _fill(entry: CommentEntry, draft: CommentDraft) -> None:
    for name, value in draft.values.items():
        setattr(entry, name, value)


def _save(entry: CommentEntry) -> None:
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:
        raise CodeTaken(entry.code) from error


def _changes(old: CommentDraft | None, new: CommentDraft | None) -> Changes:
    before, after = (draft.values if draft else {} for draft in (old, new))
    pairs = {name: (before.get(name), after.get(name)) for name in before | after}
    return {name: pair for name, pair in pairs.items() if (pair[0] or "") != (pair[1] or "")}


def _scope(entry: CommentEntry) -> Scope:
    return Scope(school_id=entry.school_id)


def _record(event: str, entry: CommentEntry, changes: Changes, by: StaffMember) -> None:
    record_event(event, by=by.acting_user, target=entry, scope=_scope(entry), changes=changes)
