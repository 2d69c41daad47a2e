"""What the pages of a class sheet show: where it belongs, what it would do, what it has done."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.calendar import period_name
from assessments.links import class_period_url
from exchange.class_sheets.forms import choice_name
from exchange.models import EditFate, SheetEdit, SheetUpload
from exchange.models.class_sheets import SheetEditQuerySet
from schools.models import School, SchoolClass

ROWS_AT_FIRST = 50
ROWS_PER_PAGE = 200

Link = dict[str, Any]


def upload_of(school: School, pk: int) -> SheetUpload:
    uploads = SheetUpload.objects.for_school(school)
    found = uploads.select_related("school_class__school_year__school", "uploaded_by")
    upload = found.filter(pk=pk).first()
    if upload is None:
        raise Http404
    return upload


def class_title(school_class: SchoolClass, period: str) -> str:
    words = {"name": school_class.name, "period": period_name(period)}
    return _("Lớp %(name)s, %(period)s") % words


def crumbs(school_class: SchoolClass, period: str, last: str) -> list[Link]:
    return [
        {"label": _("Bàn làm việc"), "url": reverse("desk")},
        {
            "label": class_title(school_class, period),
            "url": class_period_url(school_class, period),
        },
        {"label": last, "url": ""},
    ]


@dataclass(frozen=True)
class ShownConflict:
    edit: SheetEdit

    @property
    def name(self) -> str:
        return choice_name(self.edit)

    @property
    def question(self) -> str:
        return _("%(place)s: %(column)s của %(name)s") % {
            "place": self.edit.place,
            "column": self.edit.column,
            "name": self.edit.pupil_name,
        }

    @property
    def mine(self) -> str:
        return in_words(self.edit.typed)

    @property
    def theirs(self) -> str:
        return in_words(self.edit.stored)

    @property
    def before(self) -> str:
        return in_words(self.edit.base or "")

    @property
    def theirs_by(self) -> str:
        if self.edit.written_at is None:
            return self.edit.writer_name
        return f"{self.edit.writer_name}, {_instant(self.edit.written_at)}"


@dataclass(frozen=True)
class ShownGroup:
    """Neighbouring rows of one worksheet."""

    title: str
    rows: list[list[Link]]


@dataclass(frozen=True)
class UploadPage:
    """Refused first, then conflicts, then changes; `asked_fate` asks for one whole list."""

    upload: SheetUpload
    asked_fate: str | None = None
    number: str | None = None

    @property
    def crumbs(self) -> list[Link]:
        return crumbs(self.upload.school_class, self.upload.period, self.upload.file_name)

    @property
    def title(self) -> str:
        return _("Xem trước tệp của lớp %(name)s") % {"name": self.upload.school_class.name}

    @property
    def lead(self) -> str:
        return _("%(file)s · %(period)s · tải về lúc %(made)s, tải lên lúc %(uploaded)s") % {
            "file": self.upload.file_name,
            "period": period_name(self.upload.period),
            "made": _instant(self.upload.made_at),
            "uploaded": _instant(self.upload.uploaded_at),
        }

    @property
    def class_url(self) -> str:
        return class_period_url(self.upload.school_class, self.upload.period)

    @property
    def seen_at(self) -> str:
        return self.upload.previewed_at.isoformat()

    @property
    def whole_list(self) -> EditFate | None:
        lists = {EditFate.REFUSED.value, EditFate.CHANGES.value}
        return EditFate(self.asked_fate) if self.asked_fate in lists else None

    @cached_property
    def page(self) -> Page:
        rows = self._edits(self.whole_list or EditFate.CHANGES)
        return Paginator(rows, ROWS_PER_PAGE).get_page(self.number)

    @property
    def listed(self) -> list[ShownGroup]:
        return _groups(self.page.object_list, self.whole_list or EditFate.CHANGES)

    @property
    def columns(self) -> list[Link]:
        return columns_of(self.whole_list or EditFate.CHANGES)

    @property
    def refused_columns(self) -> list[Link]:
        return columns_of(EditFate.REFUSED)

    @cached_property
    def refused(self) -> list[ShownGroup]:
        return self._first(EditFate.REFUSED)

    @cached_property
    def changes(self) -> list[ShownGroup]:
        return self._first(EditFate.CHANGES)

    @cached_property
    def conflicts(self) -> list[ShownConflict]:
        return [ShownConflict(edit) for edit in self._edits(EditFate.CONFLICT)]

    def _edits(self, fate: EditFate) -> SheetEditQuerySet:
        return self.upload.edits.of_fate(fate)

    def _first(self, fate: EditFate) -> list[ShownGroup]:
        return _groups(self._edits(fate)[:ROWS_AT_FIRST], fate)

    @property
    def more_refused(self) -> int:
        return max(self.upload.refused - ROWS_AT_FIRST, 0)

    @property
    def more_changes(self) -> int:
        return max(self.upload.changed - ROWS_AT_FIRST, 0)

    @property
    def refused_title(self) -> str:
        count = self.upload.refused
        return ngettext("%(count)s chỗ không ghi được", "%(count)s chỗ không ghi được", count) % {
            "count": count
        }

    @property
    def conflicts_title(self) -> str:
        count = self.upload.conflicting
        words = ngettext(
            "%(count)s ô đã đổi từ khi tải tệp về", "%(count)s ô đã đổi từ khi tải tệp về", count
        )
        return words % {"count": count}

    @property
    def changes_title(self) -> str:
        count = self.upload.changed
        return ngettext("%(count)s ô thay đổi", "%(count)s ô thay đổi", count) % {"count": count}

    @property
    def list_title(self) -> str:
        is_refused = self.whole_list == EditFate.REFUSED
        return self.refused_title if is_refused else self.changes_title

    @property
    def rest(self) -> list[str]:
        """What the file leaves as it is, counted."""
        upload = self.upload
        same = ngettext("%(count)s ô giữ nguyên.", "%(count)s ô giữ nguyên.", upload.unchanged) % {
            "count": upload.unchanged
        }
        empty = ngettext(
            "%(count)s ô trong tệp để trống mà đang có kết quả: giữ kết quả. "
            "Muốn xóa thì ghi «xóa» vào ô.",
            "%(count)s ô trong tệp để trống mà đang có kết quả: giữ kết quả. "
            "Muốn xóa thì ghi «xóa» vào ô.",
            upload.left_empty,
        ) % {"count": upload.left_empty}
        return [
            *([same] if upload.unchanged else []),
            *([empty] if upload.left_empty else []),
            *upload.remarks,
        ]

    @property
    def confirm_label(self) -> str:
        count = self.upload.changed
        if not count:
            return _("Ghi các ô đã chọn")
        if self.upload.conflicting:
            return ngettext(
                "Ghi %(count)s ô và các ô đã chọn", "Ghi %(count)s ô và các ô đã chọn", count
            ) % {"count": count}
        return ngettext(
            "Ghi %(count)s ô vào lớp %(name)s", "Ghi %(count)s ô vào lớp %(name)s", count
        ) % {"count": count, "name": self.upload.school_class.name}

    @property
    def pending_text(self) -> str:
        return _("Bản xem trước này chờ đến %(at)s; sau đó tải tệp lên lại.") % {
            "at": _instant(self.upload.expires_at)
        }

    @property
    def done_title(self) -> str:
        count = self.upload.saved
        return ngettext("Đã ghi %(count)s ô", "Đã ghi %(count)s ô", count) % {"count": count}

    @property
    def done_text(self) -> str:
        left = self.upload.refused + self.upload.to_save - self.upload.saved
        if not left:
            return _("Mọi thay đổi trong tệp đã được ghi.")
        return ngettext(
            "%(count)s chỗ khác trong tệp không được ghi.",
            "%(count)s chỗ khác trong tệp không được ghi.",
            left,
        ) % {"count": left}


def columns_of(fate: EditFate) -> list[Link]:
    labels = [_("Ô trong tệp"), _("Học sinh"), _("Mục")]
    further = {
        EditFate.REFUSED: [_("Trong tệp"), _("Vì sao")],
        EditFate.CHANGES: [_("Đang lưu"), _("Sẽ là")],
    }
    return [{"label": label} for label in [*labels, *further[fate]]]


def _groups(edits: Iterable[SheetEdit], fate: EditFate) -> list[ShownGroup]:
    return [
        ShownGroup(title, [_row(edit, fate) for edit in rows])
        for title, rows in groupby(edits, key=lambda edit: edit.worksheet)
    ]


def _row(edit: SheetEdit, fate: EditFate) -> list[Link]:
    told = {
        EditFate.REFUSED: [edit.typed, edit.sentence],
        EditFate.CHANGES: [in_words(edit.stored), _new(edit)],
    }
    texts = [edit.place, edit.pupil_name, edit.column, *told[fate]]
    return [{"text": text} for text in texts]


def _new(edit: SheetEdit) -> str:
    new = in_words(edit.typed)
    return f"{new} ({edit.warning})" if edit.warning else new


def in_words(text: str) -> str:
    return text or _("(trống)")


def _instant(moment: Any) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")
