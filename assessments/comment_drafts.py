"""What an entry of the comment bank may say: for pages, spreadsheets and the action alike."""

import re
from dataclasses import asdict, dataclass

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessments.models.comments import (
    COMMENT_FIELDS,
    HOMEROOM,
    LONGEST_CODE,
    NAME_MARK,
    ROOM_FOR_NAME,
    CommentEntry,
)
from assessments.models.periods import LONGEST_COMMENT, LONGEST_HOMEROOM_COMMENT
from assessments.wording import field_name, translated
from rulesets import RULESETS, Ruleset
from schools.models import School
from schools.printable import unprintable_in
from schools.validators import unprintable_sentence
from schools.years import school_year_of

CODE = re.compile(rf"[A-Z0-9]{{1,{LONGEST_CODE}}}")
SPELLINGS_OF_MARK = re.compile(r"\{\s*t[êe]n\s*\}", re.IGNORECASE)


@dataclass(frozen=True)
class CommentDraft:
    """An entry as it was entered, right or wrong."""

    code: str
    purpose: str
    level: str
    text: str

    @property
    def place(self) -> tuple[str, str]:
        """One entry a purpose and code stands in a bank."""
        return self.purpose, self.code

    @property
    def values(self) -> dict[str, str]:
        return asdict(self)


def draft_of(entry: CommentEntry) -> CommentDraft:
    return CommentDraft(entry.code, entry.purpose, entry.level, entry.text)


def ruleset_of(school: School) -> Ruleset:
    """Of the running year; a school that has none yet gets the newest."""
    year = school_year_of(school, timezone.localdate())
    return year.ruleset if year else list(RULESETS.values())[-1]


def any_purpose() -> str:
    return _("Mọi ô nhận xét")


def purpose_names(ruleset: Ruleset) -> dict[str, str]:
    """What an entry may be for, in the order of the form; the empty one is for any."""
    subjects = {subject.code: translated(subject.name) for subject in ruleset.subjects}
    comments = {name: capfirst(field_name(name)) for name in COMMENT_FIELDS}
    return subjects | comments | {"": any_purpose()}


def level_codes(ruleset: Ruleset, purpose: str) -> list[str]:
    """Subjects and the homeroom comment follow the levels of subjects, traits have their own."""
    of_subjects = [level.code for level in ruleset.subject_levels]
    of_traits = [level.code for level in ruleset.trait_levels]
    if not purpose:
        return list(dict.fromkeys(of_subjects + of_traits))
    is_about_traits = purpose in COMMENT_FIELDS and purpose != HOMEROOM
    return of_traits if is_about_traits else of_subjects


def longest_text(purpose: str) -> int:
    return LONGEST_HOMEROOM_COMMENT if purpose == HOMEROOM else LONGEST_COMMENT


def written_length(text: str) -> int:
    """With names of usual length written where the mark stands."""
    return len(text.replace(NAME_MARK, "x" * ROOM_FOR_NAME))


def with_one_mark(text: str) -> str:
    """However the mark was spelled: {Tên}, {ten}, { tên }."""
    return SPELLINGS_OF_MARK.sub(NAME_MARK, text)


def draft_errors(draft: CommentDraft, ruleset: Ruleset) -> dict[str, str]:
    """A sentence for each field that is wrong."""
    checks = {
        "code": _code_error(draft),
        "purpose": _purpose_error(draft, ruleset),
        "level": _level_error(draft, ruleset),
        "text": _text_error(draft),
    }
    return {name: sentence for name, sentence in checks.items() if sentence}


def _code_error(draft: CommentDraft) -> str:
    if CODE.fullmatch(draft.code):
        return ""
    return _("Mã gồm 1 đến %(most)s chữ cái không dấu và chữ số, viết liền, ví dụ T1.") % {
        "most": LONGEST_CODE
    }


def _purpose_error(draft: CommentDraft, ruleset: Ruleset) -> str:
    if draft.purpose in purpose_names(ruleset):
        return ""
    return _("Không có môn học hoặc ô nhận xét “%(name)s” trong quy định đánh giá.") % {
        "name": draft.purpose
    }


def _level_error(draft: CommentDraft, ruleset: Ruleset) -> str:
    codes = level_codes(ruleset, draft.purpose)
    if draft.level in {"", *codes}:
        return ""
    return _("Mức “%(level)s” không dùng ở đây; chỉ nhận: %(levels)s, hoặc để trống.") % {
        "level": draft.level,
        "levels": ", ".join(codes),
    }


def _text_error(draft: CommentDraft) -> str:
    if not draft.text:
        return _("Hãy ghi nội dung nhận xét.")
    unprintable = unprintable_in(draft.text)
    if unprintable:
        return unprintable_sentence(unprintable)
    longest, length = longest_text(draft.purpose), written_length(draft.text)
    if length <= longest:
        return ""
    return _(
        "Nội dung dài tối đa %(longest)s ký tự, kể cả tên em ở chỗ %(mark)s; đang có %(length)s."
    ) % {"longest": longest, "length": length, "mark": NAME_MARK}
