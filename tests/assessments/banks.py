"""Entries of comment banks for tests."""

from typing import Any

from assessments import actions
from assessments.comment_drafts import CommentDraft
from assessments.models import CommentEntry
from schools.models import StaffMember
from tests.cast import Cast


def draft(**fields: str) -> CommentDraft:
    return CommentDraft(
        **{
            "code": "T1",
            "purpose": "toan",
            "level": "T",
            "text": "{tên} tính nhanh và chính xác.",
            **fields,
        }
    )


def school_entry(cast: Cast, by: StaffMember | None = None, **fields: str) -> CommentEntry:
    return actions.create_comment_entry(
        school=cast.school, owner=None, draft=draft(**fields), by=by or cast.tam
    )


def own_entry(owner: StaffMember, **fields: str) -> CommentEntry:
    return actions.create_comment_entry(
        school=owner.school, owner=owner, draft=draft(**fields), by=owner
    )


def stored(**lookup: Any) -> list[tuple[str, str, str, str]]:
    return list(
        CommentEntry.objects.filter(**lookup)
        .order_by("purpose", "code")
        .values_list("code", "purpose", "level", "text")
    )
